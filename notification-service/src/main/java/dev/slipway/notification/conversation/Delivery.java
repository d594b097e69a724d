package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to send.
 *
 * @param number 1 for the first of a conversation, then rising by one
 * @param milestone kind of the milestone that it tells of
 * @param alert whether somebody must learn of it: somebody else is told when it cannot be delivered
 * @param attempts so far
 * @param firstTriedAt when the first attempt began; null before it
 * @param unsure whether an attempt may have been accepted though nothing said so
 * @param error what the last attempt ended with, for people; null if nothing went wrong
 * @param trouble what kept the last attempt from arriving; null if nothing did
 * @param escalatedAt when somebody else was told; null while nobody was
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
        Content content,
        @Nullable Trouble trouble,
        @Nullable Instant escalatedAt) {

    /** How it is sent. */
    public enum Form {
        /** The Slack message that shows the present state and is updated in place. */
        CARD,
        CARD_UPDATE,
        /** A message in the card's thread. */
        REPLY,
        MAIL;

        boolean card() {
            return this == CARD || this == CARD_UPDATE;
        }
    }

    /**
     * What it says.
     *
     * @param subject one line
     * @param text plain text, several lines
     */
    public record Content(String subject, String text) {}

    static Delivery planned(int number, Form form, String milestone, boolean alert, Content content, Instant at) {
        return new Delivery(
                number, form, milestone, alert, State.PLANNED, 0, null, false, null, at, content, null, null);
    }

    Delivery sending(Instant now) {
        return with(State.SENDING, attempts + 1, since(now), unsure, error, now, trouble);
    }

    /** When the first attempt began, or begins now. */
    Instant since(Instant now) {
        return firstTriedAt == null ? now : firstTriedAt;
    }

    /** Waits for another attempt. Once it may have been accepted, that stays possible until something is known. */
    Delivery again(NotSent failed, Instant now) {
        boolean perhaps = unsure || failed.unsure();
        return with(State.PLANNED, attempts, firstTriedAt, perhaps, failed.error(), now, failed.trouble());
    }

    /** As if it had not been tried, because a person says so. */
    Delivery anew(Instant now) {
        return with(State.PLANNED, 0, null, unsure, error, now, null);
    }

    Delivery ended(State end, @Nullable String why, Instant now) {
        return with(end, attempts, firstTriedAt, unsure, why, now, end == State.DELIVERED ? null : trouble);
    }

    /** The same delivery, saying something else, as nobody has read it. */
    Delivery saying(Content next) {
        return new Delivery(
                number,
                form,
                milestone,
                alert,
                state,
                attempts,
                firstTriedAt,
                unsure,
                error,
                at,
                next,
                trouble,
                escalatedAt);
    }

    Delivery escalated(Instant now) {
        return new Delivery(
                number,
                form,
                milestone,
                alert,
                state,
                attempts,
                firstTriedAt,
                unsure,
                error,
                at,
                content,
                trouble,
                now);
    }

    private Delivery with(
            State nextState,
            int nextAttempts,
            @Nullable Instant tried,
            boolean perhaps,
            @Nullable String why,
            Instant now,
            @Nullable Trouble nextTrouble) {
        return new Delivery(
                number,
                form,
                milestone,
                alert,
                nextState,
                nextAttempts,
                tried,
                perhaps,
                why,
                now,
                content,
                nextTrouble,
                escalatedAt);
    }

    boolean over() {
        return state == State.DELIVERED || state == State.UNDELIVERABLE;
    }

    boolean waits() {
        return state == State.PLANNED && attempts > 0;
    }

    /** An alert that has not arrived, and of which nobody else was told. */
    boolean missed() {
        return alert && state != State.DELIVERED && escalatedAt == null;
    }
}
