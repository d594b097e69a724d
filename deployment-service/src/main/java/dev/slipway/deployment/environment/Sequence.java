package dev.slipway.deployment.environment;

import dev.slipway.messaging.Decision;

/** Decisions one after the other, and their last word. */
final class Sequence {
    private Sequence() {}

    /** What the second decided upon the first, with the effects of both. */
    static Decision<Environment> then(Decision<Environment> first, Decision<Environment> second) {
        return new Decision<>(second.state(), first.effects(), second.reason(), null).and(second.effects());
    }

    /** And says where the active rollout is by now. */
    static Decision<Environment> tell(Decision<Environment> decision) {
        Environment environment = decision.state();
        Active active = environment.active();
        return active == null ? decision : decision.and(Statuses.send(Statuses.of(environment, active)));
    }

    /** Says where the active rollout is, and why the command that asks has changed nothing. */
    static Decision<Environment> answer(Environment environment, Active active, String why) {
        return Decision.move(environment, Statuses.send(Statuses.of(environment, active, why)));
    }
}
