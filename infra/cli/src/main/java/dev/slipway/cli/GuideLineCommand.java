package dev.slipway.cli;

import dev.slipway.cli.guide.StatesText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.GuideView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway guide line} */
@Command(
        name = "line",
        description = {
            "Say that a line of the guide does not apply to a release, or that it does after all. Nothing is switched"
                    + " off by it:",
            "a gate is asked as before, and what has gone wrong stays to be seen. A line that a gate answers takes two"
                    + " people,",
            "the first of a role that may waive the gate; of one that a duty answers, slipway release duty says it.",
            "Whoever made the change does not say so."
        },
        footer = {
            "",
            "Example:",
            "  slipway guide line hello@1.0.0 tell-the-press-1a2b3c --not-applicable --reason \"nobody will notice\"",
            "  slipway guide line hello@1.0.0 tell-the-press-1a2b3c --applies --reason \"somebody did\""
        })
final class GuideLineCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "LINE", description = "Its id; slipway guide show --json names them.")
    private String line = "";

    @Option(names = "--not-applicable", description = "There is nothing to do of it in this release.")
    private boolean notApplicable;

    @Option(names = "--applies", description = "Takes back that it does not apply.")
    private boolean applies;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the release.")
    private String reason = "";

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who says so; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    @Option(names = "--operator", description = "As an operator.")
    private boolean operator;

    GuideLineCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (notApplicable == applies) {
            throw new CommandFailed(ExitCode.USAGE, "say --not-applicable, or --applies to take that back");
        }
        String token = operator ? ReleaseCommands.operator(context, email) : ReleaseCommands.approver(context, email);
        GuideView after = context.gateway().sayOfLine(id, line, new GuideView.LineRequest(applies, reason), token);
        List<String> lines = new ArrayList<>(StatesText.of(after, line));
        lines.add(StatesText.summary(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }
}
