package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of what reading costs has the columns that {@code --table} prints, and a row for each report that is measured. */
final class EvidenceTableTest {
    private static final int WHOLE = 10;
    private static final Path PAGE = Path.of("..", "docs", "evidence.md");

    private static List<String> table() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int from = lines.indexOf("## What reading costs");
        return lines.subList(from, lines.size()).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|")).map(String::strip).toList();
    }

    @Test
    void the_columns_are_those_that_the_program_prints() throws IOException {
        List<String> printed = EvidenceCost.of(List.of(), 1, new EvidenceCost.Verifying(1, 1, 1, 1, 1), true)
                .table();

        assertThat(table().subList(0, 2)).isEqualTo(printed);
        assertThat(table()).allSatisfy(row -> assertThat(cells(row)).hasSameSizeAs(cells(printed.getFirst())));
    }

    @Test
    void each_report_that_is_measured_has_its_row() throws IOException {
        List<String> rows = table();

        assertThat(rows.subList(2, rows.size()))
                .extracting(row -> cells(row).get(1) + " " + cells(row).get(2))
                .containsExactlyElementsOf(SampleReports.ALL.stream()
                        .map(sample -> "`" + sample.kind() + "` " + sample.title(WHOLE))
                        .toList());
    }
}
