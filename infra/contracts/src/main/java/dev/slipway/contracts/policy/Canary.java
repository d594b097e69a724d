package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the new version is judged while it serves. DESIGN section 10.
 *
 * @param assign whether the side is drawn for each request, or kept for each client
 * @param alpha chance of ever rolling back a canary that is no worse, shared over the metrics; 0.0001 to 0.2
 * @param answersMin answers that each side needs before a step can pass, 1 to 1,000,000
 * @param onInconclusive what happens when a step's deadline passes without enough answers
 * @param warmUp longest warm-up before the first share, 0 s to 10 min
 * @param traffic whether users' requests are judged or Slipway sends its own
 * @param stepWithin longest time at one step before onInconclusive, 10 s to 7 d, and no shorter than any hold
 * @param holdBack share that stays on the old version during the bake, to compare with, percent, 0 to 50; absent is 5
 * @param latencyMargin the canary's latencies are divided by it before they are compared, 1 to 10; absent is 1.15
 * @param latencyDifference a canary whose answers take at most so much longer is no worse, whatever the share of it: nobody
 *     notices, and on a busy machine a process that is new differs by it; 0 s to 1 min; absent is 5 ms
 * @param detect what people want found, or null; said to them when a hold is too short for it, decides nothing
 * @param statuses which statuses are errors, refusals or neither, by path; at most {@value StatusRule#RULES_MAX}. Like
 *     the other values of this and the lines above it is left out of the JSON where it is what absence means: the hash of
 *     a policy that does not use it stays as it was
 */
public record Canary(
        Assign assign,
        double alpha,
        int answersMin,
        OnInconclusive onInconclusive,
        Duration warmUp,
        Traffic traffic,
        Guardrails guardrails,
        Duration stepWithin,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IfAbsent.class) @JsonSetter
        Integer holdBack,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IfAbsent.class) @JsonSetter
        Double latencyMargin,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IfAbsent.class) @JsonSetter
        Duration latencyDifference,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Detect detect,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<StatusRule> statuses) {
    public static final int HOLD_BACK_PERCENT = 5;
    public static final double LATENCY_MARGIN = 1.15;
    public static final Duration LATENCY_DIFFERENCE = Duration.ofMillis(5);

    public Canary {
        Texts.requirePresent("canary.assign", assign);
        Texts.requirePresent("canary.onInconclusive", onInconclusive);
        Texts.requirePresent("canary.traffic", traffic);
        Texts.requirePresent("canary.guardrails", guardrails);
        if (!(alpha >= 0.0001 && alpha <= 0.2)) {
            throw new IllegalArgumentException("canary.alpha must be 0.0001 to 0.2, is " + alpha);
        }
        Ranges.require("canary.answersMin", answersMin, 1, 1_000_000);
        Ranges.require("canary.warmUp", warmUp, Duration.ZERO, Duration.ofMinutes(10));
        Ranges.require("canary.stepWithin", stepWithin, Duration.ofSeconds(10), Duration.ofDays(7));
        holdBack = holdBack == null ? HOLD_BACK_PERCENT : holdBack;
        Ranges.require("canary.holdBack", holdBack, 0, 50);
        latencyMargin = latencyMargin == null ? LATENCY_MARGIN : latencyMargin;
        if (!(latencyMargin >= 1 && latencyMargin <= 10)) {
            throw new IllegalArgumentException("canary.latencyMargin must be 1 to 10, is " + latencyMargin);
        }
        latencyDifference = latencyDifference == null ? LATENCY_DIFFERENCE : latencyDifference;
        Ranges.require("canary.latencyDifference", latencyDifference, Duration.ZERO, Duration.ofMinutes(1));
        Ranges.require("canary.statuses: number of rules", statuses.size(), 0, StatusRule.RULES_MAX);
        statuses = List.copyOf(statuses);
    }

    /** The rules of a policy that leaves out what may be left out after {@code stepWithin}. */
    public Canary(
            Assign assign,
            double alpha,
            int answersMin,
            OnInconclusive onInconclusive,
            Duration warmUp,
            Traffic traffic,
            Guardrails guardrails,
            Duration stepWithin) {
        this(
                assign,
                alpha,
                answersMin,
                onInconclusive,
                warmUp,
                traffic,
                guardrails,
                stepWithin,
                HOLD_BACK_PERCENT,
                LATENCY_MARGIN,
                LATENCY_DIFFERENCE,
                null,
                List.of());
    }

    /** Equals the values that need not be written. */
    static final class IfAbsent {
        @Override
        public boolean equals(@Nullable Object value) {
            return Integer.valueOf(HOLD_BACK_PERCENT).equals(value)
                    || Double.valueOf(LATENCY_MARGIN).equals(value)
                    || LATENCY_DIFFERENCE.equals(value);
        }

        @Override
        public int hashCode() {
            return HOLD_BACK_PERCENT;
        }
    }

    /**
     * What people want found while a step is held.
     *
     * @param errorsPercent a rate of errors, percent, above 0 to 100
     */
    public record Detect(double errorsPercent) {
        public Detect {
            if (!(errorsPercent > 0 && errorsPercent <= 100)) {
                throw new IllegalArgumentException(
                        "canary.detect.errors must be above 0 % and at most 100 %, is " + errorsPercent);
            }
        }
    }

    /** Which side a request falls on. */
    public enum Assign {
        REQUEST,
        CLIENT
    }

    /** When a step's deadline passes without enough answers. */
    public enum OnInconclusive {
        HOLD,
        ROLL_BACK
    }

    /** Whose requests are judged. */
    public enum Traffic {
        LIVE,
        PROBE
    }

    /**
     * Limits that hold whatever the baseline does.
     *
     * @param errorRatePercentMax error rate must stay below this, percent, above 0 to 100; null for no limit
     * @param latencies quantile limits, at most 5
     * @param memoryBytesMax the program's memory must stay below this, 1 MB to 1 TB; null for no limit
     * @param memoryGrowthPercentMax its memory may grow by less than this over the rollout, beyond the growth of the
     *     version beside it, percent, above 0 to 10,000; null for no limit
     * @param restartsMax 0 or null, which mean the same: a version that ends on its way goes back at once
     * @param metrics what its own metrics have to be, at most {@value MetricRule#RULES_MAX}; empty where none is named
     */
    public record Guardrails(
            @Nullable Double errorRatePercentMax,
            List<LatencyLimit> latencies,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long memoryBytesMax,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double memoryGrowthPercentMax,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer restartsMax,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<MetricRule> metrics) {
        private static final double GROWTH_MAX = 10_000;

        public Guardrails {
            Texts.requirePresent("canary.guardrails.latencies", latencies);
            latencies = List.copyOf(latencies);
            Ranges.require("canary.guardrails: number of latency limits", latencies.size(), 0, 5);
            if (errorRatePercentMax != null && !(errorRatePercentMax > 0 && errorRatePercentMax <= 100)) {
                throw new IllegalArgumentException(
                        "canary.guardrails.errorRate must be above 0 % and at most 100 %, is " + errorRatePercentMax);
            }
            if (memoryBytesMax != null) {
                Ranges.require("canary.guardrails.memory, in bytes,", memoryBytesMax, 1L << 20, 1L << 40);
            }
            if (memoryGrowthPercentMax != null
                    && !(memoryGrowthPercentMax > 0 && memoryGrowthPercentMax <= GROWTH_MAX)) {
                throw new IllegalArgumentException(
                        "canary.guardrails.memoryGrowth must be above 0 % and at most 10000 %, is "
                                + memoryGrowthPercentMax);
            }
            if (restartsMax != null && restartsMax != 0) {
                throw new IllegalArgumentException(
                        "canary.guardrails.restarts must be 0, as a version that ends on its way goes back at once; is "
                                + restartsMax);
            }
            Ranges.require("canary.guardrails.metrics: number of rules", metrics.size(), 0, MetricRule.RULES_MAX);
            metrics = List.copyOf(metrics);
        }

        /** Limits on what is answered, and on what the program takes. */
        public Guardrails(
                @Nullable Double errorRatePercentMax,
                List<LatencyLimit> latencies,
                @Nullable Long memoryBytesMax,
                @Nullable Double memoryGrowthPercentMax,
                @Nullable Integer restartsMax) {
            this(errorRatePercentMax, latencies, memoryBytesMax, memoryGrowthPercentMax, restartsMax, List.of());
        }

        /** Limits on what is answered alone. */
        public Guardrails(@Nullable Double errorRatePercentMax, List<LatencyLimit> latencies) {
            this(errorRatePercentMax, latencies, null, null, null);
        }
    }

    /**
     * A limit on one latency quantile.
     *
     * @param quantile above 0, below 1; p95 is 0.95
     * @param below the quantile must stay below this, 1 ms to 60 s
     */
    public record LatencyLimit(double quantile, Duration below) {
        public LatencyLimit {
            if (!(quantile > 0 && quantile < 1)) {
                throw new IllegalArgumentException("A latency quantile lies between 0 and 1, is " + quantile);
            }
            Ranges.require("A latency limit", below, Duration.ofMillis(1), Duration.ofSeconds(60));
        }
    }
}
