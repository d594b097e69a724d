package dev.slipway.deployment.environment;

import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Environments as tests of other packages need them. */
public final class Environments {
    static final List<Contact> CONTACTS = List.of(new Contact("devops", "Ben", "ben@example.test", "#ops"));

    private Environments() {}

    /** Production with 1.0.0 verified, which is looked at like this. */
    public static Environment verified(HealthChecks checks) {
        Plan plan = Walk.plan("1.0.0", 1);
        Target target = plan.target();
        Target checked = new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                checks.ready(),
                false,
                null,
                Map.of(),
                Map.of(),
                checks,
                null,
                null,
                null,
                null);
        return Walk.verified(Walk.production(), Walk.on(checked, plan)).environment;
    }

    /** The same after it has heard this. */
    public static Environment with(Environment before, EnvironmentInput input) {
        return Walk.CORE
                .decide(before, input, Walk.START.plus(Duration.ofHours(1)))
                .state();
    }

    /** The same plan, whose contacts are named and whose policy says what is done. */
    static Plan cared(WhenBad whenBad, Plan plan) {
        return Walk.cared(new Care(CONTACTS, whenBad), plan);
    }
}
