package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellsTest {
    private static ReportLines on(String line) throws UnreadableEvidence {
        ReportLines lines = new ReportLines(
                (line + "\n").getBytes(StandardCharsets.UTF_8), "A table", new ReportLines.Limits(1, 10_000));
        lines.next();
        return lines;
    }

    private static Cells commas(String line) throws UnreadableEvidence {
        Cells cells = new Cells(on(line));
        cells.commas();
        return cells;
    }

    private static Cells words(String line) throws UnreadableEvidence {
        Cells cells = new Cells(on(line));
        cells.words();
        return cells;
    }

    @Test
    void cells_are_parted_by_commas_outside_of_quotes() throws Exception {
        assertThat(commas("a,,ä").texts()).containsExactly("a", "", "ä");
        assertThat(commas("").texts()).containsExactly("");
        assertThat(commas("\"a,b\",\"say \"\"no\"\"\",x\"y\"z,\"\"").texts())
                .containsExactly("a,b", "say \"no\"", "xyz", "");
        assertThat(commas(",".repeat(1_000)).count()).isEqualTo(1_001);
        assertThatThrownBy(() -> commas("a,\"b")).hasMessageContaining("A quote here has no end");
    }

    @Test
    void words_are_parted_as_by_a_regular_expression() throws Exception {
        for (String line : List.of("a", "a \t1  b", "a b \t ", "a\u000B\fb\u001C", "a ä\u2003", "ä\u00A0b c\u2003 ")) {
            assertThat(words(line).texts()).containsExactly(line.strip().split("\\s+"));
        }
    }

    @Test
    void a_number_is_the_same_whether_it_is_read_by_its_bytes_or_as_a_decimal() throws Exception {
        for (String number : List.of(
                "0",
                "0.1",
                "7.",
                ".7",
                "1234.5678",
                "999999999999999",
                "1234.567890123456",
                "0.00000000000001",
                "123456789012.345",
                "1e3",
                "1,000.5",
                "2.5E-3",
                "\"2.5\"")) {
            for (BigDecimal factor : List.of(BigDecimal.ONE, Quantity.MILLI, Quantity.NANO)) {
                BigDecimal exact = new BigDecimal(number.replaceAll("[,\"]", "")).multiply(factor);
                Cells cells = number.indexOf(',') < 0 ? commas(number) : words(number);
                assertThat(cells.number(0, factor)).as(number).isEqualTo(exact.doubleValue());
            }
        }
        assertThat(commas("1000").whole(0)).isEqualTo(1_000);
        assertThat(words("1,000").whole(0)).isEqualTo(1_000);
        for (String none : List.of("", ".", "1.2.3", "-1", "x", "٣")) {
            assertThatThrownBy(() -> commas(none).number(0, BigDecimal.ONE)).hasMessageContaining("is no number");
            assertThatThrownBy(() -> commas(none).whole(0)).hasMessageContaining("is no whole number");
        }
    }
}
