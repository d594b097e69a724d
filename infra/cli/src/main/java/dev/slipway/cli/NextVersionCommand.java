package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ChangesText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.NextVersionView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release next} */
@Command(
        name = "next",
        description = {
            "Suggest the next version by the commits since the one that production runs (Conventional Commits 1.0.0):",
            "what breaks raises the major number, feat the minor one, all else the patch. Never one that was used.",
            "Ends with status 1 where nothing has changed."
        },
        footer = {"", "Example:", "  slipway release next hello", "  slipway release next hello --branch release/1.x"})
final class NextVersionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "APPLICATION", description = "(That of the slipway.yaml here or above.)")
    private @Nullable String application;

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            description = "Whose commits count, where the policy makes releases of several.")
    private @Nullable String branch;

    NextVersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String name = new Workplace(Path.of("")).application(application);
        NextVersionView next = new Requests(context.gateway())
                .nextVersion(name, branch, context.access().token(Role.VIEWER));
        context.answer(next, ChangesText.lines(next));
        return next.version() == null ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }
}
