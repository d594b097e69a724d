package dev.slipway.cli.judge;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A rollout of hello 1.1.0 beside 1.0.0, second by second. */
public final class JudgedRollout {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");
    public static final QuestionKey ROLLOUT = QuestionKey.parse("hello@1.1.0/production/1");
    public static final String BASELINE = "hello@1.0.0/production/1";

    private JudgedRollout() {}

    public static Instant at(int second) {
        return START.plusSeconds(second);
    }

    public static Judge judge(int step, int percent) {
        return new Judge(
                ROLLOUT,
                PRODUCTION,
                ROLLOUT.toString(),
                BASELINE,
                step,
                percent,
                step == 0 ? Duration.ZERO : Duration.ofMinutes(5),
                step + 1L,
                JudgedPolicy.usual().rules());
    }

    public static TrafficSample sample(int second, long counter, int canary, int errors, int baseline) {
        return new TrafficSample(
                PRODUCTION,
                "gateway-1",
                "boot-1",
                at(second),
                counter,
                List.of(version(ROLLOUT.toString(), canary, errors), version(BASELINE, baseline, 0)));
    }

    private static VersionCounts version(String key, int answers, int errors) {
        Map<String, Long> kinds = Map.of("200", (long) answers - errors, "500", (long) errors);
        return new VersionCounts(
                key, new Counts(answers, errors, 0, List.of(0L, 0L, (long) answers), kinds), Counts.NONE);
    }
}
