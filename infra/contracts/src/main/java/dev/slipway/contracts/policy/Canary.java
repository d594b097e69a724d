package dev.slipway.contracts.policy;

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
 */
public record Canary(
        Assign assign,
        double alpha,
        int answersMin,
        OnInconclusive onInconclusive,
        Duration warmUp,
        Traffic traffic,
        Guardrails guardrails,
        Duration stepWithin) {
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
     */
    public record Guardrails(@Nullable Double errorRatePercentMax, List<LatencyLimit> latencies) {
        public Guardrails {
            Texts.requirePresent("canary.guardrails.latencies", latencies);
            latencies = List.copyOf(latencies);
            Ranges.require("canary.guardrails: number of latency limits", latencies.size(), 0, 5);
            if (errorRatePercentMax != null && !(errorRatePercentMax > 0 && errorRatePercentMax <= 100)) {
                throw new IllegalArgumentException(
                        "canary.guardrails.errorRate must be above 0 % and at most 100 %, is " + errorRatePercentMax);
            }
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
