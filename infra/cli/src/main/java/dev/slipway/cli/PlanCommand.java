package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.PlanText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.PlanView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release plan} */
@Command(
        name = "plan",
        description = {
            "Say what comes of a release from here, step by step: gates and what each waits for, people and what they"
                    + " are",
            "asked, staging, each share of traffic and what takes it back, the bake, the merge; each with its way back."
        },
        footer = {"", "Example:", "  slipway release plan hello@1.1.0"})
final class PlanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    PlanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PlanView plan =
                new Requests(context.gateway()).plan(release, context.access().token(Role.VIEWER));
        context.answer(plan, PlanText.lines(plan));
        return ExitCode.OK.code();
    }
}
