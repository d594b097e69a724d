package dev.slipway.validation.evidence.performance;

import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.validation.baseline.KayentaJudge;
import dev.slipway.validation.baseline.KayentaJudge.Classified;
import dev.slipway.validation.baseline.KayentaJudge.Label;
import dev.slipway.validation.baseline.KayentaScore;
import dev.slipway.validation.baseline.SampleTest;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.performance.Sides.Measured;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kayenta's judge over the measurements of two releases, as a gate's policy has it: all that the last verified release had
 * measured, and what is new only where missing values are zeros. What is new otherwise is compared from the next release on.
 *
 * @param score 0 to 100, nothing where nobody can say
 * @param bad what speaks against the release, or keeps the score from being said
 * @param other what has to be known beside that
 */
record KayentaCompared(Optional<BigDecimal> score, List<String> bad, List<String> other) {
    /** Below it the judge's interval is so wide that small changes pass. */
    static final int FEW_VALUES = 50;

    KayentaCompared {
        bad = List.copyOf(bad);
        other = List.copyOf(other);
    }

    static KayentaCompared of(KayentaRule rule, List<Reading> now, List<Reading> before) {
        return new Pass(rule, Sides.byKey(now), Sides.byKey(before)).compared();
    }

    /** One judgement. */
    private static final class Pass {
        private final KayentaRule rule;
        private final Map<Sides.Key, List<Measurement>> now;
        private final Map<Sides.Key, List<Measurement>> before;
        private final List<String> bad = new ArrayList<>();
        private final List<String> other = new ArrayList<>();
        private final Map<String, List<KayentaScore.Metric>> groups = new LinkedHashMap<>();
        private int counted;
        private int coarse;
        private int fewest = Integer.MAX_VALUE;

        Pass(KayentaRule rule, Map<Sides.Key, List<Measurement>> now, Map<Sides.Key, List<Measurement>> before) {
            this.rule = rule;
            this.now = now;
            this.before = before;
        }

        KayentaCompared compared() {
            Set<Sides.Key> all = new LinkedHashSet<>(before.keySet());
            all.addAll(now.keySet());
            all.forEach(this::judge);
            boolean known = isEachNamedKnown(all);
            if (coarse > 0) {
                other.add(
                        "Kayenta: %d of %d metrics have fewer than %d values on a side (the fewest %d), so that small changes pass"
                                .formatted(coarse, counted, FEW_VALUES, fewest));
            }
            return new KayentaCompared(known ? KayentaScore.of(weighted()) : Optional.empty(), bad, other);
        }

        private void judge(Sides.Key key) {
            KayentaRule.Metric metric = rule.of(named(key)).orElseGet(() -> KayentaRule.Metric.named(named(key)));
            boolean zeros = metric.missing() == Missing.ZERO;
            if (!before.containsKey(key) && !zeros) {
                other.add("Kayenta: new, and not compared yet: " + key.name());
                return;
            }
            double[] canary = samples(now.get(key));
            double[] baseline = samples(before.get(key));
            KayentaJudge judge = KayentaJudge.of(metric, worse(key));
            Classified said = !now.containsKey(key) && !zeros
                    ? new Classified(Label.ERROR, Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                    : judge.classify(canary, baseline);
            if (said.label() != Label.PASS) {
                (metric.muted() ? other : bad).add(words(key, metric, said, canary.length, baseline.length));
            }
            if (metric.muted()) {
                return;
            }
            counted++;
            int values = Math.min(canary.length, baseline.length);
            if (values >= SampleTest.VALUES_MIN && values < FEW_VALUES) {
                coarse++;
                fewest = Math.min(fewest, values);
            }
            groups.computeIfAbsent(metric.group() == null ? key.metric() : metric.group(), _ -> new ArrayList<>())
                    .add(new KayentaScore.Metric(said.label(), metric.critical(), metric.mustHaveData()));
        }

        private static String named(Sides.Key key) {
            return key.benchmark() + " " + key.metric();
        }

        private static double[] samples(@Nullable List<Measurement> runs) {
            return runs == null ? new double[0] : new Measured(runs).samples();
        }

        /** The change for the worse, by what the report says of the metric. */
        private Direction worse(Sides.Key key) {
            List<Measurement> runs = before.containsKey(key) ? before.get(key) : now.get(key);
            return runs != null && new Measured(runs).better() == KnownFact.Better.LOWER
                    ? Direction.INCREASE
                    : Direction.DECREASE;
        }

        private static String words(
                Sides.Key key, KayentaRule.Metric metric, Classified said, int canary, int baseline) {
            String what = switch (said.label()) {
                case PASS -> "passes";
                case HIGH, LOW ->
                    String.format(
                            Locale.ROOT,
                            "%s by %.4g (98 %%: %.4g to %.4g), effect %.3g",
                            said.label() == Label.HIGH ? "higher" : "lower",
                            said.estimate(),
                            said.low(),
                            said.high(),
                            said.effect());
                case NODATA -> "has no samples on a side";
                case FEW ->
                    "has fewer than %d values on a side (%d and %d), so that nobody can say"
                            .formatted(SampleTest.VALUES_MIN, canary, baseline);
                case ERROR -> "is not measured any more";
            };
            return "Kayenta: %s%s %s"
                    .formatted(metric.critical() ? "critical " : metric.muted() ? "muted " : "", key.name(), what);
        }

        /** A name that nothing has, of one that must not be missing, would guard nothing for ever. */
        private boolean isEachNamedKnown(Set<Sides.Key> all) {
            boolean known = true;
            for (KayentaRule.Metric metric : rule.metrics()) {
                if (all.stream().noneMatch(key -> metric.fits(named(key)))) {
                    boolean needed = metric.critical() || metric.mustHaveData();
                    (needed ? bad : other).add("Kayenta: nothing that was measured is called " + metric.name());
                    known &= !needed;
                }
            }
            return known;
        }

        private List<KayentaScore.Group> weighted() {
            List<KayentaScore.Group> all = new ArrayList<>();
            double given = 0;
            for (KayentaRule.Group group : rule.groups()) {
                List<KayentaScore.Metric> metrics = groups.getOrDefault(group.name(), List.of());
                if (metrics.isEmpty()) {
                    bad.add("Kayenta: no metric counts in the group " + group.name());
                }
                all.add(new KayentaScore.Group(Optional.of(group.weight()), metrics));
                given += group.weight();
            }
            Set<String> others = new LinkedHashSet<>(groups.keySet());
            rule.groups().forEach(group -> others.remove(group.name()));
            others.forEach(
                    name -> all.add(new KayentaScore.Group(Optional.empty(), groups.getOrDefault(name, List.of()))));
            if (given >= 100 && !others.isEmpty()) {
                other.add("Kayenta: the weights are 100 already, so these groups do not count: "
                        + String.join(", ", others));
            } else if (given > 0 && given < 100 && others.isEmpty()) {
                other.add(String.format(
                        Locale.ROOT, "Kayenta: the weights of all groups add up to %.4g, so no score is above", given));
            }
            return all;
        }
    }
}
