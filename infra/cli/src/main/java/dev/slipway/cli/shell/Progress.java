package dev.slipway.cli.shell;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells how something goes on: on a terminal one line that is painted over, with a bar; on a pipe a plain line whenever
 * the words change, so that a log holds each fact once.
 */
public final class Progress implements AutoCloseable {
    private static final int BAR_CELLS = 24;
    private static final String TO_LINE_START = "\r\u001b[2K";

    private final Shell shell;
    private @Nullable String said;
    private boolean painted;

    public Progress(Shell shell) {
        this.shell = shell;
    }

    /**
     * Says how far it is.
     *
     * @param fact what changes seldom; a pipe sees it once
     * @param detail what changes all the time, such as seconds; a pipe sees it with the fact alone
     * @param done 0 to 1
     */
    public void at(String fact, String detail, double done) {
        String text = detail.isEmpty() ? fact : fact + " " + detail;
        if (shell.terminal()) {
            String line = bar(done, BAR_CELLS) + " " + text;
            shell.out().print(TO_LINE_START + brief(Shell.plain(line), shell.columns() - 1));
            shell.out().flush();
            painted = true;
        } else if (!fact.equals(said)) {
            shell.say("  " + text);
        }
        said = fact;
    }

    /** A line that stays. */
    public void say(String line) {
        wipe();
        shell.say(line);
    }

    /** Takes the painted line away. */
    @Override
    public void close() {
        wipe();
    }

    private void wipe() {
        if (painted) {
            shell.out().print(TO_LINE_START);
            shell.out().flush();
            painted = false;
        }
    }

    /** A bar such as {@code [=====>    ]  50 %}. */
    static String bar(double done, int cells) {
        double share = Math.clamp(done, 0, 1);
        int full = (int) Math.floor(share * cells);
        String head = full < cells ? ">" : "";
        return "[%s%s%s] %3d %%"
                .formatted("=".repeat(full), head, " ".repeat(cells - full - head.length()), Math.round(share * 100));
    }

    private static String brief(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
    }

    /** Seconds for people: {@code 4.2 s}, from a minute on {@code 1 min 12 s}. */
    public static String seconds(java.time.Duration duration) {
        long whole = duration.toSeconds();
        return whole < 60
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : "%d min %d s".formatted(whole / 60, whole % 60);
    }
}
