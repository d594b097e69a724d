package dev.slipway.notification.conversation;

import java.time.Duration;
import java.time.Instant;

/**
 * Bounds of a conversation.
 *
 * @param retryPauseFirst pause after the first failed attempt, doubles with each; 10 ms to 1 h
 * @param retryPauseMax longest pause, up to 24 h
 * @param retryPauseUnsure least pause after an attempt that may have been accepted, so that it can be seen; up to 1 h
 * @param giveUpAfter how long after the first attempt a delivery is given up; up to 30 d
 * @param escalateAfter how long an alert may be on its way, for trouble that passes, before somebody else is told
 * @param gatherFor how long notes about others who could not be reached are gathered into one
 * @param keepGivenUpFor how long what was given up can be sent again
 * @param deliveriesMax deliveries kept, 10 to 1,000; delivered card updates go first
 */
public record ConversationRules(
        Duration retryPauseFirst,
        Duration retryPauseMax,
        Duration retryPauseUnsure,
        Duration giveUpAfter,
        Duration escalateAfter,
        Duration gatherFor,
        Duration keepGivenUpFor,
        int deliveriesMax) {
    public ConversationRules {
        if (retryPauseFirst.compareTo(Duration.ofMillis(10)) < 0 || retryPauseMax.compareTo(retryPauseFirst) < 0) {
            throw new IllegalArgumentException("The first pause is at least 10 ms, the longest at least that");
        }
        if (escalateAfter.isNegative() || gatherFor.isNegative() || keepGivenUpFor.isNegative()) {
            throw new IllegalArgumentException("escalateAfter, gatherFor and keepGivenUpFor are 0 or more");
        }
        if (deliveriesMax < 10 || deliveriesMax > 1000) {
            throw new IllegalArgumentException("deliveriesMax must be 10 to 1000, is " + deliveriesMax);
        }
    }

    /** Whether a delivery that was first tried then is still tried now. */
    public boolean keepsTrying(Instant firstTriedAt, Instant now) {
        return now.isBefore(firstTriedAt.plus(giveUpAfter));
    }

    /** Whether it has been tried for so long that somebody else should know. */
    boolean late(Instant firstTriedAt, Instant now) {
        return !now.isBefore(firstTriedAt.plus(escalateAfter));
    }

    Duration pause(int attempts, boolean unsure) {
        Duration pause = pause(attempts);
        return unsure && pause.compareTo(retryPauseUnsure) < 0 ? retryPauseUnsure : pause;
    }

    private Duration pause(int attempts) {
        Duration pause = retryPauseFirst.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 20));
        return pause.compareTo(retryPauseMax) > 0 ? retryPauseMax : pause;
    }
}
