package dev.slipway.validation.evidence.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.ProcessorTime;
import dev.slipway.validation.evidence.ReportLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A tracefile of 1,000,000 lines is read at half the pace of splitting its lines, or faster. */
final class LcovPaceTest {
    private static final int FILES = 1_000;
    private static final int LINES_EACH = 1_000;
    /** The least of so many is told by compiled code. */
    private static final int ROUNDS = 7;

    /** Where compilers come late. */
    private static final int ROUNDS_MAX = 40;

    private static final ReportLines.Limits LIMITS = new ReportLines.Limits(2_000_000, 10_000);

    @Test
    void a_million_lines_are_read_at_half_the_pace_of_splitting_them_or_faster() throws Exception {
        byte[] report = report();
        LcovReader reader = new LcovReader(LIMITS);
        Duration splitting = Duration.ofDays(1);
        Duration reading = Duration.ofDays(1);
        for (int round = 0; round < ROUNDS || (round < ROUNDS_MAX && tooSlow(reading, splitting)); round++) {
            splitting = least(
                    splitting, ProcessorTime.of(() -> assertThat(split(report)).isEqualTo(FILES * LINES_EACH)));
            reading = least(
                    reading,
                    ProcessorTime.of(() -> assertThat(reader.read(report, "r")
                                    .facts()
                                    .named("coverage.lines")
                                    .orElseThrow())
                            .hasToString("coverage.lines 80.02%")));
        }

        assertThat(tooSlow(reading, splitting))
                .as("reading took %s, splitting %s", reading, splitting)
                .isFalse();
    }

    private static boolean tooSlow(Duration reading, Duration splitting) {
        return reading.compareTo(splitting.multipliedBy(2)) > 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
