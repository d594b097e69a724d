package dev.slipway.deployment.environment;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.messaging.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Environments as tests of other packages need them. */
public final class Environments {
    private static final String CANARY = Walk.question("1.1.0").toString();

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

    /** Environments over a recipe, without a target: what is to be done there stays undone. */
    public static Recipe.Builder<Environment, EnvironmentInput> of(Recipe recipe) {
        return recipe.aggregates("environment", Environment.class, EnvironmentInput.class, Walk.CORE)
                .onTimer(Rollout::onTimer)
                .task(Work.START, Work.Start.class, (_, start) -> started(start.key()))
                .task(Work.WARM_UP, Work.WarmUp.class, (_, _) -> new EnvironmentInput.WarmedUp(CANARY, "warm"))
                .task(Work.STOP, Work.Stop.class, (_, _) -> new EnvironmentInput.DrainDue())
                .task(Work.RESTORE, Work.Restore.class, (_, _) -> new EnvironmentInput.DrainDue());
    }

    private static EnvironmentInput started(String key) {
        String release = QuestionKey.parse(key).release().value();
        return new EnvironmentInput.Started(key, Walk.instance(release.substring(release.indexOf('@') + 1)));
    }

    /** What production hears until 1.1.0, a canary beside the verified 1.0.0, has the share of its first step. */
    public static List<EnvironmentInput> steppingInputs() {
        QuestionKey first = Walk.question("1.0.0");
        QuestionKey canary = Walk.question("1.1.0");
        return List.of(
                new EnvironmentInput.StartAsked(Walk.plan("1.0.0", 1)),
                started(first.toString()),
                new EnvironmentInput.WarmedUp(first.toString(), "warm"),
                Walk.judgement(first, 1, true, 0, null),
                Walk.judgement(first, 2, true, 1, null),
                Walk.judgement(first, 3, true, 2, null),
                new EnvironmentInput.ConfirmAsked(first, "baked", "service:release"),
                new EnvironmentInput.StartAsked(Walk.plan("1.1.0", 2)),
                started(canary.toString()),
                new EnvironmentInput.WarmedUp(canary.toString(), "warm"),
                Walk.judgement(canary, 4, true, 0, null));
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
