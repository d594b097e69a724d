package dev.slipway.git;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Opened.LocalFolder;
import java.nio.file.Path;
import java.util.Optional;

/** What must be so before anything is validated, as far as Git goes. Each refusal names what to do. */
final class Standards {
    private final Opened repository;
    private final Branches branches;
    private final Heads heads;

    Standards(Opened repository, Branches branches, Heads heads) {
        this.repository = repository;
        this.branches = branches;
        this.heads = heads;
    }

    /** Head of the source branch. */
    String source() throws Refused {
        return heads.branch(branches.from())
                .orElseThrow(
                        () -> Refused.soFar("There is no branch %s in %s, which the policy makes releases of. Push it."
                                        .formatted(
                                                branches.from(),
                                                repository.address().shown()))
                                .thenAskAgain());
    }

    /** Head of the target branch. */
    String target() throws Refused {
        return heads.branch(branches.to())
                .orElseThrow(() -> Refused.soFar(
                                "There is no branch %s in %s, which releases are merged into. Make it at the commit that production runs now; before a first release, where nothing runs yet, at any commit of branch %s: %s."
                                        .formatted(
                                                branches.to(),
                                                repository.address().shown(),
                                                branches.from(),
                                                Remedies.makingBranch(repository.address(), branches.to())))
                        .thenAskAgain());
    }

    void requireSource(String revision) throws Refused {
        if (source().length() != revision.length()) {
            throw notThere(revision);
        }
    }

    private Refused notThere(String revision) {
        return Refused.soFar("Revision %s is not a commit of %s. Push it to branch %s."
                        .formatted(Names.brief(revision), repository.address().shown(), branches.from()))
                .thenAskAgain();
    }

    /** The revision is a commit that is where releases are made. Objects of both branches are at hand. */
    void requireReleasable(String revision, boolean headOnly) throws GitTrouble, Refused {
        String head = source();
        if (head.equals(revision)) {
            return;
        }
        if (!repository.hasCommit(revision)) {
            throw notThere(revision);
        }
        if (headOnly) {
            throw Refused.soFar(
                    "Revision %s is not the head of branch %s, which is at %s. Propose that one; or have the policy say onPush: ignore."
                            .formatted(Names.brief(revision), branches.from(), Names.brief(head)));
        }
        if (!repository.isAncestor(revision, head)) {
            throw Refused.soFar("Revision %s is not on branch %s. Push it there."
                            .formatted(Names.brief(revision), branches.from()))
                    .thenAskAgain();
        }
    }

    /** The tag stands nowhere or at this revision, and no other name is in its way. */
    void requireTagIsFree(String tag, String revision) throws Refused {
        Names.requireRef("tag", tag);
        Optional<String> at = heads.tag(tag);
        if (at.isPresent() && !at.get().equals(revision)) {
            throw Refused.forGood(
                            "Tag %1$s stands at another revision, %2$s. Release another version; or, if nobody relies on it, remove it: git push %3$s --delete %4$s."
                                    .formatted(
                                            tag,
                                            Names.brief(at.get()),
                                            Names.quoted(repository.address().shown()),
                                            Names.quoted(Heads.TAG + tag)))
                    .thenAskAgain();
        }
        Optional<String> inTheWay = heads.inTheWayOf(Heads.TAG + tag);
        if (at.isEmpty() && inTheWay.isPresent()) {
            throw Refused.forGood(
                    "cannot lock ref '%1$s%2$s': '%3$s' exists; cannot create '%1$s%2$s'. Remove that tag, or have merge.tag in the policy name another."
                            .formatted(Heads.TAG, tag, inTheWay.get()));
        }
    }

    /**
     * What a push would be refused for, found out before production rather than after it: by a dry run of it, and by what a
     * repository on this machine says of itself. Objects of the target branch are at hand.
     *
     * @param tag that would be made, where it does not stand yet
     */
    void requirePushable(String tag, boolean signs) throws GitTrouble, Refused {
        LocalFolder local = repository.local();
        if (local != null) {
            requireWelcome(local, signs);
        }
        new Pushing(repository).rehearse(branches.to(), target(), heads.tag(tag).isPresent() ? null : tag);
    }

    /** What a dry run does not hear of: a checked-out branch, and signatures that are wished for. */
    private void requireWelcome(LocalFolder local, boolean signs) throws GitTrouble, Refused {
        String checkedOut = repository
                .scratch()
                .elsewhere(local.gitDir(), "for-each-ref", "--format=%(worktreepath)", Heads.BRANCH + branches.to())
                .text()
                .strip();
        String rule = repository.setting("receive.denyCurrentBranch").orElse("refuse");
        // Git counts the HEAD of a bare repository as checked out in the repository itself; a push to it is welcome.
        boolean inATree = !checkedOut.isEmpty()
                && !(local.bare() && Path.of(checkedOut).equals(local.gitDir().normalize()));
        if (inATree && !rule.matches("(?i)ignore|warn|updateInstead|false|no|off|0")) {
            throw Refused.forGood(
                            "Branch %1$s is checked out in %2$s, and Git refuses a push to it: git -C %3$s switch --detach, or git -C %3$s config receive.denyCurrentBranch updateInstead."
                                    .formatted(branches.to(), checkedOut, Names.quoted(checkedOut)))
                    .thenAskAgain();
        }
        for (String wish : new String[] {"commit.gpgSign", "tag.gpgSign"}) {
            if (!signs && repository.isSet(wish)) {
                throw Refused.forGood(
                        "%s asks for signatures (%s), and Slipway has no key: an administrator sets slipway.git.signing, or git -C %s config --unset %s"
                                .formatted(
                                        repository.address().shown(),
                                        wish,
                                        Names.quoted(repository.address().shown()),
                                        wish));
            }
        }
    }
}
