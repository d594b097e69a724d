package dev.slipway.cli;

import dev.slipway.cli.gateway.AfterClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.RetroText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.State;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway retro ...} */
@Command(
        name = "retro",
        description = "Note what was learned from a release and what is to be done, and follow it until it is closed.")
final class RetroCommands {
    private static final Map<String, State> CLOSINGS = Map.of("done", State.DONE, "dropped", State.DROPPED);
    private static final String PERSON = "Who says it; without it SLIPWAY_TOKEN_APPROVER does.";

    private final CommandContext context;

    RetroCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = {
                "Raise something that is to be done, with who sees to it and until when, or a lesson. It is in the release's",
                "record, after its end as well, and is shown with the releases that follow until it is closed."
            },
            footer = {
                "",
                "Examples:",
                "  slipway retro add hello@1.1.0 --text \"Warm the cache up\" --owner ben@example.test --due 2026-12-01",
                "  slipway retro add hello@1.1.0 --text \"Mondays are busy\" --lesson --as ada@example.test"
            })
    int add(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.") String release,
            @Option(
                            names = "--text",
                            required = true,
                            paramLabel = "TEXT",
                            description = "One line, up to 500 characters.")
                    String text,
            @Option(names = "--owner", paramLabel = "EMAIL", description = "Who sees to it; you, if you say nobody.")
                    @Nullable
                    String owner,
            @Option(names = "--due", paramLabel = "DATE", description = "Until when, such as 2026-12-01.") @Nullable
                    String due,
            @Option(names = "--lesson", description = "Nothing is to be done.") boolean lesson,
            @Option(names = "--as", paramLabel = "EMAIL", description = PERSON) @Nullable String email) {
        RetroView after = client().raise(
                        release,
                        new RetroView.RaiseRequest(
                                text, owner, due == null ? null : day(due), lesson ? Boolean.TRUE : null),
                        ReleaseCommands.approver(context, email));
        return answered(release, after);
    }

    @Command(
            name = "list",
            description = {
                "List what is to be done still of an application's releases, or all that was said of one release.",
                "Status 0 whether or not something is late."
            },
            footer = {"", "Examples:", "  slipway retro list hello", "  slipway retro list hello@1.1.0"})
    int list(
            @Parameters(paramLabel = "APPLICATION|RELEASE", description = "Such as hello, or hello@1.1.0.")
                    String which) {
        String token = context.access().token(Role.VIEWER);
        if (which.contains("@")) {
            return answered(which, client().retro(which, token));
        }
        List<RetroView.Owed> left = client().left(which, token);
        context.answer(
                left,
                left.isEmpty()
                        ? List.of("nothing is left to do of releases of " + which)
                        : RetroText.owed(left, today()));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Close an item: it is done, or is not to be done after all.",
            footer = {
                "",
                "Example:",
                "  slipway retro close hello@1.1.0/1 --as done --reason \"it is warm\" --by ben@example.test"
            })
    int close(
            @Parameters(paramLabel = "ITEM", description = "RELEASE/NUMBER, such as hello@1.1.0/1.") String item,
            @Option(names = "--as", required = true, paramLabel = "done|dropped", description = "What became of it.")
                    String as,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the record.")
                    String reason,
            @Option(names = "--by", paramLabel = "EMAIL", description = PERSON) @Nullable String email) {
        State state = CLOSINGS.get(as);
        if (state == null) {
            throw new CommandFailed(ExitCode.USAGE, "an item is closed as done or as dropped, not as " + as);
        }
        int slash = item.lastIndexOf('/');
        int number = slash < 0 ? 0 : number(item.substring(slash + 1));
        if (number < 1) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s is no item; slipway retro list names them, such as hello@1.1.0/1".formatted(item));
        }
        String release = item.substring(0, slash);
        RetroView after = client().close(
                        release,
                        number,
                        new RetroView.CloseRequest(state, reason),
                        ReleaseCommands.approver(context, email));
        return answered(release, after);
    }

    private int answered(String release, RetroView after) {
        context.answer(after, RetroText.lines(new ReleaseId(release), after, today()));
        return ExitCode.OK.code();
    }

    private AfterClient client() {
        return new AfterClient(context.gateway());
    }

    private LocalDate today() {
        return LocalDate.now(context.clock().withZone(context.zone()));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            throw new CommandFailed(ExitCode.USAGE, "%s is no day; say one such as 2026-12-01".formatted(text));
        }
    }
}
