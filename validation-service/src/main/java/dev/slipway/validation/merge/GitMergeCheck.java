package dev.slipway.validation.merge;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Placed;
import dev.slipway.git.Answers.Trial;
import dev.slipway.git.Conflict;
import dev.slipway.git.Git;
import dev.slipway.validation.assessment.MergeAnswer;
import java.io.IOException;
import java.util.List;

/** What Git says about a merge, in the words of a gate. Nothing is left in the repository. */
final class GitMergeCheck {
    private final Git git;
    private final int pathsShownMax;

    /** @param pathsShownMax conflicts that an answer names */
    GitMergeCheck(Git git, int pathsShownMax) {
        this.git = git;
        this.pathsShownMax = pathsShownMax;
    }

    /**
     * Whether the revision merges.
     *
     * @throws IOException if the repository cannot be read
     */
    MergeAnswer tryMerge(Policy.Source source, Sha sha) throws IOException {
        if (source.isOneBranch()) {
            return tryMerge(source, source.from().getFirst(), sha);
        }
        return switch (git.place(source.repository(), source::takes, sha.value())) {
            case Placed.Refused(String why) -> new MergeAnswer.Missing(why);
            case Placed.Found found
            when found.on().isEmpty() ->
                new MergeAnswer.Missing(
                        "The commit %s is not on the branch %s".formatted(sha.brief(), source.branches()));
            case Placed.Found found -> tryMerge(source, found.on().getFirst(), sha);
        };
    }

    private MergeAnswer tryMerge(Policy.Source source, String from, Sha sha) throws IOException {
        Branches branches = new Branches(source.repository(), from, source.to());
        return switch (git.tryMerge(branches, sha.value())) {
            case Trial.Clean clean -> new MergeAnswer.Clean(clean.fromHead(), clean.toHead());
            case Trial.Conflicting conflicting -> conflicting(conflicting);
            case Trial.Refused refused ->
                refused.mayPass() ? new MergeAnswer.Missing(refused.why()) : new MergeAnswer.Refused(refused.why());
        };
    }

    private MergeAnswer conflicting(Trial.Conflicting trial) {
        List<Conflict> shown = trial.conflicts().stream().limit(pathsShownMax).toList();
        List<String> paths = shown.stream()
                .flatMap(conflict -> conflict.paths().stream())
                .distinct()
                .limit(pathsShownMax)
                .toList();
        return new MergeAnswer.Conflicting(
                trial.fromHead(),
                trial.toHead(),
                paths,
                shown.stream().map(Conflict::text).toList(),
                trial.conflicts().size() - shown.size() + trial.more(),
                trial.commands());
    }
}
