package dev.slipway.cli.judge;

import dev.slipway.validation.simulation.Outcome;
import dev.slipway.validation.simulation.Scenario;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation found.
 *
 * @param found runs in which the fault was found
 * @param medianSeconds from the fault's begin, null if fewer than half of the runs found it
 * @param p90Seconds likewise, for nine of ten
 * @param answersHurt errors of the canary above the baseline's rate until then, the median
 * @param falseRollbacks runs without a fault, as long as steps and bake are held, in which the canary was taken back
 * @param heldSeconds how long those runs took
 * @param plannedSeconds how long the rollout is planned to take at most, for which the detectors of late faults pay
 */
public record Simulated(
        int runs,
        long seed,
        double alpha,
        long found,
        long foundBefore,
        @Nullable Integer medianSeconds,
        @Nullable Integer p90Seconds,
        double answersHurt,
        long falseRollbacks,
        long heldSeconds,
        long plannedSeconds) {
    public static Simulated of(Scenario scenario, Outcome fault, Outcome none, long seed) {
        return new Simulated(
                fault.runs().size(),
                seed,
                scenario.rules().alpha(),
                fault.found(),
                fault.foundBefore(),
                boxed(fault.secondsAt(0.5)),
                boxed(fault.secondsAt(0.9)),
                Math.round(Math.max(0, fault.hurt()) * 10) / 10.0,
                none.found(),
                none.watched().toSeconds(),
                scenario.planned().toSeconds());
    }

    private static @Nullable Integer boxed(OptionalInt seconds) {
        return seconds.isPresent() ? seconds.getAsInt() : null;
    }

    /** For people. */
    public List<String> lines(Scenario scenario) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "errors %s to %s, latency times %s, %d %% of %d/s, from second %d on, %d gateway(s), alpha %s",
                        percent(scenario.baseline()),
                        percent(scenario.canary()),
                        number(scenario.latencyTimes()),
                        scenario.sharePercent(),
                        scenario.perSecond(),
                        scenario.begins().toSeconds(),
                        scenario.gateways(),
                        number(alpha)),
                "found            %d of %d within %d s%s"
                        .formatted(
                                found,
                                runs,
                                scenario.watched().toSeconds(),
                                foundBefore == 0 ? "" : ", %d before it began".formatted(foundBefore)),
                "seconds          median %s, p90 %s".formatted(shown(medianSeconds), shown(p90Seconds)),
                String.format(Locale.ROOT, "answers hurt     median %.1f above the baseline's rate", answersHurt),
                "false rollbacks  %d of %d rollouts of %d s without a fault"
                        .formatted(falseRollbacks, runs, heldSeconds),
                "runs             %d, seed %d".formatted(runs, seed));
    }

    private static String shown(@Nullable Integer seconds) {
        return seconds == null ? "more than was watched" : Integer.toString(seconds);
    }

    private static String percent(double rate) {
        return number(rate * 100) + " %";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
