package dev.slipway.validation.revision;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.UnreadableArrived;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which reports count: those of the newest attempt of the newest run, each once. */
final class AttemptsTest {
    private static final String ID = "hello@" + "a".repeat(40);
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Revision CORE = new Revision(new Revision.Bounds(20, 30, 5, 5, Duration.ofDays(30)));

    private final CoreScenario<RevisionState, RevisionInput> revision = givenNew(CORE, ID);

    @Test
    void several_reports_of_one_attempt_count_together() {
        push(new RunAttempt("17", null, 1L), null, "1", "2");
        push(new RunAttempt("17", null, 1L), null, "3");

        assertThat(suite().facts()).hasToString("tests.total 6");
        assertThat(suite().digests()).containsExactly(digest("1"), digest("2"), digest("3"));
        assertThat(suite().run()).isEqualTo("run 17, attempt 1");
        assertThat(suite().older()).isZero();
    }

    @Test
    void the_same_bytes_twice_in_an_attempt_count_once_however_they_are_put_together() {
        RunAttempt attempt = new RunAttempt("17", null, 1L);
        push(attempt, null, "1", "2");
        push(attempt, null, "2", "3");
        RevisionState before = revision.state();

        push(attempt, null, "3", "1");

        assertThat(suite().facts()).hasToString("tests.total 6");
        assertThat(suite().digests()).containsExactly(digest("1"), digest("2"), digest("3"));
        revision.state(before).effects();
    }

    @Test
    void of_a_run_the_highest_attempt_counts_whatever_the_order() {
        for (List<Long> order : List.of(List.of(1L, 2L), List.of(2L, 1L))) {
            CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID);
            order.forEach(attempt -> scenario.when(
                    pushed(new RunAttempt("17", null, attempt), attempt == 1 ? 1L : 0L, attempt == 1 ? "4" : "2"),
                    NOW));

            assertThat(scenario.state().suites()).singleElement().satisfies(suite -> {
                assertThat(suite.facts()).hasToString("tests.total 2, run.exit 0");
                assertThat(suite.run()).isEqualTo("run 17, attempt 2");
                assertThat(suite.older()).isEqualTo(1);
            });
        }
    }

    @Test
    void the_same_bytes_in_a_newer_attempt_are_its_own() {
        push(new RunAttempt("17", null, 1L), 1L, "1");
        push(new RunAttempt("17", null, 2L), 0L, "1");

        assertThat(suite().facts()).hasToString("tests.total 1, run.exit 0");
    }

    @Test
    void of_several_runs_the_one_whose_latest_attempt_began_last_counts() {
        push(new RunAttempt("17", null, 1L), null, "1");
        push(new RunAttempt("18", null, 1L), null, "2");
        push(new RunAttempt("17", null, 1L), null, "3");
        assertThat(suite().run()).isEqualTo("run 18, attempt 1");

        push(new RunAttempt("17", null, 2L), null, "4");
        assertThat(suite().facts()).hasToString("tests.total 4");
    }

    @Test
    void each_part_of_a_run_counts_by_its_own_highest_attempt() {
        push(new RunAttempt("17", "linux", 1L), 1L, "1");
        push(new RunAttempt("17", "windows", 1L), 1L, "2");
        push(new RunAttempt("17", "linux", 2L), 0L, "4");

        assertThat(suite().facts())
                .as("windows was not repeated and is still red")
                .hasToString("tests.total 6, run.exit 1");
        assertThat(suite().older()).isEqualTo(1);
    }

    @Test
    void two_parts_with_the_same_bytes_are_two() {
        push(new RunAttempt("17", "linux", 1L), null, "1");
        push(new RunAttempt("17", "windows", 1L), null, "1");

        assertThat(suite().facts()).hasToString("tests.total 2");
        assertThat(suite().digests()).containsExactly(digest("1"), digest("1"));
    }

    @Test
    void without_a_run_the_time_of_arrival_tells_and_the_same_again_is_nothing_new() {
        push(RunAttempt.UNKNOWN, null, "1");
        push(RunAttempt.UNKNOWN, null, "2");
        RevisionState before = revision.state();

        push(RunAttempt.UNKNOWN, null, "1");

        assertThat(suite().facts()).hasToString("tests.total 2");
        assertThat(suite().older()).isEqualTo(1);
        revision.state(before);
    }

    @Test
    void a_push_that_does_not_count_is_told_so() {
        push(RunAttempt.UNKNOWN, 0L, "1");
        assertThat(outdone(RunAttempt.UNKNOWN, 0L, "1")).isEmpty();
        push(RunAttempt.UNKNOWN, 1L, "2");

        assertThat(outdone(RunAttempt.UNKNOWN, 1L, "2")).isEmpty();
        assertThat(outdone(RunAttempt.UNKNOWN, 0L, "1"))
                .contains(
                        "said before; a newer push of this suite counts. What a run has left again is told apart by the"
                                + " run's name");

        push(new RunAttempt("18", null, 2L), 1L, "3");
        push(new RunAttempt("18", null, 1L), 0L, "4");
        assertThat(outdone(new RunAttempt("18", null, 1L), 0L, "4")).contains("run 18, attempt 2 of this suite counts");
        assertThat(outdone(new RunAttempt("18", null, 2L), 1L, "3")).isEmpty();
        assertThat(outdone(RunAttempt.UNKNOWN, 0L, "1"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("said before; run 18, attempt 2 of this suite"));
    }

    @Test
    void what_a_run_of_another_name_has_left_counts_be_it_the_same_bytes() {
        push(new RunAttempt("own-1", null, null), 0L, "1");
        push(new RunAttempt("own-2", null, null), 1L, "2");
        push(new RunAttempt("own-3", null, null), 0L, "1");

        assertThat(suite().facts()).hasToString("tests.total 1, run.exit 0");
        assertThat(suite().older()).isEqualTo(2);
    }

    @Test
    void an_exit_status_alone_is_evidence_and_of_several_the_largest_counts() {
        push(new RunAttempt("17", null, 1L), 3L);
        assertThat(suite().facts()).hasToString("run.exit 3");
        assertThat(suite().digests()).containsExactly(digest("d"));

        push(new RunAttempt("17", null, 1L), 0L, "1");
        assertThat(suite().facts()).hasToString("run.exit 3, tests.total 1");
    }

    @Test
    void an_exit_status_that_comes_later_belongs_to_the_report_that_is_there() {
        push(new RunAttempt("17", null, 1L), null, "1");
        push(new RunAttempt("17", null, 1L), 0L, "1");

        assertThat(suite().facts()).hasToString("tests.total 1, run.exit 0");
        assertThat(suite().digests()).containsExactly(digest("1"), digest("d"));
    }

    @Test
    void a_report_that_cannot_be_read_belongs_to_its_attempt_and_an_exit_status_does_not_mend_it() {
        RunAttempt first = new RunAttempt("17", null, 1L);
        revision.when(
                new UnreadableArrived(
                        new Unreadable("junit", "unit", digest("8"), "not XML", NOW, "cy@example.test", first)),
                NOW);
        push(first, 1L);
        assertThat(suite().unreadable()).isEqualTo("not XML");
        assertThat(suite().facts()).hasToString("run.exit 1");

        push(new RunAttempt("17", null, 2L), 0L, "1");
        assertThat(suite().unreadable()).isNull();

        push(first, null, "5");
        assertThat(suite().facts()).hasToString("tests.total 1, run.exit 0");
        assertThat(revision.state().unreadable()).isEmpty();
    }

    @Test
    void reports_are_bounded_over_all_pushes() {
        for (int i = 0; i < 3; i++) {
            String[] ten = IntStream.range(10 * i, 10 * i + 10)
                    .mapToObj(n -> "%02x".formatted(n))
                    .toArray(String[]::new);
            push(new RunAttempt("17", null, i + 1L), null, ten);
        }

        revision.when(pushed(new RunAttempt("17", null, 4L), null, "1"), NOW).refused("revision-full");
    }

    @Test
    void a_part_or_an_attempt_needs_its_run() {
        assertThatThrownBy(() -> new RunAttempt(null, null, 2L)).hasMessageContaining("needs the run");
        assertThatThrownBy(() -> new RunAttempt("17", null, 0L)).hasMessageContaining("attempt must be 1 or more");
    }

    @Test
    void what_was_stored_before_runs_were_known_reads_as_a_run_without_a_name() {
        String before = """
                {"id":"%s","subscribers":[],"expired":false,
                 "arrival-00001":{"type":"evidence","kind":"junit","suite":"unit","digest":"%s",
                   "facts":{"list":[{"name":"tests.total","value":"1","unit":"COUNT"}]},
                   "at":"2026-01-05T10:00:00Z","by":"cy@example.test"},
                 "arrival-00002":{"type":"unreadable","kind":"junit","suite":"it","digest":"%s","why":"not XML",
                   "at":"2026-01-05T10:00:00Z","by":"cy@example.test"}}
                """.formatted(ID, digest("1"), digest("8"));

        RevisionState state = MessagingJson.mapper().readValue(before, RevisionState.class);

        assertThat(state.suites()).hasSize(2);
        assertThat(state.suites().getFirst().facts()).hasToString("tests.total 1");
        assertThat(state.suites().getFirst().digests()).containsExactly(digest("1"));
        assertThat(MessagingJson.mapper()
                        .readValue(MessagingJson.mapper().writeValueAsString(state), RevisionState.class))
                .isEqualTo(state);
    }

    private SuiteFacts suite() {
        assertThat(revision.state().suites()).hasSize(1);
        return revision.state().suites().getFirst();
    }

    private Optional<String> outdone(RunAttempt of, @Nullable Long exit, String... reports) {
        return revision.state().outdone(pushed(of, exit, reports).evidence());
    }

    private void push(RunAttempt of, @Nullable Long exit, String... reports) {
        revision.when(pushed(of, exit, reports), NOW).accepted();
    }

    /** A push of reports that each have as many tests as their name says. */
    private static EvidenceArrived pushed(RunAttempt of, @Nullable Long exit, String... reports) {
        List<EvidenceArrived.File> files = Stream.of(reports)
                .map(name -> new EvidenceArrived.File(
                        digest(name), new Facts(List.of(Fact.count("tests.total", Long.parseLong(name, 16))))))
                .toList();
        List<Digest> digests = files.stream().map(EvidenceArrived.File::digest).toList();
        Digest record = digest("d");
        Evidence evidence = new Evidence(
                "junit",
                "unit",
                digests.isEmpty() ? record : digests.getFirst(),
                files.stream()
                        .map(EvidenceArrived.File::facts)
                        .reduce(Facts::plus)
                        .orElse(Facts.NONE),
                NOW,
                "cy@example.test",
                of,
                exit,
                exit == null ? null : record,
                digests,
                List.of(),
                0);
        return new EvidenceArrived(evidence, files);
    }

    private static Digest digest(String name) {
        return new Digest("sha256:" + name.repeat(64).substring(0, 64));
    }
}
