package dev.slipway.deployment.environment;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.metrics.Levels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version on its way whose own metrics have limits.
 *
 * @param metrics where it tells them
 * @param http2 whether it is asked there in HTTP/2 by prior knowledge
 * @param beside the version beside it; null where none is, or has traffic, or tells any
 * @param missing what the environment knows to be missing at this step; null before the first look
 */
public record Metered(
        String key,
        MetricsAddress metrics,
        boolean http2,
        List<MetricRule> rules,
        @Nullable Beside beside,
        Levels levels,
        @Nullable String missing) {
    public Metered {
        rules = List.copyOf(rules);
    }

    /** The version beside it. */
    public record Beside(String key, MetricsAddress metrics, boolean http2) {}

    static @Nullable Metered of(Environment environment) {
        Active active = environment.active();
        if (active == null || !active.stage().watched() || active.stage().stepNumber() == 0) {
            return null;
        }
        Plan plan = active.plan();
        MetricsAddress metrics = plan.target().metrics();
        Canary canary = plan.canary();
        if (canary == null || metrics == null || !plan.metered()) {
            return null;
        }
        List<MetricRule> rules = canary.guardrails().metrics();
        int counting = (int) rules.stream().filter(MetricRule::counts).count();
        return new Metered(
                plan.key(),
                metrics,
                inHttp2(plan.target(), metrics),
                rules,
                beside(environment, plan, active.stage().stepNumber()),
                new Levels(canary.alpha(), Math.max(1, counting), plan.planned().toSeconds()),
                active.metrics());
    }

    private static @Nullable Beside beside(Environment environment, Plan plan, int step) {
        Snapshot verified = plan.compared() && plan.traffic(step) < Step.FULL ? environment.verified() : null;
        if (verified == null) {
            return null;
        }
        MetricsAddress metrics = verified.target().metrics();
        return metrics == null ? null : new Beside(verified.key(), metrics, inHttp2(verified.target(), metrics));
    }

    /** What {@code http2} says is said of the traffic port; any other is asked in HTTP/1.1. */
    private static boolean inHttp2(Target target, MetricsAddress metrics) {
        return target.http2() && metrics.port() == null;
    }

    /** The judgement as people are shown it: a step may wait for the version's own metrics as well. */
    static @Nullable JudgementStatus shown(Environment environment, Active active) {
        JudgementStatus judged = environment.judgementOf(active);
        String metrics = active.waitsForMetrics();
        if (judged == null || metrics == null) {
            return judged;
        }
        boolean passed = judged.passedStep() >= active.stage().stepNumber();
        String waiting = passed || judged.waitingFor().isEmpty() ? metrics : judged.waitingFor() + "; " + metrics;
        return judged.waitingFor(waiting);
    }
}
