package dev.slipway.contracts.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a rollout is planned to take, whoever asks. */
final class JudgeTest {
    @Test
    void twice_what_steps_and_bake_are_held_is_planned() {
        List<Step> steps = List.of(
                new Step(10, Duration.ofMinutes(5)),
                new Step(50, Duration.ofSeconds(30)),
                new Step(100, Duration.ZERO));

        Duration held = Step.held(steps, Duration.ofMinutes(10));

        assertThat(held).isEqualTo(Duration.ofSeconds(930));
        assertThat(Judge.plannedFor(held)).isEqualTo(Duration.ofSeconds(1_860));
    }

    @Test
    void a_minute_is_planned_at_least() {
        assertThat(Judge.plannedFor(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Judge.plannedFor(Duration.ofSeconds(30))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Judge.plannedFor(Duration.ofSeconds(31))).isEqualTo(Duration.ofSeconds(62));
    }
}
