package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.digest;
import static dev.slipway.deployment.environment.Walk.instance;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.staging;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static dev.slipway.deployment.environment.Walk.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.Leaving.State;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.deployment.environment.EnvironmentInput.RestoreFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Restored;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What staging does about a version that it verified, once its release has not completed. */
class DepartingTest {
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String NEW = "hello@1.1.0/production/1";
    private static final String TASK = "leave/" + NEW + ">" + OLD;
    private static final String SERVICE = "service:release-service";

    private static Walk stagingAt(String... versions) {
        Walk walk = staging();
        long ordinal = 0;
        for (String version : versions) {
            verified(walk, unjudged(version, ++ordinal));
        }
        return walk;
    }

    private static Walk leave(Walk walk, String version, @Nullable Digest production) {
        return walk.when(new RollBackAsked(question(version), "It is worse.", SERVICE, production));
    }

    private static Leaving leaving(Walk walk) {
        return Objects.requireNonNull(walk.status().leaving());
    }

    private static List<String> kept(Walk walk) {
        return walk.environment.snapshots().stream().map(Snapshot::version).toList();
    }

    @Test
    void staging_goes_back_to_what_production_runs_and_says_who_wanted_it_why_and_when() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("1.0.0"));
        assertThat(walk.tasks()).containsExactly(TASK);
        assertThat(leaving(walk).state()).isEqualTo(State.GOING);
        assertThat(walk.environment.traffic().verified()).as("until it runs").isEqualTo(NEW);

        walk.when(new Restored(TASK, instance("back")));

        assertThat(walk.status().phase()).as("its answer for good").isEqualTo(Phase.VERIFIED);
        assertThat(leaving(walk))
                .isEqualTo(new Leaving(
                        State.GONE,
                        "1.0.0",
                        "went back to 1.0.0 of hello@1.0.0",
                        walk.now,
                        "It is worse.",
                        SERVICE,
                        1));
        assertThat(walk.status().trafficPercent()).isZero();
        assertThat(walk.status().runningVersion()).isEqualTo("1.0.0");
        assertThat(walk.table().shares().getFirst().address())
                .isEqualTo(instance("back").address());
        assertThat(kept(walk)).containsExactly("1.0.0");
        assertThat(walk.environment.retired()).extracting(Retired::key).containsExactly(NEW);
    }

    @Test
    void asked_again_it_answers_the_same_and_does_nothing_twice() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("1.0.0"));
        RolloutStatus going = walk.status();
        assertThat(leave(walk, "1.1.0", digest("1.0.0")).tasks()).isEmpty();
        assertThat(walk.status()).isEqualTo(going);

        walk.when(new Restored(TASK, instance("back")));
        RolloutStatus gone = walk.status();
        Environment before = walk.environment;
        assertThat(leave(walk, "1.1.0", digest("1.0.0")).environment).isEqualTo(before);
        assertThat(walk.status()).isEqualTo(gone);
        assertThat(walk.when(new Restored(TASK, instance("late"))).environment.snapshots())
                .isEqualTo(before.snapshots());
    }

    @Test
    void it_goes_to_what_production_runs_even_where_something_newer_was_verified_in_between() {
        Walk walk = leave(stagingAt("0.9.0", "1.0.0", "1.1.0"), "1.1.0", digest("0.9.0"));
        assertThat(leaving(walk).toVersion()).isEqualTo("0.9.0");

        walk.when(new Restored("leave/" + NEW + ">hello@0.9.0/production/1", instance("back")));
        assertThat(kept(walk)).containsExactly("0.9.0", "1.0.0");
    }

    @Test
    void where_what_production_runs_is_not_kept_the_one_before_comes_back_and_that_is_said() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("0.1.0"));

        assertThat(leaving(walk).text())
                .isEqualTo(
                        "goes back to 1.0.0, as it keeps no snapshot of what production runs, which is being started");
    }

    @Test
    void the_first_version_of_staging_stays_and_says_why() {
        Walk walk = leave(stagingAt("1.1.0"), "1.1.0", null);

        assertThat(leaving(walk).state()).isEqualTo(State.STAYS);
        assertThat(leaving(walk).text())
                .isEqualTo("keeps 1.1.0: nothing that it could go back to was verified there before");
        assertThat(walk.tasks()).isEmpty();
        assertThat(kept(walk)).containsExactly("1.1.0");
    }

    @Test
    void what_production_runs_too_stays() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("1.1.0"));

        assertThat(leaving(walk).state()).isEqualTo(State.STAYS);
        assertThat(leaving(walk).text()).contains("the same file that production runs");
    }

    @Test
    void a_newer_release_that_is_being_tried_is_not_disturbed_and_once_it_has_failed_staging_goes_back() {
        Walk walk = stagingAt("1.0.0", "1.1.0").start(unjudged("1.2.0", 3)).started();
        List<Integer> shares = walk.shares();

        leave(walk, "1.1.0", digest("1.0.0"));
        assertThat(leaving(walk).state()).isEqualTo(State.WAITING);
        assertThat(leaving(walk).text()).contains("once hello@1.2.0, which is being tried there, has ended");
        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.shares()).isEqualTo(shares);

        walk.when(new RollBackAsked(question("1.2.0"), "smoke failed", SERVICE)).restored();
        assertThat(leave(walk, "1.1.0", digest("1.0.0")).tasks()).containsExactly(TASK);
    }

    @Test
    void a_newer_release_that_was_verified_stays_and_nothing_goes_back_to_the_one_that_failed() {
        Walk walk = stagingAt("1.0.0", "1.1.0", "1.2.0");

        leave(walk, "1.1.0", digest("1.0.0"));
        assertThat(leaving(walk).state()).isEqualTo(State.GONE);
        assertThat(leaving(walk).text()).isEqualTo("runs 1.2.0 of hello@1.2.0 by now");
        assertThat(walk.status().address()).isNull();
        assertThat(kept(walk)).containsExactly("1.2.0", "1.0.0");
    }

    @Test
    void a_newer_release_that_begins_while_the_old_version_starts_goes_first_and_what_was_started_is_stopped() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("1.0.0")).start(unjudged("1.2.0", 3));

        walk.when(new Restored(TASK, instance("back")));
        assertThat(leaving(walk).state()).isEqualTo(State.WAITING);
        assertThat(walk.active().plan().version()).isEqualTo("1.2.0");
        assertThat(walk.environment.traffic().verified()).isEqualTo(NEW);
        assertThat(walk.environment.retired()).extracting(Retired::key).contains(OLD);
    }

    @Test
    void an_old_version_that_does_not_come_up_is_tried_again_and_then_staging_keeps_the_new_one_and_says_so() {
        Walk walk = leave(stagingAt("1.0.0", "1.1.0"), "1.1.0", digest("1.0.0"));

        for (int attempt = 2; attempt <= Walk.RHYTHM.restoreAttemptsMax(); attempt++) {
            walk.when(new RestoreFailed(TASK, "no answer"));
            assertThat(walk.tasks()).containsExactly(TASK);
            assertThat(leaving(walk).attempts()).isEqualTo(attempt);
            assertThat(leaving(walk).text()).isEqualTo("goes back to 1.0.0, which did not come up yet: no answer");
        }
        walk.when(new RestoreFailed(TASK, "no answer"));

        assertThat(walk.tasks()).isEmpty();
        assertThat(leaving(walk).state()).isEqualTo(State.STAYS);
        assertThat(leaving(walk).text())
                .isEqualTo("keeps 1.1.0: 1.0.0 did not come up there in 3 attempts, the last time: no answer");
        assertThat(kept(walk)).as("it still serves").containsExactly("1.1.0", "1.0.0");
    }

    @Test
    void production_is_never_left_like_this() {
        Walk walk = Walk.full().confirm();
        Environment before = walk.environment;

        walk.when(new RollBackAsked(question("1.1.0"), "too late", SERVICE));
        assertThat(walk.environment).isEqualTo(before);
        assertThat(walk.status().phase()).isEqualTo(Phase.VERIFIED);
        assertThat(walk.status().leaving()).isNull();
    }

    @Test
    void a_release_that_waits_for_a_way_back_that_does_not_succeed_says_so_in_plain_words() {
        Walk walk = stagingAt("1.0.0").start(unjudged("1.1.0", 2)).started();
        walk.when(new RollBackAsked(question("1.1.0"), "smoke failed", SERVICE))
                .when(new RestoreFailed(NEW, "GET /health answered 503"));

        walk.start(unjudged("1.2.0", 3));
        assertThat(walk.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(walk.status().notes().getLast())
                .isEqualTo("the slot is held by hello@1.1.0, which goes back: not restored after 1 attempts:"
                        + " GET /health answered 503");

        walk.restored();
        assertThat(walk.active().plan().version()).as("then it begins").isEqualTo("1.2.0");
    }

    @Test
    void a_running_version_that_is_bad_does_not_keep_the_next_release_out_of_staging() {
        Walk walk = stagingAt("1.0.0", "1.1.0");
        walk.when(new EnvironmentInput.ProcessGone(NEW)).start(plan("1.2.0", 3));

        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.active().plan().version()).isEqualTo("1.2.0");
    }
}
