package dev.slipway.git;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Opened.LocalFolder;
import dev.slipway.git.RepositoryAddress.Local;
import dev.slipway.git.RepositoryAddress.Remote;
import java.util.List;

/** The commands that people type next, in their own clone. */
final class Remedies {
    private Remedies() {}

    /** Brings the target branch into the source branch, where a person resolves what Git cannot. */
    static List<String> resolving(Opened repository, Branches branches, List<Conflict> conflicts) {
        String from = Names.quoted(branches.from());
        String to = Names.quoted(branches.to());
        boolean unrelated =
                conflicts.stream().anyMatch(conflict -> conflict.type().equals(Conflict.UNRELATED));
        String merge = unrelated ? "git merge --allow-unrelated-histories " : "git merge ";
        LocalFolder local = repository.local();
        if (local != null && !local.bare()) {
            return List.of(
                    "cd " + Names.quoted(repository.address().shown()),
                    "git switch " + from,
                    merge + to,
                    "git add -A && git commit    # once the files say what is meant");
        }
        return List.of(
                "git clone %s merging && cd merging"
                        .formatted(Names.quoted(repository.address().shown())),
                "git switch " + from,
                merge + Names.quoted("origin/" + branches.to()),
                "git add -A && git commit    # once the files say what is meant",
                "git push origin " + from);
    }

    /** Merges the release itself into the target, as Slipway would have. */
    static String mergingByHand(Opened repository, Branches branches, String revision, String tag) {
        String to = Names.quoted(branches.to());
        String url = Names.quoted(repository.address().shown());
        return "git clone %s merging && cd merging && git switch %s && git merge --no-ff %s && git tag -a %s -m %s %s && git push --atomic origin %s %s"
                .formatted(
                        url,
                        to,
                        Names.brief(revision),
                        Names.quoted(tag),
                        Names.quoted(tag),
                        Names.brief(revision),
                        to,
                        Names.quoted(tag));
    }

    /** Makes a branch that is not there, at a commit that only people know. */
    static String makingBranch(RepositoryAddress address, String branch) {
        String name = Names.quoted(branch);
        return switch (address) {
            case Local local ->
                "git -C %s branch %s COMMIT".formatted(Names.quoted(local.path().toString()), name);
            case Remote remote ->
                "git push %s COMMIT:%s".formatted(Names.quoted(remote.shown()), Names.quoted(Heads.BRANCH + branch));
        };
    }

    static Refused partial(Opened repository, GitTrouble trouble) {
        return Refused.forGood(
                "%s is a partial clone, and what is needed is not in it (%s): git -C %s fetch --refetch --no-filter"
                        .formatted(
                                repository.address().shown(),
                                trouble.getMessage(),
                                Names.quoted(repository.address().shown())));
    }
}
