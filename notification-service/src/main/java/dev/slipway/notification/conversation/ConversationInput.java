package dev.slipway.notification.conversation;

import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.notification.conversation.Delivery.Content;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to a conversation. */
public sealed interface ConversationInput {
    /**
     * The release has a new (or the same, or an older) state.
     *
     * @param version of the release's document
     * @param party who this conversation tells
     * @param others who else could be told if this party cannot be reached
     */
    record Told(ReleaseStatus status, long version, Party party, List<Party> others) implements ConversationInput {
        public Told {
            others = List.copyOf(others);
        }
    }

    /** Somebody else could not be reached, so this party is told instead. */
    record Escalated(Escalation escalation) implements ConversationInput {}

    /**
     * The other side has accepted a delivery.
     *
     * @param thread what later messages refer to: the card's timestamp, the first mail's id; null where unchanged
     * @param room Slack's own id of the channel; null where there is none
     */
    record Sent(
            int number, @Nullable String thread, @Nullable String room) implements ConversationInput {}

    /**
     * The other side has not accepted a delivery.
     *
     * @param retry whether another attempt may help
     * @param after when the other side wants it, or null for the usual pause
     * @param unsure whether it may have been accepted all the same: then the next attempt looks first
     */
    record NotSent(
            int number,
            String error,
            boolean retry,
            @Nullable Duration after,
            boolean unsure) implements ConversationInput {}

    /** The pause before another attempt is over. */
    record RetryDue() implements ConversationInput {}

    /**
     * An alert that goes to another contact.
     *
     * @param origin id of the delivery that did not arrive; each has an escalation of its own
     * @param unreachable who could not be told, for people
     * @param party who is told instead
     * @param others who is left after that
     */
    record Escalation(
            String release,
            String origin,
            String milestone,
            String unreachable,
            String error,
            Content content,
            Party party,
            List<Party> others) {
        public Escalation {
            others = List.copyOf(others);
        }

        /** Id of the conversation that carries it, and nothing else. */
        public String conversation() {
            return ConversationState.id(release, party) + "/instead-of/" + origin;
        }
    }
}
