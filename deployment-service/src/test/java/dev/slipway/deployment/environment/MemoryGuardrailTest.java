package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.watch.MemoryGuard.Crossed;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A guardrail on memory that is crossed, at each place of a rollout. */
class MemoryGuardrailTest {
    private static final String NEW = question("1.1.0").toString();
    private static final String OLD = question("1.0.0").toString();
    private static final Crossed CROSSED =
            new Crossed("memory", "its memory was at least 600 MB in 5 looks in a row", "600 MB", "< 512 MB");

    @Test
    void a_version_on_its_way_goes_back_at_once_and_the_verdict_has_its_numbers() {
        for (Supplier<Walk> stage : List.<Supplier<Walk>>of(
                () -> established().start(plan("1.1.0", 2)).started(),
                () -> stepping(1),
                () -> stepping(4),
                () -> baking(),
                () -> full())) {
            Walk walk = stage.get().when(new OverLimit(NEW, CROSSED));

            assertThat(walk.state()).isEqualTo("RESTORING");
            assertThat(walk.shares()).containsExactly(100);
            assertThat(walk.active().cause())
                    .isEqualTo(new RolloutCause(
                            "worse",
                            "The new version is worse: guardrail memory, its memory was at least 600 MB in 5 looks in a row",
                            "600 MB",
                            "< 512 MB"));
        }
    }

    @Test
    void the_guardrails_of_a_rollout_are_over_with_it_and_say_nothing_of_another_version() {
        assertThat(stepping(1).when(new OverLimit(OLD, CROSSED)).state()).isEqualTo("STEPPING");
        assertThat(established().when(new OverLimit(OLD, CROSSED)).state()).isEqualTo("IDLE");
    }
}
