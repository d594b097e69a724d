package dev.slipway.cli;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.git.Answers.Branches;
import dev.slipway.git.Answers.Trial;
import dev.slipway.git.Conflict;
import dev.slipway.git.Git;
import dev.slipway.git.GitMissing;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.git.GitTrouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway merge ...} */
@Command(name = "merge", description = "Try a merge as the gate does.")
final class MergeCommands {
    private final CommandContext context;

    MergeCommands(CommandContext context) {
        this.context = context;
    }

    /**
     * What was found out.
     *
     * @param tree id of the tree that the merge makes; empty if it does not merge
     * @param more conflicts beyond those
     */
    private record Checked(
            boolean merges,
            boolean already,
            String fromHead,
            String toHead,
            String tree,
            List<Conflict> conflicts,
            int more,
            List<String> commands) {}

    @Command(
            description =
                    "Say whether a branch merges into another, by the very code of the merge gate; nothing is changed"
                            + " and no service is asked. Exits with 0 if it does, 1 if not, 2 if it cannot be tried.",
            footer = {"", "Example:", "  slipway merge check --repository . --from production --to main"})
    int check(
            @Option(
                            names = "--repository",
                            paramLabel = "REPOSITORY",
                            defaultValue = ".",
                            description =
                                    "A path, or an address such as file:/path or https://host/path (${DEFAULT-VALUE}).")
                    String repository,
            @Option(names = "--from", required = true, paramLabel = "BRANCH", description = "Releases are made of it.")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "BRANCH", description = "It is to be merged into.")
                    String to) {
        try (Git git = new Git(GitProgram.find(), GitOptions.ofThisUser())) {
            return switch (git.tryMerge(new Branches(address(repository), from, to))) {
                case Trial.Clean clean -> merges(clean, from, to);
                case Trial.Conflicting conflicting -> conflicts(conflicting, from, to);
                case Trial.Refused refused -> throw new CommandFailed(ExitCode.USAGE, refused.why());
            };
        } catch (GitMissing | GitTrouble unusable) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private int merges(Trial.Clean clean, String from, String to) {
        context.answer(
                new Checked(
                        true, clean.already(), clean.fromHead(), clean.toHead(), clean.tree(), List.of(), 0, List.of()),
                List.of(
                        clean.already()
                                ? "%s has all of %s already; its tree is %s".formatted(to, from, clean.tree())
                                : "%s merges into %s; the tree is %s".formatted(from, to, clean.tree())));
        return ExitCode.OK.code();
    }

    private int conflicts(Trial.Conflicting trial, String from, String to) {
        List<String> lines = new ArrayList<>(List.of("%s does not merge into %s:".formatted(from, to)));
        trial.conflicts().forEach(conflict -> lines.add("  " + conflict.text()));
        if (trial.more() > 0) {
            lines.add("  and %d more".formatted(trial.more()));
        }
        lines.add("resolve it:");
        trial.commands().forEach(command -> lines.add("  " + command));
        context.answer(
                new Checked(
                        false,
                        false,
                        trial.fromHead(),
                        trial.toHead(),
                        "",
                        trial.conflicts(),
                        trial.more(),
                        trial.commands()),
                lines);
        return ExitCode.FAILED.code();
    }

    private static String address(String repository) {
        return repository.matches("[a-z]+:.*")
                ? repository
                : "file:" + Path.of(repository).toAbsolutePath().normalize();
    }
}
