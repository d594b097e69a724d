package dev.slipway.deployment.environment;

import dev.slipway.contracts.validation.JudgedSeconds;
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

    /** The same word, with what a later one says that is stored of what it rests on. */
    Judgement restingOn(Judgement later) {
        JudgedSeconds stored = later.status.seconds();
        return stored == null ? this : new Judgement(source, sourceVersion, status.over(stored));
    }
}
