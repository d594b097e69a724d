package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How somebody else is told of what does not arrive: each receiver once, in the thread of its own conversation. */
final class Escalating {
    private Escalating() {}

    /** All alerts that wait, as the first of them cannot be delivered for now. */
    static Decision<ConversationState> missed(ConversationState state, String error, Instant now) {
        List<Delivery> missed =
                state.deliveries().stream().filter(Delivery::missed).toList();
        return told(state, missed, error, now);
    }

    /** This one, if it is an alert. */
    static Decision<ConversationState> missed(ConversationState state, Delivery one, String error, Instant now) {
        return told(state, one.missed() ? List.of(one) : List.of(), error, now);
    }

    /** Alerts that are new behind one that waits for somebody to mend the host. */
    static Decision<ConversationState> missedBehind(ConversationState state, Instant now) {
        return state.deliveries().stream()
                .filter(Delivery::waits)
                .filter(waiting -> waiting.trouble() == Trouble.HOST)
                .findFirst()
                .map(waiting -> missed(state, Objects.requireNonNullElse(waiting.error(), ""), now))
                .orElse(Decision.stay(state));
    }

    private static Decision<ConversationState> told(
            ConversationState state, List<Delivery> missed, String error, Instant now) {
        ConversationState next = state;
        List<Effect> effects = new ArrayList<>();
        for (Delivery delivery : missed) {
            next = next.with(next.delivery(delivery.number()).orElseThrow().escalated(now));
            List<Effect> sent = escalations(state, delivery, error);
            effects.addAll(delivery.equals(missed.getLast()) || !state.notes().isEmpty() ? sent : List.of());
        }
        return Decision.<ConversationState>move(next).and(effects);
    }

    /** What a note says is handed on; anything else begins an escalation. */
    private static List<Effect> escalations(ConversationState state, Delivery delivery, String error) {
        List<Escalation> carried = state.notes().stream()
                .filter(note -> note.delivery() == delivery.number())
                .map(Note::escalation)
                .toList();
        if (!carried.isEmpty()) {
            return carried.stream()
                    .flatMap(each -> handedOn(each).stream())
                    .map(Escalating::escalate)
                    .toList();
        }
        Party party = Objects.requireNonNull(state.party());
        return next(state.others(), party)
                .map(next -> new Escalation(
                                Objects.requireNonNull(state.release()),
                                state.deliveryId(delivery.number()),
                                delivery.milestone(),
                                party.name() + " (" + party.address() + ")",
                                error,
                                delivery.content(),
                                party,
                                state.others(),
                                null,
                                null)
                        .to(next))
                .map(Escalating::escalate)
                .stream()
                .toList();
    }

    /** Another person before another address of the same one; another channel before one that may share its trouble. */
    private static Optional<Party> next(List<Party> others, Party unreachable) {
        Comparator<Party> samePersonLast =
                Comparator.comparing(other -> other.name().equals(unreachable.name()));
        return others.stream().min(samePersonLast.thenComparing(other -> other.channel() == unreachable.channel()));
    }

    private static Optional<Escalation> handedOn(Escalation escalation) {
        return next(escalation.others(), escalation.party()).map(escalation::to);
    }

    private static Effect escalate(Escalation escalation) {
        return Effect.send(
                Message.local(escalation.conversation(), Conversation.ESCALATE, escalation, escalation.release()));
    }

    /** In the receiver's own conversation, be it finished: who is in trouble too is passed over, while others are left. */
    static Decision<ConversationState> route(ConversationState own, Escalation escalation) {
        Optional<Escalation> on = own.inTrouble() ? handedOn(escalation) : Optional.empty();
        return Decision.stay(own)
                .and(on.map(Escalating::escalate)
                        .orElseGet(() -> note(escalation.notes(), escalation.within(own.thread(), own.room()))));
    }

    private static Effect note(String conversation, Escalation escalation) {
        return Effect.send(Message.local(conversation, Conversation.NOTE, escalation, escalation.release()));
    }

    /** In the conversation that carries notes. A finished one cannot change, so what it has not said goes to its successor. */
    static Decision<ConversationState> noted(
            ConversationState state, Escalation escalation, Instant now, Duration gatherFor) {
        boolean known = state.notes().stream()
                .anyMatch(note -> note.escalation().unreachable().equals(escalation.unreachable()));
        if (known) {
            return Decision.stay(state);
        }
        if (state.party() != null && state.finished()) {
            return Decision.stay(state).and(note(successor(state.id()), escalation));
        }
        Delivery unread = state.deliveries().stream()
                .filter(delivery -> delivery.state() == State.PLANNED && !delivery.unsure())
                .findFirst()
                .orElse(null);
        int number = unread == null ? state.planned() + 1 : unread.number();
        List<Note> notes = new ArrayList<>(state.notes());
        notes.add(new Note(number, escalation));
        Content content = NotReached.said(notes.stream()
                .filter(note -> note.delivery() == number)
                .map(Note::escalation)
                .toList());
        ConversationState next =
                unread == null ? planned(state, escalation, number, content, now) : state.with(unread.saying(content));
        boolean pause = unread == null && state.count(State.SENDING) == 0;
        return Decision.<ConversationState>move(next.withNotes(notes))
                .and(pause ? List.of(Effect.startTimer(Conversation.RETRY_TIMER, now.plus(gatherFor))) : List.of())
                .because(escalation.unreachable() + " could not be reached");
    }

    private static ConversationState planned(
            ConversationState before, Escalation escalation, int number, Content content, Instant now) {
        Form form = escalation.party().channel() == Channel.SLACK ? Form.REPLY : Form.MAIL;
        List<Delivery> deliveries = new ArrayList<>(before.deliveries());
        deliveries.add(Delivery.planned(number, form, escalation.milestone(), true, content, now));
        return new ConversationState(
                before.id(),
                escalation.release(),
                escalation.party(),
                escalation.others(),
                0,
                0,
                true,
                known(before.thread(), escalation.thread()),
                known(before.room(), escalation.room()),
                number,
                deliveries,
                before.notes(),
                null);
    }

    private static @Nullable String known(@Nullable String before, @Nullable String now) {
        return before == null ? now : before;
    }

    private static String successor(String id) {
        String end = id.substring(id.lastIndexOf('/') + 1);
        int dash = end.lastIndexOf('-');
        int generation = dash < 0 ? 1 : Integer.parseInt(end.substring(dash + 1));
        String stem = dash < 0 ? id : id.substring(0, id.length() - end.length() + dash);
        return stem + "-" + (generation + 1);
    }
}
