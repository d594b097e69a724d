package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/**
 * What became of a submitted input.
 *
 * @param version of the document after it, 0 if there is none
 * @param changed whether anything was written; by a refusal too, where the core has noted it
 * @param refusal the core's "no", or null
 */
public record Outcome<S>(
        S state, long version, boolean changed, @Nullable Refusal refusal) {}
