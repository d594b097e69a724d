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

    /** Whether another client's first answer can still be told. */
    boolean roomForFirst() {
        return clients.size() + awaited.size() < VersionCounts.FIRSTS_MAX;
    }

    /** @param first the client whose first answer on this side it will be */
    void begin(OptionalInt first) {
        open++;
        first.ifPresent(awaited::add);
    }

    boolean answered() {
        return open == 0;
    }

    void end(Answer answer, OptionalInt first) {
        open--;
        all.add(answer);
        if (first.isPresent()) {
            awaited.remove(first.getAsInt());
            firsts.add(answer);
            clients.add(new FirstAnswer(
                    first.getAsInt(),
                    answer.meaning() == Meaning.ERROR,
                    answer.meaning() == Meaning.REFUSAL,
                    LatencyBuckets.bucketOf(answer.latencyNanos())));
        }
    }

    void drop(OptionalInt first) {
        open--;
        first.ifPresent(awaited::remove);
    }

    /** What is open now is taken as answered like this. */
    VersionCounts close(String key, Answer unanswered) {
        for (int client : List.copyOf(awaited)) {
            end(unanswered, OptionalInt.of(client));
        }
        while (open > 0) {
            end(unanswered, OptionalInt.empty());
        }
        return new VersionCounts(key, all.counts(), firsts.counts(), clients);
    }
}
