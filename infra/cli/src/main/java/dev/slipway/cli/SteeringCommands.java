package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator may ask of a release: {@code ./slipway release abort|pause|resume|promote|retry|resolve}. */
final class SteeringCommands {
    private SteeringCommands() {}

    /** The verbs, as the API calls them. */
    private enum Verb {
        ABORT(
                "Stop a release; it always wins. What it has begun in production goes back, if there is a version before.",
                true),
        PAUSE("Hold the canary at its present share.", false),
        RESUME("Go on with a release that was paused or is held for a person.", false),
        PROMOTE("Take the canary to its next share now, or at once to all of it.", false),
        RETRY("Try again what failed, of a release that needs an operator.", false),
        RESOLVE("Close a release that needs an operator: what is to be done has been done by hand.", true);

        private final String description;
        private final boolean reasoned;

        Verb(String description, boolean reasoned) {
            this.description = description;
            this.reasoned = reasoned;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String example() {
            return "  slipway release %s hello@1.1.0%s"
                    .formatted(word(), reasoned ? " --reason \"orders are lost\"" : "");
        }
    }

    static void addTo(CommandLine release, CommandContext context) {
        for (Verb verb : Verb.values()) {
            Object command = switch (verb) {
                case PROMOTE -> new Promotion(context);
                case ABORT -> new Abortion(context);
                case PAUSE, RESUME, RETRY, RESOLVE -> new Request(context, verb);
            };
            CommandLine line = new CommandLine(command);
            line.setCommandName(verb.word());
            line.getCommandSpec().usageMessage().description(verb.description).footer("", "Example:", verb.example());
            release.addSubcommand(verb.word(), line);
        }
    }

    @Command
    private static class Request implements Callable<Integer> {
        private final CommandContext context;
        private final Verb verb;

        @Parameters(paramLabel = "ID", description = "Such as hello@1.1.0.")
        private String id = "";

        @Option(names = "--reason", description = "Why, for the record; abort and resolve want one.")
        private @Nullable String reason;

        Request(CommandContext context, Verb verb) {
            this.context = context;
            this.verb = verb;
        }

        @Override
        public Integer call() {
            return ask(false, null);
        }

        /** @param although why it is taken back although it may only go forward, which is reason enough; null for nothing */
        final int ask(boolean full, @Nullable String although) {
            if (reason == null) {
                reason = although;
            }
            if (verb.reasoned && (reason == null || reason.isBlank())) {
                throw new CommandFailed(
                        ExitCode.USAGE, "why? Say --reason TEXT: who reads the record of %s should know".formatted(id));
            }
            Requests.Steered steered = new Requests(context.gateway())
                    .steer(
                            id,
                            new Requests.Steering(verb.word(), reason, full, although),
                            context.access().token(Role.OPERATOR));
            List<String> lines = new ArrayList<>();
            if (!steered.text().isBlank()) {
                lines.add((steered.done() ? "done       " : "not done   ") + steered.text());
            }
            lines.addAll(new ReleaseText(context.zone()).head(steered.release()));
            context.answer(steered, lines);
            return steered.done() ? ExitCode.OK.code() : ExitCode.FAILED.code();
        }
    }

    @Command
    private static final class Promotion extends Request {
        @Option(names = "--full", description = "To all of the traffic at once.")
        private boolean full;

        Promotion(CommandContext context) {
            super(context, Verb.PROMOTE);
        }

        @Override
        public Integer call() {
            return ask(full, null);
        }
    }

    @Command
    private static final class Abortion extends Request {
        @Option(
                names = "--although-forward-only",
                paramLabel = "REASON",
                description = "Why production goes back from it although it may only go forward.")
        private @Nullable String although;

        Abortion(CommandContext context) {
            super(context, Verb.ABORT);
        }

        @Override
        public Integer call() {
            return ask(false, although);
        }
    }
}
