package dev.slipway.validation.simulation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.validation.simulation.Outcome.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The judge as it was before. Compared: one chain by the rates seen so far, a sample of one gateway as a block, an answer slow
 * from three times the baseline's p95 on, alpha in halves for errors and slow answers. Limited: the share of errors seen so
 * far. Kept to be compared with, on the very same traffic.
 */
final class FormerJudge {
    private static final DrawnTraffic.Versions VERSIONS = new DrawnTraffic.Versions("canary", "baseline");
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final double PRIOR = 0.18;
    private static final int ERRORS_MIN = 3;

    private final Scenario scenario;

    FormerJudge(Scenario scenario) {
        this.scenario = scenario;
    }

    Outcome run(int runs, long seed) {
        return all(runs, seed, this::compared);
    }

    /** Taken back by the limit on errors alone. */
    Outcome limited(int runs, long seed) {
        return all(runs, seed, this::limited);
    }

    private Outcome all(int runs, long seed, Function<DrawnTraffic, Run> once) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Run> all = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            all.add(once.apply(
                    new DrawnTraffic(scenario, random.split(), EnvironmentId.parse("simulated/production"), VERSIONS)));
        }
        return new Outcome(scenario.watched(), all);
    }

    /** What was observed had to stay below the limit, from {@code answersMin} answers and three errors on. */
    private Run limited(DrawnTraffic traffic) {
        slowFrom(traffic); // draws what is drawn before the share
        double percentMax = Objects.requireNonNull(scenario.rules().guardrails().errorRatePercentMax());
        long answers = 0;
        long errors = 0;
        for (int second = 0; second < scenario.watched().toSeconds(); second++) {
            for (TrafficSample sample :
                    traffic.second(START, 2, scenario.sharePercent(), true).samples()) {
                Counts canary = sample.versions().getFirst().all();
                answers += canary.answers();
                errors += canary.errors();
            }
            boolean armed = answers >= scenario.rules().answersMin() && errors >= ERRORS_MIN;
            if (armed && errors * 100 >= percentMax * answers) {
                return new Run(second + 1, 0);
            }
        }
        return Run.notFound(0);
    }

    private Run compared(DrawnTraffic traffic) {
        double slowMs = slowFrom(traffic);
        double bound = Math.log(2 / scenario.rules().alpha());
        Chain errors = new Chain();
        Chain slow = new Chain();
        long begins = scenario.begins().toSeconds();
        for (long second = 0; second < begins + scenario.watched().toSeconds(); second++) {
            for (TrafficSample sample : traffic.second(START, 2, scenario.sharePercent(), second >= begins)
                    .samples()) {
                Counts canary = sample.versions().getFirst().all();
                Counts baseline = sample.versions().getLast().all();
                errors.add(canary.answers(), canary.errors(), baseline.answers(), baseline.errors());
                slow.add(
                        canary.answers(),
                        LatencyBuckets.slowerThan(canary.latency(), slowMs),
                        baseline.answers(),
                        LatencyBuckets.slowerThan(baseline.latency(), slowMs));
            }
            if (errors.log >= bound || slow.log >= bound) {
                return new Run((int) (second - begins + 1), 0);
            }
        }
        return Run.notFound(0);
    }

    private double slowFrom(DrawnTraffic traffic) {
        List<Long> latency = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        for (long second = 0; second < scenario.measured().toSeconds(); second++) {
            for (TrafficSample sample : traffic.second(START, 1, 0, false).samples()) {
                List<Long> more = sample.versions().getLast().all().latency();
                for (int bucket = 0; bucket < more.size(); bucket++) {
                    latency.set(bucket, latency.get(bucket) + more.get(bucket));
                }
            }
        }
        double p95 = LatencyBuckets.quantileMs(latency, 0.95);
        return Math.max(3 * p95, p95 + 200);
    }

    private static final class Chain {
        private double log;
        private long canary;
        private long canaryFailed;
        private long baseline;
        private long baselineFailed;

        void add(long answersA, long failedA, long answersB, long failedB) {
            double a = (PRIOR + canaryFailed) / (2 * PRIOR + canary);
            double b = (PRIOR + baselineFailed) / (2 * PRIOR + baseline);
            if (a > b && answersA > 0 && answersB > 0) {
                double both = (answersA * a + answersB * b) / (answersA + answersB);
                log += ratio(answersA, failedA, a, both) + ratio(answersB, failedB, b, both);
            }
            canary += answersA;
            canaryFailed += failedA;
            baseline += answersB;
            baselineFailed += failedB;
        }

        private static double ratio(long answers, long failed, double rate, double against) {
            return failed * Math.log(rate / against) + (answers - failed) * Math.log((1 - rate) / (1 - against));
        }
    }
}
