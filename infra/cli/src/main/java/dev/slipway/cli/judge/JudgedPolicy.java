package dev.slipway.cli.judge;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.simulation.UsualRollout;
import java.time.Duration;

/**
 * What of a policy the judge goes by.
 *
 * @param held how long steps and bake are held together
 */
public record JudgedPolicy(Canary rules, Duration held) {
    /** What {@code init} writes, with the holds that it advises for a real service. */
    public static JudgedPolicy usual() {
        return new JudgedPolicy(UsualRollout.RULES, UsualRollout.HELD);
    }

    public static JudgedPolicy of(Policy policy) {
        Policy.Environments.Production production = policy.environments().production();
        return new JudgedPolicy(production.canary(), Step.held(production.steps(), production.bake()));
    }

    /** How long they are planned to take, as the service asks its judge. */
    public Duration planned() {
        return Judge.plannedFor(held);
    }
}
