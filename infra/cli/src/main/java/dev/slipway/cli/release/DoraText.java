package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.DoraView.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** DORA's five metrics, for people: each with the window before and what it is made of. */
public final class DoraText {
    private static final String ABSENT = "no data";

    private DoraText() {}

    public static List<String> lines(DoraView dora) {
        String whose = dora.application() == null ? "all applications" : dora.application();
        return List.of(
                "%s, %d days to %s, beside the %d before%s"
                        .formatted(
                                whose,
                                dora.days(),
                                dora.to(),
                                dora.days(),
                                dora.whole() ? "" : "; not all releases of that time could be read"),
                line("deployments a day", dora.deploymentsPerDay(), DoraText::number),
                line("deployments a week", dora.deploymentsPerWeek(), DoraText::number),
                line("lead time", dora.leadTimeSeconds(), DoraText::time),
                line("change failure rate", dora.changeFailureRate(), DoraText::percent),
                line("recovery time", dora.recoverySeconds(), DoraText::time),
                line("rework rate", dora.reworkRate(), DoraText::percent));
    }

    private static String line(String name, Metric metric, DoubleFunction<String> shown) {
        return "  %-20s %-14s %-24s %s"
                .formatted(
                        name,
                        metric.value() == null ? ABSENT : shown.apply(metric.value()),
                        before(metric, shown),
                        metric.why());
    }

    private static String before(Metric metric, DoubleFunction<String> shown) {
        @Nullable Double before = metric.before();
        if (before == null) {
            return "before: " + ABSENT;
        }
        String trend =
                metric.value() == null ? "" : ", " + metric.trend().name().toLowerCase(Locale.ROOT);
        return "before: " + shown.apply(before) + trend;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String time(double seconds) {
        return Texts.words(Duration.ofSeconds(Math.round(seconds)));
    }
}
