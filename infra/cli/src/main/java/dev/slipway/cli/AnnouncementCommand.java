package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.AnnouncementView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release announcement} */
@Command(
        name = "announcement",
        description = {
            "Print the draft of an announcement of a release, of the facts of its notes: a mail, a few lines for a"
                    + " chat, or",
            "Markdown for the page of a release. This one is sent to nobody: what is sent is told by release"
                    + " announcements. Ends with status 1 if something is to be seen to first."
        },
        footer = {"", "Example:", "  slipway release announcement hello@1.1.0 --channel mail"})
final class AnnouncementCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(names = "--channel", paramLabel = "CHANNEL", required = true, description = "mail, chat or text.")
    private String channel = "";

    AnnouncementCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        AnnouncementView draft = new Requests(context.gateway())
                .announcement(release, channel, context.access().token(Role.VIEWER));
        List<String> lines = new ArrayList<>();
        if (draft.subject() != null) {
            lines.add("Subject: " + draft.subject());
            lines.add("");
        }
        lines.addAll(draft.text().stripTrailing().lines().toList());
        draft.before().forEach(first -> context.shell().aside().say("before it is sent: " + first));
        context.answer(draft, lines);
        return draft.before().isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
}
