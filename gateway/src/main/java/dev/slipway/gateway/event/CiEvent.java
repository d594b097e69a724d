package dev.slipway.gateway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of a CI, read and found well formed.
 *
 * @param id unique within the source: both together are the event's natural key
 * @param time when it happened, as its sender says; null if it does not
 * @param traceparent the sender's trace (W3C Trace Context), or null
 * @param key what keeps events in order: the application if the event names one, else the source
 * @param repairs whether it proposes the repair of a release that waits for an operator, or a hotfix below what
 *     production had, which only an operator may
 * @param subject what it is about
 * @param body the data as JSON
 */
public record CiEvent(
        String id,
        String source,
        String type,
        @Nullable Instant time,
        @Nullable String traceparent,
        String key,
        boolean repairs,
        EventSubject subject,
        byte[] body) {}
