package dev.slipway.validation.evidence.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.ReportLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A tracefile of 1,000,000 lines is read at half the pace of splitting its lines, or faster. */
final class LcovPaceTest {
    private static final int FILES = 1_000;
    private static final int LINES_EACH = 1_000;
    private static final int ROUNDS = 7;
    private static final ReportLines.Limits LIMITS = new ReportLines.Limits(2_000_000, 10_000);

    @Test
    void a_million_lines_are_read_at_half_the_pace_of_splitting_them_or_faster() throws Exception {
        byte[] report = report();
        LcovReader reader = new LcovReader(LIMITS);
        long splitting = Long.MAX_VALUE;
        long reading = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            assertThat(split(report)).isEqualTo(FILES * LINES_EACH);
            splitting = Math.min(splitting, System.nanoTime() - start);
            start = System.nanoTime();
            assertThat(reader.read(report, "r").facts().named("coverage.lines").orElseThrow())
                    .hasToString("coverage.lines 80.02%");
            reading = Math.min(reading, System.nanoTime() - start);
        }

        assertThat(Duration.ofNanos(reading))
                .as("splitting took %d ms", splitting / 1_000_000)
                .isLessThan(Duration.ofNanos(2 * splitting));
    }

    private static int split(byte[] report) {
        return new String(report, StandardCharsets.UTF_8).split("\n").length;
    }

    private static byte[] report() {
        StringBuilder report = new StringBuilder();
        for (int file = 0; file < FILES; file++) {
            report.append("SF:/src/some/where/file").append(file).append(".c\n");
            for (int line = 1; line < LINES_EACH - 3; line++) {
                report.append("DA:")
                        .append(line * 2)
                        .append(',')
                        .append(line % 5 == 0 ? 0 : line)
                        .append('\n');
            }
            report.append("LF:996\nLH:797\nend_of_record\n");
        }
        return report.toString().getBytes(StandardCharsets.UTF_8);
    }
}
