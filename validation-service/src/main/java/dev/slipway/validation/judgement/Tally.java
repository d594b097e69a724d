package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.validation.judgement.SequentialComparison.Block;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted over the whole rollout. Ticks with every sample, so it is kept but not journaled.
 *
 * @param canary every answer of the canary, for guardrails
 * @param baseline every answer of the baseline since the judgement began
 * @param errors comparison of error rates, since the canary's first share
 * @param slow comparison of shares of slow answers, likewise
 * @param recent the canary's answers of the last while, for guardrails
 * @param cursors which samples have been counted
 * @param hold how long the present step has been in force
 * @param saidAt second of the sample with which the status was last sent, or null
 * @param heardAt when a Judge command was last noted
 */
record Tally(
        SideTally canary,
        SideTally baseline,
        SequentialComparison errors,
        SequentialComparison slow,
        Recent recent,
        Cursors cursors,
        Hold hold,
        @Nullable Instant saidAt,
        Instant heardAt) {

    static Tally starting(Instant now) {
        return new Tally(
                SideTally.NONE,
                SideTally.NONE,
                SequentialComparison.START,
                SequentialComparison.START,
                Recent.NOTHING,
                Cursors.NONE,
                Hold.NOT_BEGUN,
                null,
                now);
    }

    boolean counted(TrafficSample sample) {
        return cursors.passed(sample);
    }

    /**
     * Counts one more sample.
     *
     * @param now no second is later than that, so that a gateway whose clock runs ahead neither ends a hold early nor
     *     pushes what others see out of the window
     */
    Tally counting(TrafficSample sample, Rollout rollout, Step step, Duration window, Instant now) {
        Counts ofCanary = all(sample, rollout.canary());
        Counts ofBaseline = rollout.baseline() == null ? Counts.NONE : all(sample, rollout.baseline());
        boolean inForce = step.number() > 0 && sample.counter() >= step.tableCounter();
        Instant thisSecond = now.truncatedTo(ChronoUnit.SECONDS);
        Instant second = sample.second().isAfter(thisSecond) ? thisSecond : sample.second();
        return new Tally(
                canary.plus(ofCanary),
                baseline.plus(ofBaseline),
                errors,
                slow,
                recent.plus(second, ofCanary, window),
                cursors.passing(sample),
                inForce ? hold.seen(second) : hold,
                saidAt,
                heardAt);
    }

    /** Compares one more block, of what may be counted under the policy's assignment. */
    Tally comparing(TrafficSample sample, Rollout rollout, double slowLimitMs) {
        String baselineKey = rollout.baseline();
        if (baselineKey == null) {
            return this;
        }
        Counts ofCanary = rollout.compared(sample, rollout.canary());
        Counts ofBaseline = rollout.compared(sample, baselineKey);
        Block failures = new Block(ofCanary.answers(), ofCanary.errors(), ofBaseline.answers(), ofBaseline.errors());
        Block slowness = new Block(
                ofCanary.answers(),
                LatencyBuckets.slowerThan(ofCanary.latency(), slowLimitMs),
                ofBaseline.answers(),
                LatencyBuckets.slowerThan(ofBaseline.latency(), slowLimitMs));
        return new Tally(
                canary, baseline, errors.after(failures), slow.after(slowness), recent, cursors, hold, saidAt, heardAt);
    }

    /** A new step has its own hold, and so has one that nobody asked for in a while; everything else goes on. */
    Tally holdingAnew() {
        return new Tally(canary, baseline, errors, slow, recent, cursors, Hold.NOT_BEGUN, saidAt, heardAt);
    }

    Tally said(Instant second) {
        return new Tally(canary, baseline, errors, slow, recent, cursors, hold, second, heardAt);
    }

    Tally heard(Instant now) {
        return new Tally(canary, baseline, errors, slow, recent, cursors, hold, saidAt, now);
    }

    private static Counts all(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(version -> version.key().equals(key))
                .map(VersionCounts::all)
                .findFirst()
                .orElse(Counts.NONE);
    }
}
