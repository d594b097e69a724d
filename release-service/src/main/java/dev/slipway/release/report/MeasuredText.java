package dev.slipway.release.report;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What both versions answered, in sentences of numbers. */
final class MeasuredText {
    private MeasuredText() {}

    /** @param other the version before; null where there was none */
    static List<String> lines(Measured measured, Answered after, String where, String version, @Nullable String other) {
        List<String> lines = new ArrayList<>();
        if (other != null && measured.before().answers() > 0) {
            lines.add("Before: " + answered(other, measured.before()));
        }
        if (other != null && measured.beside().answers() > 0) {
            lines.add("Beside it: " + answered(other, measured.beside()));
        }
        lines.add("Since: " + answered(version, measured.canary()));
        if (after.seconds() != measured.canary().seconds()) {
            lines.add("Last, %s: %s".formatted(where, answered(version, after)));
        }
        if (measured.before().seconds() > 0 && measured.stepCanary().seconds() > 0 && other != null) {
            lines.add("Traffic: %s a second before, %s %s, of both versions."
                    .formatted(
                            rate(measured.before().answers(), measured.before().seconds()),
                            rate(
                                    measured.stepCanary().answers()
                                            + measured.stepBeside().answers(),
                                    measured.stepCanary().seconds()),
                            where));
        }
        return lines;
    }

    private static String answered(String version, Answered side) {
        if (side.answers() == 0) {
            return "%s answered nothing in %s.".formatted(version, time(side));
        }
        return "%s gave %s in %s (%s a second): %s errors (%d), %s refusals (%d)%s."
                .formatted(
                        version,
                        Texts.counted(side.answers(), "answer", "answers"),
                        time(side),
                        rate(side.answers(), side.seconds()),
                        share(side.errors(), side),
                        side.errors(),
                        share(side.refusals(), side),
                        side.refusals(),
                        latency(side));
    }

    private static String latency(Answered side) {
        return side.p50() == null || side.p95() == null || side.p99() == null
                ? ""
                : "; p50 %s, p95 %s, p99 %s"
                        .formatted(Comparing.ms(side.p50()), Comparing.ms(side.p95()), Comparing.ms(side.p99()));
    }

    private static String share(long bad, Answered side) {
        return Comparing.percent(100.0 * bad / side.answers());
    }

    private static String time(Answered side) {
        return Texts.words(Duration.ofSeconds(side.seconds()));
    }

    private static String rate(long answers, long seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds == 0 ? 0 : (double) answers / seconds);
    }
}
