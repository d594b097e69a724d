package dev.slipway.cli;

import dev.slipway.cli.gateway.AfterClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.RetroText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.RetroView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway feedback ...} */
@Command(name = "feedback", description = "Keep what users, support or others say of a release with its record.")
final class FeedbackCommands {
    private final CommandContext context;

    FeedbackCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = {
                "Add what somebody says of a release, after its end as well. Name a channel or a role rather than a person,",
                "and link to what says more: what stands in a record stays there. The same twice counts once."
            },
            footer = {
                "",
                "Example:",
                "  slipway feedback add hello@1.1.0 --from support --text \"Logins are quicker\" --link"
                        + " https://tickets.example.test/7"
            })
    int add(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.") String release,
            @Option(names = "--from", required = true, paramLabel = "WHO", description = "Such as support, or a forum.")
                    String from,
            @Option(
                            names = "--text",
                            required = true,
                            paramLabel = "TEXT",
                            description = "One line, up to 1,000 characters.")
                    String text,
            @Option(names = "--link", paramLabel = "URL", description = "Where there is more.") @Nullable String link,
            @Option(
                            names = "--as",
                            paramLabel = "EMAIL",
                            description =
                                    "Who hands it in; without it SLIPWAY_TOKEN_PUBLISHER, or this machine's publisher.")
                    @Nullable
                    String email) {
        RetroView after = new AfterClient(context.gateway())
                .feedback(
                        release,
                        new RetroView.FeedbackRequest(from, text, link),
                        email == null
                                ? context.access().token(Role.PUBLISHER)
                                : context.access().tokenOf(email, Role.PUBLISHER));
        context.answer(after, RetroText.feedback(after));
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            description = "List what others say of a release.",
            footer = {"", "Example:", "  slipway feedback list hello@1.1.0"})
    int list(@Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.") String release) {
        RetroView said = new AfterClient(context.gateway())
                .retro(release, context.access().token(Role.VIEWER));
        List<String> lines = RetroText.feedback(said);
        context.answer(said.feedback(), lines.isEmpty() ? List.of("nobody has said anything of " + release) : lines);
        return ExitCode.OK.code();
    }
}
