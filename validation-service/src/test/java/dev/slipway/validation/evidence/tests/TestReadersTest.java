package dev.slipway.validation.evidence.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test reports of other formats than JUnit's, as their tools write them. */
final class TestReadersTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final String EVENTS = "<e:events xmlns=\"https://schemas.opentest4j.org/reporting/core/0.1.0\""
            + " xmlns:e=\"https://schemas.opentest4j.org/reporting/events/0.1.0\">%s</e:events>";
    private static final String SUITE = "<e:started id=\"1\" name=\"T\" time=\"t\"/>";
    private static final String GOOD = "<e:started id=\"2\" parentId=\"1\" name=\"a\" time=\"t\"/>"
            + "<e:finished id=\"2\" time=\"t\"><result status=\"SUCCESSFUL\"/></e:finished>";
    private static final String BAD = "<e:started id=\"3\" parentId=\"1\" name=\"b\" time=\"t\"/>"
            + "<e:finished id=\"3\" time=\"t\"><result status=\"FAILED\"/></e:finished>";
    private static final String SUITES = "<test-run result=\"Failed\" total=\"1\" failed=\"0\">%s</test-run>";
    private static final String RUN =
            "<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\">%s</TestRun>";

    @Test
    void events_of_the_junit_platform_are_counted_by_test() throws Exception {
        Reading reading = read("open-test-report", TestSamples.EVENTS);

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 5, tests.passed 1, tests.failed 2, tests.errors 1, tests.skipped 2,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0.25");
        assertThat(reading.dialect()).isEqualTo("JUnit Platform");
        assertThat(reading.notes()).isEmpty();
    }

    /** What throws after the tests of a class stands in no test of it. */
    @Test
    void a_container_that_failed_though_its_tests_passed_is_an_error() throws Exception {
        String report = EVENTS.formatted(
                SUITE + GOOD + "<e:finished id=\"1\" time=\"t\"><result status=\"FAILED\"/></e:finished>");

        Reading reading = read("open-test-report", report);

        assertThat(counts(reading)).isEqualTo("total 2, passed 1, failed 1, errors 1, skipped 0");
        assertThat(reading.notes()).containsExactly("1 went wrong outside of every test");
    }

    @Test
    void a_container_that_sums_up_its_failed_tests_counts_no_more_and_one_that_throws_itself_does() throws Exception {
        String sums = EVENTS.formatted(
                SUITE + GOOD + BAD + "<e:finished id=\"1\" time=\"t\"><result status=\"FAILED\"/></e:finished>");
        String throwing = sums.replace(
                "<e:finished id=\"1\" time=\"t\"><result status=\"FAILED\"/>",
                "<e:finished id=\"1\" time=\"t\"><result status=\"FAILED\"><x:throwable xmlns:x=\"urn:x\"/></result>");

        assertThat(counts(read("open-test-report", sums)))
                .isEqualTo("total 2, passed 1, failed 1, errors 0, skipped 0");
        assertThat(counts(read("open-test-report", throwing)))
                .isEqualTo("total 3, passed 1, failed 2, errors 1, skipped 0");
    }

    @Test
    void a_container_that_was_skipped_shows_as_one_that_was() throws Exception {
        String report = EVENTS.formatted(SUITE + GOOD
                + "<e:started id=\"4\" parentId=\"1\" name=\"Off\" time=\"t\">"
                + "<metadata><j:type xmlns:j=\"urn:j\">CONTAINER</j:type></metadata></e:started>"
                + "<e:finished id=\"4\" time=\"t\"><result status=\"SKIPPED\"/></e:finished>"
                + "<e:finished id=\"1\" time=\"t\"/>");

        assertThat(counts(read("open-test-report", report)))
                .isEqualTo("total 2, passed 1, failed 0, errors 0, skipped 1");
    }

    @Test
    void what_never_finished_is_an_error() throws Exception {
        String report = EVENTS.formatted(SUITE + GOOD + "<e:started id=\"3\" parentId=\"1\" name=\"b\" time=\"t\"/>");

        Reading reading = read("open-test-report", report);

        assertThat(counts(reading)).isEqualTo("total 2, passed 1, failed 1, errors 1, skipped 0");
        assertThat(reading.notes()).contains("\"b\" started and never finished");
    }

    @Test
    void the_hierarchy_says_the_same_as_its_events() throws Exception {
        String report = """
                <h:execution xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0"\
                 xmlns:h="https://schemas.opentest4j.org/reporting/hierarchy/0.2.0">%s</h:execution>
                """.formatted("<h:root name=\"T\" start=\"t\" duration=\"PT1S\">"
                + "<result status=\"SUCCESSFUL\"/><h:child name=\"a\" start=\"t\" duration=\"PT0.25S\">"
                + "<result status=\"SUCCESSFUL\"/></h:child><h:child name=\"b\" start=\"t\">"
                + "<result status=\"FAILED\"><reason>no</reason></result></h:child><h:child name=\"C\" start=\"t\">"
                + "<result status=\"FAILED\"/><h:child name=\"c\" start=\"t\"><result status=\"SKIPPED\"/></h:child>"
                + "</h:child></h:root>");

        Reading reading = read("open-test-report", report);

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 4, tests.passed 1, tests.failed 2, tests.errors 1, tests.skipped 1,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0.25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<e:started id=\"1\" name=\"a\" time=\"t\"/><e:finished id=\"1\" time=\"t\"/>"
                        + "|The test \"a\" finished without a result",
                "<e:finished id=\"1\" time=\"t\"/>|Nothing with the id \"1\" is running",
                "<e:started id=\"1\" name=\"a\" time=\"t\" parentId=\"9\"/>"
                        + "|What starts is part of \"9\", which is not running",
                "<e:started id=\"1\" name=\"a\" time=\"t\"/><e:started id=\"1\" name=\"a\" time=\"t\"/>"
                        + "|The id \"1\" is empty, or started already",
                "<e:begun/>|The element \"begun\" in the events is not known, and might count",
                "<e:started id=\"1\" name=\"a\" time=\"t\"/><e:finished id=\"1\" time=\"t\"><result status=\"FINE\"/>"
                        + "</e:finished>|The test ended as \"FINE\", which is not known"
            })
    void events_that_cannot_be_are_refused(String given) {
        String[] parts = given.split("\\|");

        assertThatThrownBy(() -> read("open-test-report", EVENTS.formatted(parts[0])))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageStartingWith(parts[1] + ", at line 1, column ");
    }

    @Test
    void trx_is_counted_by_result_and_what_an_adapter_repeats_counts_once() throws Exception {
        Reading reading = read("trx", TestSamples.TRX);

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 4, tests.passed 1, tests.failed 2, tests.errors 1, tests.skipped 1,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 1.25");
        assertThat(reading.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ResultSummary outcome=\"Completed\"><RunInfos><RunInfo outcome=\"Error\"><Text>The host crashed</Text>"
                        + "</RunInfo></RunInfos></ResultSummary>",
                "<ResultSummary outcome=\"Failed\"/>",
                "<ResultSummary outcome=\"Aborted\"/>",
                "<ResultSummary outcome=\"Completed\"><Counters total=\"2\" passed=\"1\" failed=\"1\"/></ResultSummary>",
                "<ResultSummary outcome=\"Completed\"><Counters total=\"2\" passed=\"1\" error=\"1\"/></ResultSummary>"
            })
    void a_run_that_failed_beside_its_tests_is_a_failure_of_trx(String summary) throws Exception {
        String report = RUN.formatted("<Results><UnitTestResult outcome=\"Passed\"/></Results>" + summary);

        assertThat(counts(read("trx", report))).startsWith("total 2, passed 1, failed 1, ");
    }

    @Test
    void zero_tests_of_trx_are_zero_and_its_warning_shows() throws Exception {
        String report = RUN.formatted(
                "<ResultSummary outcome=\"Completed\"><Counters total=\"0\"/><RunInfos>"
                        + "<RunInfo outcome=\"Warning\"><Text>No test is available</Text></RunInfo></RunInfos></ResultSummary>");

        Reading reading = read("trx", report);

        assertThat(counts(reading)).isEqualTo("total 0, passed 0, failed 0, errors 0, skipped 0");
        assertThat(reading.facts().named("tests.warnings")).contains(Fact.count("tests.warnings", 1));
    }

    @Test
    void rows_of_data_count_in_place_of_their_test_and_a_result_without_an_outcome_is_an_error() throws Exception {
        String rows = "<Results><UnitTestResult outcome=\"%s\"><InnerResults><UnitTestResult outcome=\"Passed\"/>"
                + "<UnitTestResult outcome=\"%s\"/></InnerResults></UnitTestResult></Results>";

        assertThat(counts(read("trx", RUN.formatted(rows.formatted("Failed", "Failed")))))
                .isEqualTo("total 2, passed 1, failed 1, errors 0, skipped 0");
        assertThat(counts(read("trx", RUN.formatted(rows.formatted("Failed", "Passed")))))
                .isEqualTo("total 3, passed 2, failed 1, errors 1, skipped 0");
        assertThat(counts(read("trx", RUN.formatted("<Results><UnitTestResult/></Results>"))))
                .isEqualTo("total 1, passed 0, failed 1, errors 1, skipped 0");
    }

    @Test
    void nunit_is_counted_by_case() throws Exception {
        Reading reading = read("nunit", TestSamples.NUNIT);

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 7, tests.passed 1, tests.failed 2, tests.errors 1, tests.skipped 2,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 1, tests.warnings 1, tests.seconds 0.75");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void a_suite_of_nunit_that_fails_behind_its_tests_is_an_error() throws Exception {
        String tearDown =
                "<test-suite result=\"Failed\" site=\"TearDown\"><test-case result=\"Passed\"/>%s</test-suite>";

        assertThat(counts(read("nunit", SUITES.formatted(tearDown.formatted("")))))
                .isEqualTo("total 2, passed 1, failed 1, errors 1, skipped 0");
        assertThat(counts(read("nunit", SUITES.formatted(tearDown.formatted("<test-case result=\"Failed\"/>")))))
                .isEqualTo("total 3, passed 1, failed 2, errors 1, skipped 0");
    }

    @Test
    void a_suite_of_nunit_that_fails_before_its_tests_counts_by_them_or_where_it_has_none_by_itself() throws Exception {
        String setUp = "<test-suite result=\"Failed\" site=\"SetUp\">%s</test-suite>";

        assertThat(counts(read(
                        "nunit", SUITES.formatted(setUp.formatted("<test-case result=\"Failed\" site=\"Parent\"/>")))))
                .isEqualTo("total 1, passed 0, failed 1, errors 0, skipped 0");
        assertThat(counts(read("nunit", SUITES.formatted(setUp.formatted("")))))
                .isEqualTo("total 1, passed 0, failed 1, errors 1, skipped 0");
        assertThat(counts(read("nunit", SUITES.formatted("")))).startsWith("total 1, passed 0, failed 1, ");
        assertThat(counts(read(
                        "nunit",
                        "<test-run result=\"Skipped\"><test-suite result=\"Skipped\" label=\"Ignored\""
                                + " testcasecount=\"3\"/></test-run>")))
                .isEqualTo("total 3, passed 0, failed 0, errors 0, skipped 3");
    }

    @Test
    void xunit_is_counted_by_test_and_errors_outside_of_tests_count() throws Exception {
        Reading reading = read("xunit", TestSamples.XUNIT);

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 5, tests.passed 1, tests.failed 2, tests.errors 1, tests.skipped 1,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 1, tests.warnings 0, tests.seconds 0.75");
        assertThat(reading.notes()).containsExactly("1 went wrong outside of every test");
    }

    @Test
    void what_an_assembly_of_xunit_claims_to_have_failed_and_does_not_show_counts() throws Exception {
        String report = "<assemblies><assembly total=\"2\" failed=\"%d\" errors=\"%d\"><collection>"
                + "<test result=\"Pass\"/><test result=\"%s\"/></collection></assembly></assemblies>";

        assertThat(counts(read("xunit", report.formatted(0, 1, "Pass"))))
                .isEqualTo("total 3, passed 2, failed 1, errors 1, skipped 0");
        assertThat(counts(read("xunit", report.formatted(2, 0, "Fail")))).startsWith("total 3, passed 1, failed 2, ");
        assertThat(read("xunit", report.formatted(2, 0, "Fail")).notes())
                .containsExactly("an assembly claims 2 that failed and shows 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xunit|<assemblies><assembly><class/></assembly></assemblies>"
                        + "|The element \"class\" in an assembly is not known, and might count",
                "xunit|<assemblies><assembly><collection><test/></collection></assembly></assemblies>"
                        + "|The test ended as \"\", which is not known",
                "xunit|<assemblies><assembly><collection><test result=\"Pass\"><failure/></test></collection></assembly>"
                        + "</assemblies>|A test that passed holds a failure",
                "nunit|<test-run><test-suite result=\"Fine\"/></test-run>|It ended as \"Fine\", which is not known",
                "nunit|<test-run total=\"x\"/>|The attribute total is a count, not \"x\"",
                "trx|<TestRun><Results><Result/></Results></TestRun>"
                        + "|The element \"Result\" in the results is not known, and might count",
                "trx|<TestRun><Results><UnitTestResult outcome=\"Fine\"/></Results></TestRun>"
                        + "|The test ended as \"Fine\", which is not known",
                "nunit|<testsuite/>|It is no report of NUnit: its root is \"testsuite\", not test-run"
            })
    void what_might_count_and_is_not_known_is_refused_with_its_place(String given) {
        String[] parts = given.split("\\|");

        assertThatThrownBy(() -> read(parts[0], parts[1]))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageStartingWith(parts[2] + ", at line 1, column ");
    }

    @Test
    void each_reader_knows_its_own_and_no_other() {
        for (String kind : TestSamples.ALL.keySet()) {
            byte[] report = bytes(TestSamples.ALL.get(kind));
            for (EvidenceReader reader : READERS.list()) {
                assertThat(reader.recognises(report))
                        .as(reader.kind() + " of " + kind)
                        .isEqualTo(reader.kind().equals(kind));
            }
            assertThat(reader(kind).somethingElse(report)).as(kind).isNull();
            assertThat(reader("junit").somethingElse(report)).as(kind).contains("kind " + kind);
            assertThat(reader(kind).isWhole(report)).as(kind).isTrue();
            assertThat(reader(kind)
                            .isWhole(bytes(TestSamples.ALL.get(kind).strip().substring(0, 300))))
                    .as(kind)
                    .isFalse();
        }
        assertThat(reader("trx").somethingElse(bytes("<testsuite/>")))
                .isEqualTo("a JUnit report: kind junit (its root is \"testsuite\", not TestRun)");
    }

    @Test
    void each_says_the_facts_of_junit_and_no_others() throws Exception {
        List<String> known = reader("junit").facts().stream()
                .map(KnownFact::name)
                .filter(name -> !name.startsWith("stability.")) // said by several reports together
                .toList();
        for (String kind : TestSamples.ALL.keySet()) {
            assertThat(reader(kind).facts()).isEqualTo(reader("junit").facts());
            assertThat(read(kind, TestSamples.ALL.get(kind)).facts().list())
                    .as(kind)
                    .extracting(Fact::name)
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    private static String counts(Reading reading) {
        return reading.facts().list().stream()
                .limit(5)
                .map(fact -> fact.toString().substring("tests.".length()))
                .collect(Collectors.joining(", "));
    }

    private static EvidenceReader reader(String kind) {
        return READERS.of(kind).orElseThrow();
    }

    private static Reading read(String kind, String report) throws UnreadableEvidence {
        return reader(kind).read(bytes(report), "r");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
