package dev.slipway.git;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Changed;
import dev.slipway.git.Answers.ChangedQuestion;
import dev.slipway.git.Answers.Files;
import dev.slipway.git.Answers.FilesQuestion;
import dev.slipway.git.Answers.History;
import dev.slipway.git.Answers.HistoryQuestion;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Placed;
import dev.slipway.git.Answers.Question;
import dev.slipway.git.Answers.Reading;
import dev.slipway.git.Answers.Standing;
import dev.slipway.git.Answers.TagQuestion;
import dev.slipway.git.Answers.TagSigned;
import dev.slipway.git.Answers.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The one way to Git. Thread-safe. Each call looks at the repository anew; what is refused comes back as an answer in words
 * for people, what may pass by itself is thrown as {@link GitTrouble}. A thread that is interrupted ends the git that it
 * waits for.
 */
public final class Git implements AutoCloseable {
    /** What follows what a person has to mend: before a release, and once it only has to be merged. */
    private static final String PROPOSE = "propose the release again";

    private static final String RETRY = "retry the release";

    private final Opening opening;
    private final GitOptions options;

    public Git(GitProgram program, GitOptions options) {
        this.opening = new Opening(program, options);
        this.options = options;
    }

    /**
     * Whether a revision can be released, and who made it; where it is going to bear a tag, also whether that and the target
     * branch could be pushed, by a dry run. Changes nothing.
     *
     * @throws GitTrouble also where it is not known whether they could be pushed
     */
    public Reading read(Question question) throws GitTrouble {
        try {
            return at(question.branches(), repository -> {
                Branches branches = question.branches();
                Heads heads = repository.heads(List.of(branches.from(), branches.to()), question.tag());
                Standards standards = new Standards(repository, branches, heads);
                standards.requireSource(question.revision());
                String target = standards.target();
                if (question.tag() != null) {
                    standards.requireTagIsFree(question.tag(), question.revision());
                }
                repository.obtain(heads, List.of(branches.from(), branches.to()));
                if (question.tag() != null) {
                    standards.requirePushable(question.tag(), options.signing() != null);
                }
                standards.requireReleasable(question.revision(), question.headOnly());
                Reader reader = new Reader(repository, question.commitsMax(), question.peopleMax());
                return new Reading.Read(
                        reader.people(target, question.revision(), branches.to()),
                        reader.committed(question.revision()));
            });
        } catch (Refused refused) {
            return new Reading.Refused(refused.reason(PROPOSE));
        }
    }

    /** Whether a revision of the source branch merges into the target. Changes nothing. */
    public Trial tryMerge(Branches branches, String revision) throws GitTrouble {
        Names.requireId(revision);
        try {
            return at(branches, repository -> tried(repository, branches, revision));
        } catch (Refused refused) {
            return new Trial.Refused(refused.reason(PROPOSE), refused.mayPass());
        }
    }

    /** The same for the head of the source branch. */
    public Trial tryMerge(Branches branches) throws GitTrouble {
        try {
            return at(branches, repository -> {
                Heads heads = repository.heads(List.of(branches.from(), branches.to()), null);
                return tried(repository, branches, new Standards(repository, branches, heads).source());
            });
        } catch (Refused refused) {
            return new Trial.Refused(refused.reason(PROPOSE), refused.mayPass());
        }
    }

    private Trial tried(Opened repository, Branches branches, String revision) throws GitTrouble, Refused {
        Heads heads = repository.heads(List.of(branches.from(), branches.to()), null);
        Standards standards = new Standards(repository, branches, heads);
        String source = standards.source();
        String target = standards.target();
        repository.obtain(heads, List.of(branches.from(), branches.to()));
        standards.requireReleasable(revision, false);
        if (repository.isAncestor(revision, target)) {
            String tree = repository
                    .scratch()
                    .must("rev-parse", "--verify", target + "^{tree}")
                    .text()
                    .strip();
            return new Trial.Clean(source, target, tree, true);
        }
        Merging.Tried tried = new Merging(repository, branches.from(), branches.to(), options.conflictsShownMax())
                .merge(target, revision);
        return tried.clean()
                ? new Trial.Clean(source, target, tried.tree(), false)
                : new Trial.Conflicting(
                        source,
                        target,
                        tried.conflicts(),
                        tried.more(),
                        Remedies.resolving(repository, branches, tried.conflicts()));
    }

    /**
     * Merges a revision into the target branch and tags it, by one push. What is there already is success, so it may be
     * asked again after a crash, and once a person has mended what it was refused for.
     */
    public Merged merge(Merge merge) throws GitTrouble {
        try {
            return at(merge.branches(), repository -> new Delivery(repository, merge, options).deliver());
        } catch (Refused refused) {
            return new Merged.Refused(refused.reason(RETRY));
        }
    }

    /** Where a branch is; empty if there is no such branch, or no repository that may be used. */
    public Optional<String> head(String repository, String branch) throws GitTrouble {
        try {
            return at(
                    new Branches(repository, branch, branch),
                    opened -> opened.heads(List.of(branch), null).branch(branch));
        } catch (Refused refused) {
            if (refused.mayPass()) {
                throw new GitTrouble(refused.reason());
            }
            return Optional.empty();
        }
    }

    /**
     * Where a branch is, and whether a revision is still on it; a force-push may have taken it away.
     *
     * @throws GitTrouble also where the repository may not or cannot be used: nothing is known of the revision then
     */
    public Standing standing(String repository, String branch, String revision) throws GitTrouble {
        Names.requireId(revision);
        try {
            return at(new Branches(repository, branch, branch), opened -> {
                Heads heads = opened.heads(List.of(branch), null);
                Optional<String> head = heads.branch(branch);
                if (head.isEmpty() || head.get().equals(revision)) {
                    return new Standing(head, head.isPresent());
                }
                opened.obtain(heads, List.of(branch));
                return new Standing(head, opened.hasCommit(revision) && opened.isAncestor(revision, head.get()));
            });
        } catch (Refused refused) {
            throw new GitTrouble(refused.reason());
        }
    }

    /**
     * Which branches with such names there are, and which of them a revision is on.
     *
     * @param names which names of branches count
     */
    public Placed place(String repository, Predicate<String> names, String revision) throws GitTrouble {
        Names.requireId(revision);
        try (Opened opened = opening.open(repository)) {
            SortedMap<String, String> heads = new TreeMap<>();
            Heads all = opened.heads(List.of("*"), null);
            all.ids().forEach((ref, id) -> {
                String name = ref.substring(Math.min(ref.length(), Heads.BRANCH.length()));
                if (ref.startsWith(Heads.BRANCH) && names.test(name)) {
                    heads.put(name, id);
                }
            });
            opened.obtain(all, List.copyOf(heads.keySet()));
            List<String> on = new ArrayList<>();
            for (Map.Entry<String, String> branch : heads.entrySet()) {
                if (branch.getValue().equals(revision)
                        || (opened.hasCommit(revision) && opened.isAncestor(revision, branch.getValue()))) {
                    on.add(branch.getKey());
                }
            }
            return new Placed.Found(heads, on);
        } catch (Refused refused) {
            return new Placed.Refused(refused.reason());
        }
    }

    /** What has come to a branch since a revision, within a bound. Changes nothing. */
    public History history(HistoryQuestion question) throws GitTrouble {
        try (Opened repository = opening.open(question.repository())) {
            return new Chronicle(repository, question).told();
        } catch (Refused refused) {
            return new History.Refused(refused.reason());
        }
    }

    /**
     * What lies in exactly one revision, and what is in the files that are wanted, within bounds. Changes nothing, and needs
     * no working tree.
     */
    public Files files(FilesQuestion question) throws GitTrouble {
        try (Opened repository = opening.open(question.repository())) {
            if (!repository.hasCommit(question.revision())) {
                Heads all = repository.heads(List.of("*"), null);
                repository.obtain(all, all.branches(question.branches()));
            }
            if (!repository.hasCommit(question.revision())) {
                return new Files.Refused(
                        "Revision %s is not a commit of %s"
                                .formatted(
                                        Names.brief(question.revision()),
                                        repository.address().shown()),
                        true);
            }
            return new TreeFiles(repository.scratch(), question).told();
        } catch (Refused refused) {
            return new Files.Refused(refused.reason(), refused.mayPass());
        }
    }

    /**
     * Which files a revision has otherwise than another, by what both hold and not by what lies between: a file that was
     * changed and changed back is the same. A renamed one is one that was taken away and one that was added. Changes nothing.
     */
    public Changed changed(ChangedQuestion question) throws GitTrouble {
        try (Opened repository = opening.open(question.repository())) {
            if (!repository.hasCommit(question.revision())) {
                Heads all = repository.heads(List.of("*"), null);
                repository.obtain(all, all.branches(question.branches()));
            }
            return repository.hasCommit(question.revision())
                    ? new ChangedPaths(repository, question).told()
                    : new Changed.Refused("Revision %s is not a commit of %s"
                            .formatted(
                                    Names.brief(question.revision()),
                                    repository.address().shown()));
        } catch (Refused refused) {
            return new Changed.Refused(refused.reason());
        }
    }

    /**
     * What a tag finally names; empty if there is no such tag.
     *
     * @throws GitTrouble also where the repository may not or cannot be used, or the name is none: nothing is known then
     */
    public Optional<String> tag(String repository, String tag) throws GitTrouble {
        try (Opened opened = opening.open(repository)) {
            Names.requireRef("tag", tag);
            return opened.heads(List.of(), tag).tag(tag);
        } catch (Refused refused) {
            throw new GitTrouble(refused.reason());
        }
    }

    /** Whether a tag names exactly this revision and is signed by an allowed key. Changes nothing. */
    public TagSigned tagSigned(TagQuestion question) throws GitTrouble {
        Names.requireId(question.revision());
        try (Opened repository = opening.open(question.repository())) {
            Names.requireRef("tag", question.tag());
            return new SignedTag(repository, question).check();
        } catch (Refused refused) {
            return new TagSigned.Unknown(refused.reason());
        }
    }

    private interface Work<T> {
        T on(Opened repository) throws GitTrouble, Refused;
    }

    private <T> T at(Branches branches, Work<T> work) throws GitTrouble, Refused {
        Names.requireRef("branch", branches.from());
        Names.requireRef("branch", branches.to());
        try (Opened repository = opening.open(branches.repository())) {
            try {
                return work.on(repository);
            } catch (GitTrouble trouble) {
                if (repository.isPartial()) {
                    throw Remedies.partial(repository, trouble);
                }
                throw trouble;
            }
        }
    }

    /** Ends nothing that is under way; what it needs on the disk goes with the process. */
    @Override
    public void close() {
        opening.close();
    }
}
