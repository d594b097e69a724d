package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.platform.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every target must do, whatever versions run on. */
interface TargetContract {
    String KEY = "hello@1.0.0/production/1";

    /** Another instance of the same target, as after a restart. */
    TargetPort target();

    Launch launch(String key, String behaviour, Duration startWithin);

    default Startup start(TargetPort target, long fence) throws InterruptedException {
        return target.start(launch(KEY, "good", Pace.patience(Duration.ofSeconds(20))), fence, () -> false);
    }

    @Test
    default void what_is_started_runs_and_what_is_stopped_does_not() throws InterruptedException {
        TargetPort target = target();
        assertThat(target.check(KEY)).isEqualTo(Presence.UNKNOWN);

        assertThat(start(target, 1)).isInstanceOf(Up.class);
        assertThat(target.check(KEY)).isEqualTo(Presence.RUNNING);

        target.stop(KEY, 2);
        assertThat(target.check(KEY)).isEqualTo(Presence.GONE);
    }

    @Test
    default void a_second_start_and_one_after_a_restart_adopt_what_runs() throws InterruptedException {
        TargetPort target = target();
        Startup first = start(target, 1);

        assertThat(start(target, 2)).isEqualTo(first);
        assertThat(start(target(), 3)).isEqualTo(first);
    }

    @Test
    default void starts_at_the_same_time_start_one() throws Exception {
        TargetPort one = target();
        TargetPort other = target();
        List<Callable<Startup>> starts = List.of(() -> start(one, 1), () -> start(other, 1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Startup>> outcomes = threads.invokeAll(starts);

            assertThat(outcomes.get(0).get())
                    .isInstanceOf(Up.class)
                    .isEqualTo(outcomes.get(1).get());
        }
    }

    @Test
    default void a_lower_fence_is_refused() throws InterruptedException {
        TargetPort target = target();
        start(target, 5);
        target.stop(KEY, 7);

        assertThat(start(target, 6))
                .isInstanceOfSatisfying(
                        Down.class, down -> assertThat(down.why()).contains("fence 6 is below 7"));
        assertThat(target.check(KEY)).isEqualTo(Presence.GONE);
        assertThat(start(target, 8)).isInstanceOf(Up.class);

        target.stop(KEY, 4);
        assertThat(target.check(KEY)).isEqualTo(Presence.RUNNING);
    }

    @Test
    default void a_version_that_is_never_healthy_is_down_when_its_time_is_over() throws InterruptedException {
        assertThat(target().start(launch(KEY, "sick", Pace.patience(Duration.ofSeconds(2))), 1, () -> false))
                .isInstanceOfSatisfying(
                        Down.class, down -> assertThat(down.why()).contains("/health"));
    }

    @Test
    default void a_version_that_ends_by_itself_is_down_at_once() throws InterruptedException {
        long began = System.nanoTime();
        Startup startup = target().start(launch(KEY, "ends", Duration.ofMinutes(5)), 1, () -> false);

        assertThat(startup)
                .isInstanceOfSatisfying(
                        Down.class, down -> assertThat(down.why()).contains("ended by itself"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Pace.patience(Duration.ofMinutes(1)));
    }

    @Test
    default void what_nobody_wants_any_more_is_not_waited_for() throws InterruptedException {
        assertThat(target().start(launch(KEY, "sick", Duration.ofMinutes(5)), 1, () -> true))
                .isInstanceOf(Down.class);
    }

    @Test
    default void two_keys_run_side_by_side() throws InterruptedException {
        TargetPort target = target();
        Startup one = start(target, 1);
        Startup other =
                target.start(launch(KEY + "~way-back", "good", Pace.patience(Duration.ofSeconds(20))), 1, () -> false);

        assertThat(other).isInstanceOf(Up.class).isNotEqualTo(one);
        target.stop(KEY + "~way-back", 2);
        assertThat(target.check(KEY)).isEqualTo(Presence.RUNNING);
    }
}
