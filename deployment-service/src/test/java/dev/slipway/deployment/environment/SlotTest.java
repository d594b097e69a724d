package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.RHYTHM;
import static dev.slipway.deployment.environment.Walk.asking;
import static dev.slipway.deployment.environment.Walk.attempt;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ConfirmAsked;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.StartAsked;
import dev.slipway.deployment.environment.EnvironmentInput.WithdrawAsked;
import dev.slipway.messaging.Effect;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final String EVE = "user:eve@example.test";

    @Test
    void a_repeated_question_is_answered_the_same_way_and_starts_nothing() {
        Walk walk = established().start(plan("1.1.0", 2));
        Environment before = walk.environment;
        walk.start(plan("1.1.0", 2));

        assertThat(walk.environment).isEqualTo(before);
        assertThat(walk.status().phase()).isEqualTo(Phase.STARTING);
        assertThat(walk.tasks()).isEmpty();
    }

    @Test
    void a_question_repeated_after_its_answer_gets_that_answer() {
        Walk walk = stepping(1).worse().restored();
        RolloutStatus answer = walk.status();
        Environment before = walk.environment;

        assertThat(walk.start(plan("1.1.0", 2)).status()).isEqualTo(answer);
        assertThat(walk.when(new ConfirmAsked(question("1.1.0"), "late", "service:release"))
                        .status())
                .isEqualTo(answer);
        assertThat(walk.when(new AbortAsked(question("1.1.0"), "late", EVE)).status())
                .isEqualTo(answer);
        assertThat(walk.environment).isEqualTo(before);
    }

    @Test
    void bad_news_after_verified_is_too_late() {
        Walk walk = full().confirm();
        RolloutStatus verified = walk.sent(RolloutStatus.class).getFirst();
        walk.when(new EnvironmentInput.RollBackAsked(question("1.1.0"), "late", "service:release"));

        assertThat(walk.status()).isEqualTo(verified);
        assertThat(Objects.requireNonNull(walk.environment.verified()).version())
                .isEqualTo("1.1.0");
    }

    @Test
    void a_second_rollout_waits_and_starts_when_the_slot_is_free() {
        Walk walk = full().start(plan("1.2.0", 3));
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);

        walk.confirm();
        assertThat(walk.sent(RolloutStatus.class))
                .extracting(RolloutStatus::phase)
                .containsExactly(Phase.VERIFIED, Phase.STARTING);
        assertThat(walk.active().question()).isEqualTo(question("1.2.0"));
        assertThat(walk.tasks()).containsExactly("start/hello@1.2.0/production/1");
    }

    /** Its turn has come: the slot is free, and its release is asked. */
    private static Walk turn() {
        return full().start(asking(true, plan("1.2.0", 3))).confirm();
    }

    @Test
    void one_that_asks_first_begins_at_once_where_the_slot_is_free() {
        Walk walk = established().start(asking(true, plan("1.1.0", 2)));

        assertThat(walk.state()).isEqualTo("STARTING");
    }

    @Test
    void one_that_had_to_wait_asks_before_it_begins_and_begins_once_it_is_told_to() {
        Walk walk = turn();

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().question()).isEqualTo(question("1.2.0"));
        assertThat(walk.status().atTurn()).isTrue();
        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.timers()).as("asked again until it is told").contains(Orders.REMIND);
        Environment before = walk.environment;
        assertThat(walk.start(asking(true, plan("1.2.0", 3))).environment).isEqualTo(before);
        assertThat(walk.status().atTurn()).isTrue();
        walk.later(RHYTHM.remindEvery()).when(new EnvironmentInput.RemindDue());
        assertThat(walk.status().atTurn()).isTrue();

        walk.start(asking(false, plan("1.2.0", 3)));

        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.tasks()).containsExactly("start/hello@1.2.0/production/1");
        assertThat(walk.environment.waiting()).isNull();
    }

    @Test
    void one_that_was_queued_without_that_word_asks_first_once_it_is_asked_with_it() {
        Walk walk = full().start(asking(false, plan("1.2.0", 3))).start(asking(true, plan("1.2.0", 3)));

        assertThat(walk.confirm().state()).isEqualTo("IDLE");
        assertThat(walk.status().atTurn()).isTrue();
    }

    @Test
    void a_word_that_it_may_begin_counts_only_at_its_turn() {
        Walk walk = full().start(asking(true, plan("1.2.0", 3))).start(asking(false, plan("1.2.0", 3)));
        assertThat(walk.status().atTurn()).isFalse();

        assertThat(walk.confirm().state()).isEqualTo("IDLE");
        assertThat(walk.status().atTurn()).isTrue();
    }

    @Test
    void at_its_turn_it_can_be_withdrawn_or_displaced_like_any_that_waits() {
        assertThat(turn().when(new WithdrawAsked(question("1.2.0"), "gone", "service:release"))
                        .status()
                        .phase())
                .isEqualTo(Phase.NOT_ADMITTED);

        Walk newer = turn().start(plan("1.3.0", 4));
        assertThat(newer.active().question()).isEqualTo(question("1.3.0"));
        assertThat(newer.sent(RolloutStatus.class))
                .extracting(RolloutStatus::phase)
                .containsExactly(Phase.DISPLACED, Phase.STARTING);
    }

    @Test
    void one_that_a_person_lets_go_on_after_a_rollback_asks_first_as_well() {
        Walk walk = stepping(1).start(asking(true, plan("1.2.0", 3))).worse().restored();
        assertThat(walk.status().paused()).isTrue();

        walk.when(new ResumeAsked(question("1.2.0"), "it is fixed there", EVE, null));

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().atTurn()).isTrue();
        walk.when(new PromoteAsked(question("1.2.0"), "now", EVE, false, null));
        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().notes()).last().asString().contains("is asked whether it is still to begin");
        assertThat(walk.start(asking(false, plan("1.2.0", 3))).state()).isEqualTo("STARTING");
    }

    @Test
    void the_newest_waiting_rollout_displaces_the_older_one_for_good() {
        Walk walk = full().start(plan("1.2.0", 3)).start(plan("1.3.0", 4));

        assertThat(walk.sent(RolloutStatus.class))
                .extracting(RolloutStatus::phase)
                .containsExactly(Phase.DISPLACED, Phase.WAITING);
        assertThat(walk.start(plan("1.2.0", 3)).status().phase()).isEqualTo(Phase.DISPLACED);
        assertThat(walk.environment.isWaiting(question("1.3.0"))).isTrue();
    }

    @Test
    void a_rollout_that_arrives_after_a_newer_one_never_starts() {
        Walk walk = established().start(plan("1.3.0", 4)).start(plan("1.2.0", 3));

        assertThat(walk.status().phase()).isEqualTo(Phase.DISPLACED);
        assertThat(walk.environment.waiting()).isNull();
        assertThat(walk.tasks()).isEmpty();
    }

    @Test
    void after_a_rollback_in_production_the_next_one_is_held_for_a_person() {
        Walk walk = stepping(1).start(plan("1.2.0", 3)).worse().restored();

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(walk.status().paused()).isTrue();

        walk.when(new ResumeAsked(question("1.2.0"), "it is fixed there", EVE, null));
        assertThat(walk.state()).isEqualTo("STARTING");
    }

    @Test
    void a_newer_release_displaces_a_held_one_and_starts() {
        Walk walk = stepping(1).start(plan("1.2.0", 3)).worse().restored().start(plan("1.3.0", 4));

        assertThat(walk.active().question()).isEqualTo(question("1.3.0"));
        assertThat(walk.environment.waiting()).isNull();
        assertThat(walk.sent(RolloutStatus.class))
                .extracting(RolloutStatus::phase)
                .containsExactly(Phase.DISPLACED, Phase.STARTING);
    }

    @Test
    void after_an_abort_the_next_one_starts() {
        Walk walk = stepping(1)
                .start(plan("1.2.0", 3))
                .when(new AbortAsked(question("1.1.0"), "wrong day", EVE))
                .restored();

        assertThat(walk.active().question()).isEqualTo(question("1.2.0"));
    }

    @Test
    void withdrawing_drops_what_waits_and_answers_what_is_admitted_with_where_it_is() {
        Walk walk = stepping(1).start(plan("1.2.0", 3));

        assertThat(walk.when(new WithdrawAsked(question("1.1.0"), "superseded", "service:release"))
                        .status()
                        .phase())
                .isEqualTo(Phase.STEPPING);
        assertThat(walk.when(new WithdrawAsked(question("1.2.0"), "superseded", "service:release"))
                        .status()
                        .phase())
                .isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.environment.waiting()).isNull();
        assertThat(walk.start(plan("1.2.0", 3)).status().phase()).isEqualTo(Phase.NOT_ADMITTED);
    }

    @Test
    void what_is_withdrawn_before_it_is_heard_of_never_starts() {
        Walk walk = established().when(new WithdrawAsked(question("1.1.0"), "superseded", "service:release"));
        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);

        walk.start(plan("1.1.0", 2));
        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.environment.highest()).isEqualTo(new Rank(2, 1));
    }

    @Test
    void commands_that_cannot_be_about_a_waiting_rollout_are_answered_with_its_status() {
        Walk walk = stepping(1).start(plan("1.2.0", 3));
        Environment before = walk.environment;

        assertThat(walk.when(new PromoteAsked(question("1.2.0"), "?", EVE, true, null))
                        .status()
                        .phase())
                .isEqualTo(Phase.WAITING);
        assertThat(walk.when(new ResumeAsked(question("1.2.0"), "?", EVE, null))
                        .status()
                        .phase())
                .isEqualTo(Phase.WAITING);
        assertThat(walk.environment).isEqualTo(before);
    }

    @Test
    void questions_never_heard_of_and_those_beyond_memory_are_answered_unknown() {
        assertThat(established()
                        .when(new ConfirmAsked(question("7.0.0"), "?", "service:release"))
                        .status()
                        .phase())
                .isEqualTo(Phase.UNKNOWN);

        Walk walk = production();
        for (int i = 1; i <= 51; i++) {
            walk.start(unjudged("1." + i + ".0", i)).started().confirm();
        }
        assertThat(walk.environment.answers()).hasSize(50);
        assertThat(walk.environment.forgotten()).isEqualTo(new Rank(1, 1));
        walk.when(new StartAsked(unjudged("1.1.0", 1)));
        assertThat(walk.status().phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(walk.when(new StartAsked(unjudged("1.2.0", 2))).status().phase())
                .isEqualTo(Phase.VERIFIED);
        walk.when(new AbortAsked(question("1.1.0"), "?", EVE));
        assertThat(walk.status().phase()).isEqualTo(Phase.UNKNOWN);
    }

    @Test
    void an_active_rollout_always_has_a_timer() {
        for (Walk walk :
                new Walk[] {established().start(plan("1.1.0", 2)), stepping(1).start(plan("1.2.0", 3))}) {
            assertThat(walk.last.effects())
                    .anySatisfy(effect -> assertThat(effect).isInstanceOf(Effect.StartTimer.class));
        }
    }

    @Test
    void what_was_withdrawn_from_the_queue_asks_for_its_place_anew_as_its_next_attempt() {
        Walk walk =
                stepping(1).start(plan("1.2.0", 3)).when(new WithdrawAsked(question("1.2.0"), "a freeze is on", EVE));
        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.start(plan("1.2.0", 3)).status().phase())
                .as("the same question has its answer for good")
                .isEqualTo(Phase.NOT_ADMITTED);

        assertThat(walk.start(attempt(2, plan("1.2.0", 3))).status().phase()).isEqualTo(Phase.WAITING);
        walk.worse().restored();
        assertThat(walk.when(new ResumeAsked(attempt(2, plan("1.2.0", 3)).question(), "go", EVE, "m1"))
                        .status()
                        .phase())
                .isEqualTo(Phase.STARTING);
    }

    @Test
    void the_next_attempt_comes_too_late_where_a_newer_release_was_asked_for_meanwhile() {
        Walk walk =
                stepping(1).start(plan("1.2.0", 3)).when(new WithdrawAsked(question("1.2.0"), "a freeze is on", EVE));
        walk.start(plan("1.3.0", 4));

        assertThat(walk.start(attempt(2, plan("1.2.0", 3))).status().phase()).isEqualTo(Phase.DISPLACED);
    }
}
