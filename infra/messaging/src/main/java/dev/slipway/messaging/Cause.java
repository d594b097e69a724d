package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Who or what made an input.
 *
 * @param actor {@code user:<email>}, {@code service:<name>}, {@code timer:<name>}, {@code task:<kind>}, {@code ci:<source>}
 * @param id id of the causing message or request, or null
 * @param traceparent W3C trace context, or null: then that of the thread which submits it
 * @param correlation the release that it belongs to, or null
 */
public record Cause(
        String actor,
        @Nullable String id,
        @Nullable String traceparent,
        @Nullable String correlation) {
    public Cause(String actor, @Nullable String id, @Nullable String traceparent) {
        this(actor, id, traceparent, null);
    }

    public static Cause of(String actor) {
        return new Cause(actor, null, null);
    }

    static Cause of(String actor, Lineage from) {
        return new Cause(actor, null, from.traceparent(), from.correlation());
    }

    Lineage lineage() {
        return new Lineage(traceparent, correlation);
    }

    /** This cause, in the given trace if it has none. */
    Cause within(@Nullable String trace) {
        return traceparent != null || trace == null ? this : new Cause(actor, id, trace, correlation);
    }
}
