package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Environments.CONTACTS;
import static dev.slipway.deployment.environment.Environments.cared;
import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.instance;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.staging;
import static dev.slipway.deployment.environment.Walk.stepping;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static dev.slipway.deployment.environment.Walk.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.deployment.environment.EnvironmentInput.Hangs;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.Restored;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedReady;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedUnready;
import dev.slipway.deployment.environment.EnvironmentInput.WatchDue;
import dev.slipway.messaging.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What an environment does about versions that are looked at and are bad. */
class EyesTest {
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String NEW = "hello@1.1.0/production/1";
    private static final Trouble UNREADY = Trouble.of("GET /health answered 503, 3 times in a row");
    private static final Trouble KILLED = new Trouble(
            "Its process ended by itself: killed by signal 9 (KILL) after 12 s",
            null,
            "KILL",
            12L,
            List.of("one", "two"),
            "/logs/output.log",
            "Try: ./slipway logs hello@1.1.0 --environment production");

    /** Production at 1.1.0, which came after 1.0.0, with a policy that says so. */
    private static Walk at(WhenBad whenBad) {
        Walk walk = verified(production(), cared(whenBad, plan("1.0.0", 1)));
        return verified(walk, cared(whenBad, plan("1.1.0", 2)));
    }

    private static Walk stagingAt(WhenBad whenBad) {
        Walk walk = verified(staging(), cared(whenBad, unjudged("1.0.0", 1)));
        return verified(walk, cared(whenBad, unjudged("1.1.0", 2)));
    }

    private static Running view(Walk walk) {
        return Views.of(walk.environment, walk.now).running().getFirst();
    }

    private static Instant wake(Walk walk) {
        return walk.last.effects().stream()
                .filter(Effect.StartTimer.class::isInstance)
                .map(Effect.StartTimer.class::cast)
                .filter(timer -> timer.name().equals("watch"))
                .map(Effect.StartTimer::due)
                .findFirst()
                .orElseThrow();
    }

    private static Walk due(Walk walk) {
        walk.now = wake(walk);
        return walk.when(new WatchDue());
    }

    @Test
    void a_version_on_its_way_that_turns_unready_is_worse_at_every_stage_and_goes_back_at_once() {
        for (Supplier<Walk> stage :
                List.<Supplier<Walk>>of(() -> stepping(1), () -> stepping(4), Walk::baking, Walk::full)) {
            Walk walk = stage.get().when(new TurnedUnready(NEW, UNREADY));

            assertThat(walk.state()).isEqualTo("RESTORING");
            assertThat(walk.shares()).containsExactly(100);
            assertThat(walk.active().cause())
                    .isEqualTo(new RolloutCause(
                            "worse", "The new version is unready. GET /health answered 503, 3 times in a row", "", ""));
            assertThat(walk.sent(IncidentStatus.class))
                    .as("it was never verified")
                    .isEmpty();
        }
    }

    @Test
    void one_that_hangs_or_dies_on_its_way_goes_back_and_says_what_was_seen_where_and_what_to_try() {
        assertThat(baking().when(new Hangs(NEW, UNREADY)).state()).isEqualTo("RESTORING");
        Walk walk = full().when(new ProcessGone(NEW, KILLED));

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.active().cause())
                .isEqualTo(new RolloutCause(
                        "unhealthy",
                        "The new version is gone. Its process ended by itself: killed by signal 9 (KILL) after 12 s."
                                + " Its log: /logs/output.log."
                                + " Try: ./slipway logs hello@1.1.0 --environment production",
                        "one\ntwo",
                        ""));
    }

    @Test
    void a_paused_rollout_goes_back_all_the_same() {
        Walk walk = stepping(1)
                .when(new EnvironmentInput.PauseAsked(Walk.question("1.1.0"), "lunch", "user:eve", null))
                .when(new TurnedUnready(NEW, UNREADY));

        assertThat(walk.state()).isEqualTo("RESTORING");
    }

    @Test
    void a_version_that_did_not_start_says_its_exit_its_last_lines_and_its_log() {
        Walk walk = established().start(plan("1.1.0", 2)).when(new StartFailed(NEW, "start-failed", "short", KILLED));

        RolloutCause cause = Objects.requireNonNull(walk.active().cause());
        assertThat(cause.kind()).isEqualTo("start-failed");
        assertThat(cause.text()).contains("signal 9 (KILL) after 12 s", "/logs/output.log", "Try: ./slipway logs");
        assertThat(cause.observed()).isEqualTo("one\ntwo");
    }

    @Test
    void a_verified_version_that_dies_is_an_incident_for_the_contacts_and_is_started_again() {
        Walk walk = at(WhenBad.ALERT).when(new ProcessGone(NEW, KILLED));

        IncidentStatus begun = walk.sent(IncidentStatus.class).getLast();
        assertThat(begun.kind()).isEqualTo(Kind.DIED);
        assertThat(begun.release()).hasToString("hello@1.1.0");
        assertThat(begun.why()).isEqualTo(KILLED);
        assertThat(begun.contacts()).isEqualTo(CONTACTS);
        assertThat(begun.goesBack()).isFalse();
        assertThat(view(walk).health()).isEqualTo(Health.RESTARTING);
        assertThat(view(walk).nextStartAt()).isEqualTo(walk.now.plusSeconds(1));

        assertThat(due(walk).tasks()).containsExactly("start/" + NEW);
        walk.when(new Started(NEW, instance("again")));
        assertThat(view(walk).health()).isEqualTo(Health.UP);
        assertThat(view(walk).restarts()).isEqualTo(1);
        assertThat(walk.table().shares().getFirst().address())
                .isEqualTo(instance("again").address());

        assertThat(due(walk).sent(IncidentStatus.class).getLast().over()).isEqualTo(walk.now);
        assertThat(view(walk).incident()).isNull();
        assertThat(view(walk).restarts()).as("what was counted stays").isEqualTo(1);
    }

    @Test
    void a_crash_loop_is_shown_counted_and_told_once() {
        Walk walk = at(WhenBad.ALERT);
        int told = 0;
        for (int i = 0; i < 10; i++) {
            told += walk.when(new ProcessGone(NEW, KILLED))
                    .sent(IncidentStatus.class)
                    .size();
            due(walk).when(new Started(NEW, instance("try " + i)));
            walk.later(Duration.ofSeconds(2));
        }

        assertThat(told).isEqualTo(1);
        assertThat(view(walk).restarts()).isEqualTo(10);
        assertThat(Objects.requireNonNull(view(walk).incident()).kind()).isEqualTo(Kind.CRASH_LOOP);
    }

    @Test
    void a_restart_that_fails_is_tried_again_after_a_longer_pause() {
        Walk walk = at(WhenBad.ALERT).when(new ProcessGone(NEW, KILLED));
        due(walk).when(new StartFailed(NEW, "start-failed", "no", KILLED));

        assertThat(view(walk).nextStartAt()).isEqualTo(walk.now.plusSeconds(2));
        assertThat(due(walk).tasks()).containsExactly("start/" + NEW);
    }

    @Test
    void unready_after_it_was_verified_is_an_incident_and_not_a_way_back() {
        Walk walk = at(WhenBad.ALERT).when(new TurnedUnready(NEW, UNREADY));

        assertThat(walk.sent(IncidentStatus.class).getLast().kind()).isEqualTo(Kind.UNREADY);
        assertThat(view(walk).health()).isEqualTo(Health.UNREADY);
        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.shares()).containsExactly(100);

        walk.later(Duration.ofMinutes(5)).when(new TurnedReady(NEW));
        assertThat(view(walk).health()).isEqualTo(Health.UP);
        assertThat(due(walk).sent(IncidentStatus.class).getLast().ending()).isEqualTo("it has been well for 30 s");
    }

    @Test
    void what_hangs_is_stopped_and_started_anew() {
        Walk walk = due(at(WhenBad.ALERT).when(new Hangs(NEW, UNREADY)));

        assertThat(walk.last.effects())
                .filteredOn(Effect.StartTask.class::isInstance)
                .extracting(effect -> ((Effect.StartTask) effect).kind())
                .containsExactly("restart");
    }

    @Test
    void a_baseline_that_dies_beside_a_canary_is_an_incident_and_the_canary_goes_on() {
        Walk walk = stepping(1).when(new ProcessGone(OLD, KILLED));

        assertThat(walk.sent(IncidentStatus.class)).hasSize(1);
        assertThat(walk.state()).isEqualTo("STEPPING");
    }

    @Test
    void an_incident_of_a_version_that_another_takes_the_place_of_is_over() {
        Walk walk =
                verified(production(), cared(WhenBad.ALERT, plan("1.0.0", 1))).when(new TurnedUnready(OLD, UNREADY));
        walk.start(plan("1.1.0", 2)).started().warm();
        for (int passed = 0; passed <= 5; passed++) {
            walk.judged(passed);
        }
        walk.confirm();

        IncidentStatus over = walk.sent(IncidentStatus.class).getLast();
        assertThat(over.ending()).isEqualTo("1.1.0 serves instead of it");
        assertThat(over.version()).isEqualTo("1.0.0");
        walk.when(new ProcessGone(NEW, KILLED));
        assertThat(walk.sent(IncidentStatus.class).getLast().number())
                .as("the next one has a number of its own")
                .isEqualTo(2);
    }

    @Test
    void in_production_release_service_is_asked_once_to_bring_the_version_before_back() {
        Walk walk = at(WhenBad.ROLL_BACK).when(new ProcessGone(NEW, KILLED));
        assertThat(walk.sent(IncidentStatus.class).getLast().goesBack())
                .as("a single death is started again")
                .isFalse();
        due(walk).when(new Started(NEW, instance("again"))).when(new ProcessGone(NEW, KILLED));
        due(walk).when(new Started(NEW, instance("again"))).when(new ProcessGone(NEW, KILLED));

        assertThat(walk.sent(IncidentStatus.class).getLast().goesBack()).isTrue();
        assertThat(walk.tasks()).as("a release of its own does it").isEmpty();
    }

    @Test
    void nothing_goes_back_while_a_rollout_is_under_way_or_where_there_is_nothing_before_and_the_contacts_hear_why() {
        IncidentStatus first = verified(production(), cared(WhenBad.ROLL_BACK, plan("1.0.0", 1)))
                .when(new TurnedUnready(OLD, UNREADY))
                .sent(IncidentStatus.class)
                .getLast();
        assertThat(first.goesBack()).isFalse();
        assertThat(first.notBack()).isEqualTo("nothing was verified there before it");
        assertThat(first.contacts()).isEqualTo(CONTACTS);

        IncidentStatus busy = at(WhenBad.ROLL_BACK)
                .start(plan("1.2.0", 3))
                .when(new TurnedUnready(NEW, UNREADY))
                .sent(IncidentStatus.class)
                .getLast();
        assertThat(busy.goesBack()).isFalse();
        assertThat(busy.notBack()).isEqualTo("release hello@1.2.0 is on its way there, and may be the cure");
    }

    @Test
    void where_nothing_is_to_go_back_nothing_is_said_of_it() {
        assertThat(at(WhenBad.ALERT)
                        .when(new TurnedUnready(NEW, UNREADY))
                        .sent(IncidentStatus.class)
                        .getLast()
                        .notBack())
                .isNull();
        assertThat(at(WhenBad.ROLL_BACK)
                        .when(new TurnedUnready(NEW, UNREADY))
                        .sent(IncidentStatus.class)
                        .getLast()
                        .notBack())
                .isNull();
    }

    @Test
    void in_staging_the_version_before_is_started_and_takes_its_place() {
        Walk walk = stagingAt(WhenBad.ROLL_BACK).when(new TurnedUnready(NEW, UNREADY));
        assertThat(walk.sent(IncidentStatus.class).getFirst().environment()).hasToString("hello/staging");
        assertThat(walk.tasks()).containsExactly("fall-back/" + NEW);
        assertThat(walk.environment.traffic().verified()).as("until it runs").isEqualTo(NEW);

        walk.when(new Restored("fall-back/" + NEW, instance("back")));
        assertThat(Objects.requireNonNull(walk.environment.verified()).version())
                .isEqualTo("1.0.0");
        assertThat(walk.table().shares().getFirst().address())
                .isEqualTo(instance("back").address());
        assertThat(walk.environment.retired()).extracting(Retired::key).containsExactly(NEW);
        assertThat(walk.sent(IncidentStatus.class).getLast().ending()).isEqualTo("1.0.0 serves instead of it");
    }

    @Test
    void a_fall_back_that_comes_too_late_changes_nothing() {
        Walk walk = stagingAt(WhenBad.ROLL_BACK)
                .when(new TurnedUnready(NEW, UNREADY))
                .start(unjudged("1.2.0", 3));
        Environment before = walk.environment;

        assertThat(walk.when(new Restored("fall-back/" + NEW, instance("back"))).environment)
                .isEqualTo(before);
    }

    @Test
    void what_was_restored_after_a_rollback_is_well() {
        Walk walk = stepping(1).when(new ProcessGone(OLD, KILLED)).worse().restored();

        assertThat(view(walk).health()).isEqualTo(Health.UP);
        assertThat(view(walk).incident()).isNotNull();
        assertThat(wake(walk)).isEqualTo(walk.now.plusSeconds(30));
    }
}
