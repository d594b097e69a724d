package dev.slipway.deployment.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.deployment.watch.MemoryGuard.Crossed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {
    private static final long MB = 1 << 20;
    private static final Guardrails BELOW_512 = limits(512 * MB, null);
    private static final Guardrails GROWS_BELOW_20 = limits(null, 20.0);

    private static Guardrails limits(@Nullable Long bytes, @Nullable Double growth) {
        return new Guardrails(null, List.of(), bytes, growth, null);
    }

    private static Course course(long... megabytes) {
        Course course = Course.UNSEEN;
        for (long each : megabytes) {
            course = course.seen(each * MB);
        }
        return course;
    }

    private static Course grown(long from, long to) {
        return course(from, from, from, from, from, to, to, to, to, to);
    }

    @Test
    void memory_beyond_its_limit_in_five_looks_in_a_row_is_too_much_and_the_verdict_has_the_numbers() {
        assertThat(MemoryGuard.crossed(BELOW_512, course(600, 610, 605, 620, 612), null))
                .contains(new Crossed(
                        "memory", "its memory was at least 600 MB in 5 looks in a row", "600 MB", "< 512 MB"));
        assertThat(MemoryGuard.crossed(BELOW_512, course(512, 512, 512, 512, 512), null))
                .as("the limit is one to stay below")
                .isPresent();
    }

    @Test
    void one_look_at_a_good_moment_and_too_few_looks_say_nothing() {
        assertThat(MemoryGuard.crossed(BELOW_512, course(600, 600, 600, 500, 600), null))
                .isEmpty();
        assertThat(MemoryGuard.crossed(BELOW_512, course(600, 600, 600, 600), null))
                .isEmpty();
        assertThat(MemoryGuard.crossed(BELOW_512, course(900, 100, 100, 100, 100, 100), null))
                .isEmpty();
    }

    @Test
    void growth_counts_beyond_what_the_version_beside_it_has_grown_by() {
        Optional<Crossed> leak = MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 150), grown(100, 110));
        assertThat(leak)
                .contains(new Crossed(
                        "memoryGrowth",
                        "its memory grew by at least 50 % since its first share, from 100 MB to 150 MB; the version"
                                + " beside it by at most 10 %",
                        "40 %",
                        "< 20 %"));

        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 150), grown(200, 280)))
                .as("traffic that grows makes both grow")
                .isEmpty();
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 119), grown(100, 50)))
                .as("that the other shrinks is no fault of this one")
                .isEmpty();
    }

    @Test
    void the_least_of_its_latest_looks_counts_and_the_most_of_the_others() {
        Course sawtooth = course(100, 100, 100, 100, 100, 160, 170, 110, 150, 160);
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, sawtooth, grown(100, 100)))
                .isEmpty();

        Course peak = course(100, 100, 100, 100, 100, 100, 100, 140, 100, 100);
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 150), peak)).isEmpty();
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 160), peak)).isPresent();
    }

    @Test
    void growth_is_not_known_before_ten_looks_at_both_and_alone_it_counts_as_it_is() {
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, course(100, 100, 100, 100, 100, 300, 300, 300, 300), null))
                .isEmpty();
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 300), course(100, 100)))
                .isEmpty();
        assertThat(MemoryGuard.crossed(GROWS_BELOW_20, grown(100, 300), null))
                .get()
                .satisfies(crossed -> assertThat(crossed.text()).contains("no version ran beside it"));
    }

    @Test
    void what_has_no_limit_is_never_crossed() {
        assertThat(MemoryGuard.guards(limits(null, null))).isFalse();
        assertThat(MemoryGuard.crossed(limits(null, null), grown(1, 900_000), null))
                .isEmpty();
    }
}
