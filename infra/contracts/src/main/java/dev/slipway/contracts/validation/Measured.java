package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What users got before a new version had a share and since, by the judged seconds that are over for all gateways.
 *
 * @param before all that the version before answered until the new one's first share; of nothing at a first release
 * @param beside what the version before answered since then
 * @param canary what the new version answered
 * @param step which step is the present or last one, 0 before the first share; the bake is one more than there are steps
 * @param trafficPercent the new version's share at that step, percent
 * @param stepCanary what the new version answered at that step
 * @param stepBeside what the version before answered at that step; in a bake of what is held back
 */
public record Measured(
        Answered before,
        Answered beside,
        Answered canary,
        int step,
        int trafficPercent,
        Answered stepCanary,
        Answered stepBeside) {
    public Measured {
        Texts.requirePresent("before", before);
        Texts.requirePresent("beside", beside);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("stepCanary", stepCanary);
        Texts.requirePresent("stepBeside", stepBeside);
        Ranges.require("step", step, 0, Judge.STEP_MAX);
        Ranges.require("trafficPercent", trafficPercent, 0, 100);
    }

    /**
     * Answers of one version in a stretch of time.
     *
     * @param seconds how many seconds of it were seen, whether or not this version answered in them
     * @param from begin of the first of them; null where none was seen
     * @param to end of the last of them; null likewise
     * @param p50 the median latency; null where no latency is known, and so are the others
     * @param p95 of 95 in 100 answers
     * @param p99 of 99 in 100 answers
     */
    public record Answered(
            long seconds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant to,

            long answers,
            long errors,
            long refusals,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Quantile p50,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Quantile p95,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Quantile p99) {
        public static final Answered NOTHING = new Answered(0, null, null, 0, 0, 0, null, null, null);

        public Answered {
            Ranges.require("seconds", seconds, 0, Long.MAX_VALUE);
            Ranges.require("answers", answers, 0, Long.MAX_VALUE);
            Ranges.require("errors (at most answers)", errors, 0, answers);
            Ranges.require("refusals (at most answers that are no errors)", refusals, 0, answers - errors);
        }
    }

    /**
     * A latency below which a share of the answers stayed, by merged histograms: at most a tenth too high, never too low.
     *
     * @param ms milliseconds; more than 63 s count as 63.3 s
     * @param lowMs between this and {@code highMs} it lies 99 times in 100, whatever the latencies are like (order statistics)
     */
    public record Quantile(double ms, double lowMs, double highMs) {
        public Quantile {
            if (!(lowMs >= 0 && lowMs <= ms && ms <= highMs && highMs < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "A quantile lies between its bounds: 0 <= %s <= %s <= %s".formatted(lowMs, ms, highMs));
            }
        }
    }
}
