package dev.slipway.notification.conversation;

import static dev.slipway.contracts.release.Milestone.Kind.DATE_ESCALATED;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLED_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_BACK;
import static dev.slipway.notification.conversation.Statuses.RELEASE;
import static dev.slipway.notification.conversation.Statuses.T0;
import static dev.slipway.notification.conversation.Statuses.status;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.notification.conversation.ConversationInput.Alarmed;
import dev.slipway.notification.conversation.ConversationInput.CloseDue;
import dev.slipway.notification.conversation.ConversationInput.Escalated;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Noted;
import dev.slipway.notification.conversation.ConversationInput.RetryDue;
import dev.slipway.notification.conversation.ConversationInput.SendAgain;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.testkit.ListedPairs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationPairsTest {
    private static final List<Party> PARTIES = Party.of(Statuses.CONTACTS);
    private static final Party ADA = PARTIES.get(1);
    private static final List<Party> OTHERS =
            PARTIES.stream().filter(other -> !other.equals(ADA)).toList();
    private static final Told FIRST = told(2, ReleasePhase.ROLLING_BACK);
    private static final Told LAST =
            new Told(status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK), 3, ADA, OTHERS);
    private static final Told LATER =
            new Told(status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK, DATE_ESCALATED), 4, ADA, OTHERS);
    private static final Sent SENT = new Sent(1, "<id>", null);
    private static final NotSent AGAIN = notSent(Trouble.PASSING);
    private static final NotSent FINAL = notSent(Trouble.FINAL);
    private static final Instant AFTER_72_HOURS = T0.plus(Duration.ofHours(72));
    private static final Warned INCIDENT =
            new Warned(RELEASE, "incident", "INCIDENT", true, false, new Content("s", "t"), ADA, OTHERS, null, null);
    private static final Escalation ESCALATION = escalation("Ben");

    private final Conversation core = new Conversation(Statuses.RULES);

    @Test
    void the_class_doc_lists_every_pair() {
        ListedPairs.of(core)
                .state("UNHEARD", core.initial("any"))
                .state("QUIET", after(FIRST, SENT))
                .state("QUIET in an incident", after(INCIDENT, SENT))
                .state("SENDING an alert", after(FIRST))
                .state("PAUSING", after(FIRST, AGAIN))
                .state("PAUSING until the host is mended", after(FIRST, notSent(Trouble.HOST)))
                .state("GATHERING", after(new Noted(ESCALATION)))
                .state(
                        "OVER, with something given up",
                        after(FIRST, SENT, LAST, new NotSent(2, "why", Trouble.FINAL, null, false)))
                .state("FINISHED", after(FIRST, SENT, LAST, new Sent(2, null, null)))
                .input("Told newer, at the end", LAST, T0)
                .input("Told same", FIRST, T0)
                .input("Told older", told(1, ReleasePhase.ROLLING_BACK), T0)
                .input("Told of later", LATER, T0)
                .input(
                        "Warned",
                        new Warned("a-service@topic~1", "DEAD_LETTERS", new Content("s", "t"), ADA, OTHERS),
                        T0)
                .input("Alarmed", new Alarmed(INCIDENT), T0)
                .input("Escalated", new Escalated(ESCALATION), T0)
                .input("Noted", new Noted(escalation("Cleo")), T0)
                .input("Sent", SENT, T0)
                .input("NotSent, passes", AGAIN, T0)
                .input("NotSent, for long", AGAIN, T0.plus(Duration.ofMinutes(15)))
                .input("NotSent, for 72 hours", AGAIN, AFTER_72_HOURS)
                .input("NotSent, of the host", notSent(Trouble.HOST), T0)
                .input("NotSent, final", FINAL, T0)
                .input("RetryDue", new RetryDue(), T0)
                .input("SendAgain", new SendAgain("mended", null), T0)
                .input("CloseDue", new CloseDue(), T0)
                .check(ConversationState.class, ConversationInput.class);
    }

    private static NotSent notSent(Trouble trouble) {
        return new NotSent(1, "why", trouble, null, false);
    }

    private static Escalation escalation(String unreachable) {
        return new Escalation(
                RELEASE,
                "origin",
                "ROLLED_BACK",
                unreachable,
                "why",
                new Content("subject", "text"),
                ADA,
                OTHERS,
                null,
                null);
    }

    private static Told told(long version, ReleasePhase phase) {
        return new Told(status(phase, ROLLING_BACK), version, ADA, OTHERS);
    }

    private ConversationState after(ConversationInput... inputs) {
        ConversationState state = core.initial("any");
        for (ConversationInput input : inputs) {
            state = core.decide(state, input, T0).state();
        }
        return state;
    }
}
