package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/**
 * What a piece of work descends from. It is kept with timers and tasks, so that what they lead to stays in the trace.
 *
 * @param traceparent W3C trace context of the cause, or null
 * @param correlation the release that it belongs to, or null
 */
public record Lineage(
        @Nullable String traceparent, @Nullable String correlation) {
    public static final Lineage NONE = new Lineage(null, null);

    static Lineage of(@Nullable Lineage stored) {
        return stored == null ? NONE : stored;
    }
}
