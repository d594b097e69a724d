package dev.slipway.gateway.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the samples.
 *
 * @param cutOff an answer later than this after its second has failed
 * @param secondsMax seconds kept per environment
 * @param sendEvery how often it is looked for seconds that are ready
 * @param blockMax how long sending may wait for the broker's address or room; then the sample is lost
 * @param deliverWithin how long the client library tries to deliver a sample, above {@code request-within}
 * @param requestWithin how long one request to the broker may take
 * @param bufferMax memory for samples that are on their way
 */
@ConfigurationProperties("slipway.samples")
record SampleSettings(
        Duration cutOff,
        int secondsMax,
        Duration sendEvery,
        Duration blockMax,
        Duration deliverWithin,
        Duration requestWithin,
        DataSize bufferMax) {}
