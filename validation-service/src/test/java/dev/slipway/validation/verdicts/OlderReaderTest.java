package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReaderChange;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an older version of the readers read: before it decides it is read again, and once it has decided that is told. */
final class OlderReaderTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final String SKIPPED_THEN = """
            <testsuite name='s'><testcase name='a'/><testcase name='b' status='failed'><skipped/></testcase></testsuite>""";
    private static final String FAILED_EVER = """
            <testsuite name='s'><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>""";
    /** As version 0 told it of the first. */
    private static final String TOLD_THEN =
            "tests.total 2, tests.passed 1, tests.failed 0, tests.errors 0, tests.skipped 1,"
                    + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0";

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final EvidenceBytes bytes = new EvidenceBytes() {
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
    };
    private final ReadAgain again = new ReadAgain(READERS, bytes);

    private static Gate gate(String fact, String limit) {
        return new Gate(
                "unit",
                "",
                Stage.PRE_RELEASE,
                JUnitReader.KIND,
                "unit",
                List.of(new Threshold(fact, limit)),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1));
    }

    private Digest keep(byte[] report) {
        Digest digest = Digest.of(report);
        kept.put(digest, report);
        return digest;
    }

    private Digest keep(String report) {
        return keep(report.getBytes(StandardCharsets.UTF_8));
    }

    private SuiteFacts readThen(Digest... digests) {
        Facts facts = new Facts(List.of(Fact.count("tests.failed", 0)));
        return new SuiteFacts(JUnitReader.KIND, "unit", facts, List.of(digests), null);
    }

    private SuiteFacts now(SuiteFacts suite) {
        return again.of(List.of(gate("tests.failed", "0")), List.of(suite)).getFirst();
    }

    private static String failed(SuiteFacts suite) {
        return suite.facts().named("tests.failed").map(Fact::toString).orElse("");
    }

    @Test
    void what_is_kept_is_read_again_with_how_its_run_ended() {
        byte[] run = RunRecord.of("hello@1", JUnitReader.KIND, "unit", null, null, null, 3, List.of(keep(SKIPPED_THEN)))
                .bytes();
        SuiteFacts suite = now(readThen(keep(SKIPPED_THEN), keep(run)));

        assertThat(failed(suite)).isEqualTo("tests.failed 1");
        assertThat(suite.facts().named(RunRecord.FACT)).isPresent();
        assertThat(suite.reader()).isEqualTo(EvidenceReaders.VERSION);
    }

    @Test
    void what_is_gone_counts_as_it_was_read_and_says_so() {
        SuiteFacts suite = now(readThen(Digest.of(SKIPPED_THEN)));

        assertThat(failed(suite)).isEqualTo("tests.failed 0");
        assertThat(suite.reader()).isZero();
        assertThat(suite.notes())
                .singleElement()
                .asString()
                .endsWith(" is not kept any more and counts as an earlier reader read it");
    }

    @Test
    void what_the_present_readers_refuse_or_what_was_changed_cannot_be_read() {
        SuiteFacts refused = now(readThen(keep("<testsuite><odd/></testsuite>")));
        assertThat(refused.unreadable()).contains("\"odd\" in a suite is not known");
        assertThat(refused.facts().list()).isEmpty();

        Digest changed = keep(SKIPPED_THEN);
        kept.put(changed, FAILED_EVER.getBytes(StandardCharsets.UTF_8));
        assertThat(now(readThen(changed)).unreadable()).endsWith("is gone or changed");
    }

    @Test
    void only_what_a_gate_looks_at_and_an_older_version_read_is_read() {
        SuiteFacts older = readThen(keep(SKIPPED_THEN));
        SuiteFacts present = older.read(older.facts(), null, List.of(), EvidenceReaders.VERSION);

        assertThat(now(present)).isEqualTo(present);
        assertThat(again.of(List.of(), List.of(older))).containsExactly(older);
    }

    private VerdictRecord judged(Gate gate, Digest report, String observed, Verdict verdict, int reader) {
        return VerdictRecord.after(
                1,
                null,
                new VerdictDraft(
                        new ApplicationName("hello"),
                        new Sha("a".repeat(40)),
                        "hello@1.0.0/assess-pre-release/1",
                        gate,
                        List.of(report),
                        observed,
                        verdict,
                        "",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        0,
                        null,
                        List.of(),
                        reader));
    }

    private Verification.Found found(Digest report, String observed, Verdict verdict, int reader) {
        return new Verification(READERS, bytes)
                .check(List.of(judged(gate("tests.failed", "0"), report, observed, verdict, reader)), _ -> true);
    }

    @Test
    void a_verdict_by_what_is_known_to_be_read_otherwise_is_no_fault_and_told() {
        Verification.Found found = found(keep(SKIPPED_THEN), TOLD_THEN, Verdict.PASSED, 0);

        assertThat(found.faults()).isEmpty();
        assertThat(found.otherwise())
                .containsExactly("record 1: PASSED, read by an earlier reader; reader 1 reads tests.failed (1, was 0),"
                        + " tests.skipped (0, was 1) otherwise: a test case whose status says that it failed has failed, also where"
                        + " it stands there as skipped, as a warning or as run again");
    }

    @Test
    void everything_else_stays_a_fault() {
        Digest touched = keep(SKIPPED_THEN);
        Digest untouched = keep(FAILED_EVER);
        String told = TOLD_THEN.replace("skipped 1", "skipped 0");
        List<Verification.Found> all = new ArrayList<>();
        all.add(found(touched, TOLD_THEN, Verdict.PASSED, EvidenceReaders.VERSION)); // the version that reads it so
        all.add(found(untouched, told, Verdict.PASSED, 0)); // nothing in the report is read otherwise
        all.add(found(
                touched, TOLD_THEN.replace("total 2", "total 9"), Verdict.PASSED, 0)); // a fact that no version touched
        all.add(found(touched, TOLD_THEN, Verdict.INCONCLUSIVE, 0)); // wrong by what was read then, too
        all.add(found(touched, TOLD_THEN + ", tests.odd 1", Verdict.PASSED, 0)); // a fact that nobody says
        all.add(found(touched, "", Verdict.PASSED, 0)); // it tells nothing of what was read
        all.add(found(touched, TOLD_THEN.replace("failed 0", "failed zero"), Verdict.PASSED, 0)); // no number
        all.add(found(Digest.of("gone"), TOLD_THEN, Verdict.PASSED, 0));

        assertThat(all).allSatisfy(found -> {
            assertThat(found.faults()).hasSize(1);
            assertThat(found.otherwise()).isEmpty();
        });
    }

    @Test
    void a_report_that_is_known_to_be_refused_now_is_told_and_any_other_is_a_fault() {
        Digest report = keep("<testsuite><odd/></testsuite>");
        VerdictRecord record = judged(gate("tests.failed", "0"), report, "tests.failed 0", Verdict.PASSED, 1);
        ReaderChange change = new ReaderChange(
                2, Set.of("junit"), Set.of(ReaderChange.REFUSED), Pattern.compile("<odd"), "odd is not known");

        Verification.Found found = new Verification(READERS, bytes, List.of(change)).checkApart(List.of(record));
        assertThat(found.faults()).isEmpty();
        assertThat(found.otherwise())
                .singleElement()
                .asString()
                .startsWith("verdict 1 (unit): PASSED, read by reader 1; reader 2 refuses its report (")
                .endsWith("): odd is not known");

        kept.put(report, "<testsuite><odd /></testsuite>".getBytes(StandardCharsets.UTF_8));
        assertThat(new Verification(READERS, bytes, List.of(change)).faultsApart(List.of(record)))
                .singleElement()
                .asString()
                .endsWith("is gone or changed");
    }

    @Test
    void verdicts_of_before_are_written_and_hashed_as_they_were() {
        VerdictRecord before = judged(gate("tests.failed", "0"), keep(SKIPPED_THEN), TOLD_THEN, Verdict.PASSED, 0);
        VerdictRecord now = judged(gate("tests.failed", "0"), keep(SKIPPED_THEN), TOLD_THEN, Verdict.PASSED, 1);

        assertThat(MessagingJson.mapper().writeValueAsString(before)).doesNotContain("reader");
        assertThat(now.hash()).as("who read it is sealed").isNotEqualTo(before.hash());
        assertThat(MessagingJson.mapper()
                        .readValue(MessagingJson.mapper().writeValueAsString(now), VerdictRecord.class))
                .isEqualTo(now);
    }
}
