package dev.slipway.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure that is to be reached.
 *
 * @param value what was measured, null where it could not be
 * @param atLeast whether the bound is the least or the most that is good enough
 */
public record Goal(String what, @Nullable Double value, boolean atLeast, double bound) {
    /** What could not be measured is not reached. */
    public boolean reached() {
        Double measured = value;
        return measured != null && (atLeast ? measured >= bound : measured <= bound);
    }

    String line() {
        return "  %-4s %s: %s, to reach: %s %s"
                .formatted(
                        reached() ? "ok" : "NOT",
                        what,
                        value == null ? "not measured" : number(value),
                        atLeast ? "at least" : "at most",
                        number(bound));
    }

    static String number(double value) {
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
