package dev.slipway.validation.simulation;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the judge finds under a policy, fault by fault, as Markdown; the same runs and seed give the same table. */
public final class Table {
    private static final int PER_SECOND = 100;
    private static final Duration WATCHED = Duration.ofMinutes(10);
    private static final double BASELINE = 0.005;
    private static final double PERCENT = 100;

    private final Canary rules;
    private final Duration held;
    private final Judgement.Bounds bounds;

    /** @param held how long the policy's steps and bake are held together */
    public Table(Canary rules, Duration held, Judgement.Bounds bounds) {
        this.rules = rules;
        this.held = held;
        this.bounds = bounds;
    }

    /** What every table begins with. */
    public static List<String> head() {
        return List.of(
                "| fault | share of 100/s | begins after | found within 10 min | median s | p90 s | answers hurt |",
                "|---|---|---|---|---|---|---|");
    }

    /** One line of the table, to be made when it is asked for. */
    public record Row(String fault, Scenario scenario, boolean none) {}

    public List<Row> rows() {
        List<Row> rows = new ArrayList<>(Stream.of(
                        errors(0.05, 5, 0),
                        errors(0.05, 10, 0),
                        errors(0.02, 10, 0),
                        errors(0.05, 10, 60),
                        errors(0.05, 10, 300),
                        errors(0.05, 50, 1_200),
                        errors(0.05, 95, 1_200),
                        errors(0.30, 10, 300),
                        slower(1.3, 5),
                        slower(1.5, 5),
                        slower(2, 5))
                .toList());
        rows.add(new Row("errors 0.5 % to 5 %, nothing held back", scenario(0.05, 1, 100, 0, 60), false));
        rows.add(new Row("none", scenario(BASELINE, 1, 10, 0, 10).withoutFault(held), true));
        return rows;
    }

    /** What a line is made of; the first runs of many are those of few. */
    public Outcome outcome(Row row, int runs, long seed) {
        return new Simulation(row.scenario(), bounds).run(runs, seed);
    }

    public static String line(Row row, Outcome outcome) {
        int runs = outcome.runs().size();
        if (row.none()) {
            return "| none, the whole rollout of %d min | %d %% | – | %d of %d, wrongly | – | – | – |"
                    .formatted(
                            row.scenario().watched().toMinutes(), row.scenario().sharePercent(), outcome.found(), runs);
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d %% | %d s | %d of %d%s | %s | %s | %.0f |",
                row.fault(),
                row.scenario().sharePercent(),
                row.scenario().begins().toSeconds(),
                outcome.found(),
                runs,
                outcome.foundBefore() == 0 ? "" : ", %d before it began".formatted(outcome.foundBefore()),
                shown(outcome.secondsAt(0.5)),
                shown(outcome.secondsAt(0.9)),
                Math.max(0, outcome.hurt()));
    }

    private Row errors(double canary, int share, int begins) {
        String fault = String.format(Locale.ROOT, "errors 0.5 %% to %.0f %%", canary * PERCENT);
        return new Row(fault, scenario(canary, 1, share, begins, 10), false);
    }

    private Row slower(double times, int share) {
        String fault = String.format(Locale.ROOT, "every answer takes %.1f times as long", times);
        return new Row(fault, scenario(BASELINE, times, share, 0, 10), false);
    }

    private Scenario scenario(double canary, double latencyTimes, int share, int begins, int measured) {
        return new Scenario(
                BASELINE,
                canary,
                latencyTimes,
                share,
                PER_SECOND,
                Duration.ofSeconds(begins),
                WATCHED,
                Duration.ofSeconds(measured),
                1,
                0.5,
                rules,
                Judge.plannedFor(held));
    }

    private static String shown(OptionalInt seconds) {
        return seconds.isPresent() ? Integer.toString(seconds.getAsInt()) : "–";
    }
}
