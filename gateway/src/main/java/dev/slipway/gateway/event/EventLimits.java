package dev.slipway.gateway.event;

/**
 * Bounds of one request.
 *
 * @param eventBytesMax size of one event, bytes, 1,024 to 900,000 (a Kafka record has 1 MB at most)
 * @param batchMax events of one batch, 1 to 1,000
 */
public record EventLimits(int eventBytesMax, int batchMax) {
    public EventLimits {
        if (eventBytesMax < 1024 || eventBytesMax > 900_000) {
            throw new IllegalArgumentException("event-max must be 1,024 to 900,000 bytes, is " + eventBytesMax);
        }
        if (batchMax < 1 || batchMax > 1000) {
            throw new IllegalArgumentException("batch-events-max must be 1 to 1,000, is " + batchMax);
        }
    }
}
