package dev.slipway.validation.evidence.stability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of the runs of a branch, and what goes first. */
final class RunHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final RunHistory.Bounds BOUNDS = new RunHistory.Bounds(3, 5);

    private static TestPush push(int sha, @Nullable String run, @Nullable Long attempt, String... reports) {
        return new TestPush(
                new Sha("%040x".formatted(sha)),
                run,
                null,
                attempt,
                List.of(reports).stream()
                        .map(one -> Digest.of(one.getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                NOW.plusSeconds(sha),
                List.of("a"),
                List.of(),
                0);
    }

    private static RunHistory of(TestPush... pushes) {
        RunHistory history = RunHistory.NONE;
        for (TestPush push : pushes) {
            history = history.with(push, BOUNDS);
        }
        return history;
    }

    @Test
    void the_same_report_pushed_twice_counts_once() {
        assertThat(of(push(1, "7", 1L, "x"), push(1, "7", 1L, "x")).pushes()).hasSize(1);
        assertThat(of(push(1, null, null, "x"), push(1, null, null, "x")).pushes())
                .hasSize(1);
        assertThat(of(push(1, "7", 1L, "x", "y"), push(1, "7", 1L, "y")).pushes())
                .as("put together in another way")
                .hasSize(1);
        assertThat(of(push(1, "7", 1L, "x"), push(1, "7", 2L, "x")).pushes())
                .as("the next attempt may end in the same bytes")
                .hasSize(2);
    }

    @Test
    void attempts_and_pushes_of_a_run_are_one_run_and_pushes_without_a_run_are_one_each() {
        RunHistory history =
                of(push(1, "7", 1L, "x"), push(1, "7", 2L, "y"), push(1, null, null, "z"), push(2, "7", 1L, "x"));

        assertThat(history.runs(10)).extracting(List::size).containsExactly(2, 1, 1);
        assertThat(history.runs(2)).extracting(List::size).containsExactly(1, 1);
    }

    @Test
    void the_oldest_run_goes_first_and_of_very_many_pushes_the_oldest_push() {
        RunHistory full =
                of(push(1, "1", 1L, "a"), push(2, "2", 1L, "b"), push(3, "3", 1L, "c"), push(4, "4", 1L, "d"));
        assertThat(full.runs(10)).extracting(run -> run.getFirst().run()).containsExactly("2", "3", "4");

        RunHistory late = full.with(push(2, "2", 2L, "e"), BOUNDS);
        assertThat(late.runs(10))
                .as("a late attempt makes its run no newer")
                .extracting(run -> run.getFirst().run())
                .containsExactly("2", "3", "4");

        RunHistory many = late.with(push(4, "4", 2L, "f"), BOUNDS).with(push(4, "4", 3L, "g"), BOUNDS);
        assertThat(many.pushes()).hasSize(BOUNDS.pushesMax());
        assertThat(many.pushes().getLast().attempt()).isEqualTo(3);
    }

    @Test
    void runs_that_name_no_branch_stand_among_those_that_do_by_their_time() {
        RunHistory named = of(push(1, "1", 1L, "a"), push(3, "3", 1L, "c"));
        RunHistory unnamed = of(push(2, "2", 1L, "b"));

        assertThat(named.beside(unnamed).runs(10))
                .extracting(run -> run.getFirst().run())
                .containsExactly("1", "2", "3");
    }
}
