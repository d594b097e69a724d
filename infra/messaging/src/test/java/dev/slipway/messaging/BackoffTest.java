package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // the clock may wrap around
    private final Backoff backoff = new Backoff(
            MessagingSettings.of("tea", Map.of("retry-pause-first", "100ms", "retry-pause-max", "1s")), nanos::get);

    @Test
    void pauses_double_up_to_the_longest_and_begin_again_after_a_success() {
        assertThat(backoff.failed("a")).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.failed("a")).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.failed("a")).isEqualTo(Duration.ofMillis(400));
        assertThat(backoff.failed("a")).isEqualTo(Duration.ofMillis(800));
        for (int more = 0; more < 100; more++) {
            assertThat(backoff.failed("a")).isEqualTo(Duration.ofSeconds(1));
        }

        backoff.succeeded("a");

        assertThat(backoff.ready("a")).isTrue();
        assertThat(backoff.failed("a")).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_key_is_ready_when_its_own_pause_is_over() {
        backoff.failed("a");
        assertThat(backoff.ready("a")).isFalse();
        assertThat(backoff.ready("b")).isTrue();

        nanos.addAndGet(Duration.ofMillis(99).toNanos());
        assertThat(backoff.ready("a")).isFalse();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(backoff.ready("a")).isTrue();
    }
}
