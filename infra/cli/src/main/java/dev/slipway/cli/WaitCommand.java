package dev.slipway.cli;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.ReleaseView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release wait} */
@Command(
        name = "wait",
        description = {
            "Say what came of what a release waits on, as the callback that its policy names.",
            "Who says it is SLIPWAY_TOKEN_PUBLISHER, or this machine's publisher. A person answers with release duty."
        },
        footer = {
            "",
            "Example:",
            "  slipway release wait hello@1.0.0 store-review pass --reason \"approved as build 42\"",
            "  slipway release wait hello@1.0.0 store-review fail --link https://store.example.test/reviews/12"
        })
final class WaitCommand implements Callable<Integer> {
    private static final Map<String, Result> OUTCOMES = Map.of("pass", Result.PASSED, "fail", Result.FAILED);

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "WAIT", description = "Id of the duty; slipway release show names them.")
    private String wait = "";

    @Parameters(index = "2", paramLabel = "OUTCOME", description = "pass or fail.")
    private String outcome = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "What was said; it stands in the release.")
    private @Nullable String reason;

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "What the policy asks for; may be repeated.")
    private @Nullable Map<String, String> fields;

    @Option(names = "--link", paramLabel = "URL", description = "To what shows it; may be repeated.")
    private List<String> links = List.of();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Whose callback it is, where the policy names one and this machine issues its tokens.")
    private @Nullable String name;

    WaitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Result known = OUTCOMES.get(outcome);
        if (known == null) {
            throw new CommandFailed(ExitCode.USAGE, "a wait ends with pass or fail, not with " + outcome);
        }
        ReleaseView after = context.gateway()
                .ended(
                        id,
                        wait,
                        new DutyView.WaitRequest(known, reason, fields == null ? Map.of() : fields, links, null),
                        name == null
                                ? context.access().token(Role.PUBLISHER)
                                : context.access().tokenOf(name, Role.PUBLISHER));
        List<String> lines = new ArrayList<>(ReleaseText.duties(after));
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }
}
