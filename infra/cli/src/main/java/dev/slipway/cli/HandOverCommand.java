package dev.slipway.cli;

import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.HandOverRequest;
import dev.slipway.contracts.release.ReleaseView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release hand-over} */
@Command(
        name = "hand-over",
        description = {
            "What somebody has to answer for is another's from now on: one duty, or all that is open, and the release itself",
            "where it is theirs. The new person is told."
        },
        footer = {
            "",
            "Example:",
            "  slipway release hand-over hello@1.0.0 --to carl@example.test --reason \"on leave\" --as ben@example.test",
            "  slipway release hand-over hello@1.0.0 --to carl@example.test --duty device-test --reason \"has the device\"",
            "  slipway release hand-over hello@1.0.0 --from ben@example.test --to carl@example.test --reason \"is ill\" --operator"
        })
final class HandOverCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Option(names = "--to", paramLabel = "EMAIL", required = true, description = "A contact of the release's policy.")
    private String to = "";

    @Option(
            names = "--from",
            paramLabel = "EMAIL",
            description = "Whose it was, where the owner or an operator says so (your own).")
    private @Nullable String from;

    @Option(names = "--duty", paramLabel = "ID", description = "This one alone.")
    private @Nullable String duty;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the release.")
    private String reason = "";

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who hands over; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    @Option(names = "--operator", description = "As an operator, where neither the owner nor the other person can.")
    private boolean operator;

    HandOverCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (operator && from == null) {
            throw new CommandFailed(ExitCode.USAGE, "--operator hands over what is another's: say --from EMAIL too");
        }
        ReleaseView after = context.gateway().handOver(id, new HandOverRequest(to, from, duty, reason), token());
        List<String> lines = new ArrayList<>(ReleaseText.staff(after));
        lines.addAll(ReleaseText.duties(after));
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }

    private String token() {
        return operator ? ReleaseCommands.operator(context, email) : ReleaseCommands.approver(context, email);
    }
}
