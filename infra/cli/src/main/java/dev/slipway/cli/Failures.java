package dev.slipway.cli;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import dev.slipway.demo.GatewayRefused;
import dev.slipway.git.GitMissing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;

/** What went wrong, on one line with a remedy. Stacks are for {@code SLIPWAY_DEBUG=1}. */
final class Failures {
    private Failures() {}

    static int tell(Exception failure, CommandContext context) {
        Shell shell = context.answers();
        if (shell.variable("SLIPWAY_DEBUG").isPresent()) {
            failure.printStackTrace(shell.err());
        }
        return switch (failure) {
            case CommandFailed known -> said(shell, messageOf(known), known.exitCode());
            case GatewayRefused refused ->
                said(shell, messageOf(refused), refused.retryHelps() ? ExitCode.UNREACHABLE : ExitCode.FAILED);
            case GitMissing missing -> said(shell, messageOf(missing), ExitCode.USAGE);
            case IllegalArgumentException wrong -> said(shell, messageOf(wrong), ExitCode.USAGE);
            case UncheckedIOException io -> said(shell, disk(context, io), ExitCode.FAILED);
            case IOException io -> said(shell, disk(context, io), ExitCode.FAILED);
            default ->
                said(shell, failure + "; this should not happen, SLIPWAY_DEBUG=1 shows where it does", ExitCode.FAILED);
        };
    }

    static int usage(CommandLine.ParameterException wrong, Shell shell) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        return said(
                shell, "%s; ./%s --help shows what is possible".formatted(wrong.getMessage(), command), ExitCode.USAGE);
    }

    private static String messageOf(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private static String disk(CommandContext context, Exception io) {
        return "%s: make sure that %s is writable and its disk has room"
                .formatted(io.getMessage(), context.home().root());
    }

    private static int said(Shell shell, String line, ExitCode code) {
        shell.err().println("slipway: " + Shell.plain(shell.callable(line)));
        return code.code();
    }
}
