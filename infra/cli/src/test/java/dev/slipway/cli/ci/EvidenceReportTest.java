package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evidence read} tells people beside the counts. */
final class EvidenceReportTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    Path folder;

    private List<String> lines(String report) throws IOException {
        Files.writeString(folder.resolve("r.xml"), report);
        return EvidenceReport.of(ReportFiles.of(List.of("r.xml"), folder), Sorting.reader("junit"), null, NOW)
                .lines();
    }

    @Test
    void what_no_report_of_a_tool_shows_is_said_where_it_is_known() throws IOException {
        assertThat(
                        lines(
                                "<testsuites name='jest tests'><testsuite name='a'><testcase name='t'/></testsuite></testsuites>"))
                .anyMatch(line -> line.startsWith("  in no such report: a todo looks like a test that passed"));
        assertThat(lines("<testsuites name='shop'><testsuite name='a'><testcase name='t'/></testsuite></testsuites>"))
                .as("newman and formatters of TAP have no sign of their own")
                .anyMatch(line -> line.startsWith("  in no such report: with newman and with formatters of TAP"));
        assertThat(lines("<testsuite name='pytest'><testcase name='t'/></testsuite>"))
                .noneMatch(line -> line.contains("in no such report"));
    }

    @Test
    void that_the_exit_status_is_missing_is_said() throws IOException {
        assertThat(lines("<testsuite name='pytest'><testcase name='t'/></testsuite>"))
                .anyMatch(line -> line.contains("a report does not say whether its run succeeded"));
    }

    @Test
    void a_statement_that_is_dated_ahead_is_read_as_the_service_reads_it() throws IOException {
        Files.writeString(folder.resolve("vex.json"), """
                {"@context": "https://openvex.dev/ns/v0.2.0", "timestamp": "2031-01-01T00:00:00Z",
                 "statements": [{"vulnerability": {"name": "CVE-1"}, "products": [{"@id": "pkg:npm/a"}],
                   "status": "fixed"}]}""");

        assertThat(EvidenceReport.of(ReportFiles.of(List.of("vex.json"), folder), Sorting.reader("openvex"), null, NOW)
                        .lines())
                .contains("  note: statements that claim a time after their arrival count as of their arrival: 1");
    }
}
