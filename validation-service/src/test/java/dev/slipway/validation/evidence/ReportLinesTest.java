package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportLinesTest {
    private static final ReportLines.Limits LIMITS = new ReportLines.Limits(4, 10);

    @Test
    void lines_are_told_with_their_numbers_whatever_ends_them() throws Exception {
        assertThat(all(bytes("\uFEFFa\r\nä b\n\nlast"))).containsExactly("1 a", "2 ä b", "3 ", "4 last");
        assertThat(all(bytes("a\n"))).containsExactly("1 a");
        assertThat(all(bytes("\n"))).containsExactly("1 ");
        assertThat(all(bytes("a\rb\n"))).containsExactly("1 a\rb");
    }

    /** Bytes are looked at eight at a time. */
    @Test
    void a_line_ends_and_is_no_ascii_wherever_that_stands() throws Exception {
        ReportLines.Limits wide = new ReportLines.Limits(4, 100);
        for (int before = 0; before < 30; before++) {
            String plain = "x".repeat(before);
            ReportLines lines = new ReportLines(bytes(plain + "\u000Bä\n" + plain + "\t\r\n" + plain), "A list", wide);

            assertThat(lines.next()).isTrue();
            assertThat(lines.isAscii()).isFalse();
            assertThat(lines.text()).isEqualTo(plain + "\u000Bä");
            assertThat(lines.next()).isTrue();
            assertThat(lines.isAscii()).isTrue();
            assertThat(lines.text()).isEqualTo(plain + "\t");
            assertThat(lines.stripped(0, lines.length())).isEqualTo(plain);
            assertThat(lines.indexOfBlank(0)).isEqualTo(before);
            assertThat(lines.behindBlanks(before)).isEqualTo(before + 1);
            assertThat(lines.next()).isEqualTo(before > 0);
            assertThat(before == 0 || lines.is(0, before, plain)).isTrue();
        }
    }

    @Test
    void a_line_is_looked_at_without_being_copied() throws Exception {
        ReportLines lines = new ReportLines(bytes("DA:1,2,3\nDA:\n"), "A list", LIMITS);

        assertThat(lines.next()).isTrue();
        assertThat(lines.startsWith("DA:")).isTrue();
        assertThat(lines.startsWith("DA:1,2,3,")).isFalse();
        assertThat(lines.indexOf(',', 0)).isEqualTo(4);
        assertThat(lines.indexOf(',', 5)).isEqualTo(6);
        assertThat(lines.indexOf('\n', 0)).isEqualTo(-1);
        assertThat(lines.lastIndexOf(',')).isEqualTo(6);
        assertThat(lines.at(3)).isEqualTo((byte) '1');
        assertThat(lines.text(5, 6)).isEqualTo("2");
        assertThat(lines.next()).isTrue();
        assertThat(lines.indexOf(',', 0)).isEqualTo(-1);
        assertThat(lines.lastIndexOf(',')).isEqualTo(-1);
        assertThat(lines.length()).isEqualTo(3);
        assertThat(lines.next()).isFalse();
        assertThat(lines.next()).isFalse();
    }

    @Test
    void a_last_line_without_an_end_shows() throws Exception {
        assertThat(new ReportLines(bytes("a\nb"), "A list", LIMITS).isOpenEnded())
                .isTrue();
        assertThat(new ReportLines(bytes("a\nb\n"), "A list", LIMITS).isOpenEnded())
                .isFalse();
    }

    @Test
    void what_is_no_text_is_refused_at_its_byte() {
        assertThatThrownBy(() -> all(new byte[] {'a', '\n', 'b', 'c', (byte) 0xE4, 'd', '\n'}))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessage("A byte here is no UTF-8 text, at line 2, column 3");
        assertThatThrownBy(() -> all("a".getBytes(StandardCharsets.UTF_16)))
                .hasMessageStartingWith("It is UTF-16, as PowerShell's > writes it; write it as UTF-8");
        assertThatThrownBy(() -> all(new byte[0])).hasMessage("It is empty: its tool wrote nothing into it");
    }

    @Test
    void more_or_longer_lines_than_the_limits_are_refused() {
        assertThatThrownBy(() -> all(bytes("\n\n\n\n\n")))
                .hasMessage("A list has at most 4 lines, at line 5, column 1");
        assertThatThrownBy(() -> all(bytes("\n12345678901")))
                .hasMessage("A line of it has at most 10 bytes, at line 2, column 11");
    }

    private static List<String> all(byte[] report) throws UnreadableEvidence {
        ReportLines lines = new ReportLines(report, "A list", LIMITS);
        List<String> all = new ArrayList<>();
        while (lines.next()) {
            all.add(lines.line() + " " + lines.text());
        }
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
