package dev.slipway.git;

import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Merge;
import dev.slipway.git.Answers.Merged;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings a release into its target branch and tags it: looks, makes what is missing, pushes it, and looks again if it has to. */
final class Delivery {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Opened repository;
    private final Merge merge;
    private final GitOptions options;

    Delivery(Opened repository, Merge merge, GitOptions options) {
        this.repository = repository;
        this.merge = merge;
        this.options = options;
    }

    Merged deliver() throws GitTrouble, Refused {
        Names.requireRef("tag", merge.tag());
        String words = "";
        Duration pause = FIRST_PAUSE;
        for (int race = 0; race < merge.racesMax(); race++) {
            if (race > 0) {
                pause = waited(pause);
            }
            Plan plan = plan();
            if (plan.done()) {
                return new Merged.Done(plan.head());
            }
            switch (new Pushing(repository).push(merge.branches().to(), plan.head(), plan.commit(), plan.tag())) {
                case Pushing.Pushed.Done _ -> {
                    return new Merged.Done(plan.commit() == null ? plan.head() : plan.commit());
                }
                case Pushing.Pushed.Rejected rejected -> throw rejected(rejected.words());
                case Pushing.Pushed.Moved moved -> words = moved.words();
            }
        }
        throw Refused.forGood(
                        "Branch %s moved, or was locked, each time the release was to be merged. Git says: %s. Have it come to rest, or the lock removed."
                                .formatted(merge.branches().to(), words))
                .thenAskAgain();
    }

    private Refused rejected(String words) {
        return Refused.forGood("Git was not allowed to push the merge and the tag %s to %s: %s. Have that mended."
                        .formatted(merge.tag(), repository.address().shown(), words))
                .thenAskAgain();
    }

    /**
     * What is missing.
     *
     * @param head of the target branch
     * @param commit that it is to move to; null if it has the release
     * @param tag to be made; null if it stands
     */
    private record Plan(
            String head, @Nullable String commit, @Nullable String tag) {
        boolean done() {
            return commit == null && tag == null;
        }
    }

    private Plan plan() throws GitTrouble, Refused {
        Branches branches = merge.branches();
        Heads heads = repository.heads(List.of(branches.from(), branches.to()), merge.tag());
        Standards standards = new Standards(repository, branches, heads);
        String head = standards.target();
        standards.requireTagIsFree(merge.tag(), merge.revision());
        repository.obtain(heads, List.of(branches.from(), branches.to()));
        if (!repository.hasCommit(merge.revision())) {
            throw Refused.forGood(
                            "%s does not have the revision %s any more; was branch %s pushed with force? Push the revision there."
                                    .formatted(
                                            repository.address().shown(),
                                            Names.brief(merge.revision()),
                                            branches.from()))
                    .thenAskAgain();
        }
        boolean has = repository.isAncestor(merge.revision(), head);
        if (!has) {
            requireOnSource(heads);
        }
        return new Plan(
                head, has ? null : mergeCommit(head), heads.tag(merge.tag()).isPresent() ? null : tagged());
    }

    /** Objects outlive a push with force, in a repository on this machine for weeks: it is the branch that is asked. */
    private void requireOnSource(Heads heads) throws GitTrouble, Refused {
        String from = merge.branches().from();
        Optional<String> source = heads.branch(from);
        if (source.isEmpty()) {
            throw Refused.forGood(
                            "Branch %1$s, of which revision %2$s was released, is not in %3$s any more. Put it back there: git push %4$s %2$s:%5$s."
                                    .formatted(
                                            from,
                                            Names.brief(merge.revision()),
                                            repository.address().shown(),
                                            Names.quoted(repository.address().shown()),
                                            Names.quoted(Heads.BRANCH + from)))
                    .thenAskAgain();
        }
        if (!repository.isAncestor(merge.revision(), source.get())) {
            throw Refused.forGood(
                            "Revision %s is not on branch %s any more; was it pushed with force? Put it back there."
                                    .formatted(Names.brief(merge.revision()), from))
                    .thenAskAgain();
        }
    }

    private String mergeCommit(String head) throws GitTrouble, Refused {
        Branches branches = merge.branches();
        Merging.Tried tried = new Merging(repository, branches.from(), branches.to(), options.conflictsShownMax())
                .merge(head, merge.revision());
        if (!tried.clean()) {
            String conflicts =
                    tried.conflicts().stream().limit(3).map(Conflict::text).collect(Collectors.joining("; "));
            throw Refused.forGood(Words.shown(
                    "Branch %s conflicts with the release: %s%s. Merge it by hand: %s; then retry."
                            .formatted(
                                    branches.to(),
                                    conflicts,
                                    tried.conflicts().size() > 3 ? "; and more" : "",
                                    Remedies.mergingByHand(repository, branches, merge.revision(), merge.tag())),
                    2_000));
        }
        return made(
                        List.of("commit-tree", tried.tree(), "-p", head, "-p", merge.revision(), "-F", "-"),
                        "-S",
                        merge.message())
                .text()
                .strip();
    }

    /** Makes the annotated tag here, once. */
    private String tagged() throws GitTrouble {
        GitRunner.Ran there = repository.scratch().run("rev-parse", "--verify", "--quiet", Heads.TAG + merge.tag());
        if (there.exit() != 0) {
            boolean signs = options.signing() != null;
            made(
                    List.of("tag", signs ? "-s" : "-a", "-F", "-", "--end-of-options", merge.tag(), merge.revision()),
                    "",
                    merge.tagMessage());
        }
        return merge.tag();
    }

    /** Runs what makes a commit or a tag, in the name of whoever merges; signed if there is a key. */
    private GitRunner.Ran made(List<String> command, String signs, String message) throws GitTrouble {
        List<String> arguments = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", merge.name());
            environment.put("GIT_" + role + "_EMAIL", merge.email());
        }
        GitOptions.Signing signing = options.signing();
        if (signing != null) {
            arguments.addAll(List.of("-c", "gpg.format=" + signing.format(), "-c", "user.signingKey=" + signing.key()));
            environment.put("GNUPGHOME", keyring());
        }
        arguments.addAll(command);
        if (signing != null && !signs.isEmpty()) {
            arguments.add(signs);
        }
        byte[] input = message.getBytes(StandardCharsets.UTF_8);
        GitRunner.Ran ran = repository.scratch().run(arguments, input, options.commandWithin(), environment);
        return Scratch.succeeded(ran, command.getFirst());
    }

    private static String keyring() {
        String home = System.getenv("GNUPGHOME");
        return home != null
                ? home
                : Path.of(System.getProperty("user.home"), ".gnupg").toString();
    }

    private static Duration waited(Duration pause) throws GitTrouble {
        try {
            Thread.sleep(pause);
            return pause.multipliedBy(2);
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
            throw new GitTrouble("the merge was stopped", unwanted);
        }
    }
}
