package dev.slipway.git;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One push of a branch and a tag: both or neither, and only from where they were seen. */
final class Pushing {
    /** The branch is not where it was seen, or the tag came about meanwhile. */
    private static final List<String> STALE =
            List.of("(stale info)", "(fetch first)", "(non-fast-forward)", "(already exists)");
    /** Somebody else writes at this moment, or did not finish once. */
    private static final List<String> BUSY = List.of("but expected", ".lock'", "reference already exists");

    /** Git 2.4 and newer, of another side that does not say {@code atomic} among what it can do; heard in a dry run as well. */
    private static final String NOT_ATOMIC = "does not support --atomic push";

    private static final List<String> PUSH = List.of(
            "push",
            "--atomic",
            "--porcelain",
            "--no-verify",
            "--no-signed",
            "--no-follow-tags",
            "--recurse-submodules=no");

    private final Opened repository;

    Pushing(Opened repository) {
        this.repository = repository;
    }

    /** What came of a push. */
    sealed interface Pushed {
        /** It is there. */
        record Done() implements Pushed {}

        /** Somebody else was quicker, or is at it: to be looked at again. */
        record Moved(String words) implements Pushed {}

        /** The other side does not want it. */
        record Rejected(String words) implements Pushed {}
    }

    /**
     * Pushes.
     *
     * @param branch name of the branch to move on
     * @param seen where it was
     * @param commit where it is to be; null to leave it
     * @param tag name of a tag that is here and not there; null for none
     * @throws Refused if whoever pushes may not write there at all, or not both at once
     */
    Pushed push(String branch, String seen, @Nullable String commit, @Nullable String tag) throws GitTrouble, Refused {
        List<String> arguments = new ArrayList<>(PUSH);
        List<String> references = new ArrayList<>();
        if (commit != null) {
            arguments.add("--force-with-lease=%s%s:%s".formatted(Heads.BRANCH, branch, seen));
            references.add("%s:%s%s".formatted(commit, Heads.BRANCH, branch));
        }
        if (tag != null) {
            arguments.add("--force-with-lease=%s%s:".formatted(Heads.TAG, tag));
            references.add("%1$s%2$s:%1$s%2$s".formatted(Heads.TAG, tag));
        }
        arguments.addAll(List.of("--end-of-options", repository.url()));
        arguments.addAll(references);
        return outcome(repository.scratch().run(arguments, new byte[0], repository.patience(), Map.of()));
    }

    /**
     * Asks the other side for leave to push, as a push does, and ends before anything is sent: no object and no reference is
     * changed. A host says there whether the credentials may write; hooks and rules of branches are heard by a push alone.
     *
     * @param branch name of the branch that would be moved on
     * @param seen where it is; nothing of it would be changed
     * @param tag name of a tag that would be made; null for none
     * @throws GitTrouble if it is not known, as where the other side does not answer in time
     */
    void rehearse(String branch, String seen, @Nullable String tag) throws GitTrouble, Refused {
        List<String> arguments = new ArrayList<>(PUSH);
        arguments.addAll(List.of("--dry-run", "--end-of-options", repository.url()));
        arguments.add("%s:%s%s".formatted(seen, Heads.BRANCH, branch));
        if (tag != null) {
            arguments.add("%s:%s%s".formatted(seen, Heads.TAG, tag));
        }
        try {
            if (outcome(repository.scratch().run(arguments.toArray(String[]::new)))
                    instanceof Pushed.Rejected rejected) {
                throw Refused.soFar("A push of branch %s%s to %s would be refused: %s. Have that mended."
                                .formatted(
                                        branch,
                                        tag == null ? "" : " and tag " + tag,
                                        repository.address().shown(),
                                        rejected.words()))
                        .thenAskAgain();
            }
        } catch (GitTrouble trouble) {
            throw new GitTrouble("Whether it can be pushed is not known: " + trouble.getMessage(), trouble);
        }
    }

    /** Lines of {@code --porcelain}: flag, references, summary with the reason in brackets. */
    private Pushed outcome(GitRunner.Ran ran) throws GitTrouble, Refused {
        if (ran.exit() == 0) {
            return new Pushed.Done();
        }
        Set<String> reasons = new LinkedHashSet<>();
        for (String line : Folders.lines(ran.text())) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 3 && fields[0].equals("!")) {
                String to = fields[1].substring(fields[1].lastIndexOf(':') + 1);
                reasons.add("%s %s".formatted(to, fields[2]));
            }
        }
        if (reasons.isEmpty()) {
            throw unpushable(Words.ofErrors(ran.err()));
        }
        String words = Words.shown(String.join("; ", words(ran.err(), reasons)));
        boolean elsewhere = reasons.stream().anyMatch(reason -> STALE.stream().anyMatch(reason::contains));
        boolean locked = words.contains("cannot lock ref") && BUSY.stream().anyMatch(words::contains);
        return elsewhere || locked ? new Pushed.Moved(words) : new Pushed.Rejected(words);
    }

    /** What a right or a setting would mend is said to people at once; the network mends itself. */
    private GitTrouble unpushable(String words) throws Refused {
        String what = "Git cannot push to %s: %s".formatted(repository.address().shown(), words);
        if (words.contains(NOT_ATOMIC)) {
            throw Refused.forGood(
                            "%s. Slipway pushes branch and tag together or not at all, so nothing was pushed. Whoever keeps that repository allows it (with Git 2.4 or newer there: git config receive.advertiseAtomic true); where the host cannot do it, a policy without merge leaves merging and tagging to you."
                                    .formatted(what))
                    .thenAskAgain();
        }
        if (repository.address() instanceof RepositoryAddress.Remote remote && Opened.isLockedOut(words)) {
            throw Refused.soFar(
                            "%s. Whoever Slipway is at %s may not write there: an administrator gives that user or token the right to push branch and tags, or names another one (slipway.git.credentials)."
                                    .formatted(what, remote.host()))
                    .thenAskAgain();
        }
        return new GitTrouble(what);
    }

    /** What the other side says comes first: it knows best; its own words are marked by git as {@code remote:}. */
    private static List<String> words(String err, Set<String> reasons) {
        List<String> words = new ArrayList<>();
        for (String line : Folders.lines(err)) {
            String said = line.strip();
            if (said.startsWith("remote:")) {
                String own = said.substring("remote:".length()).strip().replaceFirst("^error: ", "");
                if (!own.isEmpty()) {
                    words.add(own);
                }
            }
        }
        words.addAll(reasons);
        return words;
    }
}
