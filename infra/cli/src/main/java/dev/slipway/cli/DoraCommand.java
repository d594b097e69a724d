package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.DoraText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.DoraView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway dora} */
@Command(
        name = "dora",
        description = {
            "Show DORA's five metrics of an application, or of all together, beside those of the time before: how often it",
            "is deployed, lead time, change failure rate, recovery time, rework rate. What is not known is no data, not 0."
        },
        footer = {"", "Examples:", "  slipway dora", "  slipway dora hello --days 90"})
final class DoraCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "APPLICATION", description = "Of this one alone.")
    private @Nullable String application;

    @Option(names = "--days", paramLabel = "N", description = "Length of the time that is looked at, in days (30).")
    private @Nullable Integer days;

    DoraCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        DoraView dora = new Requests(context.gateway())
                .dora(application, days, context.access().token(Role.VIEWER));
        context.answer(dora, DoraText.lines(dora));
        return ExitCode.OK.code();
    }
}
