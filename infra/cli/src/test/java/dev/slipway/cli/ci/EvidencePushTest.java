package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReportArchive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidencePushTest {
    private static final EvidenceReader LCOV = EvidenceReaders.shipped(new JUnitReader.Limits(32, 2_000_000))
            .of("lcov")
            .orElseThrow();

    @Test
    void a_small_report_travels_as_it_is() {
        byte[] report = lcov(10);

        assertThat(sent(report)).isEqualTo(report);
    }

    @Test
    void a_large_one_travels_packed_to_a_tenth_and_is_the_same_unpacked() throws Exception {
        byte[] report = lcov(1_000_000);

        byte[] sent = sent(report);

        assertThat(report).hasSizeGreaterThan(7_000_000);
        assertThat(sent).hasSizeLessThan(report.length / 10);
        List<byte[]> unpacked = new ArrayList<>();
        new ReportArchive(sent, new ReportArchive.Limits(1, 20 << 20, 64 << 20)).each((name, _, content) -> {
            assertThat(name).isEqualTo("lcov.info");
            unpacked.add(content);
        });
        assertThat(unpacked).singleElement().isEqualTo(report);
    }

    private static byte[] sent(byte[] report) {
        return EvidencePush.packed(EvidenceFiles.of("lcov.info", report), LCOV, new ArrayList<>(), new ArrayList<>());
    }

    private static byte[] lcov(int lines) {
        StringBuilder report = new StringBuilder(12 * lines);
        for (int file = 0; 100 * file < lines; file++) {
            report.append("SF:src/file").append(file).append(".js\n");
            for (int line = 1; line <= 100; line++) {
                report.append("DA:").append(line).append(',').append(line % 10).append('\n');
            }
            report.append("LF:100\nLH:90\nend_of_record\n");
        }
        return report.toString().getBytes(StandardCharsets.UTF_8);
    }
}
