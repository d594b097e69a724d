package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one side has answered over the whole rollout.
 *
 * @param latency counts per bucket of {@link LatencyBuckets}; empty for none
 */
public record SideTally(long answers, long errors, List<Long> latency) {
    public static final SideTally NONE = new SideTally(0, 0, List.of());

    public SideTally {
        latency = List.copyOf(latency);
        if (errors < 0 || errors > answers || latency.size() > LatencyBuckets.COUNT) {
            throw new IllegalArgumentException(
                    "Errors are among the answers, and there are at most " + LatencyBuckets.COUNT + " latency buckets");
        }
    }

    SideTally plus(Counts more) {
        return plus(new SideTally(more.answers(), more.errors(), more.latency()));
    }

    SideTally plus(SideTally more) {
        int buckets = Math.max(used(latency), used(more.latency));
        List<Long> sum = new ArrayList<>(buckets);
        for (int i = 0; i < buckets; i++) {
            sum.add(at(latency, i) + at(more.latency, i));
        }
        return new SideTally(answers + more.answers, errors + more.errors, sum);
    }

    /** Buckets up to the last that holds anything. */
    private static int used(List<Long> counts) {
        int used = counts.size();
        while (used > 0 && counts.get(used - 1) == 0) {
            used--;
        }
        return used;
    }

    private static long at(List<Long> counts, int bucket) {
        return bucket < counts.size() ? counts.get(bucket) : 0;
    }

    /** Answers whose latency is known. */
    long timed() {
        return latency.stream().mapToLong(Long::longValue).sum();
    }
}
