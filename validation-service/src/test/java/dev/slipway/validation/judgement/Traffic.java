package dev.slipway.validation.judgement;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.contracts.policy.Canary.LatencyLimit;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Traffic of an environment with a baseline and a canary, for tests. */
final class Traffic {
    static final String ENVIRONMENT = "hello/production";
    static final String CANARY = "hello@1.1.0/production/1";
    static final String BASELINE = "hello@1.0.0/production/1";
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    static final Judgement.Bounds BOUNDS = new Judgement.Bounds(
            50,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(8));

    private Traffic() {}

    static Canary rules(Assign assign) {
        return rules(assign, new Guardrails(5.0, List.of(new LatencyLimit(0.95, Duration.ofSeconds(1)))));
    }

    static Canary rules(Assign assign, Guardrails guardrails) {
        return new Canary(
                assign,
                0.01,
                40,
                OnInconclusive.HOLD,
                Duration.ofSeconds(10),
                Canary.Traffic.LIVE,
                guardrails,
                Duration.ofMinutes(10));
    }

    static Judge judge(int step, int percent, Duration hold, long counter, Canary rules) {
        return new Judge(
                QuestionKey.parse(CANARY),
                EnvironmentId.parse(ENVIRONMENT),
                CANARY,
                BASELINE,
                step,
                percent,
                hold,
                counter,
                rules);
    }

    static Judge firstRelease(int step, int percent, long counter, Canary rules) {
        return new Judge(
                QuestionKey.parse(CANARY),
                EnvironmentId.parse(ENVIRONMENT),
                CANARY,
                null,
                step,
                percent,
                Duration.ZERO,
                counter,
                rules);
    }

    static TrafficSample second(int second, long counter, VersionCounts... versions) {
        return second("gateway-1", second, counter, versions);
    }

    static TrafficSample second(String gateway, int second, long counter, VersionCounts... versions) {
        return second(gateway, "boot-1", second, counter, versions);
    }

    static TrafficSample second(String gateway, String boot, int second, long counter, VersionCounts... versions) {
        return new TrafficSample(
                EnvironmentId.parse(ENVIRONMENT), gateway, boot, START.plusSeconds(second), counter, List.of(versions));
    }

    static VersionCounts answered(String key, long answers, long errors) {
        return answered(key, answers, errors, 20);
    }

    static VersionCounts answered(String key, long answers, long errors, double ms) {
        Counts counts = counts(answers, errors, ms);
        return new VersionCounts(key, counts, counts);
    }

    static Counts counts(long answers, long errors, double ms) {
        List<Long> latency = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        latency.set(LatencyBuckets.bucketOf((long) (ms * 1e6)), answers);
        return new Counts(answers, errors, latency);
    }
}
