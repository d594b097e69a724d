package dev.slipway.cli;

import dev.slipway.cli.gateway.LogClient;
import dev.slipway.cli.gateway.LogClient.Program;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.Instance;
import dev.slipway.cli.machine.Logs;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.ProgramLogView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway logs}: of Slipway's own processes from their files, of released programs through the gateway. */
@Command(
        name = "logs",
        description = "Show what a released program, or a process of Slipway, wrote.",
        footer = {
            "",
            "Examples:",
            "  slipway logs hello@1.2.0                        the version in production, else in staging",
            "  slipway logs hello@1.2.0 --environment staging --follow",
            "  slipway logs deployment"
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final int LINES_MAX = 10_000;

    private final CommandContext context;

    @Parameters(
            paramLabel = "WHAT",
            description = "APP@VERSION of a released program; or supervisor, platform, release, validation, deployment,"
                    + " notification, gateway, load, a second instance as release-2")
    private String what = "";

    @Option(
            names = {"-e", "--environment"},
            description = "Where the program runs, or ran: staging or production (production, else staging).")
    private @Nullable String environment;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what comes.")
    private boolean follow;

    @Option(names = "--lines", defaultValue = "100", description = "How many lines (${DEFAULT-VALUE}).")
    private int lines;

    LogsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (what.indexOf('@') < 0) {
            ofProcess();
        } else {
            ofProgram();
        }
        return ExitCode.OK.code();
    }

    private void ofProcess() {
        if (environment != null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--environment goes with a released program, such as hello@1.2.0, not with " + what);
        }
        Instance process = Instance.named(what)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "no process is called '%s': one of %s, or a released program as APP@VERSION"
                                .formatted(what, String.join(", ", dev.slipway.cli.machine.Program.names()))));
        Logs logs = new Logs(context.home());
        List<String> last = logs.last(process, Math.clamp(lines, 0, 100_000));
        context.answer(last, last);
        if (follow) {
            logs.follow(process, context.shell());
        }
    }

    private void ofProgram() {
        if (lines < 1 || lines > LINES_MAX) {
            throw new CommandFailed(ExitCode.USAGE, "--lines must be 1 to %d, is %d".formatted(LINES_MAX, lines));
        }
        LogClient client =
                new LogClient(context.gateway(), () -> context.access().token(Role.OPERATOR));
        Program program = Program.named(what);
        ProgramLogView log = environment == null
                ? client.last(program, lines)
                : client.last(program.in(environmentOf(program)), lines);
        show(log);
        if (follow) {
            follow(client, program.in(log.environment()), log);
        }
    }

    /** Until the command is ended; what Slipway cannot answer meanwhile it is asked again. */
    private void follow(LogClient client, Program program, ProgramLogView first) {
        long from = first.next();
        boolean running = first.running();
        String complaint = "";
        while (true) {
            Deadline.pause(ASK_EVERY);
            try {
                ProgramLogView more = client.from(program, from);
                if (!more.lines().isEmpty() || more.skippedBytes() > 0) {
                    show(more);
                }
                if (more.running() != running) {
                    context.shell().aside().say(more.running() ? "(it was started)" : "(it has ended)");
                }
                running = more.running();
                from = more.next();
                complaint = "";
            } catch (CommandFailed away) {
                if (away.exitCode() != ExitCode.UNREACHABLE) {
                    throw away;
                }
                if (!complaint.equals(away.getMessage())) {
                    complaint = String.valueOf(away.getMessage());
                    context.shell().aside().say("(" + complaint + ")");
                }
            }
        }
    }

    private EnvironmentId environmentOf(Program program) {
        try {
            return new EnvironmentId(program.application(), Objects.requireNonNull(environment));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--environment is staging or production, not " + environment, wrong);
        }
    }

    private void show(ProgramLogView log) {
        if (log.skippedBytes() > 0) {
            context.shell().aside().say("(%d bytes in between are no longer kept)".formatted(log.skippedBytes()));
        }
        context.answer(log, log.lines());
    }
}
