package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Requests.Written;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release runbook} */
@Command(
        name = "runbook",
        description = {
            "Print the runbook of a release: its whole plan with each step's way back, whom to call, where everything"
                    + " is and",
            "what is typed. The hashes of its policy and guide say which release it is of. Its plan was pinned in the",
            "release's record as it began, and anew by each decision that changed it: what reads otherwise now is said."
        },
        footer = {
            "",
            "Example:",
            "  slipway release runbook hello@1.1.0 > RUNBOOK.md",
            "  slipway release runbook hello@1.1.0 --format html > runbook.html",
            "  slipway release runbook hello@1.1.0 --pinned"
        })
final class RunbookCommand implements Callable<Integer> {
    /** As what a runbook is printed. */
    enum Format {
        MARKDOWN,
        HTML,
        JSON
    }

    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "markdown (what is meant if nobody says), html, one page that fetches nothing, or json.")
    private @Nullable Format format;

    @Option(names = "--pinned", description = "As it was pinned, whatever its plan reads like now.")
    private boolean pinned;

    RunbookCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Format wanted = format == null ? (context.json() ? Format.JSON : Format.MARKDOWN) : format;
        if (context.json() && wanted != Format.JSON) {
            throw new CommandFailed(ExitCode.USAGE, "say --format or --json, not both");
        }
        Requests requests = new Requests(context.gateway());
        String token = context.access().token(Role.VIEWER);
        switch (wanted) {
            case MARKDOWN -> print(requests.runbook(release, pinned, Written.MARKDOWN, token));
            case HTML -> print(requests.runbook(release, pinned, Written.HTML, token));
            case JSON -> context.answerInJson(requests.runbook(release, pinned, token));
        }
        return ExitCode.OK.code();
    }

    private void print(String text) {
        context.answers().sayAsIs(text.stripTrailing());
    }
}
