package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.instance;
import static dev.slipway.deployment.environment.Walk.judgement;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.restoring;
import static dev.slipway.deployment.environment.Walk.staging;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.DeadlineDue;
import dev.slipway.deployment.environment.EnvironmentInput.DrainDue;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.RemindDue;
import dev.slipway.deployment.environment.EnvironmentInput.RepeatDue;
import dev.slipway.deployment.environment.EnvironmentInput.RestoreFailed;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.deployment.environment.EnvironmentInput.Stopped;
import dev.slipway.deployment.environment.EnvironmentInput.TableDue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RolloutTest {
    @Test
    void a_first_release_goes_straight_to_all_traffic_on_record_and_without_a_baseline() {
        Walk walk = production().start(plan("1.0.0", 1)).started();

        assertThat(walk.state()).isEqualTo("WARMING_UP");
        assertThat(walk.judge().baseline()).isNull();
        assertThat(walk.judge().step()).isZero();

        walk.warm().judged(0);

        assertThat(walk.state()).isEqualTo("STEPPING");
        assertThat(walk.table().shares())
                .singleElement()
                .satisfies(share -> assertThat(share.percent()).isEqualTo(100));
        assertThat(walk.table().verified()).isNull();
        assertThat(walk.judge().hold()).isEqualTo(Duration.ZERO);
        assertThat(walk.judge().tableCounter()).isEqualTo(1);
        assertThat(walk.status().notes()).first().asString().contains("first release", "skipped");

        walk.judged(1);

        assertThat(walk.state()).isEqualTo("BAKING");
        assertThat(walk.status().trafficPercent()).isEqualTo(100);
        assertThat(walk.status().step()).isEqualTo(1);

        walk.judged(2);

        assertThat(walk.state()).isEqualTo("FULL");
        assertThat(walk.status().steps()).isEqualTo(1);
        assertThat(walk.status().address()).isEqualTo(instance("1.0.0").address());
    }

    @Test
    void a_canary_gets_its_shares_one_passed_step_after_the_other() {
        Walk walk = established().start(plan("1.1.0", 2)).started();
        assertThat(walk.tasks()).containsExactly("warm-up/hello@1.1.0/production/1");

        walk.warm();
        assertThat(walk.state()).isEqualTo("WARMING_UP");
        walk.judged(0);
        assertThat(walk.shares()).containsExactly(90, 10);
        assertThat(walk.judge().baseline()).isEqualTo("hello@1.0.0/production/1");
        walk.judged(1);
        assertThat(walk.shares()).containsExactly(75, 25);
        walk.judged(2);
        assertThat(walk.shares()).containsExactly(50, 50);
        walk.judged(3);
        assertThat(walk.shares()).containsExactly(5, 95);
        assertThat(walk.state()).isEqualTo("STEPPING");
        assertThat(walk.table().verified()).isEqualTo("hello@1.0.0/production/1");
        walk.judged(4);
        assertThat(walk.state()).isEqualTo("BAKING");
        walk.judged(5);
        assertThat(walk.state()).isEqualTo("FULL");
        assertThat(walk.confirm().shares()).containsExactly(100);
    }

    @Test
    void each_share_has_a_higher_counter_which_the_judge_is_told() {
        Walk walk = stepping(1);
        long first = walk.table().counter();
        walk.judged(1);

        assertThat(walk.table().counter()).isEqualTo(first + 1);
        assertThat(walk.judge().tableCounter()).isEqualTo(first + 1);
        assertThat(walk.judge().trafficPercent()).isEqualTo(25);
    }

    @Test
    void a_pass_of_an_earlier_step_and_a_judgement_of_another_rollout_change_nothing() {
        Walk walk = stepping(2);
        Active before = walk.active();

        walk.judged(1);
        assertThat(walk.active()).isEqualTo(before);
        walk.when(judgement(question("1.0.0"), 99, true, 4, Walk.WORSE));
        assertThat(walk.active()).isEqualTo(before);
        assertThat(walk.last.effects()).isEmpty();
    }

    @Test
    void an_older_judgement_is_dropped_but_bad_news_never() {
        Walk walk = stepping(1);
        walk.when(judgement(question("1.1.0"), 1, true, 1, null));
        assertThat(walk.shares()).containsExactly(90, 10);

        walk.when(judgement(question("1.1.0"), 1, true, 0, Walk.WORSE));
        assertThat(walk.state()).isEqualTo("RESTORING");
    }

    @Test
    void worse_wins_over_a_step_that_passes_in_the_same_breath() {
        Walk walk = stepping(1).judged(true, 1, Walk.WORSE);

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.table().shares()).singleElement().satisfies(share -> {
            assertThat(share.key()).isEqualTo("hello@1.0.0/production/1");
            assertThat(share.percent()).isEqualTo(100);
        });
        assertThat(walk.last.effects().getFirst().toString()).contains("TrafficTable");
        assertThat(walk.status().cause()).satisfies(cause -> {
            assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("worse");
            assertThat(cause.observed()).isEqualTo("30 %");
        });
        assertThat(walk.tasks()).containsExactly("restore/hello@1.1.0/production/1");
    }

    @Test
    void a_rollback_ends_restored_with_exactly_the_verified_digest() {
        Walk walk = restoring().restored();

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(walk.status().running()).isEqualTo(Walk.digest("1.0.0"));
        assertThat(walk.status().runningVersion()).isEqualTo("1.0.0");
        assertThat(walk.sent(StopJudging.class)).hasSize(1);

        walk.later(Duration.ofSeconds(5)).when(new DrainDue());
        assertThat(walk.tasks()).containsExactly("stop/hello@1.1.0/production/1");
        walk.when(new Stopped("hello@1.1.0/production/1"));
        assertThat(walk.environment.retired()).isEmpty();
    }

    @Test
    void a_baseline_that_had_to_be_started_again_gets_its_new_address_into_the_table() {
        Walk walk = restoring();
        long counter = walk.environment.traffic().counter();
        walk.when(new EnvironmentInput.Restored(walk.active().key(), instance("elsewhere")));

        assertThat(walk.table().counter()).isEqualTo(counter + 1);
        assertThat(walk.table().shares().getFirst().address())
                .isEqualTo(instance("elsewhere").address());
        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORED);
    }

    @Test
    void a_restore_that_fails_calls_for_a_person_and_is_tried_on_ever_more_slowly() {
        Walk walk = restoring();
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 8; attempt++) {
            assertThat(walk.active().stage()).isEqualTo(new Stage.Restoring(1, attempt));
            walk.when(new RestoreFailed("hello@1.1.0/production/1", "no answer"));
            assertThat(walk.status().paused()).isEqualTo(attempt >= Walk.RHYTHM.restoreAttemptsMax());
            pauses.add(Duration.between(
                    walk.now, Objects.requireNonNull(walk.active().deadline()).due()));
            walk.overdue();
            assertThat(walk.tasks()).containsExactly("restore/hello@1.1.0/production/1");
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORING);
        assertThat(walk.status().notes())
                .contains("not restored after 8 attempts: no answer")
                .filteredOn(note -> note.startsWith("a person is needed"))
                .hasSize(1);

        assertThat(walk.restored().status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(walk.status().paused()).isFalse();
    }

    @Test
    void a_failed_first_release_loses_its_traffic_and_is_left_for_inspection() {
        Walk walk =
                production().start(plan("1.0.0", 1)).started().warm().judged(0).worse();

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.table().shares()).isEmpty();
        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(walk.status().running()).isNull();
        assertThat(walk.status().address()).isNotNull();
        assertThat(walk.environment.retired()).containsExactly(new Retired("hello@1.0.0/production/1", null));

        walk.start(plan("1.0.1", 2));
        assertThat(walk.timers()).contains("drain");
        walk.when(new DrainDue());
        assertThat(walk.tasks()).containsExactly("stop/hello@1.0.0/production/1");
    }

    @Test
    void an_aborted_first_release_is_not_kept_for_inspection() {
        Walk walk = production()
                .start(plan("1.0.0", 1))
                .started()
                .when(new AbortAsked(question("1.0.0"), "wrong day", "user:eve@example.test"));

        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(walk.environment.retired()).containsExactly(new Retired("hello@1.0.0/production/1", walk.now));
    }

    @Test
    void a_version_that_does_not_start_moves_no_traffic_and_is_rolled_back() {
        Walk walk = established().start(plan("1.1.0", 2));
        Traffic before = walk.environment.traffic();
        walk.when(new StartFailed("hello@1.1.0/production/1", "start-failed", "it ended by itself"));

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.environment.traffic()).isEqualTo(before);
        assertThat(walk.sent(TrafficTable.class)).isEmpty();
        assertThat(walk.restored().status().cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("start-failed"));
    }

    @Test
    void a_start_that_says_nothing_is_looked_at_once_more_and_ends_at_its_deadline() {
        Walk walk = established().start(plan("1.1.0", 2)).overdue();
        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.tasks()).containsExactly("start/hello@1.1.0/production/1");

        walk.overdue();
        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.now).isEqualTo(Walk.START.plusSeconds(60 + 90 + 30));
    }

    @Test
    void an_outcome_of_dropped_work_is_ignored() {
        Walk walk = established().start(plan("1.1.0", 2)).overdue().overdue();
        Environment before = walk.environment;

        walk.when(new Started("hello@1.1.0/production/1", instance("1.1.0")));
        assertThat(walk.environment).isEqualTo(before);
        walk.when(new StartFailed("hello@1.1.0/production/1", "start-failed", "late"));
        assertThat(walk.environment).isEqualTo(before);
        walk.warm();
        assertThat(walk.environment).isEqualTo(before);
    }

    @Test
    void confirming_moves_snapshot_slot_and_traffic_together() {
        Walk walk = full().confirm();

        assertThat(walk.state()).isEqualTo("IDLE");
        assertThat(walk.status().phase()).isEqualTo(Phase.VERIFIED);
        assertThat(walk.status().running()).isEqualTo(Walk.digest("1.1.0"));
        assertThat(walk.environment.snapshots()).extracting(Snapshot::version).containsExactly("1.1.0", "1.0.0");
        assertThat(walk.table().verified()).isEqualTo("hello@1.1.0/production/1");
        assertThat(walk.table().shares()).hasSize(1);
        assertThat(walk.sent(StopJudging.class)).hasSize(1);
        assertThat(walk.environment.retired())
                .containsExactly(new Retired("hello@1.0.0/production/1", walk.now.plusSeconds(5)));
    }

    @Test
    void confirming_before_every_step_has_passed_changes_nothing() {
        Walk walk = stepping(2);
        Environment before = walk.environment;
        walk.confirm();

        assertThat(walk.environment).isEqualTo(before);
        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);
    }

    @Test
    void bad_news_after_the_bake_rolls_back_as_long_as_it_is_not_confirmed() {
        assertThat(full().worse().state()).isEqualTo("RESTORING");
        assertThat(full().when(new ProcessGone("hello@1.1.0/production/1")).state())
                .isEqualTo("RESTORING");
        assertThat(full().when(new RollBackAsked(question("1.1.0"), "gate failed", "service:release"))
                        .state())
                .isEqualTo("RESTORING");
    }

    @Test
    void a_verified_version_whose_process_is_gone_is_started_again_where_it_was_in_the_table() {
        Walk walk = stepping(1).when(new ProcessGone("hello@1.0.0/production/1"));
        assertThat(walk.timers()).containsExactly("watch");
        assertThat(walk.state()).isEqualTo("STEPPING");
        walk.later(Duration.ofSeconds(1)).when(new EnvironmentInput.WatchDue());
        assertThat(walk.tasks()).containsExactly("start/hello@1.0.0/production/1");

        walk.when(new Started("hello@1.0.0/production/1", instance("again")));
        assertThat(walk.table().shares().getFirst().address())
                .isEqualTo(instance("again").address());
        assertThat(walk.shares()).containsExactly(90, 10);
    }

    @Test
    void without_a_judge_a_healthy_version_gets_all_traffic_at_once() {
        Walk walk = staging().start(unjudged("1.0.0", 1)).started();

        assertThat(walk.state()).isEqualTo("FULL");
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.sent(Judge.class)).isEmpty();
        assertThat(walk.confirm().status().phase()).isEqualTo(Phase.VERIFIED);
    }

    @Test
    void a_step_deadline_asks_before_it_acts_and_then_holds() {
        Walk walk = stepping(1).overdue();
        assertThat(walk.sent(Judge.class)).hasSize(1);
        assertThat(walk.state()).isEqualTo("STEPPING");
        assertThat(walk.active().paused()).isFalse();

        walk.overdue();
        assertThat(walk.active().paused()).isTrue();
        assertThat(walk.status().cause()).satisfies(cause -> {
            assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("inconclusive");
            assertThat(cause.observed()).isEqualTo("12 of 40 answers");
        });
        walk.judged(1);
        assertThat(walk.shares()).containsExactly(90, 10);
        walk.when(new ResumeAsked(question("1.1.0"), "seen enough", "user:eve@example.test", null));
        assertThat(walk.shares()).containsExactly(75, 25);
        assertThat(walk.status().cause()).isNull();
    }

    @Test
    void an_inconclusive_step_rolls_back_where_the_policy_says_so() {
        Walk walk = established()
                .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                .started()
                .overdue()
                .overdue();

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.status().cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).observed()).isEqualTo("no judgement came"));
    }

    @Test
    void a_deadline_that_fires_long_after_its_time_begins_again_once() {
        Walk walk = stepping(1).later(Duration.ofHours(8)).when(new DeadlineDue());
        assertThat(walk.active().deadline())
                .isEqualTo(new Active.Deadline(walk.now.plus(Duration.ofMinutes(10)), false, true));

        walk.later(Duration.ofHours(8)).when(new DeadlineDue());
        assertThat(walk.sent(Judge.class)).hasSize(1);
    }

    @Test
    void the_judge_is_asked_again_and_again_and_the_status_goes_with_it() {
        Walk walk = stepping(2).later(Duration.ofSeconds(2)).when(new RepeatDue());

        assertThat(walk.judge().step()).isEqualTo(2);
        assertThat(walk.timers()).containsExactly("repeat");
        assertThat(walk.status().trafficPercent()).isEqualTo(25);
        assertThat(restoring().when(new RepeatDue()).last.effects()).isEmpty();
    }

    @Test
    void the_table_is_said_again_with_its_own_counter_and_a_new_time() {
        Walk walk = stepping(1);
        long counter = walk.table().counter();
        Environment before = walk.environment;
        walk.later(Duration.ofSeconds(2)).when(new TableDue());

        assertThat(walk.environment).isEqualTo(before);
        assertThat(walk.table().counter()).isEqualTo(counter);
        assertThat(walk.table().at()).isEqualTo(walk.now);
        assertThat(production().when(new TableDue()).last.effects()).isEmpty();
    }

    @Test
    void what_waits_is_said_again_and_nothing_is_said_where_nothing_waits() {
        assertThat(full().when(new RemindDue()).status().phase()).isEqualTo(Phase.FULL);
        assertThat(full().when(new RemindDue()).timers()).containsExactly("remind");
        assertThat(established().when(new RemindDue()).last.effects()).isEmpty();
    }
}
