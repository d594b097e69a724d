package dev.slipway.gateway.intake;

import dev.slipway.contracts.Texts;
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
 * @param outlook how much is looked up for what the answer says about the events' effect
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
        Duration retryAfter,
        Outlook outlook) {
    /**
     * Bounds of looking up what events lead to. Beyond them, and in time, the answer says less.
     *
     * @param lookWithin how long after its beginning the answer waits for it, 0 to 2 s
     * @param keepFor how long what was found is taken for true, 1 s to 5 min
     * @param keptMax how many things that were found are kept, 1 to 10,000
     * @param inFlightMax how many are looked up at the same time, 1 to 100
     * @param perRequestMax how many of one request, 1 to 100
     */
    record Outlook(Duration lookWithin, Duration keepFor, int keptMax, int inFlightMax, int perRequestMax) {
        Outlook {
            range("look-within", lookWithin, Duration.ZERO, Duration.ofSeconds(2));
            range("keep-for", keepFor, Duration.ofSeconds(1), Duration.ofMinutes(5));
            range("kept-max", keptMax, 10_000);
            range("in-flight-max", inFlightMax, 100);
            range("per-request-max", perRequestMax, 100);
        }

        private static void range(String name, Duration value, Duration min, Duration max) {
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("slipway.intake.outlook.%s must be %s to %s, is %s"
                        .formatted(name, Texts.words(min), Texts.words(max), Texts.words(value)));
            }
        }

        private static void range(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(
                        "slipway.intake.outlook.%s must be 1 to %d, is %d".formatted(name, max, value));
            }
        }
    }
}
