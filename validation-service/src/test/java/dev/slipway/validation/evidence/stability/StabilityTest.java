package dev.slipway.validation.evidence.stability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.stability.StabilityRecord.Run;
import dev.slipway.validation.evidence.stability.StabilityRecord.Try;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which tests are flaky over the last runs, how often, and what is no flake. */
final class StabilityTest {
    private static Run run(int sha, Try... tries) {
        return new Run(new Sha("%040x".formatted(sha)), "run " + sha, List.of(tries));
    }

    private static Try attempt(List<String> failed, List<String> passed) {
        return in(null, failed, passed);
    }

    private static Try in(@Nullable String part, List<String> failed, List<String> passed) {
        return new Try(part, 1L, failed, passed, false, 0);
    }

    private static Run green(int sha) {
        return run(sha, attempt(List.of(), List.of()));
    }

    private static StabilityRecord record(int asked, List<Run> runs) {
        return StabilityRecord.of(new ApplicationName("hello"), "junit", "unit", "main", asked, runs);
    }

    private static Compared told(Run... runs) {
        return Stability.told(record(runs.length, List.of(runs)));
    }

    @Test
    void a_test_that_failed_and_passed_in_another_attempt_flipped_in_that_run() {
        List<Run> runs = new ArrayList<>();
        runs.add(run(1, attempt(List.of("a"), List.of()), attempt(List.of(), List.of("a"))));
        for (int sha = 2; sha <= 20; sha++) {
            runs.add(green(sha));
        }

        Compared told = Stability.told(record(20, runs));

        assertThat(told.facts()).hasToString("stability.runs 20, stability.flaky 1, stability.worst 5%");
        assertThat(told.notes()).containsExactly("flaky: a failed in 1 of 20 runs and passed on the same commit");
    }

    @Test
    void a_test_that_failed_in_one_run_and_passed_in_another_of_the_same_commit_flipped_where_it_failed() {
        Compared told = told(
                run(1, attempt(List.of(), List.of("a"))),
                run(1, attempt(List.of("a"), List.of())),
                run(1, attempt(List.of("a"), List.of())),
                green(2));

        assertThat(told.facts()).hasToString("stability.runs 4, stability.flaky 1, stability.worst 50%");
    }

    @Test
    void what_failed_whenever_it_was_run_on_a_commit_is_broken_and_not_flaky() {
        assertThat(told(run(1, attempt(List.of("a"), List.of())), run(2, attempt(List.of(), List.of("a"))))
                        .facts())
                .hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");
    }

    @Test
    void what_fails_in_one_job_alone_is_not_flaky() {
        assertThat(told(run(1, in("windows", List.of("a"), List.of()), in("linux", List.of(), List.of("a"))), green(2))
                        .facts())
                .hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");
    }

    @Test
    void the_limit_per_test_is_that_of_the_worst_and_the_limit_in_all_counts_tests() {
        Compared told = told(
                run(1, attempt(List.of("a", "b"), List.of("a", "b"))),
                run(2, attempt(List.of("a"), List.of("a"))),
                run(3, attempt(List.of(), List.of())));

        assertThat(told.facts().named("stability.flaky")).contains(Fact.count("stability.flaky", 2));
        assertThat(told.facts().named("stability.worst").orElseThrow().value())
                .as("two thirds, rounded up")
                .isEqualByComparingTo("66.6667");
        assertThat(told.notes().getFirst()).startsWith("flaky: a failed in 2 of 3 runs");
    }

    @Test
    void of_many_flaky_tests_the_worst_are_named() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");

        assertThat(told(run(1, attempt(names, names)), run(2, attempt(List.of("g"), List.of("g"))))
                        .notes())
                .hasSize(6)
                .startsWith("flaky: g failed in 2 of 2 runs and passed on the same commit")
                .endsWith("and 2 more flaky tests");
    }

    @Test
    void fewer_runs_than_asked_for_say_their_number_and_nothing_else() {
        StabilityRecord record = record(20, List.of(run(1, attempt(List.of("a"), List.of("a"))), green(2)));

        assertThat(Stability.told(record).facts()).hasToString("stability.runs 2");
        assertThat(Stability.missing(record))
                .isEqualTo(
                        "The last 20 runs of the branch main are asked for, and 2 of them have reported junit tests of"
                                + " the suite unit: 18 more runs have to come");
        assertThat(Stability.missing(record(2, record.runs()))).isEmpty();
    }

    @Test
    void the_record_of_the_runs_is_read_as_it_was_written_and_nothing_else_is_taken_for_one() {
        StabilityRecord record = record(2, List.of(run(1, in("linux", List.of("a"), List.of())), green(2)));

        assertThat(StabilityRecord.read(record.bytes())).contains(record);
        assertThat(StabilityRecord.read("<testsuite/>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void of_a_push_the_tests_that_failed_are_remembered_and_a_name_that_failed_anywhere_in_it_has_not_passed() {
        TestNames names = new TestNames(2, Set.of("a", "b"));
        names.ended("a", Outcome.PASSED);
        names.ended("b", Outcome.PASSED);
        names.ended("b", Outcome.ERRORED);
        names.ended("c", Outcome.FLAKY);
        names.ended("d", Outcome.SKIPPED);
        names.ended("e", Outcome.FAILED);
        names.ended("x".repeat(300) + "1", Outcome.FAILED);

        assertThat(names.failed()).containsExactly("b");
        assertThat(names.flaky()).containsExactly("c");
        assertThat(names.beyond()).isEqualTo(2);
        assertThat(names.passed("a")).isTrue();
        assertThat(names.passed("b")).isFalse();

        TestNames one = new TestNames(9, Set.of());
        one.ended("x".repeat(300) + "1", Outcome.FAILED);
        one.ended("x".repeat(300) + "2", Outcome.FAILED);
        assertThat(one.failed()).hasSize(2).allMatch(name -> name.length() == 200);
    }
}
