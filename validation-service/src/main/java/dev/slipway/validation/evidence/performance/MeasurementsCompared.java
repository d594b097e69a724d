package dev.slipway.validation.evidence.performance;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.validation.baseline.KayentaJudge;
import dev.slipway.validation.baseline.KayentaScore;
import dev.slipway.validation.baseline.ReportTest;
import dev.slipway.validation.baseline.SampleTest;
import dev.slipway.validation.baseline.SampleVerdict;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.performance.Sides.Measured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measurements against those of the last verified release, each with that of the same name and metric.
 *
 * <ul>
 *   <li>{@code baseline.worse}: how many are worse beyond doubt and by at least 5 % ({@link ReportTest#DEFAULT}, its alpha
 *       shared by all; {@link SampleTest#DEFAULT} in verdicts from before it). 0 is said only where each of them has samples enough on both sides
 *   <li>{@code baseline.better}: likewise
 *   <li>{@code baseline.missing}: measured then and not now, as a benchmark that failed
 *   <li>{@code baseline.change}: the largest change for the worse in percent: of samples the Hodges-Lehmann estimate, else of
 *       the summary's p95, median or mean; for percent rules over load tests, which keep no samples
 *   <li>{@code baseline.noise}, {@code baseline.runs}: of summaries how far a run differs from the one before it by chance, the
 *       widest of them, and of how many of the last runs that is known ({@link Noise})
 *   <li>{@code baseline.beyond}: as {@code baseline.change}, of those alone that chance does not explain; what nobody knows the
 *       noise of is one of them
 *   <li>{@code baseline.kayenta}: the score of Spinnaker's judge, its metrics in groups of one kind, or as the gate's
 *       {@code kayenta} says ({@link KayentaCompared})
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
    private static final String KAYENTA = KayentaRule.SCORE;
    private static final String COMPARED = "baseline.compared";
    private static final String NOISE = "baseline.noise";
    private static final String RUNS = "baseline.runs";
    private static final String BEYOND = "baseline.beyond";

    private final @Nullable KayentaRule kayenta;

    MeasurementsCompared() {
        this(null);
    }

    private MeasurementsCompared(@Nullable KayentaRule kayenta) {
        this.kayenta = kayenta;
    }

    static List<KnownFact> known() {
        return List.of(
                KnownFact.lower(
                        WORSE, Fact.Unit.COUNT, "measurements worse than in the last verified release, beyond doubt"),
                KnownFact.higher(BETTER, Fact.Unit.COUNT, "measurements better than in the last verified release"),
                KnownFact.lower(
                        MISSING, Fact.Unit.COUNT, "what the last verified release measured and this one does not"),
                KnownFact.lower(CHANGE, Fact.Unit.PERCENT, "the largest change for the worse against that release"),
                KnownFact.lower(
                        BEYOND,
                        Fact.Unit.PERCENT,
                        "the largest change for the worse that is more than runs in a row differ by chance"),
                KnownFact.lower(
                        NOISE,
                        Fact.Unit.PERCENT,
                        "how far a run differs from the one before it by chance, of the last runs; one in twenty does more"),
                KnownFact.neither(RUNS, Fact.Unit.COUNT, "of how many of the last runs the noise is known"),
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
                        new Fact(BEYOND, BigDecimal.ZERO, Fact.Unit.PERCENT),
                        new Fact(NOISE, BigDecimal.ZERO, Fact.Unit.PERCENT),
                        Fact.count(RUNS, 0),
                        new Fact(KAYENTA, BigDecimal.valueOf(100), Fact.Unit.NUMBER),
                        Fact.count(COMPARED, 0))),
                List.of());
    }

    @Override
    public Compared with(List<Reading> now, List<Reading> before) {
        return with(now, before, List.of());
    }

    @Override
    public boolean askedBy(Gate gate) {
        return gate.kayenta() != null || Comparing.super.askedBy(gate);
    }

    @Override
    public Comparing of(Gate gate) {
        return gate.kayenta() == null ? this : new MeasurementsCompared(gate.kayenta());
    }

    @Override
    public boolean heedsChance(Gate gate) {
        return Comparing.asks(gate, List.of(CHANGE, BEYOND, NOISE, RUNS));
    }

    @Override
    public List<EarlierRuns.Figure> figures(List<Reading> run) {
        return Sides.figures(run);
    }

    @Override
    public Compared with(List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        return with(LATEST, now, before, earlier);
    }

    @Override
    public Compared with(Gate gate, int way, List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        return with(way, now, before, earlier);
    }

    private Compared with(int way, List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        Sides sides = Sides.of(now, before);
        if (sides.both().isEmpty()) {
            return new Compared(
                    Facts.NONE,
                    List.of("Nothing was measured that the last verified release had measured as well, so it cannot be"
                            + " compared"));
        }
        @Nullable KayentaCompared asked = kayenta == null ? null : KayentaCompared.of(kayenta, now, before);
        return new Pass(sides, earlier, asked).compared(way);
    }

    /** One comparison. */
    private static final class Pass {
        private final Sides sides;
        private final List<EarlierRuns.Run> earlier;
        private final @Nullable KayentaCompared asked;
        private final List<String> bad = new ArrayList<>();
        private final List<String> other = new ArrayList<>();
        private final Map<String, List<KayentaScore.Metric>> groups = new LinkedHashMap<>();
        private int worse;
        private int better;
        private int unclear;
        private double change;
        private double beyond;
        private @Nullable Noise widest;
        private boolean isChangeKnown = true;

        /** @param asked what the judge says whom the gate asks, or null where it asks none */
        Pass(Sides sides, List<EarlierRuns.Run> earlier, @Nullable KayentaCompared asked) {
            this.sides = sides;
            this.earlier = earlier;
            this.asked = asked;
        }

        Compared compared(int way) {
            Iterator<SampleVerdict> verdicts = verdicts(way).iterator();
            for (Sides.Pair pair : sides.both()) {
                if (pair.isSampled()) {
                    samples(pair, verdicts.next());
                } else {
                    unclear++;
                    summary(pair);
                }
            }
            sides.missing().forEach(name -> bad.add("not measured any more: " + name));
            return new Compared(facts(), notes());
        }

        /** Of each pair with samples enough, in their order. */
        private List<SampleVerdict> verdicts(int way) {
            List<ReportTest.Pair> pairs = sides.both().stream()
                    .filter(Sides.Pair::isSampled)
                    .map(pair -> new ReportTest.Pair(
                            pair.now().samples(), pair.before().samples(), lowerIsBetter(pair)))
                    .toList();
            if (way >= TOGETHER) {
                return ReportTest.DEFAULT.judge(pairs);
            }
            SampleTest each = SampleTest.DEFAULT.oneOf(pairs.size());
            return pairs.stream()
                    .map(pair -> each.judge(pair.now(), pair.before(), pair.lowerIsBetter()))
                    .toList();
        }

        private static boolean lowerIsBetter(Sides.Pair pair) {
            return pair.before().better() == KnownFact.Better.LOWER;
        }

        /** Without the option few values are none, as they were before there was the option: what was recorded stays proved. */
        private static KayentaJudge.Label asBefore(KayentaJudge.Label label) {
            return label == KayentaJudge.Label.FEW ? KayentaJudge.Label.NODATA : label;
        }

        private void samples(Sides.Pair pair, SampleVerdict verdict) {
            boolean lower = lowerIsBetter(pair);
            if (asked == null) {
                KayentaJudge judge =
                        new KayentaJudge(lower ? KayentaRule.Direction.INCREASE : KayentaRule.Direction.DECREASE, 1);
                KayentaJudge.Label label = judge.classify(
                                pair.now().samples(), pair.before().samples())
                        .label();
                groups.computeIfAbsent(pair.metric(), _ -> new ArrayList<>())
                        .add(new KayentaScore.Metric(asBefore(label)));
            }
            change(lower ? verdict.changePercent() : -verdict.changePercent(), false);
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

        /** Of a summary there is a difference alone, and how far runs differ: those of a side, and the last ones. */
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
            Optional<Noise> noise = Noise.of(lastOf(pair.key(), of.get()));
            boolean explained = noise.isPresent() && noise.get().explains(before, now);
            change(lowerIsBetter(pair) ? percent : -percent, explained);
            if (noise.isPresent()
                    && (widest == null || widest.width() < noise.get().width())) {
                widest = noise.get();
            }
            other.add(String.format(Locale.ROOT, "%s %s %+.1f %%", pair.name(), of.get(), percent)
                    + spreading(pair, of.get(), noise.isPresent())
                    + noise.map(known -> ", %s the noise of the last %d runs (±%s %%)"
                                    .formatted(
                                            explained ? "within" : "beyond",
                                            known.runs(),
                                            rounded(known.percent()).toPlainString()))
                            .orElse(""));
        }

        /** What that metric was in the last runs. */
        private List<Double> lastOf(Sides.Key key, String of) {
            return earlier.stream()
                    .flatMap(run -> run.figures().stream()
                            .filter(figure ->
                                    key.equals(new Sides.Key(figure.benchmark(), figure.metric(), figure.unit())))
                            .map(figure -> figure.summary().get(of))
                            .filter(Objects::nonNull)
                            .limit(1))
                    .toList();
        }

        private static String spreading(Sides.Pair pair, String of, boolean known) {
            OptionalDouble spread = spread(pair.now(), pair.before(), of);
            if (spread.isPresent()) {
                return String.format(Locale.ROOT, ", runs of one side differ by up to %.1f %%", spread.getAsDouble());
            }
            return known ? "" : ", of one run each: nobody knows how far runs differ";
        }

        private static OptionalDouble spread(Measured now, Measured before, String of) {
            return Stream.of(now, before)
                    .map(side -> side.spread(of))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max();
        }

        private void change(double worseBy, boolean explained) {
            if (Double.isNaN(worseBy)) {
                isChangeKnown = false;
                return;
            }
            change = Math.max(change, worseBy);
            beyond = explained ? beyond : Math.max(beyond, worseBy);
        }

        private static BigDecimal rounded(double percent) {
            return BigDecimal.valueOf(Math.min(percent, 1e9)).setScale(2, RoundingMode.UP);
        }

        private Facts facts() {
            List<Fact> facts = new ArrayList<>();
            if (worse > 0 || unclear == 0) {
                facts.add(Fact.count(WORSE, worse));
                facts.add(Fact.count(BETTER, better));
            }
            facts.add(Fact.count(MISSING, sides.missing().size()));
            if (isChangeKnown) {
                facts.add(new Fact(CHANGE, rounded(change), Fact.Unit.PERCENT));
            }
            if (widest != null) {
                if (isChangeKnown) {
                    facts.add(new Fact(BEYOND, rounded(beyond), Fact.Unit.PERCENT));
                }
                facts.add(new Fact(NOISE, rounded(widest.percent()), Fact.Unit.PERCENT));
                facts.add(Fact.count(RUNS, widest.runs()));
            }
            score().ifPresent(score -> facts.add(new Fact(KAYENTA, score, Fact.Unit.NUMBER)));
            facts.add(Fact.count(COMPARED, sides.both().size()));
            return new Facts(facts);
        }

        private Optional<BigDecimal> score() {
            return asked != null
                    ? asked.score()
                    : KayentaScore.of(groups.values().stream()
                            .map(metrics -> new KayentaScore.Group(Optional.empty(), metrics))
                            .toList());
        }

        private List<String> notes() {
            List<String> all = new ArrayList<>(asked == null ? List.of() : asked.bad());
            all.addAll(bad);
            if (asked != null) {
                all.addAll(asked.other());
            }
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
