package dev.slipway.gateway.live;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SplitMetersTest {
    private static final EnvironmentId OTHER = EnvironmentId.parse("other/staging");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SplitMeters meters = new SplitMeters(registry);

    @Test
    void every_combination_has_a_timer_of_its_own() {
        int nanos = 0;
        for (EnvironmentId environment : List.of(HELLO, OTHER)) {
            for (To to : To.values()) {
                for (Outcome outcome : Outcome.values()) {
                    for (boolean probe : List.of(true, false)) {
                        nanos++;
                        meters.ended(environment, to, probe, outcome, nanos);
                        meters.ended(environment, to, probe, outcome, nanos);
                        assertThat(timer(environment, to, probe, outcome).totalTime(TimeUnit.NANOSECONDS))
                                .isEqualTo(2 * nanos);
                    }
                }
            }
        }
        assertThat(registry.find("slipway.gateway.split").timers()).hasSize(nanos + 1);
    }

    @Test
    void what_never_happened_has_no_timer_and_the_unknown_have_one() {
        meters.ended(HELLO, To.VERIFIED, false, Outcome.ANSWERED, 5);
        meters.unknown();

        assertThat(registry.find("slipway.gateway.split").timers()).hasSize(2);
        assertThat(registry.get("slipway.gateway.split")
                        .tag("environment", "unknown")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void requests_of_many_threads_are_all_measured() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int request = 0; request < 5000; request++) {
                    meters.ended(HELLO, To.UNVERIFIED, false, Outcome.FAILED, 1);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(timer(HELLO, To.UNVERIFIED, false, Outcome.FAILED).count()).isEqualTo(20_000);
    }

    private Timer timer(EnvironmentId environment, To to, boolean probe, Outcome outcome) {
        return registry.get("slipway.gateway.split")
                .tags(
                        "environment", environment.toString(),
                        "side", to.name().toLowerCase(Locale.ROOT),
                        "outcome", outcome.name().toLowerCase(Locale.ROOT),
                        "probe", Boolean.toString(probe))
                .timer();
    }
}
