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
        assertThat(reader.read(resource("console-launcher.xml")).toString())
                .isEqualTo("tests.total 5, tests.passed 2, tests.failed 2, tests.errors 1, tests.skipped 1,"
                        + " tests.seconds 0.103");
    }

    @Test
    void a_report_of_surefire_is_read() throws Exception {
        assertThat(reader.read(resource("surefire.xml")).toString())
                .isEqualTo("tests.total 2, tests.passed 2, tests.failed 0, tests.errors 0, tests.skipped 0,"
                        + " tests.seconds 0.125");
    }

    /** Reports that Surefire wrote for other modules of this build, where there are any. */
    @Test
    void every_surefire_report_of_this_build_is_read() throws Exception {
        for (Path report : reportsOfThisBuild()) {
            Facts facts = reader.read(Files.readAllBytes(report));
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
        assertThat(value(facts, "tests.total")).isEqualByComparingTo("1");
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
                "<testsuites><testcase name='homeless'/></testsuites>",
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
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
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
