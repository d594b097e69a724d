package dev.slipway.release.report;

import dev.slipway.contracts.release.ReportView.Against;
import dev.slipway.contracts.release.ReportView.Direction;
import dev.slipway.contracts.release.ReportView.Figure;
import dev.slipway.contracts.release.ReportView.Insight;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.jspecify.annotations.Nullable;

/**
 * What got worse or better beyond noise (ADR 70). A share by Fisher's exact test at 1 %, as a canary may have few answers and
 * the version beside it no error at all; of more than a million answers by the normal distribution with one success and one
 * failure added to each (Agresti, Caffo, "Simple and effective confidence intervals for proportions", The American Statistician
 * 2000), which is the same there; a quantile where the intervals in which both lie 99 times in 100 have nothing in common. It is looked at once, when a person
 * asks, and takes nothing back: that is the judge's.
 */
final class Comparing {
    private static final double LEVEL = 0.01;
    private static final double DEVIATIONS = 2.576;
    private static final long EXACT_MAX = 1_000_000;
    private static final FisherExactTest EXACT = FisherExactTest.withDefaults();
    private static final double PERCENT = 100;

    private final String version;
    private final String other;

    /** @param other the version before */
    Comparing(String version, String other) {
        this.version = version;
        this.other = other;
    }

    /** @param after what the new version answered last, which is held against the time before */
    List<Insight> insights(Measured measured, Answered after) {
        List<Insight> insights = new ArrayList<>();
        insights.addAll(all(Against.BESIDE, measured.beside(), measured.canary()));
        insights.addAll(all(Against.BEFORE, measured.before(), after));
        insights.sort(Comparator.comparing(Insight::direction));
        return insights;
    }

    private List<Insight> all(Against against, Answered then, Answered now) {
        return Stream.of(
                        share(Figure.ERRORS, against, then, now, Answered::errors),
                        share(Figure.REFUSALS, against, then, now, Answered::refusals),
                        quantile(Figure.P50, against, then, now, Answered::p50),
                        quantile(Figure.P95, against, then, now, Answered::p95),
                        quantile(Figure.P99, against, then, now, Answered::p99))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Insight> share(
            Figure figure, Against against, Answered then, Answered now, ToLongFunction<Answered> bad) {
        if (then.answers() == 0 || now.answers() == 0) {
            return Optional.empty();
        }
        if (!differ(bad.applyAsLong(then), then.answers(), bad.applyAsLong(now), now.answers())) {
            return Optional.empty();
        }
        double before = PERCENT * bad.applyAsLong(then) / then.answers();
        double since = PERCENT * bad.applyAsLong(now) / now.answers();
        String text = "%s of %s (%d of %d), %s of %s %s (%d of %d)"
                .formatted(
                        percent(since),
                        version,
                        bad.applyAsLong(now),
                        now.answers(),
                        percent(before),
                        other,
                        words(against),
                        bad.applyAsLong(then),
                        then.answers());
        return Optional.of(insight(figure, against, before, since, text));
    }

    private static boolean differ(long then, long ofThen, long now, long ofNow) {
        if (ofThen + ofNow <= EXACT_MAX) {
            int[][] table = {
                {(int) then, (int) (ofThen - then)},
                {(int) now, (int) (ofNow - now)}
            };
            return then + now > 0
                    && then + now < ofThen + ofNow
                    && EXACT.test(table).reject(LEVEL);
        }
        double had = (then + 1.0) / (ofThen + 2);
        double has = (now + 1.0) / (ofNow + 2);
        double noise = DEVIATIONS * Math.sqrt(had * (1 - had) / (ofThen + 2) + has * (1 - has) / (ofNow + 2));
        return Math.abs(has - had) > noise;
    }

    private Optional<Insight> quantile(
            Figure figure, Against against, Answered then, Answered now, Function<Answered, @Nullable Quantile> of) {
        Quantile had = of.apply(then);
        Quantile has = of.apply(now);
        if (had == null || has == null || (has.lowMs() <= had.highMs() && had.lowMs() <= has.highMs())) {
            return Optional.empty();
        }
        String text = "%s of %s, %s of %s %s".formatted(ms(has), version, ms(had), other, words(against));
        return Optional.of(insight(figure, against, had.ms(), has.ms(), text));
    }

    private static Insight insight(Figure figure, Against against, double then, double now, String text) {
        Direction direction = now > then ? Direction.WORSE : Direction.BETTER;
        String what = figure.name().toLowerCase(Locale.ROOT);
        return new Insight(figure, against, direction, then, now, "%s: %s".formatted(what, text));
    }

    private static String words(Against against) {
        return switch (against) {
            case BESIDE -> "beside it";
            case BEFORE -> "before";
            case UNKNOWN -> "";
        };
    }

    static String percent(double percent) {
        return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    static String ms(Quantile quantile) {
        return String.format(Locale.ROOT, quantile.ms() < 10 ? "%.1f ms" : "%.0f ms", quantile.ms());
    }
}
