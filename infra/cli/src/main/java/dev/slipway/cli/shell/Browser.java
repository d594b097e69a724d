package dev.slipway.cli.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The browser of whoever sits at this machine, if someone does: a script or a remote shell has none. */
public final class Browser {
    private static final List<String> SCREENS = List.of("DISPLAY", "WAYLAND_DISPLAY");

    private final Shell shell;

    private Browser(Shell shell) {
        this.shell = shell;
    }

    public static Browser of(Shell shell) {
        return new Browser(shell);
    }

    /** Shows an address; what the program says is nobody's. @return whether a program took it */
    public boolean open(String address) {
        Optional<String> program = program(System.getProperty("os.name", ""));
        if (program.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(program.get(), address)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Only at a terminal, and on Linux only where there is a screen. */
    Optional<String> program(String system) {
        if (!shell.terminal()) {
            return Optional.empty();
        }
        if (system.startsWith("Mac")) {
            return Optional.of("open");
        }
        return SCREENS.stream().anyMatch(screen -> shell.variable(screen).isPresent())
                ? Optional.of("xdg-open")
                : Optional.empty();
    }
}
