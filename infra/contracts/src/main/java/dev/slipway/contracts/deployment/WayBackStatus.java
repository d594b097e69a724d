package dev.slipway.contracts.deployment;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Status: whether there is a way back.
 *
 * @param proven whether the way back is known to work, or none is needed because this is the first release
 * @param kind {@code first-release} or {@code snapshot}
 * @param to what a rollback would restore; null at a first release
 * @param detail what was tried and found, for people
 */
public record WayBackStatus(
        QuestionKey question,
        EnvironmentId environment,
        boolean proven,
        String kind,
        @Nullable Digest to,
        @Nullable String toVersion,
        String detail) {
    public WayBackStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("detail", detail);
    }
}
