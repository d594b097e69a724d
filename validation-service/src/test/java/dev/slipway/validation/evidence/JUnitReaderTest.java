package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JUnitReaderTest {
    private final JUnitReader reader = new JUnitReader(new JUnitReader.Limits(32, 10_000));

    @Test
    void a_report_of_the_console_launcher_is_read() throws Exception {
        assertThat(reader.read(resource("console-launcher.xml"), "r.xml")
                        .facts()
                        .toString())
                .isEqualTo("tests.total 5, tests.passed 2, tests.failed 2, tests.errors 1, tests.skipped 1,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0.103");
    }

    @Test
    void a_report_of_surefire_is_read() throws Exception {
        Reading reading = reader.read(resource("surefire.xml"), "r.xml");

        assertThat(reading.facts().toString())
                .isEqualTo("tests.total 2, tests.passed 2, tests.failed 0, tests.errors 0, tests.skipped 0,"
                        + " tests.flaky 0, tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0.125");
        assertThat(reading.dialect()).isEqualTo("Maven Surefire");
        assertThat(reading.notes()).isEmpty();
    }

    /** Reports that Surefire wrote for other modules of this build, where there are any. */
    @Test
    void every_surefire_report_of_this_build_is_read() throws Exception {
        for (Path report : reportsOfThisBuild()) {
            Facts facts =
                    reader.read(Files.readAllBytes(report), report.toString()).facts();
            assertThat(value(facts, "tests.total")).as(report.toString()).isPositive();
            assertThat(value(facts, "tests.passed")
                            .add(value(facts, "tests.failed"))
                            .add(value(facts, "tests.skipped")))
                    .as(report.toString())
                    .isEqualByComparingTo(value(facts, "tests.total"));
        }
    }

    @Test
    void several_suites_add_up_and_nested_ones_count_once() throws Exception {
        Facts facts = read("""
                <testsuites name="all" tests="4" failures="1" time="3">
                  <testsuite name="outer" tests="3" failures="1" time="1.5">
                    <testsuite name="inner" tests="2" failures="1" time="1.25">
                      <testcase name="a"/><testcase name="b"><failure/></testcase>
                    </testsuite>
                    <testcase name="c"/>
                  </testsuite>
                  <testsuite name="other" time="0.5"><testcase name="d"><skipped/></testcase></testsuite>
                </testsuites>
                """);

        assertThat(value(facts, "tests.total")).isEqualByComparingTo("4");
        assertThat(value(facts, "tests.failed")).isEqualByComparingTo("1");
        assertThat(value(facts, "tests.skipped")).isEqualByComparingTo("1");
        assertThat(value(facts, "tests.seconds")).isEqualByComparingTo("2");
    }

    @Test
    void a_suite_that_claims_more_failures_than_its_cases_show_has_them() throws Exception {
        Facts facts = read("<testsuite name='s' tests='1' failures='0' errors='2'><testcase name='a'/></testsuite>");

        assertThat(value(facts, "tests.failed")).isEqualByComparingTo("2");
        assertThat(value(facts, "tests.passed")).isEqualByComparingTo("1");
        assertThat(value(facts, "tests.total")).isEqualByComparingTo("3");
    }

    @Test
    void what_a_root_claims_to_have_passed_without_showing_it_has_not_passed() throws Exception {
        Reading reading = reader.read(bytes("<testsuites tests='5' failures='0'/>"), "r.xml");

        assertThat(value(reading.facts(), "tests.passed")).isEqualByComparingTo("0");
        assertThat(reading.notes()).containsExactly("the suite r.xml claims 5 tests and shows none");
    }

    @Test
    void cases_without_a_name_are_never_taken_for_one() throws Exception {
        Facts facts = read("<testsuite name='s'><testcase name=''><failure/></testcase><testcase name=''/>"
                + "<testcase><failure/></testcase><testcase/></testsuite>");

        assertThat(facts.toString()).startsWith("tests.total 4, tests.passed 2, tests.failed 2");
    }

    @Test
    void what_failed_in_the_end_has_failed_and_a_skipped_rerun_mends_nothing() throws Exception {
        Facts facts = read("<testsuite name='s'>"
                + "<testcase name='a'/><testcase name='a'><error/></testcase>"
                + "<testcase name='b'><failure/></testcase><testcase name='b'><skipped/></testcase>"
                + "<testcase name='c'><skipped/></testcase><testcase name='c'/></testsuite>");

        assertThat(facts.toString()).startsWith("tests.total 3, tests.passed 1, tests.failed 2, tests.errors 1");
        assertThat(value(facts, "tests.flaky")).isEqualByComparingTo("0");
    }

    @Test
    void a_status_without_an_element_counts_and_a_word_that_nobody_knows_is_refused() throws Exception {
        Facts facts = read("<testsuite name='s'><testcase name='a' status='PASSED'/>"
                + "<testcase name='b' status='timed out'/><testcase name='c' result='Skipped'/></testsuite>");

        assertThat(facts.toString())
                .startsWith("tests.total 3, tests.passed 1, tests.failed 1, tests.errors 0, tests.skipped 1");
        assertThatThrownBy(() -> read("<testsuite name='s'>\n  <testcase name='a' status='odd'/></testsuite>"))
                .hasMessage("The test case ended as \"odd\", which is not known, at line 2, column 3");
    }

    @Test
    void a_case_that_says_that_it_failed_has_failed_whatever_stands_in_it() throws Exception {
        assertThat(read("""
                        <testsuite name='s'><testcase name='a' status='failed'><skipped/></testcase>
                          <testcase name='b' result='error'><warning/></testcase>
                          <testcase name='c' status='timed out'><flakyFailure/></testcase>
                          <testcase name='d' status='failed'><skipped type='todo'/></testcase>
                          <testcase name='e' status='aborted'><skipped/></testcase></testsuite>""").toString())
                .startsWith("tests.total 5, tests.passed 0, tests.failed 3, tests.errors 0, tests.skipped 2");
    }

    @Test
    void what_is_not_known_where_it_would_count_is_refused_with_its_place() {
        assertThatThrownBy(() -> read("<testsuite name='s'>\n<testcase name='a'><crashed/></testcase></testsuite>"))
                .isInstanceOfSatisfying(UnreadableEvidence.class, refused -> {
                    assertThat(refused.line()).isEqualTo(2);
                    assertThat(refused.column()).isEqualTo(20);
                })
                .hasMessageContaining("The element \"crashed\" in a testcase is not known");
        assertThatThrownBy(() -> read("<testsuites><suite/></testsuites>"))
                .hasMessageContaining("The element \"suite\" in a suite is not known")
                .hasMessageEndingWith("at line 1, column 13");
    }

    @Test
    void what_another_namespace_adds_is_passed_over_and_told() throws Exception {
        Reading reading = reader.read(
                bytes("<testsuite name='s' xmlns:x='urn:x'><testcase name='a'><x:failure/></testcase></testsuite>"),
                "r.xml");

        assertThat(reading.facts().toString()).startsWith("tests.total 1, tests.passed 1");
        assertThat(reading.notes()).containsExactly("\"failure\" of another namespace is passed over");
    }

    @Test
    void the_files_of_other_tools_are_named() {
        assertThatThrownBy(() -> read("<events xmlns='https://schemas.opentest4j.org/reporting/events/0.2.0'/>"))
                .hasMessageContaining("an Open Test Reporting file");
        assertThat(reader.somethingElse(bytes("<?xml version='1.0'?><!DOCTYPE suite SYSTEM 'https://testng.org/x.dtd'>"
                        + "<suite name='s'/>")))
                .startsWith("a TestNG suite, no report");
        assertThat(reader.somethingElse(bytes("<testsuites>"))).isNull();
        assertThat(reader.somethingElse(bytes("no XML"))).isNull();
    }

    @Test
    void a_doctype_is_passed_over_and_nothing_in_it_is_processed() throws Exception {
        Facts facts = read("<!DOCTYPE testsuite PUBLIC '-//X//EN' 'https://nowhere.invalid/x.dtd' [\n"
                + "<!ELEMENT testsuite ANY>\n<!ATTLIST testcase status CDATA 'failed'>\n]>"
                + "<testsuite name='s'><testcase name='a'/></testsuite>");

        assertThat(facts.toString()).startsWith("tests.total 1, tests.passed 1");
        for (String text : List.of("&x;", "<testcase name='&x;'/>", "<testcase name='a' status='&x;'/>")) {
            assertThatThrownBy(() ->
                            read("<!DOCTYPE testsuite [<!ENTITY x 'y'>]><testsuite name='s'>" + text + "</testsuite>"))
                    .isInstanceOf(UnreadableEvidence.class);
        }
    }

    @Test
    void a_case_that_passed_in_a_rerun_has_passed() throws Exception {
        Facts facts = read("<testsuite name='s' tests='2'><testcase name='flaky'><flakyFailure/></testcase>"
                + "<testcase name='bad'><failure/><rerunFailure/><rerunFailure/></testcase></testsuite>");

        assertThat(value(facts, "tests.failed")).isEqualByComparingTo("1");
        assertThat(value(facts, "tests.passed")).isEqualByComparingTo("1");
    }

    @Test
    void an_empty_suite_says_that_there_were_no_tests() throws Exception {
        assertThat(value(read("<testsuite name='s'/>"), "tests.total")).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<html/>",
                "<testsuite>",
                "<testsuite tests='many'/>",
                "<testsuite tests='-1'/>",
                "<testsuite tests='99999999999999999999'/>"
            })
    void what_is_no_report_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableEvidence.class);
    }

    @Test
    void a_reference_to_a_file_outside_is_never_followed(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.xml"), "<testcase name='stolen'/>");
        String attack = "<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + "<testsuite name='s'>&x;</testsuite>";

        assertThatThrownBy(() -> read(attack))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageNotContaining("stolen");
    }

    @Test
    void entities_that_multiply_are_refused_at_once() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE testsuite [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        laughs.append("]><testsuite name='s'>&a29;</testsuite>");

        assertThatThrownBy(() -> read(laughs.toString())).isInstanceOf(UnreadableEvidence.class);
    }

    @Test
    void depth_and_number_of_elements_are_bounded() {
        String deep = "<testsuite>".repeat(33) + "</testsuite>".repeat(33);
        String wide = "<testsuite>" + "<testcase/>".repeat(10_000) + "</testsuite>";

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("at most 32 deep");
        assertThatThrownBy(() -> read(wide)).hasMessageContaining("at most 10000 elements");
    }

    private Facts read(String text) throws UnreadableEvidence {
        return reader.read(bytes(text), "r.xml").facts();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BigDecimal value(Facts facts, String name) {
        return facts.named(name).orElseThrow().value();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = JUnitReaderTest.class.getResourceAsStream("/reports/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    private static List<Path> reportsOfThisBuild() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> found = Files.find(
                root,
                5,
                (file, _) -> file.getParent() != null
                        && file.getParent().endsWith("target/surefire-reports")
                        && !file.startsWith(Path.of("").toAbsolutePath())
                        && file.getFileName().toString().startsWith("TEST-"))) {
            return found.filter(file -> file.toString().endsWith(".xml"))
                    .limit(50)
                    .toList();
        }
    }
}
