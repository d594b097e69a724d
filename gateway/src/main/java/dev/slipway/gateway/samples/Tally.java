package dev.slipway.gateway.samples;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import java.util.ArrayList;
import java.util.List;

/** Answers being counted. */
final class Tally {
    private final long[] latency = new long[LatencyBuckets.COUNT];
    private final KindCounts kinds = new KindCounts();
    private long answers;
    private long errors;
    private long refusals;

    void add(Answer answer) {
        answers++;
        errors += answer.meaning() == Meaning.ERROR ? 1 : 0;
        refusals += answer.meaning() == Meaning.REFUSAL ? 1 : 0;
        if (answer.timed()) {
            latency[LatencyBuckets.bucketOf(answer.latencyNanos())]++;
        }
        kinds.add(answer.kind());
    }

    /** So many requests are not answered yet. */
    void waited(int requests, long nanos) {
        latency[LatencyBuckets.bucketOf(nanos)] += requests;
    }

    /** The latency list ends with the last bucket that holds something. */
    Counts counts() {
        int end = latency.length;
        while (end > 0 && latency[end - 1] == 0) {
            end--;
        }
        List<Long> buckets = new ArrayList<>(end);
        for (int bucket = 0; bucket < end; bucket++) {
            buckets.add(latency[bucket]);
        }
        return new Counts(answers, errors, refusals, buckets, kinds.counts());
    }
}
