package dev.slipway.notification.conversation;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.notification.conversation.ConversationInput.Alarmed;
import dev.slipway.notification.conversation.ConversationInput.CloseDue;
import dev.slipway.notification.conversation.ConversationInput.Escalated;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Noted;
import dev.slipway.notification.conversation.ConversationInput.RetryDue;
import dev.slipway.notification.conversation.ConversationInput.SendAgain;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The story of notification: what one party is told about one release over one channel. DESIGN section 11.
 *
 * <p>A conversation sends one thing at a time, in order. It is <i>unheard</i> before its first input, <i>quiet</i> when
 * nothing is to be sent, <i>sending</i> while a task is under way, <i>pausing</i> between two attempts, <i>finished</i>
 * when the release is at its end and nothing is left to send. A newer status plans what its new milestones are worth
 * behind what is there, and a newer card update replaces one that waits; of an older status nothing is shown. An attempt
 * of which it is not known whether it was accepted is followed by one that looks first. What cannot be delivered for 72
 * hours, or ever, because of its receiver or itself, is undeliverable, and kept for a while to be sent again.
 *
 * <p>Of an alert that is undeliverable, or waits for somebody to mend the host or our access to it, or has waited for
 * long, another party is told, once: the escalation goes to that party's own conversation, which hands it on where its own
 * channel is in trouble too, and else says in which thread the note belongs; the note is sent in a conversation beside it
 * that carries nothing else, is <i>gathering</i> for a moment, and names each who could not be reached once.
 *
 * <p>An incident of a verified version is no milestone of its release, which is long over: each has a conversation beside
 * it too, which begins with the news of it and is over with the news of its end, in the thread in which its receiver read of
 * the release. And what is still to be said of a release when its conversation is finished, as a reminder of a date that was set
 * later, is handed on to one conversation for each piece of news.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * UNHEARD
 *   Told newer, at the end | Told same | Told older | Told of later → noted, task mail, says delivery.changed
 *   Warned → noted, task mail
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.note
 *   Noted → noted, timer retry
 *   Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent, final |
 *       RetryDue | SendAgain | CloseDue → nothing
 * QUIET
 *   Told newer, at the end | Told of later → noted, task mail, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   Warned → noted, task mail
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.note
 *   Noted → noted, timer retry
 *   Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent, final |
 *       RetryDue | SendAgain | CloseDue → nothing
 * QUIET in an incident
 *   Told newer, at the end | Told same | Told older | Told of later → noted, task mail, says delivery.changed
 *   Warned → noted, task mail
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.note
 *   Noted → noted, timer retry
 *   Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent, final |
 *       RetryDue | SendAgain | CloseDue → nothing
 * SENDING an alert
 *   Told newer, at the end | Told of later | Sent → noted, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.note
 *   NotSent, passes → noted, timer retry
 *   NotSent, for long | NotSent, of the host → noted, says delivery.escalate, timer retry
 *   NotSent, for 72 hours | NotSent, final → noted, says delivery.changed, says delivery.escalate, timer close
 *   Warned | Noted → noted
 *   RetryDue | SendAgain | CloseDue → nothing
 * PAUSING
 *   Told newer, at the end | Told of later → noted, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.escalate
 *   RetryDue → noted, task mail
 *   SendAgain → noted, task mail, says delivery.changed
 *   Warned | Noted → noted
 *   Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent, final |
 *       CloseDue → nothing
 * PAUSING until the host is mended
 *   Told newer, at the end | Told of later → noted, says delivery.changed, says delivery.escalate
 *   Told same | Told older → says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.escalate
 *   RetryDue → noted, task mail
 *   SendAgain → noted, task mail, says delivery.changed
 *   Warned | Noted → noted
 *   Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent, final |
 *       CloseDue → nothing
 * GATHERING
 *   Told newer, at the end | Told same | Told older | Told of later → noted, task mail, says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.note
 *   RetryDue → noted, task mail
 *   Noted → noted
 *   Warned | Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent,
 *       final | SendAgain | CloseDue → nothing
 * OVER, with something given up
 *   Told newer, at the end | Told same | Told older → says delivery.changed
 *   Told of later | SendAgain → noted, task mail, says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated → says delivery.escalate
 *   Noted → noted, timer retry
 *   CloseDue → noted
 *   Warned | Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent,
 *       final | RetryDue → nothing
 * FINISHED
 *   Told newer, at the end | Told same | Told older → says delivery.changed
 *   Told of later → says delivery.warn, says delivery.changed
 *   Alarmed → says delivery.warn
 *   Escalated | Noted → says delivery.note
 *   Warned | Sent | NotSent, passes | NotSent, for long | NotSent, for 72 hours | NotSent, of the host | NotSent,
 *       final | RetryDue | SendAgain | CloseDue → nothing
 * </pre>
 */
public final class Conversation implements Core<ConversationState, ConversationInput> {
    /** Wire name of the message that an escalation travels in, within this service, to its receiver's own conversation. */
    public static final String ESCALATE = "dev.slipway.delivery.escalate.v1";

    /** The same, from there to the conversation that carries such notes. */
    public static final String NOTE = "dev.slipway.delivery.note.v1";

    /** The same of what is no milestone of a release, from its receiver's own conversation to the one that carries it. */
    public static final String WARN = "dev.slipway.delivery.warn.v1";

    public static final String SLACK_TASK = "slack";
    public static final String MAIL_TASK = "mail";
    public static final String PAGE_TASK = "page";
    public static final String CLOSE_TIMER = "close";
    static final String RETRY_TIMER = "retry";

    private final ConversationRules rules;

    public Conversation(ConversationRules rules) {
        this.rules = rules;
    }

    @Override
    public ConversationState initial(String id) {
        return ConversationState.unheard(id);
    }

    @Override
    public boolean finished(ConversationState state) {
        return state.finished();
    }

    @Override
    public Decision<ConversationState> decide(ConversationState state, ConversationInput input, Instant now) {
        return switch (input) {
            case Told told
            when told.version() <= state.shownVersion() ->
                Decision.<ConversationState>stay(state).and(sayStatus(state, state.plannedUpTo()));
            case Told told
            when state.party() != null && state.finished() ->
                Decision.<ConversationState>stay(state)
                        .and(Later.news(state, told))
                        .and(sayStatus(state, upTo(state, told.status())));
            case Told told -> hear(state, told, now);
            case Warned warned -> warn(state, warned, now);
            case Alarmed(Warned warned) ->
                Decision.<ConversationState>stay(state).and(Warnings.handedOn(state, warned));
            case Escalated escalated -> Escalating.route(state, escalated.escalation());
            case Noted noted -> Escalating.noted(state, noted.escalation(), now, rules.gatherFor());
            case Sent sent ->
                underWay(state, sent.number())
                        .map(delivery -> delivered(state, delivery, sent, now))
                        .orElse(Decision.stay(state));
            case NotSent failed ->
                underWay(state, failed.number())
                        .map(delivery -> notDelivered(state, delivery, failed, now))
                        .orElse(Decision.stay(state));
            case RetryDue _ -> sendNext(state, now, true);
            case SendAgain asked -> state.finished() ? Decision.stay(state) : sendAgain(state, asked, now);
            case CloseDue _ -> close(state, now);
        };
    }

    private static Decision<ConversationState> warn(ConversationState state, Warned warned, Instant now) {
        ConversationState heard = Warnings.heard(state, warned, now);
        return heard.equals(state)
                ? Decision.<ConversationState>stay(state).and(Announcements.said(state))
                : sendNext(heard, now, false).because(warned.about() + ": " + warned.kind());
    }

    private static Optional<Delivery> underWay(ConversationState state, int number) {
        return state.delivery(number).filter(delivery -> delivery.state() == State.SENDING);
    }

    private Decision<ConversationState> hear(ConversationState state, Told told, Instant now) {
        ReleaseStatus status = told.status();
        List<Delivery> deliveries = new ArrayList<>(state.deliveries());
        int count = state.planned();
        for (Planning.Plan plan : Planning.of(state, told)) {
            if (plan.form() == Form.CARD_UPDATE) {
                deliveries.removeIf(waiting -> waiting.form() == Form.CARD_UPDATE && waiting.state() == State.PLANNED);
            }
            count++;
            deliveries.add(Delivery.planned(count, plan.form(), plan.milestone(), plan.alert(), plan.content(), now));
        }
        forgetOldUpdates(deliveries);
        ConversationState heard = new ConversationState(
                state.id(),
                status.release().value(),
                told.party(),
                told.others(),
                told.version(),
                upTo(state, status),
                status.phase().terminal() && !status.asksOn(),
                state.thread(),
                state.room(),
                count,
                deliveries,
                state.notes(),
                state.closedAt());
        Decision<ConversationState> missed = Escalating.missedBehind(heard, now);
        Decision<ConversationState> next = sendNext(missed.state(), now, false);
        return next.and(sayStatus(next.state())).and(missed.effects()).because("release is " + status.phase());
    }

    private static int upTo(ConversationState state, ReleaseStatus status) {
        return status.milestones().isEmpty()
                ? state.plannedUpTo()
                : Math.max(state.plannedUpTo(), status.milestones().getLast().index());
    }

    private Decision<ConversationState> close(ConversationState state, Instant now) {
        if (state.finished() || state.count(State.UNDELIVERABLE) == 0) {
            return Decision.stay(state);
        }
        boolean rests = state.deliveries().stream().allMatch(Delivery::over);
        return rests
                ? Decision.move(state.closed(now)).because("what was given up is not kept any longer")
                : Decision.<ConversationState>stay(state)
                        .and(Effect.startTimer(CLOSE_TIMER, now.plus(rules.keepGivenUpFor())));
    }

    /** Keeps the list bounded. Updates that were shown and then painted over tell nothing any more. */
    private void forgetOldUpdates(List<Delivery> deliveries) {
        List<Delivery> shown = deliveries.stream()
                .filter(delivery -> delivery.form() == Form.CARD_UPDATE && delivery.over())
                .toList();
        shown.stream().limit(Math.max(0, shown.size() - 1)).forEach(deliveries::remove);
        while (deliveries.size() > rules.deliveriesMax()
                && deliveries.getFirst().over()) {
            deliveries.removeFirst();
        }
    }

    private Decision<ConversationState> delivered(ConversationState state, Delivery delivery, Sent sent, Instant now) {
        boolean opens = delivery.form() != Form.REPLY // nothing may be painted over an alert that found no card
                || Announcements.isOne(state); // and what is never answered to keeps what it is known by
        ConversationState next = state.with(delivery.ended(State.DELIVERED, null, now))
                .withThread(opens ? sent.thread() : null, sent.room());
        Decision<ConversationState> decision = sendNext(next, now, false);
        return decision.and(sayStatus(decision.state())).and(Announcements.said(decision.state()));
    }

    private Decision<ConversationState> notDelivered(
            ConversationState state, Delivery delivery, NotSent failed, Instant now) {
        boolean again = failed.trouble() != Trouble.FINAL && rules.keepsTrying(delivery.since(now), now);
        return again ? waiting(state, delivery, failed, now) : givenUp(state, delivery, failed, now);
    }

    private Decision<ConversationState> waiting(
            ConversationState state, Delivery delivery, NotSent failed, Instant now) {
        Delivery again = delivery.again(failed, now);
        Duration pause = Objects.requireNonNullElse(failed.after(), rules.pause(delivery.attempts(), again.unsure()));
        ConversationState waiting = state.with(again);
        boolean others = failed.trouble() == Trouble.HOST || rules.late(delivery.since(now), now);
        Decision<ConversationState> next =
                others ? Escalating.missed(waiting, failed.error(), now) : Decision.stay(waiting);
        return next.and(Effect.startTimer(RETRY_TIMER, now.plus(pause)))
                .because("attempt " + delivery.attempts() + " failed: " + failed.error());
    }

    private Decision<ConversationState> givenUp(
            ConversationState state, Delivery delivery, NotSent failed, Instant now) {
        ConversationState over = state.with(delivery.ended(State.UNDELIVERABLE, failed.error(), now))
                .closed(null);
        Decision<ConversationState> missed = Escalating.missed(over, delivery, failed.error(), now);
        Decision<ConversationState> next = sendNext(missed.state(), now, false);
        return next.and(sayStatus(next.state()))
                .and(Announcements.said(next.state()))
                .and(missed.effects())
                .and(Effect.startTimer(CLOSE_TIMER, now.plus(rules.keepGivenUpFor())))
                .because("undeliverable: " + failed.error());
    }

    /** What was given up, and what waits for its next attempt; of the cards only the newest, as it paints over all. */
    private static Decision<ConversationState> sendAgain(ConversationState state, SendAgain asked, Instant now) {
        int card = state.deliveries().stream()
                .filter(delivery -> delivery.form().card())
                .mapToInt(Delivery::number)
                .max()
                .orElse(0);
        List<Delivery> next = new ArrayList<>(state.deliveries());
        next.replaceAll(delivery -> wanted(state, delivery, asked, card) ? delivery.anew(now) : delivery);
        if (next.equals(state.deliveries())) {
            return Decision.stay(state);
        }
        Decision<ConversationState> again = sendNext(state.withDeliveries(state.planned(), next), now, true);
        return again.and(sayStatus(again.state())).because("sent again: " + asked.reason());
    }

    private static boolean wanted(ConversationState state, Delivery delivery, SendAgain asked, int newestCard) {
        boolean named = asked.delivery() == null || asked.delivery().equals(state.deliveryId(delivery.number()));
        boolean stale = delivery.form().card() && delivery.number() < newestCard;
        return named && !stale && (delivery.waits() || delivery.state() == State.UNDELIVERABLE);
    }

    /** Sends the first planned delivery if none is under way; one that failed before waits until its pause is over. */
    private static Decision<ConversationState> sendNext(ConversationState state, Instant now, boolean pauseIsOver) {
        boolean busy = state.count(State.SENDING) > 0;
        Delivery next = state.deliveries().stream()
                .filter(delivery -> delivery.state() == State.PLANNED)
                .findFirst()
                .orElse(null);
        boolean pausing = next != null && next.attempts() > 0 && !pauseIsOver;
        if (busy || pausing || next == null || state.party() == null || state.release() == null) {
            return Decision.stay(state);
        }
        Party party = state.party();
        Delivery sending = next.sending(now);
        Sending task = new Sending(
                state.deliveryId(next.number()),
                next.number(),
                next.form(),
                state.release(),
                party,
                state.thread(),
                state.room(),
                sending.unsure(),
                sending.since(now),
                next.content());
        return Decision.move(
                state.with(sending),
                Effect.stopTimer(RETRY_TIMER),
                new Effect.StartTask("send-" + next.number() + "-" + sending.attempts(), kind(party.channel()), task));
    }

    private static String kind(Channel channel) {
        return switch (channel) {
            case SLACK -> SLACK_TASK;
            case STATUS_PAGE, RELEASE_TEXT -> PAGE_TASK;
            case EMAIL, UNKNOWN -> MAIL_TASK;
        };
    }

    private static List<Effect> sayStatus(ConversationState state) {
        return sayStatus(state, state.plannedUpTo());
    }

    /** @param upTo index of the last milestone for which all is planned, here or beside it */
    private static List<Effect> sayStatus(ConversationState state, int upTo) {
        Party party = state.party();
        if (party == null || state.release() == null || state.shownVersion() == 0) {
            return List.of();
        }
        DeliveryStatus status = new DeliveryStatus(
                new ReleaseId(state.release()),
                party.name(),
                party.channel(),
                party.address(),
                upTo,
                state.count(State.DELIVERED),
                state.count(State.UNDELIVERABLE));
        return List.of(Effect.send(Message.status(
                Topics.NOTIFICATION_EVENTS,
                state.release(),
                NotificationTypes.DELIVERY_STATUS,
                status,
                state.release(),
                "status")));
    }
}
