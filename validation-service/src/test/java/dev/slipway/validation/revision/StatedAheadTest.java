package dev.slipway.validation.revision;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.Verification;
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

/** What a report states of a time to come was stated when it arrived; and what came when is told by the record again. */
final class StatedAheadTest {
    private static final String ID = "hello@" + "a".repeat(40);
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final RunAttempt RUN = new RunAttempt("17", null, 1L);
    private static final String AHEAD = "2031-01-01T00:00:00Z";
    private static final String BOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "grype"}]},
             "components": [{"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1"}],
             "vulnerabilities": [{"id": "CVE-1", "ratings": [{"severity": "critical"}], "affects": [{"ref": "a"}]}]}""";

    private final CoreScenario<RevisionState, RevisionInput> revision =
            givenNew(new Revision(new Revision.Bounds(20, 30, 5, 5, Duration.ofDays(30))), ID);
    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final Verification verification = new Verification(READERS, new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    });

    private static String openvex(String status, String at) {
        return """
                {"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "%s", "statements": [
                  {"vulnerability": {"name": "CVE-1"}, "products": [{"@id": "pkg:npm/a"}], "status": "%s"}]}""".formatted(at, status);
    }

    private static String cyclonedxVex(String state, String at) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "vulnerabilities": [{"id": "CVE-1",
                  "ratings": [{"severity": "critical"}], "affects": [{"ref": "pkg:npm/a@1"}],
                  "analysis": {"state": "%s", "lastUpdated": "%s"}}]}""".formatted(state, at);
    }

    /** As the service takes it in. */
    private void push(String kind, RunAttempt of, Instant at, String report) throws UnreadableEvidence {
        Facts facts = new Intake(READERS.of(kind).orElseThrow())
                .read(EvidenceFiles.of("report", report.getBytes(StandardCharsets.UTF_8)), at)
                .facts();
        arrived(kind, of, at, report, facts);
    }

    private void arrived(String kind, RunAttempt of, Instant at, String report, Facts facts) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        kept.put(digest, bytes);
        Evidence evidence = new Evidence(
                kind, "app", digest, facts, at, "cy@example.test", of, null, null, List.of(digest), List.of(), 0);
        revision.when(new EvidenceArrived(evidence), at).accepted();
    }

    /** With what others state beside it, as a gate looks at it. */
    private SuiteFacts suite() {
        return revision.state().suites().stream()
                .sorted((one, two) -> one.kind().compareTo(two.kind()))
                .reduce(SuiteFacts::beside)
                .orElseThrow();
    }

    private List<String> faults(Gate gate, Verdict verdict, Arrived inputs, Arrived baseline) {
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                inputs.digests(),
                "",
                verdict,
                "",
                NOW.plusSeconds(1_000),
                baseline.digests(),
                List.of(),
                null,
                List.of(),
                Comparing.BY_PLACE,
                null,
                inputs.and(baseline).at(),
                0);
        Chain chain = new Chain(10);
        ChainState recorded = chain.decide(chain.initial("hello"), draft, NOW).state();
        return verification.faults(List.of(Objects.requireNonNull(recorded.last())));
    }

    private static Gate gate(String kind, @Nullable String scanner, Threshold... rule) {
        return new Gate(
                "bill",
                "",
                Stage.PRE_RELEASE,
                kind,
                "app",
                List.of(rule),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                scanner,
                null);
    }

    @Test
    void a_statement_that_is_dated_ahead_gives_way_to_what_arrives_after_it() throws Exception {
        Gate none = gate("cyclonedx", null, new Threshold("vulnerabilities.critical", "0"));
        push("cyclonedx", RUN, NOW, BOM);
        push("openvex", RUN, NOW.plusSeconds(1), openvex("fixed", AHEAD));
        assertThat(suite().facts().toString()).contains("vulnerabilities.critical 0", "vulnerabilities.suppressed 1");
        assertThat(faults(none, Verdict.PASSED, suite().arrived(), Arrived.NOTHING))
                .isEmpty();

        push("openvex", RUN, NOW.plusSeconds(3), openvex("affected", "2026-01-05T10:00:02Z"));

        assertThat(suite().facts().toString()).contains("vulnerabilities.critical 1", "vulnerabilities.suppressed 0");
        assertThat(faults(none, Verdict.FAILED, suite().arrived(), Arrived.NOTHING))
                .isEmpty();
        assertThat(faults(none, Verdict.PASSED, suite().arrived(), Arrived.NOTHING))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void the_same_of_an_analysis_within_bills_of_materials() throws Exception {
        push("cyclonedx", RUN, NOW, BOM);
        push("cyclonedx", RUN, NOW.plusSeconds(1), cyclonedxVex("not_affected", AHEAD));
        assertThat(suite().facts().toString()).contains("vulnerabilities.critical 0");

        push("cyclonedx", RUN, NOW.plusSeconds(3), cyclonedxVex("exploitable", "2026-01-05T10:00:02Z"));

        assertThat(suite().facts()
                        .named("vulnerabilities.critical")
                        .orElseThrow()
                        .value())
                .as("where it was found, and where it is said to be exploitable")
                .isEqualByComparingTo("2");
    }

    @Test
    void of_one_arrival_nothing_that_is_dated_ahead_is_later_and_the_worse_holds() throws Exception {
        push("cyclonedx", RUN, NOW, BOM);
        push("openvex", RUN, NOW.plusSeconds(1), """
                {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
                  {"vulnerability": {"name": "CVE-1"}, "products": [{"@id": "pkg:npm/a"}], "status": "affected",
                   "timestamp": "2030-01-01T00:00:00Z"},
                  {"vulnerability": {"name": "CVE-1"}, "products": [{"@id": "pkg:npm/a"}], "status": "fixed",
                   "timestamp": "2031-01-01T00:00:00Z"}]}""");

        assertThat(suite().facts().toString()).contains("vulnerabilities.critical 1");
    }

    @Test
    void what_was_taken_in_before_times_were_bounded_is_bounded_when_it_is_looked_at() throws Exception {
        String ahead = openvex("fixed", AHEAD);
        Reading claimed = READERS.of("openvex").orElseThrow().read(ahead.getBytes(StandardCharsets.UTF_8), "report");
        push("cyclonedx", RUN, NOW, BOM);
        arrived("openvex", RUN, NOW.plusSeconds(1), ahead, claimed.facts());
        push("openvex", RUN, NOW.plusSeconds(3), openvex("affected", "2026-01-05T10:00:02Z"));

        assertThat(suite().facts().toString()).contains("vulnerabilities.critical 1");
    }

    @Test
    void a_record_from_before_arrivals_were_written_down_is_judged_by_the_times_that_it_was_judged_by()
            throws Exception {
        Gate none = gate("cyclonedx", null, new Threshold("vulnerabilities.critical", "0"));
        push("cyclonedx", RUN, NOW, BOM);
        push("openvex", RUN, NOW.plusSeconds(1), openvex("fixed", AHEAD));
        push("openvex", RUN, NOW.plusSeconds(3), openvex("affected", "2026-01-05T10:00:02Z"));

        Arrived before = Arrived.somewhen(suite().digests());

        assertThat(faults(none, Verdict.PASSED, before, Arrived.NOTHING)).isEmpty();
    }

    @Test
    void what_is_new_is_told_by_the_arrivals_of_both_sides() throws Exception {
        Gate fresh = gate("cyclonedx", null, new Threshold("vulnerabilities.new", "0"));
        push("cyclonedx", RUN, NOW, BOM);
        Arrived bill = suite().arrived();
        push("openvex", RUN, NOW.plusSeconds(1), openvex("affected", AHEAD));
        push("openvex", RUN, NOW.plusSeconds(3), openvex("fixed", "2026-01-05T10:00:02Z"));
        Arrived fixed = suite().arrived();

        assertThat(faults(fresh, Verdict.PASSED, fixed, bill)).isEmpty();
        assertThat(faults(fresh, Verdict.FAILED, bill, fixed))
                .as("the last release did not have it")
                .isEmpty();
        assertThat(faults(fresh, Verdict.PASSED, bill, Arrived.somewhen(fixed.digests())))
                .as("by the claimed times it had it")
                .isEmpty();
    }

    @Test
    void the_same_bytes_of_two_jobs_are_two_reports_when_a_verdict_is_checked() throws Exception {
        Gate two = gate("cyclonedx", null, new Threshold("components.total", "2"));
        push("cyclonedx", new RunAttempt("17", "linux", 1L), NOW, BOM);
        push("cyclonedx", new RunAttempt("17", "windows", 1L), NOW.plusSeconds(1), BOM);

        assertThat(suite().facts().toString()).contains("components.total 2");
        assertThat(faults(two, Verdict.PASSED, suite().arrived(), Arrived.NOTHING))
                .isEmpty();
        assertThat(faults(two, Verdict.PASSED, Arrived.somewhen(suite().digests()), Arrived.NOTHING))
                .as("also by a record from before")
                .isEmpty();
    }

    @Test
    void what_came_apart_is_not_told_together_when_a_verdict_is_checked() throws Exception {
        Gate covered = gate("lcov", null, new Threshold("coverage.lines", ">= 50%"));
        push("lcov", RUN, NOW, "SF:a.c\nDA:1,1\nend_of_record\n");
        push("lcov", RUN, NOW.plusSeconds(1), "SF:b.c\nDA:1,1\nend_of_record\n");

        assertThat(suite().facts().named("coverage.lines")).isEmpty();
        assertThat(faults(covered, Verdict.INCONCLUSIVE, suite().arrived(), Arrived.NOTHING))
                .isEmpty();
    }
}
