package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.DeliveryView.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to send.
 *
 * @param number 1 for the first of a conversation, then rising by one
 * @param milestone kind of the milestone that it tells of
 * @param alert whether somebody must learn of it: it is escalated when it cannot be delivered
 * @param attempts so far
 * @param firstTriedAt when the first attempt began; null before it
 * @param error what the last attempt ended with, for people; null if nothing went wrong
 */
public record Delivery(
        int number,
        Form form,
        String milestone,
        boolean alert,
        State state,
        int attempts,
        @Nullable Instant firstTriedAt,
        @Nullable String error,
        Instant at,
        Content content) {

    /** How it is sent. */
    public enum Form {
        /** The Slack message that shows the present state and is updated in place. */
        CARD,
        CARD_UPDATE,
        /** A message in the card's thread. */
        REPLY,
        MAIL
    }

    /**
     * What it says.
     *
     * @param subject one line
     * @param text plain text, several lines
     */
    public record Content(String subject, String text) {}

    static Delivery planned(int number, Form form, String milestone, boolean alert, Content content, Instant at) {
        return new Delivery(number, form, milestone, alert, State.PLANNED, 0, null, null, at, content);
    }

    Delivery sending(Instant now) {
        Instant first = firstTriedAt == null ? now : firstTriedAt;
        return new Delivery(number, form, milestone, alert, State.SENDING, attempts + 1, first, error, now, content);
    }

    Delivery ended(State end, @Nullable String why, Instant now) {
        return new Delivery(number, form, milestone, alert, end, attempts, firstTriedAt, why, now, content);
    }

    boolean over() {
        return state == State.DELIVERED || state == State.UNDELIVERABLE;
    }
}
