package dev.slipway.notification.conversation;

import static dev.slipway.contracts.release.Milestone.Kind.APPROVAL_ASKED;
import static dev.slipway.contracts.release.Milestone.Kind.COMPLETED;
import static dev.slipway.contracts.release.Milestone.Kind.PROPOSED;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLED_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_OUT;
import static dev.slipway.notification.conversation.Statuses.RELEASE;
import static dev.slipway.notification.conversation.Statuses.T0;
import static dev.slipway.notification.conversation.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Effect.StartTimer;
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
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final List<Party> PARTIES = Party.of(Statuses.CONTACTS);
    private static final Party ADA_SLACK = PARTIES.get(0);
    private static final Party ADA_MAIL = PARTIES.get(1);
    private static final Party SUPPORT_MAIL = PARTIES.getLast();

    private final Conversation core = new Conversation(Statuses.RULES);

    private ConversationState state = core.initial("any");
    private Decision<ConversationState> last = Decision.stay(state);

    private ConversationTest hear(Party party, long version, ReleaseStatus status) {
        List<Party> others =
                PARTIES.stream().filter(other -> !other.equals(party)).toList();
        return input(new Told(status, version, party, others), T0);
    }

    private ConversationTest input(ConversationInput input, Instant now) {
        last = core.decide(state, input, now);
        state = last.state();
        return this;
    }

    private List<Sending> sends() {
        return last.effects().stream()
                .filter(StartTask.class::isInstance)
                .map(effect -> (Sending) ((StartTask) effect).body())
                .toList();
    }

    private List<Object> messages() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .toList();
    }

    @Test
    void the_first_word_opens_a_slack_card() {
        hear(ADA_SLACK, 1, status(ReleasePhase.VALIDATING, PROPOSED));

        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.form()).isEqualTo(Form.CARD);
            assertThat(sending.content().text()).contains(RELEASE, "validating");
        });
        assertThat(state.plannedUpTo()).isEqualTo(1);
        assertThat(messages())
                .containsExactly(new DeliveryStatus(
                        new dev.slipway.contracts.ReleaseId(RELEASE), "Ada", ADA_SLACK.channel(), "#hello", 1, 0, 0));
    }

    @Test
    void progress_updates_the_card_and_only_the_newest_update_waits() {
        hear(ADA_SLACK, 1, status(ReleasePhase.VALIDATING, PROPOSED));
        hear(ADA_SLACK, 2, status(ReleasePhase.STAGING, PROPOSED));
        hear(ADA_SLACK, 3, status(ReleasePhase.ROLLING_OUT, PROPOSED, ROLLING_OUT));

        assertThat(state.deliveries()).extracting(Delivery::form).containsExactly(Form.CARD, Form.CARD_UPDATE);
        assertThat(state.deliveries().getLast().content().text()).contains("rolling out");
    }

    @Test
    void an_older_state_is_never_painted_over_a_newer_one() {
        hear(ADA_SLACK, 5, status(ReleasePhase.ROLLING_OUT, PROPOSED, ROLLING_OUT));
        ConversationState before = state;

        hear(ADA_SLACK, 4, status(ReleasePhase.STAGING, PROPOSED));

        assertThat(state).isEqualTo(before);
        assertThat(messages()).as("but the release is told again").hasSize(1);
    }

    @Test
    void a_rollback_is_told_once_per_milestone_in_the_cards_thread() {
        hear(ADA_SLACK, 1, status(ReleasePhase.ROLLING_OUT, PROPOSED, ROLLING_OUT));
        input(new Sent(1, "17.001", null), T0);
        hear(ADA_SLACK, 2, status(ReleasePhase.ROLLING_BACK, PROPOSED, ROLLING_OUT, ROLLING_BACK));
        input(new Sent(2, null, null), T0);

        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.form()).isEqualTo(Form.REPLY);
            assertThat(sending.thread()).isEqualTo("17.001");
            assertThat(sending.content().text()).contains("29.8 %", "0.4 %", "1.0.0");
        });

        hear(ADA_SLACK, 2, status(ReleasePhase.ROLLING_BACK, PROPOSED, ROLLING_OUT, ROLLING_BACK));
        hear(ADA_SLACK, 3, status(ReleasePhase.ROLLED_BACK, PROPOSED, ROLLING_OUT, ROLLING_BACK, ROLLED_BACK));
        assertThat(state.deliveries())
                .filteredOn(delivery -> delivery.form() == Form.REPLY)
                .extracting(Delivery::milestone)
                .containsExactly("ROLLING_BACK", "ROLLED_BACK");
    }

    @Test
    void support_gets_no_mail_about_approvals_but_about_the_end() {
        hear(SUPPORT_MAIL, 1, status(ReleasePhase.AWAITING_APPROVAL, PROPOSED, APPROVAL_ASKED));
        assertThat(sends()).isEmpty();
        assertThat(state.plannedUpTo()).isEqualTo(2);

        hear(SUPPORT_MAIL, 2, status(ReleasePhase.COMPLETED, PROPOSED, APPROVAL_ASKED, COMPLETED));
        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.content().subject()).contains("completed");
            assertThat(sending.content().text()).doesNotContain("./slipway");
        });
    }

    @Test
    void milestones_that_arrive_together_are_all_told() {
        hear(ADA_MAIL, 9, status(ReleasePhase.ROLLED_BACK, PROPOSED, APPROVAL_ASKED, ROLLING_BACK, ROLLED_BACK));

        assertThat(state.deliveries())
                .extracting(Delivery::milestone)
                .containsExactly("APPROVAL_ASKED", "ROLLING_BACK", "ROLLED_BACK");
        assertThat(sends()).as("one at a time").hasSize(1);
    }

    @Test
    void a_failed_attempt_is_made_again_after_a_growing_pause() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "connection refused", Trouble.PASSING, null, false), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(1)));

        input(new RetryDue(), T0.plusSeconds(1));
        assertThat(sends()).hasSize(1);
        input(new NotSent(1, "connection refused", Trouble.PASSING, null, false), T0.plusSeconds(1));
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(3)));
    }

    @Test
    void news_does_not_shorten_the_pause_of_a_dead_endpoint() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLING_BACK, ROLLING_BACK));
        input(new NotSent(1, "connection refused", Trouble.PASSING, null, false), T0);

        hear(ADA_MAIL, 2, status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK));

        assertThat(sends()).isEmpty();
        assertThat(state.deliveries()).hasSize(2);
    }

    @Test
    void the_other_side_may_name_the_pause() {
        hear(ADA_SLACK, 1, status(ReleasePhase.VALIDATING, PROPOSED));
        input(new NotSent(1, "rate limited", Trouble.PASSING, Duration.ofSeconds(30), false), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(30)));
    }

    @Test
    void after_72_hours_an_alert_is_undeliverable_and_goes_to_another_contact() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "connection refused", Trouble.PASSING, null, false), T0.plus(Duration.ofHours(72)));

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.UNDELIVERABLE);
        assertThat(escalations())
                .singleElement()
                .satisfies(escalation -> assertThat(escalation.party().name()).isEqualTo("Ben"));
    }

    @Test
    void what_can_never_be_delivered_is_given_up_at_once() {
        hear(ADA_MAIL, 1, status(ReleasePhase.COMPLETED, COMPLETED));
        input(new NotSent(1, "no such mailbox", Trouble.FINAL, null, false), T0);

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.UNDELIVERABLE);
        assertThat(escalations()).as("good news is not escalated").isEmpty();
    }

    @Test
    void trouble_of_the_host_keeps_an_alert_for_its_72_hours_and_another_contact_is_told_at_once_and_once() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "password refused", Trouble.HOST, null, false), T0);

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.PLANNED);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(1)));
        assertThat(escalations()).singleElement().satisfies(escalation -> {
            assertThat(escalation.party()).as("another person, another channel").isEqualTo(PARTIES.get(2));
            assertThat(escalation.unreachable()).isEqualTo("Ada (ada@example.test)");
            assertThat(escalation.error()).isEqualTo("password refused");
        });

        Instant late = T0.plus(Duration.ofHours(71));
        input(new RetryDue(), late);
        input(new NotSent(1, "password refused", Trouble.HOST, null, false), late);
        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.PLANNED);
        assertThat(escalations()).isEmpty();

        Instant over = T0.plus(Duration.ofHours(72));
        input(new RetryDue(), over);
        input(new NotSent(1, "password refused", Trouble.HOST, null, false), over);
        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.UNDELIVERABLE);
        assertThat(escalations()).isEmpty();
    }

    @Test
    void an_alert_behind_a_card_that_the_host_does_not_take_is_told_to_another_contact_too() {
        hear(ADA_SLACK, 1, status(ReleasePhase.REJECTED, Milestone.Kind.REJECTED));
        assertThat(sends()).extracting(Sending::form).containsExactly(Form.CARD);

        input(new NotSent(1, "token refused", Trouble.HOST, null, false), T0);

        assertThat(escalations()).singleElement().satisfies(escalation -> {
            assertThat(escalation.milestone()).isEqualTo("REJECTED");
            assertThat(escalation.party()).as("Ben's mail").isEqualTo(PARTIES.get(3));
        });
    }

    @Test
    void an_alert_that_comes_while_the_host_is_in_trouble_does_not_wait_for_the_next_attempt() {
        hear(ADA_SLACK, 1, status(ReleasePhase.ROLLING_OUT, ROLLING_OUT));
        input(new NotSent(1, "token refused", Trouble.HOST, null, false), T0);
        assertThat(escalations()).as("progress is not escalated").isEmpty();

        hear(ADA_SLACK, 2, status(ReleasePhase.ROLLING_BACK, ROLLING_OUT, ROLLING_BACK));

        assertThat(escalations()).hasSize(1);
        assertThat(sends()).as("the pause stays").isEmpty();
    }

    @Test
    void trouble_that_passes_is_told_to_another_contact_when_it_lasts() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "no connection", Trouble.PASSING, null, false), T0.plus(Duration.ofMinutes(14)));
        assertThat(escalations()).isEmpty();

        Instant later = T0.plus(Duration.ofMinutes(15));
        input(new RetryDue(), later);
        input(new NotSent(1, "no connection", Trouble.PASSING, null, false), later);

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.PLANNED);
        assertThat(escalations()).hasSize(1);
    }

    private List<Escalation> escalations() {
        return messages().stream()
                .filter(Escalation.class::isInstance)
                .map(Escalation.class::cast)
                .toList();
    }

    /** Ada's mailbox is gone. */
    private Escalation adaUnreachable() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "no such mailbox", Trouble.FINAL, null, false), T0);
        return escalations().getFirst();
    }

    @Test
    void an_escalation_belongs_into_the_thread_of_its_receivers_own_conversation_even_after_its_end() {
        Escalation escalation = adaUnreachable();
        Party ben = escalation.party();
        state = core.initial(escalation.conversation());
        hear(ben, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "17.001", "C7"), T0);
        input(new Sent(2, null, null), T0);
        assertThat(core.finished(state)).isTrue();
        ConversationState before = state;

        input(new Escalated(escalation), T0);

        assertThat(state).isEqualTo(before);
        assertThat(messages()).singleElement().isInstanceOfSatisfying(Escalation.class, note -> {
            assertThat(note.thread()).isEqualTo("17.001");
            assertThat(note.room()).isEqualTo("C7");
            assertThat(note.party()).isEqualTo(ben);
        });
        assertThat(last.effects()).singleElement().isInstanceOfSatisfying(Effect.Send.class, send -> {
            assertThat(send.message().type()).isEqualTo(Conversation.NOTE);
            assertThat(send.message().key()).isEqualTo(escalation.notes());
        });
    }

    @Test
    void who_is_in_trouble_too_is_passed_over_while_others_are_left() {
        Escalation escalation = adaUnreachable();
        state = core.initial(escalation.conversation());
        hear(escalation.party(), 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "token refused", Trouble.HOST, null, false), T0);

        input(new Escalated(escalation), T0);

        assertThat(escalations()).singleElement().satisfies(on -> {
            assertThat(on.party()).isNotEqualTo(escalation.party());
            assertThat(on.unreachable()).isEqualTo("Ada (ada@example.test)");
            assertThat(on.others()).doesNotContain(escalation.party());
        });

        Escalation nobodyElse = escalation.to(escalation.party());
        for (Party other : escalation.others()) {
            nobodyElse = nobodyElse.to(other);
        }
        Escalation lastOne = nobodyElse.to(escalation.party());
        assertThat(lastOne.others()).isEmpty();
        input(new Escalated(lastOne), T0);
        assertThat(last.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Send.class,
                        send -> assertThat(send.message().type())
                                .as("it is tried all the same")
                                .isEqualTo(Conversation.NOTE));
    }

    /** A note about somebody of that name. */
    private ConversationTest noted(Escalation example, String unreachable, Instant at) {
        Escalation other = new Escalation(
                example.release(),
                "origin of " + unreachable,
                example.milestone(),
                unreachable,
                "dead",
                example.content(),
                example.party(),
                example.others(),
                "17.001",
                "C7");
        return input(new Noted(other), at);
    }

    @Test
    void notes_are_gathered_into_one_that_names_each_once() {
        Escalation example = adaUnreachable();
        state = core.initial(example.notes());

        noted(example, "Ada (ada@example.test)", T0);
        assertThat(sends()).isEmpty();
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(5)));
        noted(example, "Ada (#hello)", T0.plusSeconds(1));
        noted(example, "Ada (ada@example.test)", T0.plusSeconds(2));
        assertThat(last.effects()).isEmpty();
        input(new RetryDue(), T0.plusSeconds(5));

        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.thread()).isEqualTo("17.001");
            assertThat(sending.room()).isEqualTo("C7");
            assertThat(sending.content().text())
                    .contains("2 contacts could not be told", "- Ada (ada@example.test): dead", "- Ada (#hello): dead")
                    .contains("rolled back", "./slipway deliveries retry --release hello@1.1.0");
        });
    }

    @Test
    void who_is_found_unreachable_after_a_note_is_named_in_another_and_nobody_twice() {
        Escalation example = adaUnreachable();
        state = core.initial(example.notes());
        noted(example, "Ada (ada@example.test)", T0);
        input(new RetryDue(), T0.plusSeconds(5));

        noted(example, "Cleo (cleo@example.test)", T0.plusSeconds(6));
        assertThat(state.deliveries()).hasSize(2);
        input(new Sent(1, null, null), T0.plusSeconds(7));
        assertThat(sends())
                .singleElement()
                .satisfies(sending ->
                        assertThat(sending.content().text()).contains("Cleo").doesNotContain("- Ada"));
        input(new Sent(2, null, null), T0.plusSeconds(8));
        assertThat(core.finished(state)).isTrue();
        ConversationState finished = state;

        noted(example, "Cleo (cleo@example.test)", T0.plusSeconds(9));
        assertThat(last.effects()).isEmpty();
        noted(example, "Dan (dan@example.test)", T0.plusSeconds(9));
        assertThat(state).isEqualTo(finished);
        assertThat(last.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Send.class,
                        send -> assertThat(send.message().key())
                                .as("a finished conversation cannot change: its successor says it")
                                .isEqualTo(example.notes() + "-2"));
    }

    @Test
    void a_chain_of_escalations_ends_when_nobody_is_left() {
        Escalation next = adaUnreachable();
        int links = 1;
        while (true) {
            state = core.initial(next.notes());
            input(new Noted(next), T0);
            input(new RetryDue(), T0);
            input(new NotSent(1, "dead", Trouble.FINAL, null, false), T0);
            if (escalations().isEmpty()) {
                break;
            }
            next = escalations().getFirst();
            assertThat(next.unreachable()).isEqualTo("Ada (ada@example.test)");
            links++;
        }
        assertThat(links).isEqualTo(PARTIES.size() - 1);
    }

    @Test
    void what_was_given_up_is_sent_again_when_a_person_has_mended_it() {
        adaUnreachable();
        assertThat(core.finished(state)).as("kept to be sent again").isFalse();
        assertThat(last.effects()).contains(new StartTimer("close", T0.plus(Duration.ofDays(7))));

        input(new SendAgain("mailbox made", null), T0.plusSeconds(60));
        assertThat(last.reason()).isEqualTo("sent again: mailbox made");
        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.id()).isEqualTo(state.deliveryId(1));
            assertThat(sending.since()).as("72 hours begin anew").isEqualTo(T0.plusSeconds(60));
        });
        input(new SendAgain("impatient", null), T0.plusSeconds(61));
        assertThat(last.effects()).as("it is under way").isEmpty();

        input(new Sent(1, "<id>", null), T0.plusSeconds(62));
        assertThat(core.finished(state)).isTrue();
        input(new SendAgain("impatient", null), T0.plusSeconds(63));
        assertThat(last.effects()).isEmpty();
    }

    @Test
    void what_waits_for_the_host_is_sent_at_once_when_a_person_has_mended_it() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK));
        input(new NotSent(1, "password refused", Trouble.HOST, null, false), T0);

        input(new SendAgain("password set", "another/1"), T0.plusSeconds(1));
        assertThat(last.effects()).as("another delivery was meant").isEmpty();
        input(new SendAgain("password set", null), T0.plusSeconds(1));
        assertThat(sends()).extracting(Sending::number).containsExactly(1);
        input(new Sent(1, "<id>", null), T0.plusSeconds(2));
        assertThat(sends()).extracting(Sending::number).containsExactly(2);
    }

    @Test
    void of_cards_that_were_given_up_only_the_newest_is_sent_again() {
        hear(ADA_SLACK, 1, status(ReleasePhase.VALIDATING, PROPOSED));
        input(new NotSent(1, "not in channel", Trouble.FINAL, null, false), T0);
        hear(ADA_SLACK, 2, status(ReleasePhase.STAGING, PROPOSED));
        input(new NotSent(2, "not in channel", Trouble.FINAL, null, false), T0);

        input(new SendAgain("invited", null), T0);

        assertThat(sends()).extracting(Sending::number).containsExactly(2);
        assertThat(state.count(State.UNDELIVERABLE)).isEqualTo(1);
    }

    @Test
    void what_was_given_up_is_closed_after_a_while() {
        adaUnreachable();
        input(new CloseDue(), T0.plus(Duration.ofDays(7)));
        assertThat(core.finished(state)).isTrue();

        input(new SendAgain("too late", null), T0.plus(Duration.ofDays(8)));
        assertThat(last.effects()).isEmpty();
    }

    @Test
    void late_outcomes_change_nothing() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "<id@slipway.invalid>", null), T0);
        ConversationState before = state;

        input(new NotSent(1, "late", Trouble.PASSING, null, false), T0);
        input(new Sent(7, null, null), T0);
        input(new RetryDue(), T0);

        assertThat(state).isEqualTo(before);
        assertThat(core.finished(state)).isTrue();
        assertThat(Objects.requireNonNull(state.thread())).isEqualTo("<id@slipway.invalid>");
    }

    @Test
    void an_attempt_that_may_have_been_accepted_is_followed_by_one_that_looks_first() {
        hear(ADA_SLACK, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        assertThat(sends().getFirst().unsure()).isFalse();
        input(new NotSent(1, "no answer", Trouble.PASSING, null, true), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(5)));

        input(new RetryDue(), T0.plusSeconds(5));
        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.unsure()).isTrue();
            assertThat(sending.since()).isEqualTo(T0);
        });
        input(new NotSent(1, "refused", Trouble.PASSING, null, false), T0.plusSeconds(6));
        input(new RetryDue(), T0.plusSeconds(20));
        assertThat(sends().getFirst().unsure())
                .as("what was possible stays possible")
                .isTrue();
    }

    @Test
    void what_slack_calls_the_channel_is_used_from_then_on() {
        hear(ADA_SLACK, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "17.001", "C0123"), T0);

        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.room()).isEqualTo("C0123");
            assertThat(sending.thread()).isEqualTo("17.001");
        });
    }

    @Test
    void no_card_is_ever_painted_over_an_alert() {
        hear(ADA_SLACK, 1, status(ReleasePhase.ROLLING_BACK, ROLLING_BACK));
        input(new NotSent(1, "invalid_blocks", Trouble.FINAL, null, false), T0);
        assertThat(sends().getFirst().form()).isEqualTo(Form.REPLY);

        input(new Sent(2, "17.002", "C0123"), T0);

        assertThat(state.thread()).isNull();
    }

    @Test
    void a_finished_conversation_only_says_how_far_it_came() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "<id>", null), T0);
        ConversationState finished = state;

        hear(ADA_MAIL, 9, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));

        assertThat(state).isEqualTo(finished);
        assertThat(messages())
                .singleElement()
                .satisfies(said ->
                        assertThat(((DeliveryStatus) said).plannedUpTo()).isEqualTo(1));
    }

    @Test
    void what_is_to_be_said_after_a_conversation_has_finished_is_handed_on_to_whoever_it_concerns() {
        hear(ADA_SLACK, 1, status(ReleasePhase.COMPLETED, COMPLETED));
        input(new Sent(1, "ts1", "C1"), T0);
        input(new Sent(2, "ts2", "C1"), T0);
        assertThat(core.finished(state)).isTrue();
        ConversationState finished = state;

        hear(ADA_SLACK, 2, status(ReleasePhase.COMPLETED, COMPLETED, Milestone.Kind.DATE_REMINDED, PROPOSED));

        assertThat(state).as("it cannot change").isEqualTo(finished);
        assertThat(messages()).hasSize(2);
        assertThat((Warned) messages().getFirst()).satisfies(warned -> {
            assertThat(warned.conversation()).isEqualTo("hello@1.1.0/SLACK/#hello/later-2");
            assertThat(warned.thread()).isEqualTo("ts1");
            assertThat(warned.room()).isEqualTo("C1");
            assertThat(warned.content().text()).contains("has a date that is near, or past");
            assertThat(warned.last()).isTrue();
        });
        assertThat(((DeliveryStatus) messages().getLast()).plannedUpTo())
                .as("so that its release need not say it again")
                .isEqualTo(3);

        state = core.initial("support");
        hear(SUPPORT_MAIL, 1, status(ReleasePhase.COMPLETED, COMPLETED));
        input(new Sent(1, "<id>", null), T0);
        hear(SUPPORT_MAIL, 2, status(ReleasePhase.COMPLETED, COMPLETED, Milestone.Kind.DATE_REMINDED));
        assertThat(messages()).as("nothing is asked of support").singleElement().isInstanceOf(DeliveryStatus.class);
    }

    @Test
    void a_release_that_asks_people_for_something_after_its_end_is_told_of_until_it_does_not() {
        hear(ADA_MAIL, 1, asking(status(ReleasePhase.COMPLETED, Milestone.Kind.COMPLETED), true));
        input(new Sent(1, "<id>", null), T0);
        assertThat(core.finished(state)).isFalse();

        ReleaseStatus late = status(ReleasePhase.COMPLETED, Milestone.Kind.COMPLETED, Milestone.Kind.DUTY_ESCALATED);
        hear(ADA_MAIL, 2, asking(late, true));
        assertThat(sends())
                .singleElement()
                .satisfies(sent -> assertThat(sent.content().text()).contains("leaves something to do"));
        input(new Sent(2, "<id-2>", null), T0);
        assertThat(core.finished(state)).isFalse();

        hear(ADA_MAIL, 3, asking(late, false));
        assertThat(core.finished(state)).isTrue();
    }

    private static ReleaseStatus asking(ReleaseStatus status, boolean asksOn) {
        return new ReleaseStatus(
                status.release(),
                status.version(),
                status.sha(),
                status.phase(),
                status.since(),
                status.cause(),
                status.waiting(),
                status.trafficPercent(),
                status.previousVersion(),
                status.contacts(),
                status.milestones(),
                status.next(),
                status.announcements(),
                asksOn,
                status.items());
    }

    @Test
    void bad_news_after_verification_names_the_way_back_to_those_who_can_take_it() {
        hear(ADA_MAIL, 1, status(ReleasePhase.COMPLETED, Milestone.Kind.REGRESSED));
        assertThat(sends().getFirst().content().text())
                .contains("looks worse after it was verified", "./slipway app rollback hello --reason WHY");

        state = core.initial("support");
        hear(SUPPORT_MAIL, 1, status(ReleasePhase.COMPLETED, Milestone.Kind.REGRESSED));
        assertThat(sends().getFirst().content().text())
                .contains("looks worse after it was verified", "29.8 %")
                .doesNotContain("./slipway");
        assertThat(sends().getFirst()).extracting(Sending::number).isEqualTo(1);
        assertThat(state.deliveries().getFirst().alert()).isTrue();
    }

    @Test
    void a_conversation_stays_bounded_however_often_the_card_changes() {
        for (int version = 1; version <= 300; version++) {
            ReleasePhase phase = version % 2 == 0 ? ReleasePhase.STAGING : ReleasePhase.VALIDATING;
            hear(ADA_SLACK, version, status(phase, PROPOSED));
            int sending = version;
            state.deliveries().stream()
                    .filter(delivery -> delivery.state() == State.SENDING)
                    .findFirst()
                    .ifPresent(delivery -> input(new Sent(delivery.number(), "ts" + sending, null), T0));
        }
        assertThat(state.deliveries()).hasSizeLessThanOrEqualTo(4);
    }
}
