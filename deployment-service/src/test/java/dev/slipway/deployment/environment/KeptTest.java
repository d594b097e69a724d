package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.back;
import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.validation.StopJudging;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rollbacks to kept snapshots, and the requests that Slipway sends itself. */
class KeptTest {
    @Test
    void a_completed_release_is_rolled_back_to_a_kept_snapshot_under_guardrails_alone() {
        Walk walk = full().confirm().start(back("1.0.0", 3));
        assertThat(walk.status().phase()).isEqualTo(Phase.STARTING);
        assertThat(walk.table().sampled())
                .as("what users have of the version that is left counts from the beginning")
                .isTrue();
        assertThat(walk.judge().left()).isEqualTo("hello@1.1.0/production/1");
        long counter = walk.table().counter();
        walk.when(new EnvironmentInput.RepeatDue());
        assertThat(walk.judge().tableCounter())
                .as("it is asked on until it runs")
                .isEqualTo(counter);
        assertThat(walk.timers()).contains(Orders.REPEAT);

        walk.started();
        assertThat(walk.environment.traffic().counter()).isEqualTo(counter);
        assertThat(walk.judge().baseline()).isNull();
        walk.warm().judged(0);
        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.table().verified()).isEqualTo("hello@1.1.0/production/1");
        walk.judged(1);
        assertThat(walk.state()).isEqualTo("BAKING");
        assertThat(walk.judge().baseline()).isNull();
        walk.judged(2);
        assertThat(walk.state()).isEqualTo("FULL");

        walk.confirm();
        assertThat(walk.status().runningVersion()).isEqualTo("1.0.0");
        assertThat(walk.environment.snapshots()).extracting(Snapshot::version).containsExactly("1.0.0", "1.1.0");
    }

    @Test
    void a_rollback_that_fails_restores_the_version_that_it_left() {
        Walk walk = full().confirm()
                .start(back("1.0.0", 3))
                .started()
                .warm()
                .judged(0)
                .worse();

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.table().verified()).isEqualTo("hello@1.1.0/production/1");
        assertThat(walk.shares()).containsExactly(100);
    }

    @Test
    void where_the_kept_version_does_not_start_nothing_is_counted_and_asked_any_more() {
        Walk walk = full().confirm().start(back("1.0.0", 3));
        QuestionKey question = walk.active().question();

        walk.when(new EnvironmentInput.StartFailed(walk.active().key(), "start-failed", "it does not start"));

        assertThat(walk.table().sampled()).isFalse();
        walk.restored();
        assertThat(walk.sent(StopJudging.class).getLast().question()).isEqualTo(question);
        assertThat(full().confirm()
                        .start(plan("1.2.0", 3))
                        .environment
                        .traffic()
                        .sampled())
                .as("another rollout is judged once it runs")
                .isFalse();
    }

    @Test
    void a_version_of_which_no_snapshot_is_kept_is_not_admitted_for_good() {
        Walk walk = established().start(back("0.9.0", 2));
        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.status().cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("no-snapshot"));
        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.start(back("0.9.0", 2)).status().phase()).isEqualTo(Phase.NOT_ADMITTED);
    }

    @Test
    void what_is_not_admitted_displaces_nobody() {
        Walk walk = stepping(1).start(plan("1.2.0", 3)).start(back("0.9.0", 4));

        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.environment.isWaiting(question("1.2.0"))).isTrue();
    }

    @Test
    void a_snapshot_that_goes_while_its_rollback_waits_is_not_gone_back_to() {
        Walk walk = production();
        for (int i = 1; i <= 10; i++) {
            walk.start(unjudged("1." + i + ".0", i)).started().confirm();
        }
        walk.start(unjudged("1.11.0", 11)).started().start(back("1.1.0", 12));
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(walk.environment.neededArtifacts()).contains(Walk.digest("1.1.0"));

        walk.confirm();
        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(walk.state()).isEqualTo("IDLE");
    }

    @Test
    void after_a_rollback_of_a_completed_release_the_next_one_is_held_but_a_way_back_never_is() {
        Walk walk = full().confirm()
                .start(back("1.0.0", 3))
                .started()
                .warm()
                .judged(0)
                .judged(1)
                .judged(2);
        walk.start(plan("1.2.0", 4)).confirm();
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(walk.status().cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("held"));

        assertThat(full().confirm()
                        .start(plan("1.2.0", 3))
                        .started()
                        .start(back("1.0.0", 4))
                        .worse()
                        .restored()
                        .active()
                        .plan()
                        .keptOnly())
                .isTrue();
    }

    @Test
    void the_last_ten_verified_releases_are_kept_and_shown_newest_first() {
        Walk walk = production();
        for (int i = 1; i <= 12; i++) {
            walk.start(unjudged("1." + i + ".0", i)).started().confirm();
        }
        List<EnvironmentView.Verified> kept =
                Views.of(walk.environment, walk.now).kept();

        assertThat(kept).hasSize(10);
        assertThat(kept.getFirst().version()).isEqualTo("1.12.0");
        assertThat(kept.getLast().version()).isEqualTo("1.3.0");
        assertThat(walk.environment.neededArtifacts())
                .contains(Walk.digest("1.3.0"))
                .doesNotContain(Walk.digest("1.2.0"));
    }

    @Test
    void probes_run_from_the_warm_up_to_the_final_answer_under_rising_counters() {
        Walk walk = established();
        long before = walk.environment.traffic().counter();
        walk.start(plan("1.1.0", 2, canary(Canary.OnInconclusive.HOLD, Canary.Traffic.PROBE)))
                .started();
        assertThat(walk.table().counter()).isEqualTo(before + 1);
        assertThat(walk.table().probe()).isEqualTo(new TrafficTable.Probe(20, List.of("/health")));
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.judge().tableCounter()).isEqualTo(before + 1);

        walk.warm();
        for (int step = 0; step <= 5; step++) {
            walk.judged(step);
            assertThat(walk.environment.traffic().probe()).isNotNull();
        }
        assertThat(walk.state()).isEqualTo("FULL");
        assertThat(walk.confirm().table().probe()).isNull();
    }

    @Test
    void probes_end_with_the_way_back_also_before_the_first_share() {
        Walk walk = established()
                .start(plan("1.1.0", 2, canary(Canary.OnInconclusive.HOLD, Canary.Traffic.PROBE)))
                .started();
        long counter = walk.environment.traffic().counter();
        walk.worse();

        assertThat(walk.table().probe()).isNull();
        assertThat(walk.table().counter()).isEqualTo(counter + 1);
    }

    @Test
    void where_nothing_serves_nothing_is_probed_until_the_first_share() {
        Walk walk = production()
                .start(plan("1.0.0", 1, canary(Canary.OnInconclusive.HOLD, Canary.Traffic.PROBE)))
                .started();
        assertThat(walk.environment.traffic().counter()).isZero();

        walk.warm().judged(0);
        assertThat(walk.table().probe()).isNotNull();
    }
}
