package dev.slipway.validation.revision;

import dev.slipway.contracts.Texts;
import java.time.Instant;

/**
 * One finished pipeline run for a revision. Its natural key is the CloudEvent that told of it.
 *
 * @param name of the check, 1 to 200 characters
 * @param event source and id of the CloudEvent, 1 to 600 characters
 * @param by who published it
 */
public record Check(String name, boolean succeeded, String event, Instant at, String by) implements Arrival {
    public Check {
        Texts.requireLength("check", name, 1, 200);
        Texts.requireLength("The event's source and id", event, 1, 600);
    }
}
