package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.BAKE;
import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.heldBack;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unbaked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.DeadlineDue;
import dev.slipway.deployment.environment.EnvironmentInput.PauseAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RepeatDue;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import dev.slipway.deployment.environment.EnvironmentInput.StartAsked;
import dev.slipway.messaging.MessagingJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The bake is the last step of the judgement: it passes by what was seen, never because time has passed. */
class BakeTest {
    private static final String EVE = "user:eve@example.test";
    private static final Duration STEP_WITHIN = Duration.ofMinutes(10);

    @Test
    void the_judge_is_asked_about_the_bake_as_one_step_more_with_its_share_and_its_hold() {
        Walk walk = baking();
        Judge judge = walk.judge();

        assertThat(judge.step()).isEqualTo(5);
        assertThat(judge.trafficPercent()).isEqualTo(95);
        assertThat(judge.hold()).isEqualTo(BAKE);
        assertThat(judge.tableCounter()).isEqualTo(walk.table().counter());
        assertThat(judge.planned())
                .as("twice what steps and bake are held")
                .isEqualTo(BAKE.plusSeconds(30).multipliedBy(2));
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.status().step()).isEqualTo(4);
        assertThat(walk.status().steps()).isEqualTo(4);
        assertThat(walk.status().trafficPercent()).isEqualTo(95);
        assertThat(walk.when(new RepeatDue()).judge()).isEqualTo(judge);
    }

    @Test
    void a_judge_that_never_answers_verifies_nothing_however_much_time_passes() {
        Walk walk = baking();
        Instant began = walk.now;

        walk.overdue();
        assertThat(Duration.between(began, walk.now)).isEqualTo(BAKE.plus(STEP_WITHIN));
        assertThat(walk.sent(Judge.class)).as("a deadline asks before it acts").hasSize(1);
        walk.overdue();

        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.status().cause()).satisfies(cause -> {
            assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("inconclusive");
            assertThat(cause.limit()).isEqualTo("within 70 min"); // its hold and stepWithin
        });
        walk.later(Duration.ofDays(3)).confirm();
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.status().notes()).last().isEqualTo("confirm: the bake has not passed");
        assertThat(walk.environment.snapshots()).extracting(Snapshot::version).containsExactly("1.0.0");
    }

    @Test
    void it_heals_when_the_judge_is_back_in_time_and_on_a_persons_word_afterwards() {
        assertThat(baking().overdue().judged(5).state()).isEqualTo("FULL");

        Walk held = baking().overdue().overdue().judged(5);
        assertThat(held.state()).isEqualTo("BAKING");
        held.when(new ResumeAsked(question("1.1.0"), "it is back", EVE, null));
        assertThat(held.status().phase()).isEqualTo(Phase.FULL);
        assertThat(held.status().cause()).isNull();
    }

    @Test
    void an_inconclusive_bake_goes_back_where_the_policy_says_so() {
        Walk walk = established()
                .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                .started()
                .warm();
        for (int step = 0; step <= 4; step++) {
            walk.judged(step);
        }
        walk.overdue().overdue();

        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORING);
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.status().cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("inconclusive"));
    }

    @Test
    void a_first_release_is_watched_in_its_bake_too() {
        Walk walk =
                production().start(plan("1.0.0", 1)).started().warm().judged(0).judged(1);
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.judge().step()).isEqualTo(2);
        assertThat(walk.judge().trafficPercent()).isEqualTo(100);
        assertThat(walk.judge().baseline()).isNull();

        walk.overdue().overdue();
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.confirm().status().phase()).isEqualTo(Phase.BAKING);

        Walk worse = production()
                .start(plan("1.0.0", 1))
                .started()
                .warm()
                .judged(0)
                .judged(1)
                .worse();
        assertThat(worse.status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(worse.table().shares()).isEmpty();
    }

    @Test
    void bad_news_in_the_bake_goes_back_at_once() {
        assertThat(baking().worse().state()).isEqualTo("RESTORING");
        assertThat(baking().judged(true, 5, Walk.WORSE).state()).isEqualTo("RESTORING");
        assertThat(baking().when(new ProcessGone("hello@1.1.0/production/1")).state())
                .isEqualTo("RESTORING");
        assertThat(baking().when(new RollBackAsked(question("1.1.0"), "gate failed", "service:release"))
                        .state())
                .isEqualTo("RESTORING");
        assertThat(baking().when(new AbortAsked(question("1.1.0"), "wrong day", EVE))
                        .state())
                .isEqualTo("RESTORING");
    }

    @Test
    void a_paused_bake_does_not_end_and_a_resumed_one_has_its_time_again() {
        Walk walk = baking().when(new PauseAsked(question("1.1.0"), "lunch", EVE, null));
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.active().deadline()).isNull();
        assertThat(walk.judged(5).state()).isEqualTo("BAKING");
        assertThat(walk.when(new ResumeAsked(question("1.1.0"), "back", EVE, null))
                        .state())
                .isEqualTo("FULL");

        Walk again = baking().when(new PauseAsked(question("1.1.0"), "lunch", EVE, null))
                .later(Duration.ofHours(5))
                .when(new ResumeAsked(question("1.1.0"), "back", EVE, null));
        assertThat(Objects.requireNonNull(again.active().deadline()).due())
                .isEqualTo(again.now.plus(BAKE).plus(STEP_WITHIN));
    }

    @Test
    void a_machine_that_slept_in_the_bake_has_its_whole_time_again_once() {
        Walk walk = baking().later(Duration.ofHours(9)).when(new DeadlineDue());

        assertThat(walk.active().deadline())
                .isEqualTo(new Active.Deadline(walk.now.plus(BAKE).plus(STEP_WITHIN), false, true));
        assertThat(walk.status().paused()).isFalse();
    }

    @Test
    void a_person_may_end_the_bake_and_that_is_on_record() {
        Walk walk = baking().when(new PromoteAsked(question("1.1.0"), "we have seen enough", EVE, false, null));

        assertThat(walk.status().phase()).isEqualTo(Phase.FULL);
        assertThat(walk.status().notes())
                .contains("the bake was ended by a person, not by what was seen")
                .contains("promoted past step 5: we have seen enough (" + EVE + ")");
        Walk held = baking().overdue().overdue();
        held.when(new PromoteAsked(question("1.1.0"), "no traffic on Sundays", EVE, true, null));
        assertThat(held.status().phase()).isEqualTo(Phase.FULL);
        assertThat(baking().worse()
                        .when(new PromoteAsked(question("1.1.0"), "still", EVE, false, null))
                        .state())
                .isEqualTo("RESTORING");
    }

    @Test
    void all_traffic_in_the_warm_up_holds_nothing_back_and_tells_the_judge_so() {
        Walk walk = established().start(plan("1.1.0", 2)).started();
        walk.when(new PromoteAsked(question("1.1.0"), "the old one is broken", EVE, true, null));

        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.judge().step()).isEqualTo(4);
        assertThat(walk.judge().trafficPercent())
                .as("a baseline without a share is not waited for")
                .isEqualTo(100);
        assertThat(walk.status().notes()).last().asString().startsWith("5 % are held back no longer");

        walk.judged(4);
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.judge().trafficPercent()).isEqualTo(100);
        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.judged(5).status().phase()).isEqualTo(Phase.FULL);
    }

    @Test
    void what_is_held_back_is_the_policys_and_moves_when_it_is_verified() {
        Walk walk =
                established().start(heldBack(20, plan("1.1.0", 2))).started().warm();
        for (int step = 0; step <= 4; step++) {
            walk.judged(step);
        }
        assertThat(walk.shares()).containsExactly(20, 80);
        assertThat(walk.status().notes())
                .first()
                .isEqualTo("20 % of traffic stay on 1.0.0 until it is verified, to compare with");
        walk.judged(5);
        assertThat(walk.shares()).containsExactly(20, 80);
        walk.confirm();
        assertThat(walk.shares()).containsExactly(100);

        Walk none = established().start(heldBack(0, plan("1.1.0", 2))).started().warm();
        for (int step = 0; step <= 4; step++) {
            none.judged(step);
        }
        assertThat(none.shares()).containsExactly(0, 100);
    }

    @Test
    void without_a_bake_the_last_step_is_the_end() {
        Walk walk = established().start(unbaked(plan("1.1.0", 2))).started().warm();
        for (int step = 0; step <= 4; step++) {
            walk.judged(step);
        }
        assertThat(walk.status().phase()).isEqualTo(Phase.FULL);
        assertThat(walk.when(new RepeatDue()).judge().step()).isEqualTo(4);
    }

    @Test
    void a_rollout_that_began_before_there_were_bakes_has_one_when_it_is_asked_for_again() {
        Walk walk = established().start(unbaked(plan("1.1.0", 2))).started().warm();
        for (int step = 0; step <= 3; step++) {
            walk.judged(step);
        }
        walk.start(plan("1.1.0", 2));
        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);
        assertThat(walk.judged(4).status().phase()).isEqualTo(Phase.BAKING);
    }

    @Test
    void a_table_stored_before_gateways_were_told_what_to_count_is_counted() {
        JsonNode stored =
                MessagingJson.mapper().valueToTree(established().environment.traffic());
        ((ObjectNode) stored).remove(List.of("sampled", "statuses"));

        Traffic read = MessagingJson.mapper().treeToValue(stored, Traffic.class);

        assertThat(read.sampled()).isTrue();
        assertThat(read.statuses()).isEmpty();
    }

    @Test
    void after_the_bake_it_is_watched_on_until_it_is_confirmed() {
        Walk walk = full();

        assertThat(walk.when(new RepeatDue()).judge().step()).isEqualTo(5);
        assertThat(walk.environment.traffic().sampled()).isTrue();
        assertThat(walk.confirm().table().sampled()).isFalse();
    }

    @Test
    void gateways_count_from_the_warm_up_to_the_end_and_only_where_something_is_judged() {
        List<StatusRule> rules = List.of(new StatusRule("/login", List.of(), List.of(), List.of("401")));
        Walk walk = established();
        assertThat(walk.environment.traffic().sampled()).isFalse();
        long before = walk.environment.traffic().counter();

        walk.start(heldBack(5, plan("1.1.0", 2))).started();
        assertThat(walk.table().sampled()).isTrue();
        assertThat(walk.table().statuses()).isEqualTo(rules);
        assertThat(walk.table().counter()).isEqualTo(before + 1);
        assertThat(walk.shares())
                .as("the baseline is measured before the first share")
                .containsExactly(100);
        walk.warm().judged(0);
        assertThat(walk.table().statuses()).isEqualTo(rules);

        walk.worse();
        assertThat(walk.table().sampled()).isFalse();
        assertThat(walk.table().statuses()).isEmpty();

        Walk early = established().start(plan("1.1.0", 2)).started().worse();
        assertThat(early.table().sampled()).as("back before the first share").isFalse();
    }

    @Test
    void a_bake_asked_for_again_is_answered_with_where_it_is() {
        Walk walk = baking();
        Environment before = walk.environment;

        walk.when(new StartAsked(plan("1.1.0", 2)));

        assertThat(walk.environment).isEqualTo(before);
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(stepping(4).status().phase()).isEqualTo(Phase.STEPPING);
    }
}
