package dev.slipway.validation.simulation;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import java.util.List;

/**
 * What {@code init} writes, with the holds that it advises for a real service: what is simulated where no policy is named, and
 * what the published table stands for. A test holds it against the policy that is written.
 */
public final class UsualRollout {
    public static final Canary RULES = new Canary(
            Canary.Assign.REQUEST,
            0.01,
            40,
            Canary.OnInconclusive.HOLD,
            Duration.ofSeconds(30),
            Canary.Traffic.LIVE,
            new Canary.Guardrails(5.0, List.of(new Canary.LatencyLimit(0.95, Duration.ofSeconds(1)))),
            Duration.ofMinutes(30));

    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final Duration BAKE = Duration.ofMinutes(10);
    private static final int STEPS_HELD = 3;

    /** Three steps of five minutes, and a bake of ten. */
    public static final Duration HELD = HOLD.multipliedBy(STEPS_HELD).plus(BAKE);

    public static final Duration PLANNED = Judge.plannedFor(HELD);

    private UsualRollout() {}
}
