package dev.slipway.deployment.environment;

import dev.slipway.contracts.validation.JudgementStatus;

/**
 * The latest judgement of the active rollout.
 *
 * @param source the judging aggregate
 * @param sourceVersion its version; an older one never replaces a newer one
 */
public record Judgement(String source, long sourceVersion, JudgementStatus status) {
    boolean newerThan(Judgement other) {
        return source.equals(other.source) && sourceVersion > other.sourceVersion;
    }
}
