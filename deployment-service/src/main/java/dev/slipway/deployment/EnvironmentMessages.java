package dev.slipway.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RemoveEnvironment;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.RolloutAsked;
import dev.slipway.deployment.environment.Plan;
import dev.slipway.deployment.environment.Rollout;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.Routes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Which message becomes which input of which environment. */
final class EnvironmentMessages {
    private static final Map<String, BiFunction<RolloutCommand, String, RolloutAsked>> INPUTS = Map.of(
            DeploymentTypes.CONFIRM_VERIFIED,
            (it, _) -> new EnvironmentInput.ConfirmAsked(it.question(), it.reason(), it.actor()),
            DeploymentTypes.ROLL_BACK,
            (it, _) -> new EnvironmentInput.RollBackAsked(it.question(), it.reason(), it.actor(), it.production()),
            DeploymentTypes.ABORT,
            (it, _) -> new EnvironmentInput.AbortAsked(it.question(), it.reason(), it.actor()),
            DeploymentTypes.WITHDRAW,
            (it, _) -> new EnvironmentInput.WithdrawAsked(it.question(), it.reason(), it.actor()),
            DeploymentTypes.PAUSE,
            (it, id) -> new EnvironmentInput.PauseAsked(it.question(), it.reason(), it.actor(), id),
            DeploymentTypes.RESUME,
            (it, id) -> new EnvironmentInput.ResumeAsked(it.question(), it.reason(), it.actor(), id),
            DeploymentTypes.PROMOTE,
            (it, id) -> new EnvironmentInput.PromoteAsked(it.question(), it.reason(), it.actor(), it.full(), id));

    private static final List<String> OF_PEOPLE = List.of(
            DeploymentTypes.ABORT,
            DeploymentTypes.ROLL_BACK,
            DeploymentTypes.PAUSE,
            DeploymentTypes.RESUME,
            DeploymentTypes.PROMOTE);

    private final Aggregates<Environment, EnvironmentInput> environments;

    EnvironmentMessages(Aggregates<Environment, EnvironmentInput> environments) {
        this.environments = environments;
    }

    /** Every command, in order. */
    Routes commands() {
        Routes.Builder routes = Routes.builder()
                .on(
                        DeploymentTypes.START_ROLLOUT,
                        StartRollout.class,
                        (inbound, body) ->
                                submit(inbound, body.environment(), new EnvironmentInput.StartAsked(Plan.of(body))))
                .on(
                        DeploymentTypes.PROVE_WAY_BACK,
                        ProveWayBack.class,
                        (inbound, body) -> submit(
                                inbound, body.environment(), new EnvironmentInput.WayBackAsked(body.question())));
        routes.on(
                DeploymentTypes.REMOVE_ENVIRONMENT,
                RemoveEnvironment.class,
                (inbound, body) -> submit(
                        inbound,
                        body.environment(),
                        new EnvironmentInput.RemoveAsked(body.ordinal(), body.reason(), body.actor())));
        INPUTS.forEach((type, input) -> routes.on(
                type,
                RolloutCommand.class,
                (inbound, body) -> submit(inbound, body.environment(), input.apply(body, inbound.id()))));
        return routes.build();
    }

    /**
     * What people say, and what takes traffic away: heard ahead of all else, however much waits. It is heard again in its
     * turn, which changes nothing then, and in its turn alone where the answer would depend on what was said before.
     */
    Routes ofPeople() {
        Routes.Builder routes = Routes.builder();
        OF_PEOPLE.forEach(type -> routes.on(type, RolloutCommand.class, (inbound, body) -> {
            RolloutAsked input = Objects.requireNonNull(INPUTS.get(type)).apply(body, inbound.id());
            environments
                    .find(body.environment().toString())
                    .filter(found -> Rollout.mayOvertake(found.state(), input))
                    .ifPresent(_ -> submit(inbound, body.environment(), input));
        }));
        return routes.ahead();
    }

    Routes results() {
        return Routes.builder()
                .on(ValidationTypes.JUDGEMENT_STATUS, JudgementStatus.class, this::judged)
                .build();
    }

    /** A full environment can still go back. */
    static boolean keepsRoom(EnvironmentInput input) {
        return input instanceof EnvironmentInput.AbortAsked
                || input instanceof EnvironmentInput.RollBackAsked
                || input instanceof EnvironmentInput.Restored;
    }

    private void judged(Inbound inbound, JudgementStatus status) {
        submit(
                inbound,
                status.environment(),
                new EnvironmentInput.Judged(inbound.source(), inbound.sourceVersion(), status));
    }

    private void submit(Inbound inbound, EnvironmentId environment, EnvironmentInput input) {
        environments.submit(environment.toString(), input, inbound.cause());
    }
}
