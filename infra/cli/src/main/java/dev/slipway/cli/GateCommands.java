package dev.slipway.cli;

import dev.slipway.cli.gateway.GateWhy;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.GateText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.validation.GateVerdict;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./slipway gate ...} */
@Command(name = "gate", description = "Explain what a gate says of a release.")
final class GateCommands {
    private final CommandContext context;

    GateCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = {
                "Say why a gate passed, failed, or cannot know: its rule part by part, each fact with the report that says",
                "it, run and digest, and what would have to change."
            },
            footer = {"", "Example:", "  slipway gate explain hello@1.0.0 unit-tests"})
    int explain(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String release,
            @Parameters(paramLabel = "GATE", description = "Its id in the policy.") String gate) {
        String token = context.access().token(Role.VIEWER);
        ReleaseView view = context.gateway().release(release, token);
        List<String> known = view.gates().stream().map(GateVerdict::gate).toList();
        if (!known.contains(gate)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    known.isEmpty()
                            ? "no gate of %s was asked so far: ./slipway release show %s says where it is"
                                    .formatted(release, release)
                            : "no gate %s of %s was asked so far; there is %s"
                                    .formatted(gate, release, String.join(", ", known)));
        }
        GateWhy why = new Requests(context.gateway())
                .gate(view.application(), view.id().value(), gate, token);
        context.answer(why, GateText.lines(why));
        return ExitCode.OK.code();
    }
}
