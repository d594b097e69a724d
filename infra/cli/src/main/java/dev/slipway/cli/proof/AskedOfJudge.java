package dev.slipway.cli.proof;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy.Environments.Production;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the judge was asked of production against the policy: by its rules, and for no shorter a time than it wants at that
 * share. Somebody who asks by others gets a pass that the policy does not give.
 */
final class AskedOfJudge {
    private final @Nullable Production wanted;
    private final boolean wayBack;
    private final Set<Judge> heard = new HashSet<>(); // each part of a recording begins with the question

    AskedOfJudge(Bundle bundle) {
        this.wanted = production(bundle.policy());
        this.wayBack =
                bundle.state().path("launch").path("rollback").isObject(); // all at once, whatever its policy's steps
    }

    /** That a policy cannot be read is said where what is released is looked at. */
    private static @Nullable Production production(JsonNode policy) {
        JsonNode told = policy.path("environments").path("production");
        try {
            return told.isObject() ? WireJson.mapper().treeToValue(told, Production.class) : null;
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** What the next question has otherwise than the policy; told once. */
    Optional<String> fault(Judge asked) {
        Production policy = wanted;
        if (policy == null || !heard.add(asked)) {
            return Optional.empty();
        }
        if (!asked.rules().equals(policy.canary())) {
            return Optional.of("the judge was asked by other rules than the policy's");
        }
        if (wayBack || asked.step() == 0) {
            return Optional.empty();
        }
        Optional<Duration> shortest = shortest(policy, asked.trafficPercent());
        if (shortest.isEmpty()) {
            return Optional.of("the judge was asked about %d %% of traffic, a share that the policy does not have"
                    .formatted(asked.trafficPercent()));
        }
        return asked.hold().compareTo(shortest.get()) < 0
                ? Optional.of("the judge was asked to hold %d %% of traffic for %s, and the policy wants %s"
                        .formatted(asked.trafficPercent(), asked.hold(), shortest.get()))
                : Optional.empty();
    }

    /** The last steps and the bake have as much as is not held back; a person may say that nothing is. */
    private static Optional<Duration> shortest(Production policy, int percent) {
        int kept = Step.FULL - policy.canary().holdBack();
        Stream<Duration> steps = policy.steps().stream()
                .filter(step -> step.traffic() == percent || Math.min(step.traffic(), kept) == percent)
                .map(Step::hold);
        boolean bakes = !policy.bake().isZero() && (percent == Step.FULL || percent == kept);
        return Stream.concat(steps, bakes ? Stream.of(policy.bake()) : Stream.empty())
                .min(Duration::compareTo);
    }
}
