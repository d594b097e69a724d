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
import dev.slipway.notification.conversation.ConversationInput.Escalated;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.RetryDue;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        input(new NotSent(1, "connection refused", true, null, false), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(1)));

        input(new RetryDue(), T0.plusSeconds(1));
        assertThat(sends()).hasSize(1);
        input(new NotSent(1, "connection refused", true, null, false), T0.plusSeconds(1));
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(3)));
    }

    @Test
    void news_does_not_shorten_the_pause_of_a_dead_endpoint() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLING_BACK, ROLLING_BACK));
        input(new NotSent(1, "connection refused", true, null, false), T0);

        hear(ADA_MAIL, 2, status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK));

        assertThat(sends()).isEmpty();
        assertThat(state.deliveries()).hasSize(2);
    }

    @Test
    void the_other_side_may_name_the_pause() {
        hear(ADA_SLACK, 1, status(ReleasePhase.VALIDATING, PROPOSED));
        input(new NotSent(1, "rate limited", true, Duration.ofSeconds(30), false), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(30)));
    }

    @Test
    void after_72_hours_an_alert_is_undeliverable_and_goes_to_another_contact() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "connection refused", true, null, false), T0.plus(Duration.ofHours(72)));

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.UNDELIVERABLE);
        assertThat(messages())
                .filteredOn(Escalation.class::isInstance)
                .singleElement()
                .satisfies(
                        body -> assertThat(((Escalation) body).party().name()).isEqualTo("Ben"));
        assertThat(core.finished(state)).isTrue();
    }

    @Test
    void what_can_never_be_delivered_is_given_up_at_once() {
        hear(ADA_MAIL, 1, status(ReleasePhase.COMPLETED, COMPLETED));
        input(new NotSent(1, "Email is not configured", false, null, false), T0);

        assertThat(state.deliveries()).extracting(Delivery::state).containsExactly(State.UNDELIVERABLE);
        assertThat(messages()).as("good news is not escalated").noneMatch(Escalation.class::isInstance);
    }

    @Test
    void an_escalation_is_sent_once_and_names_who_was_not_reached() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "no such mailbox", false, null, false), T0);
        Escalation escalation = (Escalation) messages().stream()
                .filter(Escalation.class::isInstance)
                .findFirst()
                .orElseThrow();

        state = core.initial("another");
        input(new Escalated(escalation), T0);
        assertThat(sends())
                .singleElement()
                .satisfies(sending ->
                        assertThat(sending.content().text()).contains("Ada", "no such mailbox", "rolled back"));

        input(new Escalated(escalation), T0);
        assertThat(last.effects()).isEmpty();
    }

    @Test
    void a_chain_of_escalations_ends_when_nobody_is_left() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new NotSent(1, "dead", false, null, false), T0);
        int links = 0;
        while (messages().stream().anyMatch(Escalation.class::isInstance)) {
            Escalation escalation = (Escalation) messages().stream()
                    .filter(Escalation.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            state = core.initial("another");
            input(new Escalated(escalation), T0);
            input(new NotSent(1, "dead", false, null, false), T0);
            links++;
        }
        assertThat(links).isEqualTo(PARTIES.size() - 1);
    }

    @Test
    void late_outcomes_change_nothing() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "<id@slipway.invalid>", null), T0);
        ConversationState before = state;

        input(new NotSent(1, "late", true, null, false), T0);
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
        input(new NotSent(1, "no answer", true, null, true), T0);
        assertThat(last.effects()).contains(new StartTimer("retry", T0.plusSeconds(5)));

        input(new RetryDue(), T0.plusSeconds(5));
        assertThat(sends()).singleElement().satisfies(sending -> {
            assertThat(sending.unsure()).isTrue();
            assertThat(sending.since()).isEqualTo(T0);
        });
        input(new NotSent(1, "refused", true, null, false), T0.plusSeconds(6));
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
        input(new NotSent(1, "invalid_blocks", false, null, false), T0);
        assertThat(sends().getFirst().form()).isEqualTo(Form.REPLY);

        input(new Sent(2, "17.002", "C0123"), T0);

        assertThat(state.thread()).isNull();
    }

    @Test
    void each_undeliverable_alert_has_an_escalation_of_its_own_with_an_id_of_its_own() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLING_BACK, ROLLED_BACK));
        List<Escalation> escalations = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            input(new NotSent(number, "no such mailbox", false, null, false), T0);
            messages().stream()
                    .filter(Escalation.class::isInstance)
                    .map(Escalation.class::cast)
                    .forEach(escalations::add);
        }
        assertThat(escalations).extracting(Escalation::conversation).hasSize(2).doesNotHaveDuplicates();

        String id = escalations.getFirst().conversation();
        state = core.initial(id);
        input(new Escalated(escalations.getFirst()), T0);
        Party ben = escalations.getFirst().party();
        assertThat(sends().getFirst().id())
                .isEqualTo(id + "/1")
                .isNotEqualTo(ConversationState.id(RELEASE, ben) + "/1");
    }

    @Test
    void a_finished_conversation_only_says_how_far_it_came() {
        hear(ADA_MAIL, 1, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK));
        input(new Sent(1, "<id>", null), T0);
        ConversationState finished = state;

        hear(ADA_MAIL, 9, status(ReleasePhase.ROLLED_BACK, ROLLED_BACK, ROLLING_BACK));

        assertThat(state).isEqualTo(finished);
        assertThat(messages())
                .singleElement()
                .satisfies(said ->
                        assertThat(((DeliveryStatus) said).plannedUpTo()).isEqualTo(1));
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
