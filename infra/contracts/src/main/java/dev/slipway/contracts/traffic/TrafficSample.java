package dev.slipway.contracts.traffic;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import java.util.List;

/**
 * What every version answered to the requests that began in one second, as one gateway saw it. Sent in order of seconds
 * once every request of the second is answered or past the cut-off.
 *
 * @param gateway id of the gateway instance
 * @param boot id of this run of that instance
 * @param second start of the second
 * @param counter counter of the traffic table in force at the second's start
 */
public record TrafficSample(
        EnvironmentId environment,
        String gateway,
        String boot,
        Instant second,
        long counter,
        List<VersionCounts> versions) {
    public TrafficSample {
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("gateway", gateway);
        Texts.requirePresent("boot", boot);
        Texts.requirePresent("second", second);
        Texts.requirePresent("versions", versions);
        versions = List.copyOf(versions);
    }

    /**
     * One version's answers.
     *
     * @param key the share's key
     * @param all every answer
     * @param first only the first answer of each client on this side since the table's assignment began; what the
     *     comparison counts where clients stick to a side
     */
    public record VersionCounts(String key, Counts all, Counts first) {
        public VersionCounts {
            Texts.requirePresent("key", key);
            Texts.requirePresent("all", all);
            Texts.requirePresent("first", first);
        }
    }

    /**
     * Answers with their errors and latencies.
     *
     * @param errors status 500 and above, no connection, or unanswered at the cut-off
     * @param latency counts per bucket of {@link LatencyBuckets}
     */
    public record Counts(long answers, long errors, List<Long> latency) {
        public static final Counts NONE = new Counts(0, 0, List.of());

        public Counts {
            Texts.requirePresent("latency", latency);
            Ranges.require("answers", answers, 0, Long.MAX_VALUE);
            Ranges.require("errors (at most answers)", errors, 0, answers);
            Ranges.require("latency: number of buckets", latency.size(), 0, LatencyBuckets.COUNT);
            latency = List.copyOf(latency);
        }
    }
}
