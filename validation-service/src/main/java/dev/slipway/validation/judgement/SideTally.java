package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.traffic.Kinds;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What one side has answered.
 *
 * @param latency counts per bucket of {@link LatencyBuckets}; empty for none
 * @param kinds every answer by its kind, as {@link Kinds} bounds them; empty where nobody asks for them
 */
public record SideTally(
        long answers,
        long errors,
        @JsonSetter(nulls = Nulls.AS_EMPTY) long refusals,
        List<Long> latency,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> kinds) {
    public static final SideTally NONE = new SideTally(0, 0, 0, List.of(), Map.of());

    public SideTally {
        latency = List.copyOf(latency);
        kinds = kinds.isEmpty() ? Map.of() : Kinds.checked(kinds);
        if (errors < 0 || refusals < 0 || errors + refusals > answers || latency.size() > LatencyBuckets.COUNT) {
            throw new IllegalArgumentException("Errors and refusals are among the answers, and there are at most "
                    + LatencyBuckets.COUNT + " latency buckets");
        }
    }

    static SideTally of(Counts counts) {
        return new SideTally(counts.answers(), counts.errors(), counts.refusals(), counts.latency(), counts.kinds());
    }

    static SideTally of(FirstAnswer first) {
        List<Long> latency = new ArrayList<>(Collections.nCopies(first.latency(), 0L));
        if (!first.untimed()) {
            latency.add(1L);
        }
        return new SideTally(1, first.error() ? 1 : 0, first.refusal() && !first.error() ? 1 : 0, latency, Map.of());
    }

    SideTally withoutKinds() {
        return kinds.isEmpty() ? this : new SideTally(answers, errors, refusals, latency, Map.of());
    }

    SideTally plus(SideTally more) {
        if (more.answers == 0 && more.latency.isEmpty()) {
            return this;
        }
        int buckets = Math.max(used(latency), used(more.latency));
        List<Long> sum = new ArrayList<>(buckets);
        for (int i = 0; i < buckets; i++) {
            sum.add(at(latency, i) + at(more.latency, i));
        }
        return new SideTally(
                answers + more.answers,
                errors + more.errors,
                refusals + more.refusals,
                sum,
                more.kinds.isEmpty() ? kinds : Kinds.sum(kinds, more.kinds));
    }

    /** Without what was counted in it, and without kinds. */
    SideTally minus(SideTally less) {
        List<Long> rest = new ArrayList<>(latency.size());
        for (int i = 0; i < latency.size(); i++) {
            rest.add(latency.get(i) - at(less.latency, i));
        }
        return new SideTally(answers - less.answers, errors - less.errors, refusals - less.refusals, rest, Map.of());
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
