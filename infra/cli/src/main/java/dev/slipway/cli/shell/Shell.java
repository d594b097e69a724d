package dev.slipway.cli.shell;

import dev.slipway.contracts.Texts;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a command speaks to, and what it was called with.
 *
 * @param terminal whether {@code out} is a terminal, where lines may be painted over
 * @param columns of the terminal, 20 to 1000
 * @param environment of the caller
 */
public record Shell(PrintStream out, PrintStream err, boolean terminal, int columns, Map<String, String> environment) {
    private static final int COLUMNS = 100;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");
    private static final String CALLED_AS = "SLIPWAY_COMMAND";

    public Shell {
        columns = Math.clamp(columns, 20, 1_000);
        environment = Map.copyOf(environment);
    }

    /** The caller's own; the script {@code slipway} says whether it is a terminal. */
    public static Shell ofThisProcess() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(CALLED_AS, calledAs(environment));
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
        sayAsIs(plain(callable(line)));
    }

    /**
     * What people are told may hold what others wrote, in reports, archives and logs: nothing of it may move, paint over or
     * colour a line of the terminal. Colours go, anything else that a terminal acts on becomes U+FFFD.
     */
    public static String plain(String line) {
        return Texts.visibleLines(COLOUR.matcher(line).replaceAll(""), '\uFFFD');
    }

    /** A line that is for programs. */
    public void sayAsIs(String line) {
        out.println(line);
        out.flush();
    }

    /** The same line, but commands in it can be typed where the caller is: {@code ./slipway} is not in every folder. */
    public String callable(String line) {
        return line.replace("./slipway ", environment.getOrDefault(CALLED_AS, "./slipway") + " ");
    }

    /** How the script can be called from here: by its name where the path leads to it. */
    private static String calledAs(Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve("slipway"))) {
                return "slipway";
            }
        }
        return "./slipway";
    }
}
