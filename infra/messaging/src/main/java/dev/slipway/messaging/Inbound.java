package dev.slipway.messaging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it arrived: CloudEvents attributes and raw bytes.
 *
 * @param source the sending aggregate, {@code service/kind/id}
 * @param sourceVersion version of the sending aggregate's document when this was said; 0 where the sender has none. A
 *     receiver keeps the latest status per source and drops only older ones
 * @param extensions every other {@code ce_} header, without the prefix, for example {@code publisher}
 */
public record Inbound(
        String topic,
        String key,
        String type,
        String id,
        String source,
        long sourceVersion,
        String correlation,
        @Nullable String causation,
        @Nullable String traceparent,
        Instant at,
        Map<String, String> extensions,
        byte[] body) {
    public Inbound {
        extensions = Map.copyOf(extensions);
    }

    /** The cause to submit an input with that this message made. */
    public Cause cause() {
        return new Cause("service:" + source, id, traceparent, correlation);
    }

    Lineage lineage() {
        return new Lineage(traceparent, correlation);
    }

    Inbound within(Lineage own) {
        return new Inbound(
                topic,
                key,
                type,
                id,
                source,
                sourceVersion,
                correlation,
                causation,
                own.traceparent(),
                at,
                extensions,
                body);
    }
}
