package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(5);

    @Test
    void the_pause_doubles_from_half_a_second_to_thirty() {
        assertThat(java.util.stream.IntStream.rangeClosed(1, 9).mapToObj(Standing::pauseAfter))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
        assertThat(Standing.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Standing.PAUSE_MAX);
    }

    @Test
    void one_that_keeps_ending_waits_longer_each_time() {
        Standing twice = Standing.of("gateway").ended("exit code 1", NOW, SHORT).ended("exit code 1", NOW, SHORT);

        assertThat(twice.endsInRow()).isEqualTo(2);
        assertThat(twice.mayStart(NOW.plusMillis(999))).isFalse();
        assertThat(twice.mayStart(NOW.plusMillis(1_000))).isTrue();
    }

    @Test
    void one_that_lived_a_minute_begins_anew() {
        Standing often = new Standing("gateway", 7, 6, "exit code 1", NOW, NOW);

        Standing settled = often.ended("killed by signal 9", NOW, Duration.ofSeconds(60), 1);

        assertThat(settled.endsInRow()).isEqualTo(1);
        assertThat(settled.notBefore()).isEqualTo(NOW.plusMillis(500));
        assertThat(settled.restarts()).isEqualTo(7);
        assertThat(often.ended("exit code 1", NOW, Duration.ofSeconds(90), 2).endsInRow())
                .as("where a start takes twice as long")
                .isEqualTo(7);
    }

    @Test
    void one_that_never_ended_may_start_at_once_and_its_restarts_are_counted() {
        assertThat(Standing.of("gateway").mayStart(NOW)).isTrue();
        assertThat(Standing.of("gateway").startedAgain().startedAgain().restarts())
                .isEqualTo(2);
    }

    @Test
    void an_exit_is_told_as_people_know_it() {
        assertThat(Standing.exit(1)).isEqualTo("exit code 1");
        assertThat(Standing.exit(137)).isEqualTo("killed by signal 9");
    }
}
