package dev.slipway.cli;

import dev.slipway.cli.gateway.AfterClient;
import dev.slipway.cli.gateway.Requests.Written;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release report} */
@Command(
        name = "report",
        description = {
            "Print what is known after a release, in Markdown: error rates, latency quantiles and traffic before and since,"
                    + " what",
            "got worse or better beyond noise, what users had of a version that went back, and what took the release"
                    + " longest."
        },
        footer = {
            "",
            "Example:",
            "  slipway release report hello@1.1.0",
            "  slipway release report hello@1.1.0 --html > report.html",
            "  slipway release report hello@1.1.0 --json"
        })
final class ReportCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(names = "--html", description = "As one page of HTML that fetches nothing.")
    private boolean html;

    ReportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (html && context.json()) {
            throw new CommandFailed(ExitCode.USAGE, "say --html or --json, not both");
        }
        AfterClient after = new AfterClient(context.gateway());
        String token = context.access().token(Role.VIEWER);
        if (context.json()) {
            context.answer(after.report(release, token), List.of());
        } else {
            String text = after.report(release, html ? Written.HTML : Written.MARKDOWN, token);
            context.answers().sayAsIs(text.stripTrailing());
        }
        return ExitCode.OK.code();
    }
}
