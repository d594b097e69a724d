package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake.PassedOver;
import dev.slipway.validation.evidence.Intake.Read;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private static final String GOOD = "<testsuite name='s'><testcase name='a'/></testsuite>";
    private static final String BAD = "<testsuite name='s'><testcase name='a'><failure/></testcase></testsuite>";
    private static final ReportArchive.Limits LIMITS = new ReportArchive.Limits(5, 1_000, 2_000);

    private final Intake intake = new Intake(new JUnitReader(new JUnitReader.Limits(32, 10_000)));

    private Intake.Result read(EvidenceFiles files) throws UnreadableEvidence {
        return intake.read(files, Instant.EPOCH);
    }

    @Test
    void of_a_folder_what_is_no_report_is_passed_over_by_name() throws Exception {
        Intake.Result result = read(found(Map.of(
                "target/TEST-a.xml", GOOD,
                "target/testng-failed.xml", "<!DOCTYPE suite SYSTEM 'https://testng.org/x.dtd'><suite/>",
                "target/testng-results.xml", "<testng-results/>",
                "target/open-test-report.xml", "<events xmlns='urn:x'/>",
                "target/failsafe-summary.xml", "<failsafe-summary/>")));

        assertThat(result.read()).extracting(Read::file).containsExactly("target/TEST-a.xml");
        assertThat(result.passedOver())
                .extracting(PassedOver::file)
                .containsExactlyInAnyOrder(
                        "target/testng-failed.xml",
                        "target/testng-results.xml",
                        "target/open-test-report.xml",
                        "target/failsafe-summary.xml");
        assertThat(result.passedOver()).allSatisfy(one -> assertThat(one.why()).isNotBlank());
    }

    @Test
    void what_tells_the_same_again_counts_once() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("r/TEST-TestSuite.xml", GOOD);
        files.put("r/junitreports/TEST-a.T.xml", BAD);
        files.put("r/TESTS-TestSuites.xml", "<testsuites>" + GOOD + "</testsuites>");
        files.put("s/copy.xml", GOOD);

        Intake.Result result = read(found(files));

        assertThat(result.facts().toString()).startsWith("tests.total 1, tests.passed 1");
        assertThat(result.passedOver())
                .containsExactly(
                        new PassedOver(
                                "r/junitreports/TEST-a.T.xml", "told by the TEST-*.xml beside junitreports already"),
                        new PassedOver("r/TESTS-TestSuites.xml", "the sum of the TEST-*.xml beside it"),
                        new PassedOver("s/copy.xml", "the same bytes as r/TEST-TestSuite.xml"));
    }

    @Test
    void junitreports_alone_are_read() throws Exception {
        assertThat(read(found(Map.of("out/junitreports/TEST-a.T.xml", BAD)))
                        .facts()
                        .toString())
                .startsWith("tests.total 1, tests.passed 0, tests.failed 1");
    }

    @Test
    void one_that_cannot_be_read_refuses_all_by_its_name_and_place() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("r/TEST-a.xml", GOOD);
        files.put("r/TEST-b.xml", "<testsuite>\n<testcase");

        assertThatThrownBy(() -> read(found(files)))
                .isInstanceOfSatisfying(
                        UnreadableEvidence.class,
                        refused -> assertThat(refused.line()).isEqualTo(2))
                .hasMessageStartingWith("r/TEST-b.xml: This is not well-formed XML");
        assertThatThrownBy(() -> read(found(Map.of("r/TEST-a.xml", GOOD, "r/TEST-c.xml", ""))))
                .hasMessage("r/TEST-c.xml: It is empty: its tool wrote nothing into it");
    }

    @Test
    void what_someone_named_is_read_whatever_it_is() {
        assertThatThrownBy(() -> read(EvidenceFiles.of("pom.xml", bytes("<project/>"))))
                .hasMessageStartingWith("pom.xml: It is no JUnit report: its root is \"project\"");
    }

    @Test
    void where_nothing_is_left_that_is_said() {
        assertThatThrownBy(() -> read(found(Map.of("pom.xml", "<project/>"))))
                .hasMessageContaining("None of it is a junit report: pom.xml is its root is \"project\"");
        assertThatThrownBy(() -> read(found(Map.of()))).hasMessage("There is no file in it");
    }

    @Test
    void an_archive_says_what_its_files_say_and_is_the_same_each_time() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.xml", GOOD);
        files.put("b/c.xml", BAD);
        byte[] archive = ReportArchive.of(found(files));

        assertThat(ReportArchive.is(archive)).isTrue();
        assertThat(ReportArchive.of(found(files))).isEqualTo(archive);
        Intake.Result result = read(new ReportArchive(archive, LIMITS));
        assertThat(result.facts().toString()).startsWith("tests.total 2, tests.passed 1, tests.failed 1");
        assertThat(result.read()).extracting(Read::digest).containsExactly(Digest.of(GOOD), Digest.of(BAD));
    }

    @Test
    void an_archive_is_bounded_and_whole() throws Exception {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            many.put(i + ".xml", GOOD + " ".repeat(i));
        }
        byte[] six = ReportArchive.of(found(many));
        byte[] large = ReportArchive.of(found(Map.of("a.xml", GOOD + " ".repeat(2_000_000))));
        byte[] together = ReportArchive.of(found(Map.of(
                "a.xml", GOOD + " ".repeat(900), "b.xml", GOOD + " ".repeat(901), "c.xml", GOOD + " ".repeat(902))));

        refused(six, "An archive has at most 5 files");
        refused(large, "a.xml has more than 1000 bytes");
        refused(together, "An archive has at most 2000 bytes, unpacked");
        byte[] two = ReportArchive.of(found(Map.of("a.xml", GOOD, "b.xml", BAD)));
        for (int length = 4; length < two.length; length++) {
            refused(Arrays.copyOf(two, length), "The archive is broken");
        }
    }

    @Test
    void the_record_of_a_run_is_known_by_its_bytes() {
        RunRecord record = RunRecord.of("hello@1", "junit", "unit", "17", null, 2L, 3, List.of(Digest.of(GOOD)));

        assertThat(RunRecord.read(record.bytes())).contains(record);
        assertThat(RunRecord.read(bytes(GOOD))).isEmpty();
        assertThat(RunRecord.facts(3)).hasToString("run.exit 3");
        assertThat(RunRecord.facts(3).plus(RunRecord.facts(1)).plus(RunRecord.facts(0)))
                .hasToString("run.exit 3");
        assertThatThrownBy(() -> RunRecord.of("hello@1", "junit", null, null, null, null, -1, List.of()))
                .hasMessage("exit must be 0 to 4294967295, is -1");
    }

    private void refused(byte[] archive, String why) {
        assertThatThrownBy(() -> read(new ReportArchive(archive, LIMITS))).hasMessageContaining(why);
    }

    private static EvidenceFiles found(Map<String, String> files) {
        return visitor -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                visitor.visit(file.getKey(), false, bytes(file.getValue()));
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
