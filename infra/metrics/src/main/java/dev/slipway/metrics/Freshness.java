package dev.slipway.metrics;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Exposition.Sample;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a program tells is of now. Most write no times: then it is of when it was asked for. Those that hand on what
 * others have measured do, and what they repeat for hours looks as if all were well.
 */
public final class Freshness {
    private Freshness() {}

    /** Why what a rule looks at is no data, in words that do not change while nothing newer comes; empty if it is fresh. */
    public static Optional<String> stale(MetricRule rule, List<Sample> samples, Instant now) {
        Instant oldest = now.minus(rule.fresh());
        return samples.stream()
                .filter(sample ->
                        isOf(sample, rule.series(), rule.labels()) || isOf(sample, rule.of(), rule.ofLabels()))
                .filter(sample -> sample.at() != null)
                .min(Comparator.comparing(sample -> Objects.requireNonNull(sample.at())))
                .filter(sample -> Objects.requireNonNull(sample.at()).isBefore(oldest))
                .map(sample -> "what it tells of %s is of %s, and has to be of the last %s"
                        .formatted(sample.name(), sample.at(), Texts.words(rule.fresh())));
    }

    private static boolean isOf(Sample sample, @Nullable String name, Map<String, String> labels) {
        return sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet());
    }
}
