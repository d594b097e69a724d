package dev.slipway.notification.conversation;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.notification.conversation.ConversationInput.Escalated;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.RetryDue;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The story of notification: what one party is told about one release over one channel. DESIGN section 11.
 *
 * <p>A conversation sends one thing at a time, in order. It is <i>unheard</i> before its first input, <i>quiet</i> when
 * nothing is to be sent, <i>sending</i> while a task is under way, <i>pausing</i> between two attempts, <i>finished</i>
 * when the release is at its end and nothing is left to send. A newer status plans what its new milestones are worth
 * behind what is there, and a newer card update replaces one that waits; of an older status nothing is shown. An attempt
 * of which it is not known whether it was accepted is followed by one that looks first. What cannot be delivered for 72
 * hours, or ever, is undeliverable; an alert then goes to another party, in a conversation of its own.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * UNHEARD
 *   Told newer, at the end | Told same | Told older → noted, task mail, says delivery.changed
 *   Escalated → noted, task mail
 *   Sent | NotSent, retry helps | NotSent, for 72 hours | NotSent, final | RetryDue → nothing
 * QUIET
 *   Told newer, at the end → noted, task mail, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   Escalated | Sent | NotSent, retry helps | NotSent, for 72 hours | NotSent, final | RetryDue → nothing
 * SENDING an alert
 *   Told newer, at the end | Sent → noted, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   NotSent, retry helps → noted, timer retry
 *   NotSent, for 72 hours | NotSent, final → noted, says delivery.changed, says delivery.escalate
 *   Escalated | RetryDue → nothing
 * PAUSING
 *   Told newer, at the end → noted, says delivery.changed
 *   Told same | Told older → says delivery.changed
 *   RetryDue → noted, task mail
 *   Escalated | Sent | NotSent, retry helps | NotSent, for 72 hours | NotSent, final → nothing
 * FINISHED
 *   Told newer, at the end | Told same | Told older → says delivery.changed
 *   Escalated | Sent | NotSent, retry helps | NotSent, for 72 hours | NotSent, final | RetryDue → nothing
 * </pre>
 */
public final class Conversation implements Core<ConversationState, ConversationInput> {
    /** Wire name of the message that an escalation travels in, within this service. */
    public static final String ESCALATE = "dev.slipway.delivery.escalate.v1";

    public static final String SLACK_TASK = "slack";
    public static final String MAIL_TASK = "mail";
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
        return state.over() && state.deliveries().stream().allMatch(Delivery::over);
    }

    @Override
    public Decision<ConversationState> decide(ConversationState state, ConversationInput input, Instant now) {
        return switch (input) {
            case Told told
            when told.version() <= state.shownVersion() || (state.party() != null && finished(state)) ->
                Decision.<ConversationState>stay(state).and(sayStatus(state));
            case Told told -> hear(state, told, now);
            case Escalated _ when state.party() != null -> Decision.stay(state);
            case Escalated escalated -> takeOver(state, escalated.escalation(), now);
            case Sent sent ->
                underWay(state, sent.number())
                        .map(delivery -> delivered(state, delivery, sent, now))
                        .orElse(Decision.stay(state));
            case NotSent failed ->
                underWay(state, failed.number())
                        .map(delivery -> notDelivered(state, delivery, failed, now))
                        .orElse(Decision.stay(state));
            case RetryDue _ -> sendNext(state, now, true);
        };
    }

    private static Optional<Delivery> underWay(ConversationState state, int number) {
        return state.delivery(number).filter(delivery -> delivery.state() == State.SENDING);
    }

    private Decision<ConversationState> hear(ConversationState state, Told told, Instant now) {
        ReleaseStatus status = told.status();
        List<Delivery> deliveries = new ArrayList<>(state.deliveries());
        int count = state.planned();
        for (Plan plan : plans(state, told)) {
            if (plan.form() == Form.CARD_UPDATE) {
                deliveries.removeIf(waiting -> waiting.form() == Form.CARD_UPDATE && waiting.state() == State.PLANNED);
            }
            count++;
            deliveries.add(Delivery.planned(count, plan.form(), plan.milestone(), plan.alert(), plan.content(), now));
        }
        forgetOldUpdates(deliveries);
        int upTo = status.milestones().isEmpty()
                ? 0
                : status.milestones().getLast().index();
        ConversationState heard = new ConversationState(
                state.id(),
                status.release().value(),
                told.party(),
                told.others(),
                told.version(),
                Math.max(state.plannedUpTo(), upTo),
                status.phase().terminal(),
                state.thread(),
                state.room(),
                count,
                deliveries);
        Decision<ConversationState> next = sendNext(heard, now, false);
        return next.and(sayStatus(next.state())).because("release is " + status.phase());
    }

    private record Plan(Form form, String milestone, boolean alert, Content content) {}

    private static List<Plan> plans(ConversationState state, Told told) {
        List<Milestone> news = told.status().milestones().stream()
                .filter(milestone -> milestone.index() > state.plannedUpTo())
                .toList();
        return told.party().channel() == Channel.SLACK ? slackPlans(state, told, news) : mailPlans(told, news);
    }

    private static List<Plan> slackPlans(ConversationState state, Told told, List<Milestone> news) {
        List<Plan> plans = new ArrayList<>();
        Content card = Wording.card(told.status());
        String phase = told.status().phase().name();
        Content shown = lastCard(state);
        if (shown == null) {
            plans.add(new Plan(Form.CARD, phase, false, card));
        } else if (!shown.equals(card)) {
            plans.add(new Plan(Form.CARD_UPDATE, phase, false, card));
        }
        for (Milestone milestone : news) {
            if (Wording.worthAMessage(milestone.kind())) {
                Content content = Wording.message(told.status(), milestone, told.party());
                plans.add(new Plan(
                        Form.REPLY, milestone.kind().name(), milestone.kind().alert(), content));
            }
        }
        return plans;
    }

    private static List<Plan> mailPlans(Told told, List<Milestone> news) {
        return news.stream()
                .filter(milestone -> Wording.worthAMail(milestone.kind(), told.party()))
                .map(milestone -> new Plan(
                        Form.MAIL,
                        milestone.kind().name(),
                        milestone.kind().alert(),
                        Wording.message(told.status(), milestone, told.party())))
                .toList();
    }

    @Nullable
    private static Content lastCard(ConversationState state) {
        return state.deliveries().reversed().stream()
                .filter(delivery -> delivery.form() == Form.CARD || delivery.form() == Form.CARD_UPDATE)
                .map(Delivery::content)
                .findFirst()
                .orElse(null);
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

    private static Decision<ConversationState> takeOver(ConversationState before, Escalation escalation, Instant now) {
        Form form = escalation.party().channel() == Channel.SLACK ? Form.REPLY : Form.MAIL;
        Content content = Wording.escalated(escalation);
        ConversationState state = new ConversationState(
                before.id(),
                escalation.release(),
                escalation.party(),
                escalation.others(),
                0,
                0,
                true,
                null,
                null,
                1,
                List.of(Delivery.planned(1, form, escalation.milestone(), true, content, now)));
        return sendNext(state, now, false).because(escalation.unreachable() + " could not be reached");
    }

    private Decision<ConversationState> delivered(ConversationState state, Delivery delivery, Sent sent, Instant now) {
        boolean opens = delivery.form() != Form.REPLY; // nothing may be painted over an alert that found no card
        ConversationState next = state.with(delivery.ended(State.DELIVERED, null, now))
                .withThread(opens ? sent.thread() : null, sent.room());
        Decision<ConversationState> decision = sendNext(next, now, false);
        return decision.and(sayStatus(decision.state()));
    }

    private Decision<ConversationState> notDelivered(
            ConversationState state, Delivery delivery, NotSent failed, Instant now) {
        if (failed.retry() && rules.keepsTrying(delivery.since(now), now)) {
            Delivery again = delivery.again(failed, now);
            Duration pause =
                    Objects.requireNonNullElse(failed.after(), rules.pause(delivery.attempts(), again.unsure()));
            ConversationState waiting = state.with(again);
            return Decision.<ConversationState>move(waiting, Effect.startTimer(RETRY_TIMER, now.plus(pause)))
                    .because("attempt " + delivery.attempts() + " failed: " + failed.error());
        }
        ConversationState givenUp = state.with(delivery.ended(State.UNDELIVERABLE, failed.error(), now));
        Decision<ConversationState> decision = sendNext(givenUp, now, false);
        return decision.and(sayStatus(decision.state()))
                .and(escalate(state, delivery, failed))
                .because("undeliverable: " + failed.error());
    }

    private static List<Effect> escalate(ConversationState state, Delivery delivery, NotSent failed) {
        Party party = Objects.requireNonNull(state.party());
        String release = Objects.requireNonNull(state.release());
        if (!delivery.alert() || state.others().isEmpty()) {
            return List.of();
        }
        Party next = state.others().stream()
                .filter(other -> !other.name().equals(party.name()))
                .findFirst()
                .orElse(state.others().getFirst());
        List<Party> left =
                state.others().stream().filter(other -> !other.equals(next)).toList();
        Escalation escalation = new Escalation(
                release,
                state.deliveryId(delivery.number()),
                delivery.milestone(),
                party.name() + " (" + party.address() + ")",
                failed.error(),
                delivery.content(),
                next,
                left);
        return List.of(Effect.send(Message.local(escalation.conversation(), ESCALATE, escalation, release)));
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
        String kind = party.channel() == Channel.SLACK ? SLACK_TASK : MAIL_TASK;
        return Decision.move(
                state.with(sending),
                Effect.stopTimer(RETRY_TIMER),
                new Effect.StartTask("send-" + next.number() + "-" + sending.attempts(), kind, task));
    }

    private static List<Effect> sayStatus(ConversationState state) {
        Party party = state.party();
        if (party == null || state.release() == null || state.shownVersion() == 0) {
            return List.of();
        }
        DeliveryStatus status = new DeliveryStatus(
                new ReleaseId(state.release()),
                party.name(),
                party.channel(),
                party.address(),
                state.plannedUpTo(),
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
