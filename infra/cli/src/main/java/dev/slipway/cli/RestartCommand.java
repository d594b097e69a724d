package dev.slipway.cli;

import dev.slipway.cli.machine.Restart;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway restart} */
@Command(
        name = "restart",
        description = {
            "Start Slipway's own processes anew, from what is built now, and leave applications running.",
            "A rollout goes on where it was; nothing is judged for it."
        },
        footer = {"", "Example:", "  git pull && slipway restart"})
final class RestartCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--within",
            defaultValue = "120s",
            description = "How long each of its starts may take on a quiet machine (${DEFAULT-VALUE}).")
    private Duration within = Duration.ofSeconds(120);

    @Option(names = "--programs-within", defaultValue = Programs.WITHIN, description = Programs.DESCRIPTION)
    private Duration programsWithin = Duration.ofSeconds(90);

    RestartCommand(CommandContext context) {
        this.context = context;
    }

    private record Restarted(String url, double seconds) {}

    @Override
    public Integer call() {
        Deadline deadline = Deadline.in(within);
        URI url = new Restart(context.home(), context.shell(), within).run();
        Programs.of(context).untilAllAnswer(programsWithin);
        context.answer(
                new Restarted(url.toString(), deadline.waited().toMillis() / 1000.0),
                List.of("Slipway is up again at %s (%s)".formatted(url, Progress.seconds(deadline.waited()))));
        return ExitCode.OK.code();
    }
}
