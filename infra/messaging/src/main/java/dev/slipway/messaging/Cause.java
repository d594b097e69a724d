package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Who or what made an input.
 *
 * @param actor {@code user:<email>}, {@code service:<name>}, {@code timer:<name>}, {@code task:<kind>}, {@code ci:<source>}
 * @param id id of the causing message or request, or null
 * @param traceparent W3C trace context, or null
 */
public record Cause(
        String actor, @Nullable String id, @Nullable String traceparent) {
    public static Cause of(String actor) {
        return new Cause(actor, null, null);
    }
}
