package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MessagingSettingsTest {
    @Test
    void an_observer_is_blind_after_half_a_lease_but_not_because_a_look_came_late() {
        assertThat(settings("8s", "1s").blindAfter()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings("2s", "1s").blindAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_lease_that_no_look_could_judge_is_refused() {
        assertThatThrownBy(() -> settings("1s", "1s"))
                .hasStackTraceContaining("task-lease must be longer than sweep-every");
    }

    private static MessagingSettings settings(String lease, String sweep) {
        return MessagingSettings.of("tea", Map.of("task-lease", lease, "sweep-every", sweep));
    }
}
