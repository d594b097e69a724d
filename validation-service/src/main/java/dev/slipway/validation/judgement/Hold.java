package dev.slipway.validation.judgement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a step has been seen in force. Only seconds that some gateway reported count, each once, however many gateways
 * report it: a time in which nobody looked is not a healthy one. Where a gateway goes away another one's seconds go on.
 *
 * @param seconds seen in force
 * @param to end of the latest of them, or null
 */
record Hold(long seconds, @Nullable Instant to) {
    static final Hold NOT_BEGUN = new Hold(0, null);

    /** After one more second in force. */
    Hold seen(Instant second) {
        return to != null && second.isBefore(to) ? this : new Hold(seconds + 1, second.plusSeconds(1));
    }

    boolean atLeast(Duration hold) {
        return to != null && Duration.ofSeconds(seconds).compareTo(hold) >= 0;
    }
}
