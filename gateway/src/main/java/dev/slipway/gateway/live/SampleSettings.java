package dev.slipway.gateway.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the samples.
 *
 * @param cutOff how long after its end a second waits for its answers; later ones count when they come
 * @param settle for how long latencies are not told after a stretch that no table stands for, as a gateway's start: the
 *     version that served alone has its connections by then, the other one has to open them
 * @param secondsMax seconds kept per environment
 * @param waitingMax requests per environment that wait to be entered; further ones are not counted
 * @param sendEvery how often it is looked for seconds that are ready
 * @param blockMax how long sending may wait for the broker's address or room; then the sample is lost
 * @param deliverWithin how long the client library tries to deliver a sample, above {@code request-within}
 * @param requestWithin how long one request to the broker may take
 * @param bufferMax memory for samples that are on their way
 */
@ConfigurationProperties("slipway.samples")
record SampleSettings(
        Duration cutOff,
        Duration settle,
        int secondsMax,
        int waitingMax,
        Duration sendEvery,
        Duration blockMax,
        Duration deliverWithin,
        Duration requestWithin,
        DataSize bufferMax) {}
