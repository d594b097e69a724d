package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.guide.StatesText;
import dev.slipway.cli.release.GuideFileText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.GuideAdoption;
import dev.slipway.contracts.release.GuideView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway guide adopt} */
@Command(
        name = "adopt",
        description = {
            "Have a release go by its guide's file as it is at its revision, where that differs from the guide of its"
                    + " policy.",
            "The answer says whose approvals fall. What answers lines stays what the policy has: a new line is open.",
            "A contact of the policy or an operator says so, who did not make the change."
        },
        footer = {
            "",
            "Example:",
            "  slipway guide adopt hello@1.0.0 --reason \"the new line on licences holds already\" --as"
                    + " ada@example.test"
        })
final class GuideAdoptCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the release.")
    private String reason = "";

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who adopts it; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    @Option(names = "--operator", description = "As an operator.")
    private boolean operator;

    GuideAdoptCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String token = operator ? ReleaseCommands.operator(context, email) : ReleaseCommands.approver(context, email);
        GatewayClient gateway = context.gateway();
        String application = id.contains("@") ? id.substring(0, id.indexOf('@')) : id;
        GuideFileView file = new Requests(gateway).guide(application, id, token).guideFile();
        String text = file == null || file.sha256() == null ? "" : file.sha256(); // the service says what is wrong
        GuideView after = gateway.adoptGuide(id, new GuideAdoption(text, reason), token);
        List<String> lines = new ArrayList<>(GuideFileText.lines(id, after.guideFile()));
        lines.add(StatesText.summary(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }
}
