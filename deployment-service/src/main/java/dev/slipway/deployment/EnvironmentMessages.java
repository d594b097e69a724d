package dev.slipway.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Plan;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.Routes;
import java.util.function.BiFunction;

/** Which message becomes which input of which environment. */
final class EnvironmentMessages {
    private final Aggregates<Environment, EnvironmentInput> environments;

    EnvironmentMessages(Aggregates<Environment, EnvironmentInput> environments) {
        this.environments = environments;
    }

    Routes routes() {
        Routes.Builder routes = Routes.builder()
                .on(
                        DeploymentTypes.START_ROLLOUT,
                        StartRollout.class,
                        (inbound, body) ->
                                submit(inbound, body.environment(), new EnvironmentInput.StartAsked(Plan.of(body))))
                .on(
                        DeploymentTypes.PROVE_WAY_BACK,
                        ProveWayBack.class,
                        (inbound, body) ->
                                submit(inbound, body.environment(), new EnvironmentInput.WayBackAsked(body.question())))
                .on(ValidationTypes.JUDGEMENT_STATUS, JudgementStatus.class, this::judged);
        command(
                routes,
                DeploymentTypes.CONFIRM_VERIFIED,
                (it, _) -> new EnvironmentInput.ConfirmAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                DeploymentTypes.ROLL_BACK,
                (it, _) -> new EnvironmentInput.RollBackAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                DeploymentTypes.ABORT,
                (it, _) -> new EnvironmentInput.AbortAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                DeploymentTypes.WITHDRAW,
                (it, _) -> new EnvironmentInput.WithdrawAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                DeploymentTypes.PAUSE,
                (it, id) -> new EnvironmentInput.PauseAsked(it.question(), it.reason(), it.actor(), id));
        command(
                routes,
                DeploymentTypes.RESUME,
                (it, id) -> new EnvironmentInput.ResumeAsked(it.question(), it.reason(), it.actor(), id));
        command(
                routes,
                DeploymentTypes.PROMOTE,
                (it, id) -> new EnvironmentInput.PromoteAsked(it.question(), it.reason(), it.actor(), it.full(), id));
        return routes.build();
    }

    private void command(
            Routes.Builder routes, String type, BiFunction<RolloutCommand, String, EnvironmentInput> input) {
        routes.on(
                type,
                RolloutCommand.class,
                (inbound, body) -> submit(inbound, body.environment(), input.apply(body, inbound.id())));
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
