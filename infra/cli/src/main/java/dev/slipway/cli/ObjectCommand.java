package dev.slipway.cli;

import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.VoteText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.VoteView.ObjectionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release object} */
@Command(
        name = "object",
        description = {
            "Say no to exactly what the release is now: its sha, digests and policy. It takes the place of your yes and is on",
            "record with its reason; that of a role with a veto by the policy ends the release."
        },
        footer = {
            "",
            "Example:",
            "  slipway release object hello@1.0.0 --reason \"the licence of a library is unclear\" --as ben@example.test"
        })
final class ObjectCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the release.")
    private String reason = "";

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who objects; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    ObjectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String token = ReleaseCommands.approver(context, email);
        ReleaseView.ApprovalRequest what =
                ReleaseCommands.approval(context.gateway().release(id, token));
        ReleaseView after = context.gateway()
                .object(id, new ObjectionRequest(what.sha(), what.digests(), what.policyHash(), reason), token);
        List<String> lines = new ArrayList<>(VoteText.lines(after.vote()));
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }
}
