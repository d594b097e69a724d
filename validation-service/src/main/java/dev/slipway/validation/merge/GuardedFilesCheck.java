package dev.slipway.validation.merge;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.git.Answers.EntryKind;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Answers.Files;
import dev.slipway.git.Answers.FilesQuestion;
import dev.slipway.git.Git;
import dev.slipway.validation.assessment.FilesCheck;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.files.FilesGates;
import dev.slipway.validation.files.FilesRecord.Kind;
import dev.slipway.validation.files.Judged;
import dev.slipway.validation.files.RevisionFiles;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.web.guard.Guarded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files out of the repository, behind the same guard as merges, keeps them, and has the gate's rule judge them. What is
 * read at one revision never changes, so its finding is settled; where nothing could be read it is tried again.
 */
public final class GuardedFilesCheck implements FilesCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuardedFilesCheck.class);

    private final Git git;
    private final Guarded guard;
    private final EvidenceBytes bytes;
    private final FileBounds bounds;

    public GuardedFilesCheck(Git git, Guarded guard, EvidenceBytes bytes, FileBounds bounds) {
        this.git = git;
        this.guard = guard;
        this.bytes = bytes;
        this.bounds = bounds;
    }

    @Override
    public Finding look(Reading reading) {
        String repository = reading.source().repository();
        FilesRule rule = Objects.requireNonNull(reading.gate().files());
        FilesQuestion question = new FilesQuestion(
                repository, reading.source()::takes, reading.sha().value(), rule.below(), rule::reads, bounds);
        try {
            return found(
                    reading, rule, guard.call(repository.replaceAll("//[^/@]*@", "//"), () -> git.files(question)));
        } catch (Guarded.Unreachable unreachable) {
            return unknown(
                    switch (unreachable.why()) {
                        case TOO_MANY -> "Git is asked too much at once; it is tried again";
                        case LEFT_ALONE -> "The repository failed too often and is left alone for a while";
                        case LATE -> "Git took too long";
                    },
                    false);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return unknown("The service stops", false);
        } catch (EvidenceFull full) {
            return unknown("What it rests on cannot be kept: " + full.getMessage(), false);
        } catch (Exception trouble) {
            log.warn("Files of {} cannot be read: {}", reading.sha(), trouble.toString());
            return unknown(String.valueOf(trouble.getMessage()), false);
        }
    }

    private Finding found(Reading reading, FilesRule rule, Files said) {
        return switch (said) {
            case Files.Refused(String why, boolean mayPass) -> unknown(why, !mayPass);
            case Files.Told told -> {
                try {
                    yield judged(reading, files(reading, rule, told));
                } catch (StackOverflowError deep) {
                    yield unknown("Something in these files is nested too deep", true);
                }
            }
        };
    }

    private static RevisionFiles files(Reading reading, FilesRule rule, Files.Told told) {
        SortedMap<String, Kind> tree = new TreeMap<>();
        Map<String, byte[]> contents = new HashMap<>();
        told.entries().forEach((path, entry) -> {
            tree.put(path, kind(entry.kind()));
            byte[] content = entry.content();
            if (content != null) {
                contents.put(path, content);
            }
        });
        return RevisionFiles.of(reading.sha(), rule, tree, contents);
    }

    private static Kind kind(EntryKind kind) {
        return switch (kind) {
            case FILE -> Kind.FILE;
            case FOLDER -> Kind.FOLDER;
            case LINK -> Kind.LINK;
            case SUBMODULE -> Kind.SUBMODULE;
            case BINARY -> Kind.BINARY;
            case TOO_LARGE -> Kind.TOO_LARGE;
        };
    }

    /** What is kept first is what the verdict rests on, so that whoever checks it judges the same bytes. */
    private Finding judged(Reading reading, RevisionFiles files) {
        String revision = new RevisionId(reading.application(), reading.sha()).toString();
        byte[] record = files.record().bytes();
        bytes.keep(Digest.of(record), record, revision);
        files.contents().forEach((digest, content) -> bytes.keep(digest, content, revision));
        Judged judged = FilesGates.judge(reading.gate(), files);
        return new Finding(judged.verdict(), true, judged.observed(), judged.cause(), files.inputs());
    }

    private static Finding unknown(String why, boolean settled) {
        return new Finding(Verdict.INCONCLUSIVE, settled, "", why, List.of());
    }

    @Override
    public void close() {
        guard.close();
    }
}
