package dev.slipway.cli.shell;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command speaks to, and what it was called with.
 *
 * @param terminal whether {@code out} is a terminal, where lines may be painted over
 * @param columns of the terminal, 20 to 1000
 * @param environment of the caller
 */
public record Shell(PrintStream out, PrintStream err, boolean terminal, int columns, Map<String, String> environment) {
    private static final int COLUMNS = 100;

    public Shell {
        columns = Math.clamp(columns, 20, 1_000);
        environment = Map.copyOf(environment);
    }

    /** The caller's own; the script {@code slipway} says whether it is a terminal. */
    public static Shell ofThisProcess() {
        Map<String, String> environment = System.getenv();
        String columns = environment.getOrDefault("SLIPWAY_COLUMNS", "");
        return new Shell(
                System.out,
                System.err,
                "1".equals(environment.get("SLIPWAY_TERMINAL")),
                columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : COLUMNS,
                environment);
    }

    /** A variable of the environment; a blank one counts as absent. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The same, but plain lines go to the error stream, so that {@code out} carries nothing but JSON. */
    public Shell aside() {
        return new Shell(err, err, false, columns, environment);
    }

    /** The same without the variables of a prefix. */
    public Shell withoutVariablesOf(String prefix) {
        Map<String, String> others = new HashMap<>(environment);
        others.keySet().removeIf(name -> name.startsWith(prefix));
        return new Shell(out, err, terminal, columns, others);
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }
}
