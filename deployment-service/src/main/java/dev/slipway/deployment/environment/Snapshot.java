package dev.slipway.deployment.environment;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Target;
import java.time.Duration;
import java.time.Instant;

/**
 * A verified release of an environment, with all that is needed to start it again.
 *
 * @param question the rollout that brought it; as text the key of its share
 * @param instance where it ran last
 * @param startWithin how long it may take to become healthy
 */
public record Snapshot(
        QuestionKey question,
        String version,
        Artifact artifact,
        Target target,
        Duration startWithin,
        Instance instance,
        Instant verifiedAt) {
    String key() {
        return question.toString();
    }

    Snapshot at(Instance where) {
        return new Snapshot(question, version, artifact, target, startWithin, where, verifiedAt);
    }
}
