package dev.slipway.cli.judge;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Step;
import java.time.Duration;
import java.util.List;

/**
 * What of a policy the judge goes by.
 *
 * @param planned how long steps and bake are planned to take together
 */
public record JudgedPolicy(Canary rules, Duration planned) {
    /** What {@code init} writes, with the holds that it advises for a real service. */
    public static JudgedPolicy usual() {
        Duration hold = Duration.ofMinutes(5);
        return new JudgedPolicy(
                new Canary(
                        Canary.Assign.REQUEST,
                        0.01,
                        40,
                        Canary.OnInconclusive.HOLD,
                        Duration.ofSeconds(10),
                        Canary.Traffic.LIVE,
                        new Canary.Guardrails(5.0, List.of(new Canary.LatencyLimit(0.95, Duration.ofSeconds(1)))),
                        Duration.ofMinutes(30)),
                hold.multipliedBy(3).plus(Duration.ofMinutes(10)));
    }

    public static JudgedPolicy of(Policy policy) {
        Policy.Environments.Production production = policy.environments().production();
        Duration steps = production.steps().stream().map(Step::hold).reduce(Duration.ZERO, Duration::plus);
        Duration all = steps.plus(production.bake());
        return new JudgedPolicy(production.canary(), all.isZero() ? Duration.ofSeconds(1) : all);
    }
}
