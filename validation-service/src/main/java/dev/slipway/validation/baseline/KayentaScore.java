package dev.slipway.validation.baseline;

import dev.slipway.validation.baseline.KayentaJudge.Label;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Kayenta's score of metrics in groups: 0 to 100. What differs on purpose: a group without data is inconclusive, not 100, and
 * so are a critical metric without data and any of which there are too few values; a critical metric that was measured before and
 * not now fails, and is not left out.
 */
public final class KayentaScore {
    private KayentaScore() {}

    /**
     * @param isCritical that the whole score is 0 where it does not pass
     * @param mustHaveData that to have none is like not to pass
     */
    public record Metric(Label label, boolean isCritical, boolean mustHaveData) {
        public Metric(Label label) {
            this(label, false, false);
        }

        private boolean isWithout() {
            return switch (label) {
                case NODATA, FEW, ERROR -> true;
                case PASS, HIGH, LOW -> false;
            };
        }

        /** As one that passes, or as one that does not. */
        private boolean counts() {
            return !isWithout() || mustHaveData;
        }

        private boolean failsAll() {
            return isCritical
                    && switch (label) {
                        case HIGH, LOW, ERROR -> true;
                        case NODATA -> mustHaveData;
                        case PASS, FEW -> false;
                    };
        }

        /** Whether nothing can be said of all as long as nobody knows what this one is. */
        private boolean isOpen() {
            return label == Label.FEW || (isCritical && label == Label.NODATA && !mustHaveData);
        }
    }

    /** @param weight of 100, or nothing: such groups share what is left */
    public record Group(Optional<Double> weight, List<Metric> metrics) {
        public Group {
            metrics = List.copyOf(metrics);
        }
    }

    /** Two decimals; nothing where nobody can say. */
    public static Optional<BigDecimal> of(List<Group> groups) {
        List<Metric> all =
                groups.stream().flatMap(group -> group.metrics().stream()).toList();
        if (all.stream().anyMatch(Metric::failsAll)) {
            return Optional.of(round(0));
        }
        if (all.stream().anyMatch(Metric::isOpen)
                || groups.isEmpty()
                || groups.stream().anyMatch(KayentaScore::isEmpty)) {
            return Optional.empty();
        }
        long without = all.stream().filter(Metric::isWithout).count();
        return Optional.of(round(2 * without >= all.size() ? 0 : weighted(groups)));
    }

    private static boolean isEmpty(Group group) {
        return group.metrics().stream().noneMatch(Metric::counts);
    }

    private static double weighted(List<Group> groups) {
        double given =
                groups.stream().mapToDouble(group -> group.weight().orElse(0.0)).sum();
        long others = groups.stream().filter(group -> group.weight().isEmpty()).count();
        double share = others == 0 ? 0 : (100 - given) / others;
        return groups.stream()
                .mapToDouble(group -> group.weight().orElse(share) / 100 * score(group))
                .sum();
    }

    private static double score(Group group) {
        long counted = group.metrics().stream().filter(Metric::counts).count();
        long passed = group.metrics().stream()
                .filter(metric -> metric.label() == Label.PASS)
                .count();
        return 100.0 * passed / counted;
    }

    private static BigDecimal round(double score) {
        return BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_UP);
    }
}
