package dev.slipway.cli;

import dev.slipway.cli.machine.UnitFile;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway install} */
@Command(
        name = "install",
        description = {
            "Write a unit of systemd, with which Slipway and its applications are back after a reboot.",
            "It is written and not switched on: the commands for that are printed."
        },
        footer = {"", "Example:", "  slipway install --user", "  sudo slipway install --system"})
final class InstallCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--user", description = "For this user alone (unless root calls).")
    private boolean user;

    @Option(names = "--system", description = "For the machine; needs root, runs as who called sudo.")
    private boolean system;

    @Option(names = "--print", description = "Print it and write nothing.")
    private boolean print;

    InstallCommand(CommandContext context) {
        this.context = context;
    }

    /** @param written whether it is there now */
    private record Installed(String file, boolean written, String unit) {}

    @Override
    public Integer call() {
        if (user && system) {
            throw new CommandFailed(ExitCode.USAGE, "--user and --system are two places: name one");
        }
        Shell shell = context.shell();
        boolean machine = system || (!user && System.getProperty("user.name").equals("root"));
        UnitFile unit = unit(shell, machine);
        Path file = machine
                ? UnitFile.ofSystem()
                : UnitFile.ofUser(
                        Path.of(System.getProperty("user.home")),
                        shell.variable("XDG_CONFIG_HOME").orElse(null));
        List<String> lines = new ArrayList<>();
        if (print) {
            lines.addAll(unit.text().lines().toList());
        } else {
            write(file, unit);
            lines.add(file + " is written; it is in force with");
            lines.addAll(next(machine));
        }
        context.answer(new Installed(file.toString(), !print, unit.text()), lines);
        return ExitCode.OK.code();
    }

    private UnitFile unit(Shell shell, boolean machine) {
        Path script = shell.variable("SLIPWAY_SCRIPT")
                .map(Path::of)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "a unit calls the script slipway: call this command by it, as ./slipway install"));
        String runsAs = shell.variable("SUDO_USER").orElse(System.getProperty("user.name"));
        return UnitFile.of(
                context.home(),
                machine ? runsAs : null,
                script,
                Path.of(System.getProperty("java.home")),
                shell.variable("PATH").orElse("/usr/local/bin:/usr/bin:/bin"));
    }

    private void write(Path file, UnitFile unit) {
        try {
            @Nullable String there = Files.exists(file) ? Files.readString(file) : null;
            if (there != null && !unit.replaces(there)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "%s is there and brings up another home: remove it first, or take what --print prints to a file of another name"
                                .formatted(file));
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, unit.text());
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "cannot write %s (%s): call it with sudo for --system, or take --user, or --print"
                            .formatted(file, unwritable.getMessage()),
                    unwritable);
        }
    }

    private static List<String> next(boolean machine) {
        return machine
                ? List.of("  systemctl daemon-reload", "  systemctl enable --now slipway")
                : List.of(
                        "  systemctl --user daemon-reload",
                        "  systemctl --user enable --now slipway",
                        "  loginctl enable-linger   # or it comes up with your next login, and not with the machine");
    }
}
