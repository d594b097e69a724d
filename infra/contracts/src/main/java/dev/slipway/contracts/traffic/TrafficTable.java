package dev.slipway.contracts.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.HostNames;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.TrafficLimits;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the live traffic of an environment is split.
 *
 * @param counter rises with every change; a lower one never replaces a higher one
 * @param at when this record was written; a repetition has the same counter and a new time
 * @param verified key of the share that is verified, or null if none is
 * @param shares their percents add up to 100; empty means that nothing serves: answer 503
 * @param probe requests that every gateway adds itself while a rollout is judged by them, or null
 * @param sampled whether gateways count what is answered, which they need not where nothing is judged; absent is true
 * @param statuses which statuses are errors, refusals or neither, by path; at most {@value StatusRule#RULES_MAX}
 * @param hosts names by which the front answers, as {@link HostNames} has them; empty is the one by default, see
 *     {@link #hostNames()}
 * @param limits how much this traffic may take of a gateway; absent is {@link TrafficLimits#DEFAULT}
 * @param removed whether the environment is no more: it has no address, as if there never had been one; absent is no
 * @param cohort requests that get the unverified version where it has a share, uncounted and unjudged, or null
 */
public record TrafficTable(
        EnvironmentId environment,
        long counter,
        Instant at,
        Canary.Assign assign,
        @Nullable String verified,
        List<Share> shares,
        @Nullable Probe probe,
        @JsonSetter Boolean sampled,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<StatusRule> statuses,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> hosts,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = TrafficLimits.IfAbsent.class) @JsonSetter
        TrafficLimits limits,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cohort cohort,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean removed) {
    /** Marks a request that Slipway itself sends. */
    public static final String PROBE_HEADER = "Slipway-Probe";

    public TrafficTable {
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("at", at);
        Texts.requirePresent("assign", assign);
        Texts.requirePresent("shares", shares);
        shares = List.copyOf(shares);
        sampled = sampled == null || sampled; // a writer from before counted always
        Ranges.require("statuses: number of rules", statuses.size(), 0, StatusRule.RULES_MAX);
        statuses = List.copyOf(statuses);
        HostNames.require(hosts);
        hosts = List.copyOf(hosts);
        limits = limits == null ? TrafficLimits.DEFAULT : limits;
        int sum = shares.stream().mapToInt(Share::percent).sum();
        if (!shares.isEmpty() && sum != 100) {
            throw new IllegalArgumentException("The shares of a traffic table add up to 100 %, not " + sum);
        }
    }

    /** The table of an environment that is there. */
    public TrafficTable(
            EnvironmentId environment,
            long counter,
            Instant at,
            Canary.Assign assign,
            @Nullable String verified,
            List<Share> shares,
            @Nullable Probe probe,
            boolean sampled,
            List<StatusRule> statuses,
            List<String> hosts,
            TrafficLimits limits,
            @Nullable Cohort cohort) {
        this(
                environment,
                counter,
                at,
                assign,
                verified,
                shares,
                probe,
                sampled,
                statuses,
                hosts,
                limits,
                cohort,
                false);
    }

    /** By what names the front answers for this environment, lower case; at least one, unless it is no more. */
    public List<String> hostNames() {
        return removed ? List.of() : HostNames.effective(environment, hosts);
    }

    /** The same table, written again. */
    public TrafficTable repeated(Instant when) {
        return new TrafficTable(
                environment,
                counter,
                when,
                assign,
                verified,
                shares,
                probe,
                sampled,
                statuses,
                hosts,
                limits,
                cohort,
                removed);
    }

    /** A table of an environment that is reached and bounded by default. */
    public TrafficTable(
            EnvironmentId environment,
            long counter,
            Instant at,
            Canary.Assign assign,
            @Nullable String verified,
            List<Share> shares,
            @Nullable Probe probe,
            boolean sampled,
            List<StatusRule> statuses) {
        this(
                environment,
                counter,
                at,
                assign,
                verified,
                shares,
                probe,
                sampled,
                statuses,
                List.of(),
                TrafficLimits.DEFAULT,
                null);
    }

    /** A table whose traffic is counted by the usual statuses. */
    public TrafficTable(
            EnvironmentId environment,
            long counter,
            Instant at,
            Canary.Assign assign,
            @Nullable String verified,
            List<Share> shares,
            @Nullable Probe probe) {
        this(environment, counter, at, assign, verified, shares, probe, true, List.of());
    }

    /**
     * One version's share.
     *
     * @param key names the running version: the question key of its rollout as text
     * @param version SemVer, for people
     * @param address base address
     * @param percent 0 to 100; 0 means that it runs but gets nothing
     * @param protocol how the version is spoken to; absent is HTTP_1_1
     * @param away whether Slipway itself, or the machine under it, ended its process, which is being started anew: it gets
     *     no request, and where no other version may take them they are answered 503; absent is no
     */
    public record Share(
            String key,
            String version,
            Digest digest,
            URI address,
            int percent,

            @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Protocol.IfAbsent.class) @JsonSetter
            Protocol protocol,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean away) {
        public Share {
            Texts.requirePresent("key", key);
            Texts.requirePresent("version", version);
            Texts.requirePresent("digest", digest);
            Texts.requirePresent("address", address);
            Ranges.require("A share's percent", percent, 0, 100);
            protocol = protocol == null ? Protocol.HTTP_1_1 : protocol;
        }

        /** A version that runs. */
        public Share(String key, String version, Digest digest, URI address, int percent, Protocol protocol) {
            this(key, version, digest, address, percent, protocol, false);
        }

        /** The same version, whose process is away or there. */
        public Share away(boolean isAway) {
            return new Share(key, version, digest, address, percent, protocol, isAway);
        }

        /** A version that speaks HTTP/1.1. */
        public Share(String key, String version, Digest digest, URI address, int percent) {
            this(key, version, digest, address, percent, Protocol.HTTP_1_1);
        }
    }

    /** How a version is spoken to: HTTP/1.1, or HTTP/2 in clear text by prior knowledge (RFC 9113). */
    public enum Protocol {
        HTTP_1_1,
        H2C;

        /** Equals the protocol that need not be written. */
        static final class IfAbsent {
            @Override
            public boolean equals(@Nullable Object value) {
                return value == HTTP_1_1;
            }

            @Override
            public int hashCode() {
                return HTTP_1_1.hashCode();
            }
        }
    }

    /**
     * Bounded load where no users come by ({@code traffic: probe}). Each request carries the header
     * {@value #PROBE_HEADER} and falls on a side like any other.
     *
     * @param perSecond requests a second of each gateway, 1 to 200
     * @param get paths with query, requested in turn; 1 to 20
     */
    public record Probe(int perSecond, List<String> get) {
        public Probe {
            Ranges.require("probe.perSecond", perSecond, 1, 200);
            Texts.requirePresent("probe.get", get);
            get = List.copyOf(get);
            Ranges.require("probe.get: number of paths", get.size(), 1, 20);
        }
    }
}
