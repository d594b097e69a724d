package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.validation.judgement.SequentialComparison.Block;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted over the whole rollout. Ticks with every sample, so it is kept but not journaled.
 *
 * @param canary every answer of the canary, for guardrails
 * @param baseline every answer of the baseline since the judgement began
 * @param errors comparison of error rates, since the canary's first share
 * @param slow comparison of shares of slow answers, likewise
 * @param cursors latest second of each gateway's boot, at most 32
 * @param holdFrom first second that was served by the present step's table, or null
 * @param heldTo end of the latest such second, or null
 * @param saidAt second of the sample with which the status was last sent, or null
 * @param heardAt when a Judge command was last noted
 */
record Tally(
        SideTally canary,
        SideTally baseline,
        SequentialComparison errors,
        SequentialComparison slow,
        List<Cursor> cursors,
        @Nullable Instant holdFrom,
        @Nullable Instant heldTo,
        @Nullable Instant saidAt,
        Instant heardAt) {
    private static final int CURSORS_MAX = 32;

    Tally {
        cursors = List.copyOf(cursors);
    }

    /** How far one run of one gateway has been counted. */
    record Cursor(String gateway, String boot, Instant second) {}

    static Tally starting(Instant now) {
        return new Tally(
                SideTally.NONE,
                SideTally.NONE,
                SequentialComparison.START,
                SequentialComparison.START,
                List.of(),
                null,
                null,
                null,
                now);
    }

    /** Samples come at least once, and in order of seconds from each boot: what is not newer was counted before. */
    boolean counted(TrafficSample sample) {
        return cursors.stream()
                .anyMatch(cursor -> cursor.gateway().equals(sample.gateway())
                        && cursor.boot().equals(sample.boot())
                        && !sample.second().isAfter(cursor.second()));
    }

    Tally counting(TrafficSample sample, Rollout rollout, Step step) {
        Counts canaryAll = all(sample, rollout.canary());
        Counts baselineAll = rollout.baseline() == null ? Counts.NONE : all(sample, rollout.baseline());
        boolean served = step.number() > 0 && sample.counter() >= step.tableCounter();
        Instant end = sample.second().plusSeconds(1);
        return new Tally(
                canary.plus(canaryAll),
                baseline.plus(baselineAll),
                errors,
                slow,
                advanced(sample),
                served && (holdFrom == null || sample.second().isBefore(holdFrom)) ? sample.second() : holdFrom,
                served && (heldTo == null || end.isAfter(heldTo)) ? end : heldTo,
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
                canary,
                baseline,
                errors.after(failures),
                slow.after(slowness),
                cursors,
                holdFrom,
                heldTo,
                saidAt,
                heardAt);
    }

    /** A new step has its own hold; everything else goes on. */
    Tally nextStep() {
        return new Tally(canary, baseline, errors, slow, cursors, null, null, saidAt, heardAt);
    }

    Tally said(Instant second) {
        return new Tally(canary, baseline, errors, slow, cursors, holdFrom, heldTo, second, heardAt);
    }

    Tally heard(Instant now) {
        return new Tally(canary, baseline, errors, slow, cursors, holdFrom, heldTo, saidAt, now);
    }

    private List<Cursor> advanced(TrafficSample sample) {
        List<Cursor> next = new ArrayList<>(cursors);
        next.removeIf(cursor ->
                cursor.gateway().equals(sample.gateway()) && cursor.boot().equals(sample.boot()));
        next.add(new Cursor(sample.gateway(), sample.boot(), sample.second()));
        if (next.size() > CURSORS_MAX) {
            next.stream().min(Comparator.comparing(Cursor::second)).ifPresent(next::remove);
        }
        return next;
    }

    private static Counts all(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(version -> version.key().equals(key))
                .map(VersionCounts::all)
                .findFirst()
                .orElse(Counts.NONE);
    }
}
