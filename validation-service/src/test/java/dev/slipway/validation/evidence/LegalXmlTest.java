package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Characters that XML 1.0 forbids, as node, jest-junit, mocha-junit-reporter and bats write them. */
final class LegalXmlTest {
    private static final String ESC = "\u001B";
    private final JUnitReader reader = new JUnitReader(new JUnitReader.Limits(32, 10_000));

    @Test
    void colours_in_a_message_and_in_output_are_replaced_and_told() throws Exception {
        Reading reading = read("<testsuite name='s'>\n  <testcase name='a'><failure message='" + ESC
                + "[31mred'>&#27;[0m&#x1b;</failure></testcase>\n<system-out>\u0000</system-out></testsuite>");

        assertThat(reading.facts().toString()).startsWith("tests.total 1, tests.passed 0, tests.failed 1");
        assertThat(reading.notes())
                .containsExactly("4 characters that XML forbids were read as U+FFFD,"
                        + " first the character U+001B at line 2, column 40");
    }

    @Test
    void a_name_may_have_them_and_is_then_never_the_same_as_another() throws Exception {
        Reading reading = read("<testsuites><testcase classname='test' name='a\u0001'><failure/></testcase>"
                + "<testcase classname='test' name='a\u0002'/></testsuites>");

        assertThat(reading.facts().toString()).startsWith("tests.total 2, tests.passed 1, tests.failed 1");
    }

    @Test
    void where_they_would_count_they_are_refused_by_character_line_and_column() {
        refused("<testsuite name='s' failures='1\u0001'/>", "the character U+0001", 1, 32);
        refused("<testsuite name='\u0007'\n failures='&#8;'/>", "the character U+0007", 1, 18);
        refused("<testsuite name='s'>\n  <test\u001Fcase/></testsuite>", "the character U+001F", 2, 8);
        refused("<testsuite name='s'>\n<testcase name='a'><fail&#1;ure/></testcase></testsuite>", "", 2, 0);
        refused(
                "<testsuite name='s'>\r\n<testcase name='a' status='fai\uFFFFled'/></testsuite>",
                "the character U+FFFF",
                2,
                31);
        refused("<testsuites><testcase name='a'/><!-- fail \u00011 --></testsuites>", "the character U+0001", 1, 43);
    }

    @Test
    void a_reference_that_got_shorter_moves_no_later_place_on_its_line() {
        refused("<testsuite name='&#27;&#x1B;'><odd/></testsuite>", "\"odd\"", 1, 31);
    }

    @Test
    void in_comments_and_cdata_an_ampersand_is_an_ampersand() throws Exception {
        Reading reading = read("<testsuite name='s'><!-- &#27; --><testcase name='a'><system-out><![CDATA[&#27;]]>"
                + "</system-out></testcase></testsuite>");

        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void what_is_legal_stays_as_it_is() throws Exception {
        Reading reading = read("<testsuite name='&#128512;\uD83D\uDE00&#xFFFD;\uFFFD\t&#9;&lt;&#x10FFFF;'>"
                + "<testcase name='a'/></testsuite>");

        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void half_a_surrogate_pair_and_bytes_that_are_no_text_are_replaced() throws Exception {
        byte[] report =
                "<testsuite name='s'><testcase name='a'><system-out>?&#xD83D;</system-out></testcase></testsuite>"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < report.length; i++) {
            report[i] = report[i] == '?' ? (byte) 0xE9 : report[i];
        }

        assertThat(reader.read(report, "r.xml").notes())
                .containsExactly("2 characters that XML forbids were read as U+FFFD,"
                        + " first a byte that is no text at line 1, column 52");
    }

    @Test
    void the_encoding_is_that_of_the_byte_order_mark_or_of_the_declaration() throws Exception {
        String suite = "<testsuite name='Grüße'><testcase name='ä'/></testsuite>";
        String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + suite;

        for (byte[] report : new byte[][] {
            ("\uFEFF" + suite).getBytes(StandardCharsets.UTF_8),
            ("\uFEFF<?xml version='1.0' encoding='UTF-16'?>" + suite).getBytes(StandardCharsets.UTF_16LE),
            ("\uFEFF" + suite).getBytes(StandardCharsets.UTF_16BE),
            latin.getBytes(StandardCharsets.ISO_8859_1),
            latin.replace("ISO-8859-1", "windows-1252").getBytes(Charset.forName("windows-1252"))
        }) {
            Reading reading = reader.read(report, "r.xml");
            assertThat(reading.notes()).isEmpty();
            assertThat(reading.facts().toString()).startsWith("tests.total 1, tests.passed 1");
        }
        assertThatThrownBy(() -> read(latin.replace("ISO-8859-1", "klingon")))
                .hasMessageContaining("The encoding klingon is not known here; write UTF-8");
    }

    private void refused(String report, String what, int line, int column) {
        assertThatThrownBy(() -> read(report))
                .as(report)
                .isInstanceOfSatisfying(UnreadableEvidence.class, refused -> {
                    assertThat(refused.line()).isEqualTo(line);
                    if (column > 0) {
                        assertThat(refused.column()).isEqualTo(column);
                    }
                })
                .hasMessageContaining(what);
    }

    private Reading read(String report) throws UnreadableEvidence {
        return reader.read(report.getBytes(StandardCharsets.UTF_8), "r.xml");
    }
}
