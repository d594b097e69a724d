package dev.slipway.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A repository that is being worked on, from a scratch one beside it.
 *
 * @param address as the policy has it
 * @param url as git reads and pushes there
 * @param local where it is on this machine; null if it is on another
 * @param copy what its objects are fetched into; null on this machine, where they are borrowed
 * @param patience longest time of a conversation with it
 */
record Opened(
        RepositoryAddress address,
        String url,
        @Nullable LocalFolder local,
        @Nullable Copy copy,
        Scratch scratch,
        Duration patience)
        implements AutoCloseable {
    /**
     * A repository on this machine.
     *
     * @param gitDir where its objects and references are
     * @param bare whether it has no working tree
     */
    record LocalFolder(Path gitDir, boolean bare) {}

    private static final List<String> LOCKED_OUT = List.of(
            "Authentication failed", "could not read Username", "could not read Password", "error: 403", "' not found");

    /** Where branches and a tag stand now. */
    Heads heads(List<String> branches, @Nullable String tag) throws GitTrouble, Refused {
        List<String> arguments = new ArrayList<>(List.of("ls-remote", "--end-of-options", url));
        branches.forEach(branch -> arguments.add(Heads.BRANCH + branch));
        if (tag != null) {
            arguments.addAll(Heads.patterns(Heads.TAG + tag));
        }
        GitRunner.Ran listed = scratch.run(arguments, new byte[0], patience, Map.of());
        if (listed.exit() != 0) {
            throw unreadable(Words.ofErrors(listed.err()));
        }
        return Heads.of(listed.text());
    }

    /** What a password or a right would mend is said to people at once; the network mends itself. */
    private GitTrouble unreadable(String words) throws Refused {
        String what = "Git cannot read %s: %s".formatted(address.shown(), words);
        if (address instanceof RepositoryAddress.Remote remote && isLockedOut(words)) {
            throw Refused.soFar("%s. An administrator says who to be at %s: slipway.git.credentials."
                            .formatted(what, remote.host()))
                    .thenAskAgain();
        }
        return new GitTrouble(what);
    }

    /** Whether git says so that the other side does not let it in. */
    static boolean isLockedOut(String words) {
        return LOCKED_OUT.stream().anyMatch(words::contains);
    }

    /** Has all objects of these branches at hand. */
    void obtain(Heads heads, List<String> branches) throws GitTrouble, Refused {
        if (copy != null) {
            copy.fetch(this, heads, branches);
        }
    }

    /** Whether it is a commit that is there. */
    boolean hasCommit(String id) throws GitTrouble {
        return scratch.fed(id + "\n", "cat-file", "--batch-check=%(objecttype)")
                .text()
                .strip()
                .equals("commit");
    }

    boolean isAncestor(String id, String of) throws GitTrouble {
        if (id.equals(of)) {
            return true;
        }
        GitRunner.Ran ran = scratch.run("merge-base", "--is-ancestor", id, of);
        if (ran.exit() > 1) {
            Scratch.succeeded(ran, "merge-base");
        }
        return ran.exit() == 0;
    }

    /** A value of the repository's own configuration; empty on another machine. */
    Optional<String> setting(String name) throws GitTrouble {
        if (local == null) {
            return Optional.empty();
        }
        GitRunner.Ran ran = scratch.elsewhere(local.gitDir(), "config", "--local", "--get", name);
        return ran.exit() == 0 ? Optional.of(ran.text().strip()) : Optional.empty();
    }

    boolean isSet(String name) throws GitTrouble {
        return setting(name)
                .filter(value -> !value.matches("(?i)false|no|off|0"))
                .isPresent();
    }

    /** Why something is missing in it: a partial clone has not all that it names. */
    boolean isPartial() throws GitTrouble {
        return local != null
                && scratch.elsewhere(
                                        local.gitDir(),
                                        "config",
                                        "--local",
                                        "--get-regexp",
                                        "^(extensions\\.partialclone|remote\\..*\\.promisor)$")
                                .exit()
                        == 0;
    }

    @Override
    public void close() {
        scratch.close();
        if (copy != null) {
            copy.close();
        }
    }

    static GitTrouble unusable(IOException broken) {
        return broken instanceof GitTrouble known
                ? known
                : new GitTrouble("The scratch repository cannot be used: " + broken.getMessage(), broken);
    }
}
