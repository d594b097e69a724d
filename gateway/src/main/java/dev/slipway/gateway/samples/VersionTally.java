package dev.slipway.gateway.samples;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What one version answered to the requests of one second. Not safe for use by several threads. */
final class VersionTally {
    private final Tally all = new Tally();
    private final Tally firsts = new Tally();
    private final List<FirstAnswer> clients = new ArrayList<>();
    /** Clients whose first answer is awaited. */
    private final Set<Integer> awaited = new HashSet<>();

    private int open;
    private int openTimed;

    /** Whether another client's first answer can still be told. */
    boolean roomForFirst() {
        return clients.size() + awaited.size() < VersionCounts.FIRSTS_MAX;
    }

    /**
     * @param first the client whose first answer on this side it will be
     * @param timed whether its latency is to be told
     */
    void begin(OptionalInt first, boolean timed) {
        open++;
        openTimed += timed ? 1 : 0;
        first.ifPresent(awaited::add);
    }

    boolean answered() {
        return open == 0;
    }

    void end(Answer answer, OptionalInt first) {
        open--;
        openTimed -= answer.timed() ? 1 : 0;
        all.add(answer);
        if (first.isPresent()) {
            awaited.remove(first.getAsInt());
            first(answer, first.getAsInt());
        }
    }

    /** The outcome of an earlier second's request, how long it took has been told there; of a client's first it has not. */
    void late(Answer answer, OptionalInt first) {
        all.add(answer.untimed());
        if (first.isPresent() && roomForFirst()) {
            first(answer, first.getAsInt());
        }
    }

    private void first(Answer answer, int client) {
        firsts.add(answer);
        clients.add(new FirstAnswer(
                client,
                answer.meaning() == Meaning.ERROR,
                answer.meaning() == Meaning.REFUSAL,
                answer.timed() ? LatencyBuckets.bucketOf(answer.latencyNanos()) : 0,
                !answer.timed()));
    }

    void drop(OptionalInt first, boolean timed) {
        open--;
        openTimed -= timed ? 1 : 0;
        first.ifPresent(awaited::remove);
    }

    /** What is open now has waited so long. */
    VersionCounts close(String key, long waitedNanos) {
        all.waited(openTimed, waitedNanos);
        return new VersionCounts(key, all.counts(), firsts.counts(), clients);
    }
}
