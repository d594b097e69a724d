package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.deployment.environment.Environment.Guarded;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    private static final String NEW = "hello@1.1.0/production/1";
    private static final String OLD = "hello@1.0.0/production/1";
    private static final long MB = 1 << 20;

    private final List<EnvironmentInput> told = new ArrayList<>();
    private final MemoryWatch watch = new MemoryWatch((_, input) -> told.add(input));

    private static Guarded guarded(@Nullable String beside, boolean serves) {
        return new Guarded(NEW, beside, new Guardrails(null, List.of(), 512 * MB, 20.0, null), serves);
    }

    private void look(Guarded guarded, int times, long canary, @Nullable Long beside) {
        Resources own = new Resources(canary * MB, 0, 1, 1, 1);
        for (int i = 0; i < times; i++) {
            watch.look(
                    "hello/production",
                    guarded,
                    beside == null ? Map.of(NEW, own) : Map.of(NEW, own, OLD, new Resources(beside * MB, 0, 1, 1, 1)));
        }
    }

    @Test
    void what_a_version_needs_before_its_first_share_is_no_growth() {
        look(guarded(OLD, false), 5, 50, 100L);
        look(guarded(OLD, false), 5, 200, 100L);
        look(guarded(OLD, true), 10, 200, 100L);
        assertThat(told).isEmpty();

        look(guarded(OLD, true), 5, 250, 100L);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        OverLimit.class,
                        over -> assertThat(over.crossed().observed()).isEqualTo("25 %"));
    }

    @Test
    void too_much_memory_is_told_before_any_share_and_again_until_somebody_has_acted() {
        look(guarded(OLD, false), 4, 600, 100L);
        assertThat(told).isEmpty();

        look(guarded(OLD, false), 3, 600, 100L);
        assertThat(told)
                .hasSize(3)
                .allSatisfy(each -> assertThat(((OverLimit) each).key()).isEqualTo(NEW));
    }

    @Test
    void looks_at_one_side_alone_count_for_neither() {
        look(guarded(OLD, true), 5, 100, 100L);
        look(guarded(OLD, true), 20, 300, null);
        assertThat(told).isEmpty();

        look(guarded(null, true), 5, 300, null);
        assertThat(told).as("nothing to compare with is another matter").isNotEmpty();
    }

    @Test
    void a_version_that_is_gone_is_forgotten() {
        look(guarded(null, true), 5, 100, null);
        watch.forgetAllBut(Set.of());
        look(guarded(null, true), 9, 400, null);

        assertThat(told).isEmpty();
    }

    @Test
    void nothing_is_guarded_where_no_version_is_on_its_way() {
        watch.look("hello/production", null, Map.of());

        assertThat(told).isEmpty();
    }
}
