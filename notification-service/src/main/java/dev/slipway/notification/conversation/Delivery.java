package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
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
 * @param unsure whether an attempt may have been accepted though nothing said so
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
        boolean unsure,
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
        return new Delivery(number, form, milestone, alert, State.PLANNED, 0, null, false, null, at, content);
    }

    Delivery sending(Instant now) {
        return new Delivery(
                number, form, milestone, alert, State.SENDING, attempts + 1, since(now), unsure, error, now, content);
    }

    /** When the first attempt began, or begins now. */
    Instant since(Instant now) {
        return firstTriedAt == null ? now : firstTriedAt;
    }

    /** Waits for another attempt. Once it may have been accepted, that stays possible until something is known. */
    Delivery again(NotSent failed, Instant now) {
        boolean perhaps = unsure || failed.unsure();
        return new Delivery(
                number,
                form,
                milestone,
                alert,
                State.PLANNED,
                attempts,
                firstTriedAt,
                perhaps,
                failed.error(),
                now,
                content);
    }

    Delivery ended(State end, @Nullable String why, Instant now) {
        return new Delivery(number, form, milestone, alert, end, attempts, firstTriedAt, unsure, why, now, content);
    }

    boolean over() {
        return state == State.DELIVERED || state == State.UNDELIVERABLE;
    }
}
