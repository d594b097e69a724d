package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.revision.RunAttempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From reports of each format to what is known of their tests over the last runs. */
final class StabilitiesTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApplicationName HELLO = new ApplicationName("hello");
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final String FAILS = "<failure message=\"no\"/>";

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final EvidenceBytes bytes = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // nothing expires here
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    };
    private final Stabilities stabilities = new Stabilities(READERS, bytes, new RememberedRuns(), 10);
    private int pushes;

    private static String junit(String inside, int millis) {
        return "<testsuite name=\"s\" time=\"0.%03d\"><testcase classname=\"a.B\" name=\"c\">%s</testcase></testsuite>"
                .formatted(millis, inside);
    }

    private void push(int sha, String run, long attempt, @Nullable String part, @Nullable String branch, String report)
            throws Exception {
        push("junit", sha, new RunAttempt(run, part, attempt), branch, report);
    }

    private void push(String kind, int sha, RunAttempt of, @Nullable String branch, String report) throws Exception {
        byte[] content = report.getBytes(StandardCharsets.UTF_8);
        EvidenceReader reader = READERS.of(kind).orElseThrow();
        EvidenceFiles files = EvidenceFiles.of("the report", content);
        Intake.Result read = new Intake(reader).read(files, NOW);
        Digest digest = Digest.of(content);
        bytes.keep(digest, content, "");
        pushes++;
        Evidence evidence = new Evidence(
                kind,
                "unit",
                digest,
                read.facts(),
                NOW.plusSeconds(pushes),
                "ci",
                of,
                null,
                null,
                List.of(digest),
                List.of(),
                0);
        stabilities.heard(new RevisionId(HELLO, new Sha("%040x".formatted(sha))), reader, evidence, files, branch);
    }

    private Comparison asked(int runs, String... from) {
        return asked("junit", runs, from);
    }

    private Comparison asked(String kind, int runs, String... from) {
        Gate gate = EvidenceGate.of("stable", kind, "unit")
                .expecting("stability.flaky", "0")
                .over(runs)
                .within(Duration.ofMinutes(1));
        Assess question = new Assess(
                QuestionKey.parse("hello@1.0.0/assess-pre-release/1"),
                HELLO,
                new Sha("%040x".formatted(9)),
                List.of(),
                Stage.PRE_RELEASE,
                List.of(gate),
                new Policy.Source("file:/r", from.length == 0 ? List.of("main") : List.of(from), "main"),
                null,
                NOW);
        SuiteFacts here = new SuiteFacts(kind, "unit", Facts.NONE, List.of(), null);
        return Objects.requireNonNull(stabilities.of(question, List.of(here)).get(0));
    }

    @Test
    void what_passed_before_it_failed_on_the_same_commit_is_read_again_from_the_earlier_report() throws Exception {
        push(1, "1", 1, null, "main", junit("", 1));
        push(1, "2", 1, null, "main", junit(FAILS, 2));

        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 1, stability.worst 50%");
        assertThat(asked(2).notes())
                .containsExactly("flaky: a.B.c failed in 1 of 2 runs and passed on the same commit");
    }

    @Test
    void an_earlier_report_that_is_gone_counts_as_passed_and_that_is_said() throws Exception {
        push(1, "1", 1, null, "main", junit("<skipped/>", 1));
        push(1, "2", 1, null, "main", junit(FAILS, 2));
        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");

        kept.clear();

        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 1, stability.worst 50%");
        assertThat(asked(2).notes().getLast())
                .isEqualTo("the reports of 1 of these pushes are gone: what did not fail in them counts as passed");
    }

    @Test
    void a_test_that_a_tool_ran_again_within_one_report_is_flaky() throws Exception {
        push(1, "1", 1, null, "main", junit("<flakyFailure message=\"no\"/>", 1));
        push(2, "2", 1, null, "main", junit("", 2));

        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 1, stability.worst 50%");
    }

    @Test
    void runs_of_other_branches_do_not_count_and_runs_that_name_none_do() throws Exception {
        push(1, "1", 1, null, "main", junit("", 1));
        push(1, "2", 1, null, "fix/it", junit(FAILS, 2));
        push(2, "3", 1, null, null, junit("", 3));
        push(3, "4", 1, null, "release/7", junit("", 4));

        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");
        assertThat(asked(3).facts()).hasToString("stability.runs 2");
        assertThat(asked(3).why()).contains("The last 3 runs of the branch main", "1 more run has to come");
        assertThat(asked(3, "main", "release/*").facts())
                .hasToString("stability.runs 3, stability.flaky 0, stability.worst 0%");
    }

    @Test
    void jobs_of_a_run_are_told_apart() throws Exception {
        push(1, "1", 1, "linux", "main", junit("", 1));
        push(1, "1", 1, "windows", "main", junit(FAILS, 2));
        push(2, "2", 1, "linux", "main", junit("", 3));
        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");

        push(1, "1", 2, "windows", "main", junit("", 4));
        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 1, stability.worst 50%");
    }

    @Test
    void what_it_rests_on_is_kept_and_stays_as_it_was_whatever_comes_later() throws Exception {
        push(1, "1", 1, null, "main", junit(FAILS, 1));
        push(1, "1", 2, null, "main", junit("", 2));
        push(2, "2", 1, null, "main", junit("", 3));
        Digest before = asked(2).baseline().getFirst();
        byte[] then = Objects.requireNonNull(kept.get(before)).clone();

        push(3, "3", 1, null, "main", junit("", 4));
        push(4, "4", 1, null, "main", junit("", 5));

        assertThat(asked(2).baseline()).doesNotContain(before);
        assertThat(kept.get(before)).isEqualTo(then);
        assertThat(asked(2).facts()).hasToString("stability.runs 2, stability.flaky 0, stability.worst 0%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nunit | <test-run total="1"><test-case fullname="a.B.c" result="%s"/></test-run> | Failed | Passed | a.B.c
            xunit | <assemblies><assembly><collection><test name="a.B.c" result="%s"/></collection></assembly></assemblies> | Fail | Pass | a.B.c
            trx | <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testName="a.B.c" outcome="%s"/></Results></TestRun> | Failed | Passed | a.B.c
            open-test-report | <e:events xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0" xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0"><e:started id="1" name="B" time="2026-01-05T10:00:00Z"/><e:started id="2" name="c" parentId="1" time="2026-01-05T10:00:00Z"/><e:finished id="2" time="2026-01-05T10:00:01Z"><result status="%s"/></e:finished><e:finished id="1" time="2026-01-05T10:00:01Z"><result status="SUCCESSFUL"/></e:finished></e:events> | FAILED | SUCCESSFUL | B > c
            """)
    void each_format_of_tests_tells_its_tests_by_name(
            String kind, String report, String failed, String passed, String name) throws Exception {
        push(kind, 1, new RunAttempt("1", null, 1L), "main", report.formatted(failed));
        push(kind, 1, new RunAttempt("2", null, 1L), "main", report.formatted(passed));

        assertThat(asked(kind, 2).facts()).hasToString("stability.runs 2, stability.flaky 1, stability.worst 50%");
        assertThat(asked(kind, 2).notes())
                .containsExactly("flaky: %s failed in 1 of 2 runs and passed on the same commit".formatted(name));
    }
}
