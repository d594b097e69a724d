package dev.slipway.gateway.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the event intake.
 *
 * @param eventMax size of one event, 1 KB to 900,000 bytes
 * @param batchEventsMax events of one batch, 1 to 1,000
 * @param requestMax size of a request, a batch included
 * @param inFlightMax requests that wait for the broker at the same time; more are answered 503
 * @param blockMax how long one event may wait for the broker's address or room in the buffer
 * @param deliverWithin how long the client library tries to deliver one record, above {@code request-within}
 * @param requestWithin how long one request to the broker may take
 * @param ackWithin how long a request waits for all its acknowledgements
 * @param bufferMax memory for records that are on their way
 * @param retryAfter what a 503 tells the sender
 */
@ConfigurationProperties("slipway.intake")
record IntakeSettings(
        DataSize eventMax,
        int batchEventsMax,
        DataSize requestMax,
        int inFlightMax,
        Duration blockMax,
        Duration deliverWithin,
        Duration requestWithin,
        Duration ackWithin,
        DataSize bufferMax,
        Duration retryAfter) {}
