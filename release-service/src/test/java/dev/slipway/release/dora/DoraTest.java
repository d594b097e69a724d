package dev.slipway.release.dora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.DoraView.Metric;
import dev.slipway.contracts.release.DoraView.Trend;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The five metrics by values that were computed by hand. The window is ten days, from day 0 to day 10. */
final class DoraTest {
    private static final Instant FROM = Instant.parse("2026-01-11T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(10));

    private final List<Dossier> ended = new ArrayList<>();

    private static Instant day(double day) {
        return FROM.plusSeconds(Math.round(day * 86_400));
    }

    private static Milestone milestone(Milestone.Kind kind, double day) {
        return new Milestone(1, kind, Cause.of("because", "It is so."), day(day));
    }

    private static RolloutStatus restored(String id) {
        return rollout(id, RolloutStatus.Phase.RESTORED);
    }

    private static RolloutStatus rollout(String id, RolloutStatus.Phase phase) {
        return new RolloutStatus(
                new QuestionKey(new ReleaseId(id), EnvironmentId.PRODUCTION, 1),
                EnvironmentId.parse("hello/production"),
                phase,
                0,
                1,
                4,
                false,
                null,
                null,
                Examples.proposal("1.0.0").artifacts().getFirst().digest(),
                "1.0.0",
                null,
                List.of());
    }

    /** Completed at that day, of a commit so many hours before. */
    private void completed(String id, double day, @Nullable Double hours) {
        ended.add(EndedReleases.of(
                EndedReleases.launch(id, day(day - 0.1)),
                ReleasePhase.COMPLETED,
                day(day),
                hours == null ? null : day(day).minusSeconds(Math.round(hours * 3_600)),
                List.of(),
                List.of()));
    }

    /** Found bad at that day, and production well again so many minutes later. */
    private void takenBack(String id, double day, int minutes) {
        ended.add(EndedReleases.of(
                EndedReleases.launch(id, day(day - 0.1)),
                ReleasePhase.ROLLED_BACK,
                day(day).plusSeconds(minutes * 60L),
                null,
                List.of(milestone(Milestone.Kind.ROLLING_BACK, day)),
                List.of(restored(id))));
    }

    /** From a version back to one before it, proposed at that day and done so many minutes later. */
    private void back(String id, String from, double day, int minutes) {
        Launch.Rollback rollback = new Launch.Rollback(
                from, Examples.demoPolicy().policy().environments().production().target(), "orders are lost");
        ended.add(EndedReleases.of(
                EndedReleases.launch(id, day(day), rollback),
                ReleasePhase.COMPLETED,
                day(day).plusSeconds(minutes * 60L)));
    }

    private void hotfix(String id, double day, int minutes) {
        Launch plain = EndedReleases.launch(id, day(day));
        Proposal proposal = plain.proposal();
        Launch hotfix = new Launch(
                plain.id(),
                1,
                new Proposal(
                        proposal.application(),
                        proposal.version(),
                        proposal.sha(),
                        proposal.artifacts(),
                        null,
                        "orders are lost"),
                plain.publisher(),
                plain.policy(),
                plain.policyHash(),
                plain.at(),
                null,
                null,
                null,
                1);
        ended.add(EndedReleases.of(hotfix, ReleasePhase.COMPLETED, day(day).plusSeconds(minutes * 60L)));
    }

    private DoraView metrics() {
        return metrics("hello", true);
    }

    private DoraView metrics(@Nullable String application, boolean whole) {
        List<Outcome> outcomes =
                ended.stream().flatMap(each -> Outcome.of(each).stream()).toList();
        return new Dora(10, TO, Duration.ofDays(2)).of(application, outcomes, whole);
    }

    private static void assertAbsent(Metric metric, String why) {
        assertThat(metric.value()).isNull();
        assertThat(metric.of()).isZero();
        assertThat(metric.trend()).isEqualTo(Trend.UNKNOWN);
        assertThat(metric.why()).contains(why);
    }

    @Test
    void without_any_rollout_each_metric_is_absent_and_says_so() {
        DoraView none = metrics();

        assertAbsent(none.deploymentsPerDay(), "No rollout to production ended in these 10 days.");
        assertAbsent(none.deploymentsPerWeek(), "No rollout");
        assertAbsent(none.leadTimeSeconds(), "No change completed");
        assertAbsent(none.changeFailureRate(), "No rollout");
        assertAbsent(none.recoverySeconds(), "No rollout failed");
        assertAbsent(none.reworkRate(), "No rollout");
        assertThat(none.from()).isEqualTo(FROM);
        assertThat(none.to()).isEqualTo(TO);
    }

    @Test
    void a_window_up_to_now_is_of_whole_seconds_and_holds_what_ended_just_now() {
        Instant now = TO.minusMillis(300);
        ended.add(EndedReleases.of(
                EndedReleases.launch("hello@1.0.0", day(9)), ReleasePhase.COMPLETED, now.minusMillis(1)));

        Dora dora = Dora.upToNow(10, now, Duration.ofDays(2));
        DoraView view = dora.of(
                "hello",
                ended.stream().flatMap(each -> Outcome.of(each).stream()).toList(),
                true);
        assertThat(view.to()).isEqualTo(TO);
        assertThat(view.deploymentsPerDay().of()).isEqualTo(1);
    }

    @Test
    void deployments_are_completed_rollouts_per_day_and_per_week() {
        completed("hello@1.0.0", 1, null);
        completed("hello@1.1.0", 2, null);
        completed("hello@1.2.0", 9.99, null);
        takenBack("hello@1.3.0", 5, 10);

        assertThat(metrics().deploymentsPerDay().value()).isEqualTo(0.3);
        assertThat(metrics().deploymentsPerWeek().value()).isEqualTo(2.1);
        assertThat(metrics().deploymentsPerDay().of()).isEqualTo(3);
        assertThat(metrics().deploymentsPerDay().why())
                .isEqualTo("3 of 4 rollouts completed in 10 days; here per day.");
    }

    @Test
    void lead_time_is_the_median_from_commit_to_completion_of_those_of_which_it_is_known() {
        completed("hello@1.0.0", 1, 1.0);
        completed("hello@1.1.0", 2, 2.0);
        completed("hello@1.2.0", 3, 10.0);
        completed("hello@1.3.0", 4, 3.0);
        completed("hello@1.4.0", 5, null);

        Metric lead = metrics().leadTimeSeconds();
        assertThat(lead.value()).isEqualTo(2.5 * 3_600);
        assertThat(lead.of()).isEqualTo(4);
        assertThat(lead.why()).contains("4 of 5 completed changes");
    }

    @Test
    void lead_time_is_absent_where_no_commits_time_was_kept() {
        completed("hello@1.0.0", 1, null);

        assertAbsent(metrics().leadTimeSeconds(), "Of none of 1 completed changes");
        assertThat(metrics().changeFailureRate().value()).isZero();
    }

    @Test
    void a_rollout_fails_once_whether_taken_back_or_followed_by_a_rollback_and_a_hotfix() {
        completed("hello@1.0.0", 1, null);
        completed("hello@1.1.0", 2, null);
        back("hello@1.0.0~rollback-3", "1.1.0", 2.5, 30);
        hotfix("hello@1.0.1", 3, 60);
        takenBack("hello@1.2.0", 5, 10);

        Metric failures = metrics().changeFailureRate();
        assertThat(failures.value()).isEqualTo(0.5);
        assertThat(failures.of()).isEqualTo(4);
        assertThat(failures.why())
                .isEqualTo("2 of 4 rollouts failed: 1 taken back, 1 followed by a rollback or hotfix.");
    }

    @Test
    void a_remedy_after_the_watch_makes_no_failure() {
        completed("hello@1.1.0", 2, null);
        back("hello@1.0.0~rollback-3", "1.1.0", 4.5, 30);

        assertThat(metrics().changeFailureRate().value()).isZero();
        assertAbsent(metrics().recoverySeconds(), "No rollout failed");
    }

    @Test
    void recovery_is_the_median_from_detection_to_a_verified_production() {
        takenBack("hello@1.1.0", 2, 10);
        takenBack("hello@1.2.0", 4, 40);
        completed("hello@1.3.0", 6, null);
        back("hello@1.0.0~rollback-3", "1.3.0", 6.5, 30);

        Metric recovery = metrics().recoverySeconds();
        assertThat(recovery.value()).isEqualTo(30 * 60.0);
        assertThat(recovery.of()).isEqualTo(3);
    }

    @Test
    void what_was_told_to_be_bad_before_somebody_went_back_was_detected_then() {
        ended.add(EndedReleases.of(
                EndedReleases.launch("hello@1.3.0", day(5)),
                ReleasePhase.COMPLETED,
                day(6),
                null,
                List.of(milestone(Milestone.Kind.REGRESSED, 6.25)),
                List.of()));
        back("hello@1.0.0~rollback-3", "1.3.0", 6.5, 30);

        assertThat(metrics().recoverySeconds().value()).isEqualTo(0.25 * 86_400 + 30 * 60);
    }

    @Test
    void a_rollout_after_which_production_ran_nothing_has_not_recovered() {
        ended.add(EndedReleases.of(
                EndedReleases.launch("hello@1.0.0", day(1)),
                ReleasePhase.ROLLED_BACK,
                day(2),
                null,
                List.of(milestone(Milestone.Kind.ROLLING_BACK, 1.5)),
                List.of()));

        assertThat(metrics().changeFailureRate().value()).isEqualTo(1);
        assertAbsent(metrics().recoverySeconds(), "Of none of 1 failed rollouts");
    }

    @Test
    void rework_is_the_share_of_hotfixes_and_ways_back() {
        completed("hello@1.0.0", 1, null);
        completed("hello@1.1.0", 2, null);
        back("hello@1.0.0~rollback-3", "1.1.0", 2.5, 30);
        hotfix("hello@1.0.1", 3, 60);

        assertThat(metrics().reworkRate().value()).isEqualTo(0.5);
        assertThat(metrics().reworkRate().of()).isEqualTo(4);
        assertThat(metrics().deploymentsPerDay().of())
                .as("a way back brings nothing new")
                .isEqualTo(3);
    }

    @Test
    void what_never_came_to_production_counts_nowhere() {
        ended.add(EndedReleases.of(EndedReleases.launch("hello@1.0.0", day(1)), ReleasePhase.REJECTED, day(1)));
        ended.add(EndedReleases.of(EndedReleases.launch("hello@1.1.0", day(1)), ReleasePhase.SUPERSEDED, day(2)));

        assertAbsent(metrics().changeFailureRate(), "No rollout");
    }

    @Test
    void what_was_stopped_in_productions_queue_counts_nowhere() {
        ended.add(EndedReleases.of(
                EndedReleases.launch("hello@1.0.0", day(1)),
                ReleasePhase.ABORTED,
                day(2),
                null,
                List.of(milestone(Milestone.Kind.ROLLING_BACK, 1.5)),
                List.of(rollout("hello@1.0.0", RolloutStatus.Phase.DISPLACED))));

        assertAbsent(metrics().changeFailureRate(), "No rollout");
    }

    @Test
    void what_a_person_stopped_in_production_was_taken_back() {
        ended.add(EndedReleases.of(
                EndedReleases.launch("hello@1.0.0", day(1)),
                ReleasePhase.ABORTED,
                day(2),
                null,
                List.of(milestone(Milestone.Kind.ROLLING_BACK, 1.5)),
                List.of(restored("hello@1.0.0"))));

        assertThat(metrics().changeFailureRate().value()).isEqualTo(1);
        assertThat(metrics().recoverySeconds().value()).isEqualTo(0.5 * 86_400);
    }

    @Test
    void the_window_is_compared_with_the_one_before_and_ends_belong_to_one_of_them_only() {
        completed("hello@0.8.0", -10, 4.0);
        completed("hello@0.9.0", -0.01, 4.0);
        completed("hello@1.0.0", 0, 2.0);
        completed("hello@1.1.0", 1, 2.0);
        takenBack("hello@1.2.0", 2, 10);
        completed("hello@1.3.0", 10, 100.0);

        DoraView metrics = metrics();
        assertThat(metrics.deploymentsPerDay().value()).isEqualTo(0.2);
        assertThat(metrics.deploymentsPerDay().before()).isEqualTo(0.2);
        assertThat(metrics.deploymentsPerDay().trend()).isEqualTo(Trend.SAME);
        assertThat(metrics.leadTimeSeconds().before()).isEqualTo(4 * 3_600.0);
        assertThat(metrics.leadTimeSeconds().trend()).isEqualTo(Trend.BETTER);
        assertThat(metrics.changeFailureRate().value()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(metrics.changeFailureRate().before()).isZero();
        assertThat(metrics.changeFailureRate().trend()).isEqualTo(Trend.WORSE);
        assertThat(metrics.recoverySeconds().before()).isNull();
        assertThat(metrics.recoverySeconds().trend()).isEqualTo(Trend.UNKNOWN);
    }

    @Test
    void where_not_all_could_be_read_nothing_is_compared() {
        completed("hello@0.9.0", -1, 4.0);
        completed("hello@1.0.0", 1, 2.0);

        DoraView metrics = metrics("hello", false);

        assertThat(metrics.whole()).isFalse();
        assertThat(metrics.leadTimeSeconds().before()).isNull();
        assertThat(metrics.leadTimeSeconds().value()).isEqualTo(2 * 3_600.0);
    }

    @Test
    void an_application_counts_its_own_and_all_together_count_all() {
        completed("hello@1.1.0", 2, null);
        completed("shop@1.1.0", 3, null);
        back("shop@1.0.0~rollback-3", "1.1.0", 3.5, 30);

        assertThat(metrics().changeFailureRate().value()).isZero();
        assertThat(metrics(null, true).changeFailureRate().value()).isEqualTo(0.5);
        assertThat(metrics(null, true).application()).isNull();
    }
}
