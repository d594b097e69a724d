package dev.slipway.notification.conversation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
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

    /**
     * Something that somebody must learn of, and that is no milestone of a release. A conversation of its own carries it:
     * the first of a kind that it hears is said, and once the last was said it is over.
     *
     * @param about what it concerns, in the form of a release id
     * @param beside names the conversation among those of the same release and party; null where there is no other
     * @param kind what happened, as a milestone of a release is named
     * @param alert whether somebody else is told where it cannot be delivered
     * @param last whether nothing more comes after it
     * @param party who this conversation tells
     * @param others who else could be told if this party cannot be reached
     * @param thread what it belongs to, once its receiver's own conversation has said so
     * @param room Slack's own id of the channel, if it is known
     */
    record Warned(
            String about,
            @Nullable String beside,
            String kind,
            boolean alert,
            boolean last,
            Content content,
            Party party,
            List<Party> others,
            @Nullable String thread,
            @Nullable String room)
            implements ConversationInput {
        public Warned {
            others = List.copyOf(others);
        }

        /** Of what is said once, in a conversation that stands for itself. */
        public Warned(String about, String kind, Content content, Party party, List<Party> others) {
            this(about, null, kind, true, true, content, party, others, null, null);
        }

        /** Id of its receiver's own conversation about the release. */
        public String own() {
            return ConversationState.id(about, party);
        }

        /** Of the conversation that carries it. */
        public String conversation() {
            return beside == null ? own() : own() + "/" + beside;
        }

        Warned within(@Nullable String ownThread, @Nullable String ownRoom) {
            return new Warned(about, beside, kind, alert, last, content, party, others, ownThread, ownRoom);
        }
    }

    /** The same, for its receiver's own conversation, which says in which thread it belongs. */
    record Alarmed(Warned warned) implements ConversationInput {}

    /** Somebody else could not be reached, so this conversation's party is told: the note goes into its thread. */
    record Escalated(Escalation escalation) implements ConversationInput {}

    /** The same, for the conversation that carries such notes. */
    record Noted(Escalation escalation) implements ConversationInput {}

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
     * @param error why, in words for people
     * @param trouble whose it is, and so whether another attempt may help
     * @param after when the other side wants the next attempt, or null for the usual pause
     * @param unsure whether it may have been accepted all the same: then the next attempt looks first
     */
    record NotSent(
            int number,
            String error,
            Trouble trouble,
            @Nullable Duration after,
            boolean unsure) implements ConversationInput {}

    /** The pause before another attempt is over, or that in which notes are gathered. */
    record RetryDue() implements ConversationInput {}

    /** A person has mended something: what waits or was given up is sent again. */
    record SendAgain(String reason, @Nullable String delivery) implements ConversationInput {}

    /** What was given up has been kept for long enough. */
    record CloseDue() implements ConversationInput {}

    /** What keeps a delivery from arriving. */
    enum Trouble {
        /** Passes by itself: no connection, no answer, later please. */
        @JsonEnumDefaultValue
        PASSING,
        /** Stays until somebody mends the host or our access to it; says nothing about this delivery. */
        HOST,
        /** Stays: it is of this receiver or this message. */
        FINAL
    }

    /**
     * An alert that goes to another contact.
     *
     * @param origin id of the delivery that did not arrive
     * @param unreachable who could not be told, for people; a receiver is told once of each
     * @param error why, for people
     * @param party who is told instead
     * @param others who is left after that
     * @param thread what the note belongs to, once its receiver's own conversation has said so
     * @param room Slack's own id of the channel, if it is known
     */
    record Escalation(
            String release,
            String origin,
            String milestone,
            String unreachable,
            String error,
            Content content,
            Party party,
            List<Party> others,
            @Nullable String thread,
            @Nullable String room) {
        public Escalation {
            others = List.copyOf(others);
        }

        /** Id of its receiver's own conversation. */
        public String conversation() {
            return ConversationState.id(release, party);
        }

        /** Id of the conversation that carries notes to this receiver, and nothing else. */
        public String notes() {
            return conversation() + "/instead";
        }

        Escalation to(Party next) {
            List<Party> left =
                    others.stream().filter(other -> !other.equals(next)).toList();
            return new Escalation(release, origin, milestone, unreachable, error, content, next, left, null, null);
        }

        Escalation within(@Nullable String ownThread, @Nullable String ownRoom) {
            return new Escalation(
                    release, origin, milestone, unreachable, error, content, party, others, ownThread, ownRoom);
        }
    }
}
