package dev.slipway.release.git;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.git.Answers;
import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.HistoryQuestion;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Placed;
import dev.slipway.git.Answers.Reading;
import dev.slipway.git.Git;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.notes.History;
import dev.slipway.release.rehearsal.Trial;
import dev.slipway.release.saga.ChangedFiles;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Git says, in the words of a release. Where a policy names several branches, the revision's own is found first. */
final class GitRevisions implements Revisions, SourceBranch, History, Trial {
    private static final int HEADS_SHOWN = 5;

    private final Git git;
    private final GitSettings settings;

    GitRevisions(Git git, GitSettings settings) {
        this.git = git;
        this.settings = settings;
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        Policy.Source source = read.source();
        if (source.isOneBranch()) {
            String only = source.from().getFirst();
            return read(read, only, List.of(only));
        }
        return switch (placed(source, read.sha())) {
            case Placed.Refused(String why) -> new ReleaseInput.RevisionRefused(why);
            case Placed.Found found -> {
                List<String> on = read.headOnly() ? headed(found.heads(), read.sha()) : found.on();
                yield on.isEmpty()
                        ? new ReleaseInput.RevisionRefused(elsewhere(read, found.heads()))
                        : read(read, on.getFirst(), on);
            }
        };
    }

    private ReleaseInput read(Work.ReadRevision read, String branch, List<String> on) throws IOException {
        Answers.Question question = new Answers.Question(
                branches(read.source(), branch),
                read.sha().value(),
                read.headOnly(),
                read.tag(),
                settings.commitsMax(),
                settings.peopleMax());
        return switch (git.read(question)) {
            case Reading.Read(var people, var committed) -> {
                ReleaseInput.RevisionRead seen = new ReleaseInput.RevisionRead(
                        people.addresses(), people.unmatched(), on, committed, guideFile(read), null);
                yield read.paths().isEmpty() ? seen : changed(read, seen);
            }
            case Reading.Refused(String why) -> new ReleaseInput.RevisionRefused(why);
        };
    }

    private @Nullable GuideFileView guideFile(Work.ReadRevision read) throws IOException {
        Guide guide = read.guide();
        return guide == null || guide.file() == null
                ? null
                : new GuideAtRevision(git).look(read.source(), read.sha(), guide, guide.file());
    }

    /** With the files that it changes whose change somebody in particular has to approve. */
    private ReleaseInput changed(Work.ReadRevision read, ReleaseInput.RevisionRead seen) throws IOException {
        Answers.ChangedQuestion question = new Answers.ChangedQuestion(
                read.source().repository(),
                read.source()::takes,
                read.sha().value(),
                value(read.since()),
                path -> read.paths().stream().anyMatch(review -> review.takes(path)),
                settings.filesMax());
        return switch (git.changed(question)) {
            case Answers.Changed.Refused(String why) -> new ReleaseInput.RevisionRefused(why);
            case Answers.Changed.Told told ->
                new ReleaseInput.RevisionRead(
                        seen.people(),
                        seen.unmatched(),
                        seen.branches(),
                        seen.committed(),
                        seen.guideFile(),
                        ChangedFiles.of(
                                read.paths(),
                                told.paths(),
                                told.since().map(Sha::new).orElse(null),
                                told.more()));
        };
    }

    @Override
    public ReleaseInput merge(Work.MergeRevision merge) throws IOException {
        Policy.Source source = merge.source();
        String branch = source.from().getFirst();
        if (!source.isOneBranch()) {
            switch (placed(source, merge.sha())) {
                case Placed.Refused(String why) -> {
                    return new ReleaseInput.MergeRefused(why);
                }
                case Placed.Found found
                when found.on().isEmpty() && !isMerged(source, merge.sha()) -> {
                    return new ReleaseInput.MergeRefused(notOn(source, merge.sha(), "retry the release"));
                }
                case Placed.Found found ->
                    branch = found.on().isEmpty() ? source.to() : found.on().getFirst();
            }
        }
        return merge(merge, branch);
    }

    /** Somebody may have merged it meanwhile, or a crash lost the word of it; and a host deletes what is merged. */
    private boolean isMerged(Policy.Source source, Sha revision) throws IOException {
        Placed there = git.place(source.repository(), source.to()::equals, revision.value());
        return there instanceof Placed.Found found && !found.on().isEmpty();
    }

    private ReleaseInput merge(Work.MergeRevision merge, String branch) throws IOException {
        Merge order = new Merge(
                branches(merge.source(), branch),
                merge.sha().value(),
                merge.tag(),
                "chore(release): merge %s into %s\n"
                        .formatted(merge.release(), merge.source().to()),
                tagMessage(merge),
                settings.committerName(),
                settings.committerEmail(),
                settings.racesMax());
        return switch (git.merge(order)) {
            case Merged.Done(String head) -> new ReleaseInput.Merged(new Sha(head));
            case Merged.Refused(String why) -> new ReleaseInput.MergeRefused(why);
        };
    }

    private static String tagMessage(Work.MergeRevision merge) {
        StringBuilder message = new StringBuilder("Release " + merge.release() + "\n");
        if (!merge.limitations().isEmpty()) {
            message.append("\nKnown limitations:\n");
            merge.limitations()
                    .forEach(limitation ->
                            message.append("- ").append(limitation).append('\n'));
        }
        return message.toString();
    }

    @Override
    public ApplicationInput.HeadSeen look(Look look) throws IOException {
        return switch (placed(look.source(), look.pushed())) {
            case Placed.Refused _ -> new ApplicationInput.HeadSeen(look.pushed(), null);
            case Placed.Found(var heads, var _) -> {
                List<String> there = headed(heads, look.pushed());
                Sha elsewhere =
                        heads.values().stream().findFirst().map(Sha::new).orElse(null);
                yield new ApplicationInput.HeadSeen(look.pushed(), there.isEmpty() ? elsewhere : look.pushed(), there);
            }
        };
    }

    @Override
    public Told read(Question asked) throws IOException {
        HistoryQuestion question = new HistoryQuestion(
                asked.source().repository(),
                asked.branches(),
                value(asked.revision()),
                value(asked.since()),
                asked.tags(),
                settings.changesMax());
        return switch (git.history(question)) {
            case Answers.History.Refused(String why) -> new Told.Refused(why);
            case Answers.History.Told told ->
                new Told.Read(
                        new Sha(told.head()),
                        told.commits().stream()
                                .map(commit -> new Commit(new Sha(commit.id()), commit.merge(), commit.message()))
                                .toList(),
                        told.more(),
                        told.tags());
        };
    }

    private static @Nullable String value(@Nullable Sha revision) {
        return revision == null ? null : revision.value();
    }

    private Placed placed(Policy.Source source, Sha revision) throws IOException {
        return git.place(source.repository(), source::takes, revision.value());
    }

    private static List<String> headed(SortedMap<String, String> heads, Sha revision) {
        return heads.entrySet().stream()
                .filter(branch -> branch.getValue().equals(revision.value()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Why the revision is not where releases are made. */
    private static String elsewhere(Work.ReadRevision read, SortedMap<String, String> heads) {
        Policy.Source source = read.source();
        if (heads.isEmpty()) {
            return "There is no branch %s in %s, which the policy makes releases of. Push it, then propose the release again."
                    .formatted(source.branches(), source.repository());
        }
        if (!read.headOnly()) {
            return notOn(source, read.sha(), "propose the release again");
        }
        String shown = heads.entrySet().stream()
                .limit(HEADS_SHOWN)
                .map(branch -> "%s is at %s".formatted(branch.getKey(), new Sha(branch.getValue()).brief()))
                .collect(Collectors.joining(", "));
        return "Revision %s is not the head of branch %s: %s. Propose that one; or have the policy say onPush: ignore."
                .formatted(read.sha().brief(), source.branches(), shown);
    }

    private static String notOn(Policy.Source source, Sha revision, String then) {
        return "Revision %s is not on branch %s. Push it there, then %s."
                .formatted(revision.brief(), source.branches(), then);
    }

    private static Branches branches(Policy.Source source, String from) {
        return new Branches(source.repository(), from, source.to());
    }
}
