package dev.slipway.release.git;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import dev.slipway.git.Answers.Question;
import dev.slipway.git.Answers.Reading;
import dev.slipway.git.Git;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import java.io.IOException;

/** What Git says, in the words of a release. */
final class GitRevisions implements Revisions, SourceBranch {
    private final Git git;
    private final GitSettings settings;

    GitRevisions(Git git, GitSettings settings) {
        this.git = git;
        this.settings = settings;
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        Question question = new Question(
                branches(read.source()),
                read.sha().value(),
                read.headOnly(),
                read.tag(),
                settings.commitsMax(),
                settings.peopleMax());
        return switch (git.read(question)) {
            case Reading.Read(var people) -> new ReleaseInput.RevisionRead(people.addresses(), people.unmatched());
            case Reading.Refused(String why) -> new ReleaseInput.RevisionRefused(why);
        };
    }

    @Override
    public ReleaseInput merge(Work.MergeRevision merge) throws IOException {
        Merge order = new Merge(
                branches(merge.source()),
                merge.sha().value(),
                merge.tag(),
                "chore(release): merge %s into %s\n"
                        .formatted(merge.release(), merge.source().to()),
                "Release " + merge.release() + "\n",
                settings.committerName(),
                settings.committerEmail(),
                settings.racesMax());
        return switch (git.merge(order)) {
            case Merged.Done(String head) -> new ReleaseInput.Merged(new Sha(head));
            case Merged.Refused(String why) -> new ReleaseInput.MergeRefused(why);
        };
    }

    @Override
    public ApplicationInput.HeadSeen look(Look look) throws IOException {
        return new ApplicationInput.HeadSeen(
                look.pushed(),
                git.head(look.source().repository(), look.source().from())
                        .map(Sha::new)
                        .orElse(null));
    }

    private static Branches branches(Policy.Source source) {
        return new Branches(source.repository(), source.from(), source.to());
    }
}
