package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.restoring;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ConfirmAsked;
import dev.slipway.deployment.environment.EnvironmentInput.PauseAsked;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RestoreFailed;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RolloutAsked;
import dev.slipway.deployment.environment.EnvironmentInput.WithdrawAsked;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command in each phase has an answer: what it did, or why it changes nothing. */
class SteeringTest {
    private static final QuestionKey ABOUT = question("1.1.0");
    private static final String EVE = "user:eve@example.test";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // phase, command, phase afterwards, and the beginning of the last note where nothing changes
                "STARTING withdraw STARTING withdraw: it is admitted",
                "STARTING confirm STARTING confirm: not every step has passed",
                "STARTING resume STARTING resume: it is not paused",
                "STARTING promote STARTING promote: it does not run yet",
                "STARTING promote-full STARTING promote: it does not run yet",
                "STARTING pause STARTING",
                "STARTING abort RESTORING",
                "STARTING roll-back RESTORING",
                "WARMING_UP withdraw WARMING_UP withdraw: it is admitted",
                "WARMING_UP confirm WARMING_UP confirm: not every step has passed",
                "WARMING_UP resume WARMING_UP resume: it is not paused",
                "WARMING_UP promote STEPPING",
                "WARMING_UP promote-full STEPPING",
                "WARMING_UP pause WARMING_UP",
                "WARMING_UP abort RESTORING",
                "WARMING_UP roll-back RESTORING",
                "STEPPING withdraw STEPPING withdraw: it is admitted",
                "STEPPING confirm STEPPING confirm: not every step has passed",
                "STEPPING resume STEPPING resume: it is not paused",
                "STEPPING promote STEPPING",
                "STEPPING promote-full STEPPING",
                "STEPPING pause STEPPING",
                "STEPPING abort RESTORING",
                "STEPPING roll-back RESTORING",
                "BAKING withdraw BAKING withdraw: it is admitted",
                "BAKING confirm BAKING confirm: the bake has not passed",
                "BAKING resume BAKING resume: it is not paused",
                "BAKING promote FULL",
                "BAKING promote-full FULL",
                "BAKING pause BAKING",
                "BAKING abort RESTORING",
                "BAKING roll-back RESTORING",
                "FULL withdraw FULL withdraw: it is admitted",
                "FULL confirm VERIFIED",
                "FULL resume FULL resume: it is not paused",
                "FULL promote FULL promote: every step and the bake have passed",
                "FULL promote-full FULL promote: every step and the bake have passed",
                "FULL pause FULL pause: every step and the bake have passed",
                "FULL abort RESTORING",
                "FULL roll-back RESTORING",
                "RESTORING withdraw RESTORING withdraw: it is admitted",
                "RESTORING confirm RESTORING confirm: it is going back",
                "RESTORING resume RESTORING resume: it is not paused",
                "RESTORING promote RESTORING promote: it is going back",
                "RESTORING promote-full RESTORING promote: it is going back",
                "RESTORING pause RESTORING pause: it is going back",
                "RESTORING abort RESTORING abort: it is going back already",
                "RESTORING roll-back RESTORING roll back: it is going back already",
                "WAITING withdraw NOT_ADMITTED",
                "WAITING confirm WAITING confirm: it has not started",
                "WAITING resume WAITING resume: it is not held",
                "WAITING promote WAITING promote: it has no share yet",
                "WAITING promote-full WAITING promote: it has no share yet",
                "WAITING pause WAITING",
                "WAITING abort NOT_ADMITTED",
                "WAITING roll-back NOT_ADMITTED",
                "HELD withdraw NOT_ADMITTED",
                "HELD confirm WAITING confirm: it has not started",
                "HELD resume STARTING",
                "HELD promote STARTING",
                "HELD promote-full STARTING",
                "HELD pause WAITING pause: it is held already",
                "HELD abort NOT_ADMITTED",
                "HELD roll-back NOT_ADMITTED",
                "VERIFIED withdraw VERIFIED",
                "VERIFIED abort VERIFIED",
                "VERIFIED roll-back VERIFIED",
                "VERIFIED promote VERIFIED",
                "UNHEARD withdraw NOT_ADMITTED",
                "UNHEARD abort NOT_ADMITTED",
                "UNHEARD roll-back NOT_ADMITTED",
                "UNHEARD confirm UNKNOWN",
                "UNHEARD pause UNKNOWN",
                "UNHEARD resume UNKNOWN",
                "UNHEARD promote UNKNOWN"
            })
    void every_command_has_an_answer_in_every_phase(String line) {
        String[] words = line.split(" ", 4);
        Walk walk = state(words[0]).get();
        Environment before = walk.environment;
        walk.when(command(words[1]).apply(null));

        assertThat(walk.status().phase().name()).isEqualTo(words[2]);
        assertThat(walk.status().question()).isEqualTo(ABOUT);
        if (words.length == 4) {
            assertThat(walk.status().notes()).last().asString().startsWith(words[3]);
            assertThat(walk.environment).isEqualTo(before);
        }
    }

    private static Supplier<Walk> state(String name) {
        return switch (name) {
            case "STARTING" -> () -> established().start(plan("1.1.0", 2));
            case "WARMING_UP" -> () -> established().start(plan("1.1.0", 2)).started();
            case "STEPPING" -> () -> stepping(1);
            case "BAKING" -> () -> baking();
            case "FULL" -> () -> full();
            case "RESTORING" -> () -> restoring();
            case "WAITING" -> () -> established().start(plan("1.0.6", 2)).start(plan("1.1.0", 3));
            case "HELD" ->
                () -> established()
                        .start(plan("1.0.6", 2))
                        .start(plan("1.1.0", 3))
                        .started()
                        .worse()
                        .restored();
            case "VERIFIED" -> () -> full().confirm();
            default -> () -> established();
        };
    }

    private static Function<@Nullable String, RolloutAsked> command(String name) {
        return switch (name) {
            case "withdraw" -> _ -> new WithdrawAsked(ABOUT, "why", EVE);
            case "abort" -> _ -> new AbortAsked(ABOUT, "why", EVE);
            case "roll-back" -> _ -> new RollBackAsked(ABOUT, "why", EVE);
            case "confirm" -> _ -> new ConfirmAsked(ABOUT, "why", EVE);
            case "pause" -> id -> new PauseAsked(ABOUT, "why", EVE, id);
            case "resume" -> id -> new ResumeAsked(ABOUT, "why", EVE, id);
            case "promote" -> id -> new PromoteAsked(ABOUT, "why", EVE, false, id);
            default -> id -> new PromoteAsked(ABOUT, "why", EVE, true, id);
        };
    }

    @Test
    void a_message_that_arrives_again_promotes_no_second_step() {
        PromoteAsked promote = new PromoteAsked(ABOUT, "urgent", EVE, false, "release-service/hello@1.1.0#7-0");
        Walk walk = stepping(1).when(promote);
        assertThat(walk.shares()).containsExactly(75, 25);

        walk.when(promote);
        assertThat(walk.shares()).containsExactly(75, 25);
        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);

        walk.when(new PromoteAsked(ABOUT, "urgent", EVE, false, "release-service/hello@1.1.0#8-0"));
        assertThat(walk.shares()).containsExactly(50, 50);
    }

    @Test
    void a_pause_that_arrives_again_after_the_resume_does_not_pause_again() {
        PauseAsked pause = new PauseAsked(ABOUT, "lunch", EVE, "a");
        Walk walk = stepping(1)
                .when(pause)
                .when(new ResumeAsked(ABOUT, "back", EVE, "b"))
                .when(pause);

        assertThat(walk.active().paused()).isFalse();
    }

    @Test
    void what_a_person_paused_in_the_queue_stays_there_when_the_slot_is_free() {
        Walk walk = full().start(plan("1.2.0", 3))
                .when(new PauseAsked(question("1.2.0"), "not today", EVE, null))
                .confirm();
        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(walk.status().paused()).isTrue();

        walk.when(new PromoteAsked(question("1.2.0"), "now", EVE, false, null));
        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.active().notes()).startsWith("paused: not today (" + EVE + ")", "promoted: now (" + EVE + ")");
    }

    @Test
    void what_is_resumed_in_the_queue_before_its_turn_starts_when_the_slot_is_free() {
        Walk walk = full().start(plan("1.2.0", 3))
                .when(new PauseAsked(question("1.2.0"), "not today", EVE, null))
                .when(new ResumeAsked(question("1.2.0"), "after all", EVE, null))
                .confirm();

        assertThat(walk.active().question()).isEqualTo(question("1.2.0"));
    }

    @Test
    void a_paused_rollout_does_not_advance_but_goes_back_when_it_is_worse() {
        Walk walk = stepping(1).when(new PauseAsked(question("1.1.0"), "lunch", "user:eve@example.test", null));
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.active().deadline()).isNull();

        walk.judged(1);
        assertThat(walk.shares()).containsExactly(90, 10);
        walk.worse();
        assertThat(walk.state()).isEqualTo("RESTORING");
    }

    @Test
    void a_rollout_paused_while_it_starts_runs_and_waits_with_its_share() {
        Walk walk = established()
                .start(plan("1.1.0", 2))
                .when(new PauseAsked(question("1.1.0"), "lunch", "user:eve@example.test", null))
                .started()
                .warm()
                .judged(0);
        assertThat(walk.state()).isEqualTo("WARMING_UP");

        walk.when(new ResumeAsked(question("1.1.0"), "back", "user:eve@example.test", null));
        assertThat(walk.shares()).containsExactly(90, 10);
    }

    @Test
    void promoting_goes_one_step_or_straight_to_all_traffic_but_not_past_bad_news() {
        PromoteAsked one = new PromoteAsked(question("1.1.0"), "urgent", "user:eve@example.test", false, null);
        PromoteAsked all = new PromoteAsked(question("1.1.0"), "urgent", "user:eve@example.test", true, null);

        assertThat(stepping(1).when(one).shares()).containsExactly(75, 25);
        assertThat(stepping(1).when(all).shares()).containsExactly(0, 100);
        assertThat(stepping(1).when(all).state()).isEqualTo("STEPPING");
        assertThat(stepping(4).when(one).state()).isEqualTo("BAKING");
        assertThat(stepping(4).when(all).shares()).containsExactly(0, 100);
        assertThat(stepping(4).when(all).state()).isEqualTo("BAKING");
        assertThat(established().start(plan("1.1.0", 2)).started().when(one).shares())
                .containsExactly(90, 10);
        assertThat(restoring().when(all).state()).isEqualTo("RESTORING");
    }

    @Test
    void a_promotion_notes_exactly_the_steps_that_were_not_waited_for() {
        PromoteAsked one = new PromoteAsked(question("1.1.0"), "urgent", "user:eve@example.test", false, null);
        PromoteAsked all = new PromoteAsked(question("1.1.0"), "urgent", "user:eve@example.test", true, null);

        assertThat(stepping(1).when(one).active().notes()).contains("promoted past step 1: urgent (" + EVE + ")");
        assertThat(stepping(1).when(all).active().notes()).contains("promoted past steps 1 to 3: urgent (" + EVE + ")");
        assertThat(stepping(4).when(all).active().notes()).contains("promoted past step 4: urgent (" + EVE + ")");
        assertThat(established()
                        .start(plan("1.1.0", 2))
                        .started()
                        .when(one)
                        .active()
                        .notes())
                .contains("promoted past the warm-up: urgent (" + EVE + ")");
    }

    @Test
    void a_person_has_a_restore_tried_at_once() {
        Walk walk = restoring();
        for (int attempt = 1; attempt <= 3; attempt++) {
            walk.when(new RestoreFailed("hello@1.1.0/production/1", "no answer"));
            walk.overdue();
        }
        walk.when(new RestoreFailed("hello@1.1.0/production/1", "no answer"))
                .when(new ResumeAsked(question("1.1.0"), "the disk is there again", "user:eve@example.test", null));

        assertThat(walk.tasks()).containsExactly("restore/hello@1.1.0/production/1");
    }
}
