package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Requests.Written;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.NotesText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.NotesEdit;
import dev.slipway.contracts.release.NotesView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release notes} */
@Command(
        name = "notes",
        description = {
            "Print the notes of a release in Markdown: what it changes by its commits (Conventional Commits 1.0.0),"
                    + " what it",
            "goes without, and what is recommended to whoever upgrades. People may say something above that, after its"
                    + " end as",
            "well; the facts stay."
        },
        footer = {
            "",
            "Example:",
            "  slipway release notes hello@1.1.0 > NOTES.md",
            "  slipway release notes hello@1.1.0 --html > notes.html",
            "  slipway release notes hello@1.1.0 --file words.txt --reason \"for users\" --as ada@example.test"
        })
final class NotesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(names = "--html", description = "As one page of HTML that fetches nothing.")
    private boolean html;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Say what stands in this file, plain text of up to 8,000 characters, in place of what was said.")
    private @Nullable Path file;

    @Option(names = "--edit", description = "The same, with the program that VISUAL or EDITOR names.")
    private boolean edit;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is edited, for the release's record.")
    private @Nullable String reason;

    @Option(names = "--as", paramLabel = "EMAIL", description = "Who edits; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    NotesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (html && context.json()) {
            throw new CommandFailed(ExitCode.USAGE, "say --html or --json, not both");
        }
        Requests requests = new Requests(context.gateway());
        if (edit || file != null) {
            return edited(requests);
        }
        String token = context.access().token(Role.VIEWER);
        if (context.json()) {
            context.answer(requests.notes(release, token), List.of());
        } else {
            String text = requests.notes(release, html ? Written.HTML : Written.MARKDOWN, token);
            context.answers().sayAsIs(text.stripTrailing());
        }
        return ExitCode.OK.code();
    }

    private int edited(Requests requests) {
        if (edit == (file != null) || html) {
            throw new CommandFailed(ExitCode.USAGE, "say --file FILE or --edit, and not --html with it");
        }
        if (reason == null || reason.isBlank()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "editing notes takes a reason, for the release's record: --reason WHY");
        }
        String token = ReleaseCommands.approver(context, email);
        String text = file != null
                ? NotesText.of(file)
                : NotesText.edited(said(requests.notes(release, token)), context.answers());
        NotesView after = requests.editNotes(release, new NotesEdit(text, reason), token);
        context.answer(
                after,
                List.of("the notes of %s say it now: slipway release notes %s"
                        .formatted(after.release(), after.release())));
        return ExitCode.OK.code();
    }

    private static String said(NotesView notes) {
        return notes.prose() == null ? "" : notes.prose().text();
    }
}
