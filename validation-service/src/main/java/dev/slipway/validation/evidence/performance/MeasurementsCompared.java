package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.baseline.KayentaJudge;
import dev.slipway.validation.baseline.KayentaScore;
import dev.slipway.validation.baseline.SampleTest;
import dev.slipway.validation.baseline.SampleVerdict;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.performance.Sides.Measured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Measurements against those of the last verified release, each with that of the same name and metric.
 *
 * <ul>
 *   <li>{@code baseline.worse}: how many are worse beyond doubt and by at least 5 % ({@link SampleTest#DEFAULT}, its alpha
 *       shared by all). 0 is said only where each of them has samples enough on both sides
 *   <li>{@code baseline.better}: likewise
 *   <li>{@code baseline.missing}: measured then and not now, as a benchmark that failed
 *   <li>{@code baseline.change}: the largest change for the worse in percent: of samples the Hodges-Lehmann estimate, else of
 *       the summary's p95, median or mean; for percent rules over load tests, which keep no samples
 *   <li>{@code baseline.kayenta}: the score of Spinnaker's judge, its metrics in groups of one kind
 *   <li>{@code baseline.compared}: how many were compared
 * </ul>
 *
 * <p>The rule to begin with is {@code {baseline.worse: 0, baseline.missing: 0}}.
 */
final class MeasurementsCompared implements Comparing {
    private static final int SHOWN_MAX = 4;
    private static final String WORSE = "baseline.worse";
    private static final String BETTER = "baseline.better";
    private static final String MISSING = "baseline.missing";
    private static final String CHANGE = "baseline.change";
    private static final String KAYENTA = "baseline.kayenta";
    private static final String COMPARED = "baseline.compared";

    static List<KnownFact> known() {
        return List.of(
                KnownFact.lower(
                        WORSE, Fact.Unit.COUNT, "measurements worse than in the last verified release, beyond doubt"),
                KnownFact.higher(BETTER, Fact.Unit.COUNT, "measurements better than in the last verified release"),
                KnownFact.lower(
                        MISSING, Fact.Unit.COUNT, "what the last verified release measured and this one does not"),
                KnownFact.lower(CHANGE, Fact.Unit.PERCENT, "the largest change for the worse against that release"),
                KnownFact.higher(KAYENTA, Fact.Unit.NUMBER, "Kayenta's score against that release, 0 to 100"),
                KnownFact.neither(COMPARED, Fact.Unit.COUNT, "how many measurements were compared"));
    }

    @Override
    public List<String> names() {
        return known().stream().map(KnownFact::name).toList();
    }

    @Override
    public Compared first() {
        return new Compared(
                new Facts(List.of(
                        Fact.count(WORSE, 0),
                        Fact.count(BETTER, 0),
                        Fact.count(MISSING, 0),
                        new Fact(CHANGE, BigDecimal.ZERO, Fact.Unit.PERCENT),
                        new Fact(KAYENTA, BigDecimal.valueOf(100), Fact.Unit.NUMBER),
                        Fact.count(COMPARED, 0))),
                List.of());
    }

    @Override
    public Compared with(List<Reading> now, List<Reading> before) {
        Sides sides = Sides.of(now, before);
        if (sides.both().isEmpty()) {
            return new Compared(
                    Facts.NONE,
                    List.of("Nothing was measured that the last verified release had measured as well, so it cannot be"
                            + " compared"));
        }
        return new Pass(sides).compared();
    }

    /** One comparison. */
    private static final class Pass {
        private final Sides sides;
        private final List<String> bad = new ArrayList<>();
        private final List<String> other = new ArrayList<>();
        private final Map<String, List<KayentaScore.Metric>> groups = new LinkedHashMap<>();
        private int worse;
        private int better;
        private int unclear;
        private double change;
        private boolean isChangeKnown = true;

        Pass(Sides sides) {
            this.sides = sides;
        }

        Compared compared() {
            long sampled = sides.both().stream().filter(Sides.Pair::isSampled).count();
            SampleTest test = SampleTest.DEFAULT.oneOf((int) sampled);
            for (Sides.Pair pair : sides.both()) {
                if (pair.isSampled()) {
                    samples(pair, test);
                } else {
                    unclear++;
                    summary(pair);
                }
            }
            sides.missing().forEach(name -> bad.add("not measured any more: " + name));
            return new Compared(facts(), notes());
        }

        private void samples(Sides.Pair pair, SampleTest test) {
            boolean lower = pair.before().better() == KnownFact.Better.LOWER;
            double[] now = pair.now().samples();
            double[] before = pair.before().samples();
            SampleVerdict verdict = test.judge(now, before, lower);
            KayentaJudge judge =
                    new KayentaJudge(lower ? KayentaJudge.Direction.INCREASE : KayentaJudge.Direction.DECREASE, 1);
            groups.computeIfAbsent(pair.metric(), _ -> new ArrayList<>())
                    .add(new KayentaScore.Metric(judge.classify(now, before).label()));
            change(lower ? verdict.changePercent() : -verdict.changePercent());
            switch (verdict.outcome()) {
                case WORSE -> {
                    worse++;
                    bad.add("worse: %s %s".formatted(pair.name(), verdict.words()));
                }
                case BETTER -> {
                    better++;
                    other.add("better: %s %s".formatted(pair.name(), verdict.words()));
                }
                case NO_WORSE -> {}
                case UNCLEAR -> unclear++;
            }
        }

        /** Of a summary there is a difference alone, and how far several runs of a side differ. */
        private void summary(Sides.Pair pair) {
            Optional<String> of = pair.shared();
            if (of.isEmpty()) {
                isChangeKnown = false;
                other.add("no number of both: " + pair.name());
                return;
            }
            double before = pair.before().value(of.get());
            double now = pair.now().value(of.get());
            double percent = before == now ? 0 : before == 0 ? Double.NaN : 100 * (now / before - 1);
            change(pair.before().better() == KnownFact.Better.LOWER ? percent : -percent);
            OptionalDouble noise = noise(pair.now(), pair.before(), of.get());
            other.add(String.format(Locale.ROOT, "%s %s %+.1f %%", pair.name(), of.get(), percent)
                    + (noise.isEmpty()
                            ? ", of one run each: nobody knows how far runs differ"
                            : String.format(
                                    Locale.ROOT, ", runs of one side differ by up to %.1f %%", noise.getAsDouble())));
        }

        private static OptionalDouble noise(Measured now, Measured before, String of) {
            return Stream.of(now, before)
                    .map(side -> side.spread(of))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max();
        }

        private void change(double worseBy) {
            if (Double.isNaN(worseBy)) {
                isChangeKnown = false;
            } else {
                change = Math.max(change, worseBy);
            }
        }

        private Facts facts() {
            List<Fact> facts = new ArrayList<>();
            if (worse > 0 || unclear == 0) {
                facts.add(Fact.count(WORSE, worse));
                facts.add(Fact.count(BETTER, better));
            }
            facts.add(Fact.count(MISSING, sides.missing().size()));
            if (isChangeKnown) {
                BigDecimal percent = BigDecimal.valueOf(Math.min(change, 1e9)).setScale(2, RoundingMode.UP);
                facts.add(new Fact(CHANGE, percent, Fact.Unit.PERCENT));
            }
            KayentaScore.of(groups.values().stream()
                            .map(metrics -> new KayentaScore.Group(Optional.empty(), metrics))
                            .toList())
                    .ifPresent(score -> facts.add(new Fact(KAYENTA, score, Fact.Unit.NUMBER)));
            facts.add(Fact.count(COMPARED, sides.both().size()));
            return new Facts(facts);
        }

        private List<String> notes() {
            List<String> all = new ArrayList<>(bad);
            if (unclear > 0) {
                all.add("%d of %d have fewer than %d samples on a side: whether they are worse nobody can say"
                        .formatted(unclear, sides.both().size(), SampleTest.VALUES_MIN));
            }
            all.addAll(other);
            List<String> shown = new ArrayList<>(all.subList(0, Math.min(all.size(), SHOWN_MAX)));
            if (all.size() > SHOWN_MAX) {
                shown.add("and %d more remarks on the comparison".formatted(all.size() - SHOWN_MAX));
            }
            return shown;
        }
    }
}
