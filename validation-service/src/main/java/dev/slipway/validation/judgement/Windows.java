package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seconds that are over, in stretches: before the canary's first share, since then, and at the present step.
 *
 * @param step number of the step that the last two are of
 */
record Windows(Window before, Window beside, Window canary, int step, Window stepCanary, Window stepBeside) {
    static final Windows NONE = new Windows(Window.NONE, Window.NONE, Window.NONE, 0, Window.NONE, Window.NONE);

    /** A normal quantile: the share of a sample lies within so many standard deviations 99 times in 100. */
    private static final double DEVIATIONS = 2.576;

    private static final double LONGEST_MS = LatencyBuckets.upperMs(LatencyBuckets.COUNT - 2); // the last has no end
    private static final double HUNDREDTHS = 100;

    /** What one side answered in a stretch of time. */
    record Window(
            long seconds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant to,

            SideTally answers) {
        static final Window NONE = new Window(0, null, null, SideTally.NONE);

        Window plus(Instant second, SideTally more) {
            Instant end = second.plusSeconds(1);
            return new Window(
                    seconds + 1,
                    from == null || second.isBefore(from) ? second : from,
                    to == null || end.isAfter(to) ? end : to,
                    answers.plus(more.withoutKinds()));
        }

        Answered said() {
            List<Long> latency = answers.latency();
            return new Answered(
                    seconds,
                    from,
                    to,
                    answers.answers(),
                    answers.errors(),
                    answers.refusals(),
                    quantile(latency, 0.50),
                    quantile(latency, 0.95),
                    quantile(latency, 0.99));
        }
    }

    /**
     * With one more second.
     *
     * @param comparing whether the canary has, or had, a share
     * @param present number of the present step
     * @param inForce whether some gateway had that step's table
     */
    Windows plus(Instant second, Sides all, boolean comparing, int present, boolean inForce) {
        if (!comparing) {
            return new Windows(before.plus(second, all.baseline()), beside, canary, step, stepCanary, stepBeside);
        }
        boolean same = present == step;
        Window here = same ? stepCanary : Window.NONE;
        Window besideHere = same ? stepBeside : Window.NONE;
        return new Windows(
                before,
                beside.plus(second, all.baseline()),
                canary.plus(second, all.canary()),
                present,
                inForce ? here.plus(second, all.canary()) : here,
                inForce ? besideHere.plus(second, all.baseline()) : besideHere);
    }

    /** All that the baseline answered in them. */
    SideTally baseline() {
        return before.answers().plus(beside.answers());
    }

    /** Null before a second is over. */
    @Nullable
    Measured said(Step present) {
        return before.seconds() + canary.seconds() == 0
                ? null
                : new Measured(
                        before.said(),
                        beside.said(),
                        canary.said(),
                        present.number(),
                        present.trafficPercent(),
                        of(present, stepCanary),
                        of(present, stepBeside));
    }

    /** Nothing of a step whose first second is not over. */
    private Answered of(Step present, Window window) {
        return present.number() == step ? window.said() : Answered.NOTHING;
    }

    private static @Nullable Quantile quantile(List<Long> latency, double share) {
        long timed = latency.stream().mapToLong(Long::longValue).sum();
        if (timed == 0) {
            return null;
        }
        double apart = DEVIATIONS * Math.sqrt(share * (1 - share) / timed);
        return new Quantile(
                ms(latency, share), ms(latency, Math.max(0, share - apart)), ms(latency, Math.min(1, share + apart)));
    }

    private static double ms(List<Long> latency, double share) {
        double ms = Math.min(LatencyBuckets.quantileMs(latency, share), LONGEST_MS);
        return Math.round(ms * HUNDREDTHS) / HUNDREDTHS;
    }
}
