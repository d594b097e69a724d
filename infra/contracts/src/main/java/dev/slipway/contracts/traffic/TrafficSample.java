package dev.slipway.contracts.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What every version answered to the requests that began in one second, as one gateway saw it. Sent in order of seconds
 * once every request of the second is answered or past the cut-off. A request that is open then is among the latencies of
 * its second, with the time that it has waited, and its outcome is among the answers of the second in which it ends.
 *
 * @param gateway id of the gateway instance
 * @param boot id of this run of that instance
 * @param second start of the second
 * @param counter counter of the traffic table in force at the second's start; 0 where none is, as while a gateway that
 *     has not heard its table for too long serves the verified version alone: then what was seen says nothing of the share
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
     * @param first where clients stick to a side, only the first answer of each client on this side since the table's
     *     assignment began, as this gateway saw it; the sum of {@code firsts} where a gateway reports those
     * @param firsts the same answers one by one, so that a client that comes by several gateways counts once over all of
     *     them: the reader keeps who was counted. At most {@value #FIRSTS_MAX}; a client that is not reported for this
     *     bound is not remembered as seen either. Absent in samples of gateways that do not know them: then {@code first}
     *     counts as it is
     */
    public record VersionCounts(
            String key,
            Counts all,
            Counts first,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<FirstAnswer> firsts) {
        public static final int FIRSTS_MAX = 1000;

        public VersionCounts {
            Texts.requirePresent("key", key);
            Texts.requirePresent("all", all);
            Texts.requirePresent("first", first);
            Ranges.require("firsts: their number", firsts.size(), 0, FIRSTS_MAX);
            firsts = List.copyOf(firsts);
        }

        /** Counts without first answers one by one. */
        public VersionCounts(String key, Counts all, Counts first) {
            this(key, all, first, List.of());
        }
    }

    /**
     * One client's first answer on a side.
     *
     * @param client the client as one of {@value #CLIENTS} numbers, from 0: a hash of its key that every gateway computes
     *     alike and that is independent of the bucket which decides its side. Two clients with one number count as one
     * @param error whether it counts among the errors
     * @param refusal whether it counts among the refusals
     * @param latency its bucket of {@link LatencyBuckets}; 0 where it is not told
     * @param untimed whether how long it took says nothing, as of a long poll, and is not told; absent is false
     */
    public record FirstAnswer(
            int client,
            boolean error,
            boolean refusal,
            int latency,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean untimed) {
        public static final int CLIENTS = 65_536;

        public FirstAnswer {
            Ranges.require("client", client, 0, CLIENTS - 1);
            Ranges.require("latency: a bucket", latency, 0, untimed ? 0 : LatencyBuckets.COUNT - 1);
        }

        /** One that tells how long it took. */
        public FirstAnswer(int client, boolean error, boolean refusal, int latency) {
            this(client, error, refusal, latency, false);
        }
    }

    /**
     * Answers with their errors and latencies. What is an error or a refusal the table's {@link TrafficTable#statuses} say.
     *
     * @param errors by default status 500 and above, no connection, what broke off, or what was not answered within the
     *     time that the table's limits give it
     * @param refusals by default status 400 to 499; no answer is both an error and a refusal; absent is 0
     * @param latency counts per bucket of {@link LatencyBuckets} from the request to the first byte, of the requests that
     *     began in this second; what was open at the cut-off counts with the time that it had waited. Their sum need not be
     *     that of the answers: a long poll has none, nor has anything while a gateway tells none, and a late answer was told
     *     before
     * @param kinds every answer once, by its kind, as {@link Kinds} names and bounds them; absent is empty
     */
    public record Counts(
            long answers,
            long errors,
            @JsonSetter(nulls = Nulls.AS_EMPTY) long refusals,
            List<Long> latency,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> kinds) {
        public static final Counts NONE = new Counts(0, 0, List.of());

        public Counts {
            Texts.requirePresent("latency", latency);
            Ranges.require("answers", answers, 0, Long.MAX_VALUE);
            Ranges.require("errors (at most answers)", errors, 0, answers);
            Ranges.require("refusals (at most answers that are no errors)", refusals, 0, answers - errors);
            Ranges.require("latency: number of buckets", latency.size(), 0, LatencyBuckets.COUNT);
            latency = List.copyOf(latency);
            kinds = Kinds.checked(kinds);
        }

        /** Counts that say nothing of refusals and of kinds. */
        public Counts(long answers, long errors, List<Long> latency) {
            this(answers, errors, 0, latency, Map.of());
        }
    }
}
