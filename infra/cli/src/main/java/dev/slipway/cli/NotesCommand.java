package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Requests.Written;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release notes} */
@Command(
        name = "notes",
        description = {
            "Print the notes of a release in Markdown: what it changes by its commits (Conventional Commits 1.0.0),"
                    + " what it",
            "goes without, and what is recommended to whoever upgrades."
        },
        footer = {
            "",
            "Example:",
            "  slipway release notes hello@1.1.0 > NOTES.md",
            "  slipway release notes hello@1.1.0 --html > notes.html"
        })
final class NotesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(names = "--html", description = "As one page of HTML that fetches nothing.")
    private boolean html;

    NotesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (html && context.json()) {
            throw new CommandFailed(ExitCode.USAGE, "say --html or --json, not both");
        }
        Requests requests = new Requests(context.gateway());
        String token = context.access().token(Role.VIEWER);
        if (context.json()) {
            context.answer(requests.notes(release, token), List.of());
        } else {
            String text = requests.notes(release, html ? Written.HTML : Written.MARKDOWN, token);
            context.answers().sayAsIs(text.stripTrailing());
        }
        return ExitCode.OK.code();
    }
}
