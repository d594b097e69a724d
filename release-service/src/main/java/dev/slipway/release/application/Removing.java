package dev.slipway.release.application;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RemoveEnvironment;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application.Removed;
import dev.slipway.release.application.ApplicationInput.Remove;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** An application that nobody needs any more. Its releases and versions stay on record; a policy makes it one again. */
final class Removing {
    private final ApplicationLimits limits;

    Removing(ApplicationLimits limits) {
        this.limits = limits;
    }

    Decision<Application> remove(Application state, Remove asked, Instant now) {
        if (state.removed() != null) {
            return Decision.stay(state).and(told(state, asked)); // in case the word was lost
        }
        if (state.policy() == null) {
            return Decision.refuse(
                    state,
                    new Refusal(
                            "unknown-application",
                            "There is no application %s with a policy. ./slipway app list shows those that are."
                                    .formatted(state.name())));
        }
        if (!state.live().isEmpty()) {
            return Decision.refuse(
                    state,
                    new Refusal(
                            "release-under-way",
                            "Release %s is on its way. Wait for its end, or stop it: ./slipway release abort %s --reason WHY"
                                    .formatted(
                                            state.live().getFirst(),
                                            state.live().getFirst())));
        }
        Application next = ApplicationChange.of(state)
                .removed(new Removed(asked.by(), asked.reason(), now), limits.policiesRemembered())
                .done();
        return Decision.move(next).and(told(state, asked)).because("removed: " + asked.reason());
    }

    private static List<Effect> told(Application state, Remove asked) {
        return Stream.of(EnvironmentId.STAGING, EnvironmentId.PRODUCTION)
                .map(name -> new EnvironmentId(new ApplicationName(state.name()), name))
                .map(environment -> Effect.send(Message.command(
                        Topics.DEPLOYMENT_COMMANDS,
                        environment.toString(),
                        DeploymentTypes.REMOVE_ENVIRONMENT,
                        new RemoveEnvironment(environment, state.ordinal(), asked.reason(), asked.by()),
                        state.name())))
                .toList();
    }
}
