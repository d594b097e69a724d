package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Reading;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is measured is read: a report of every kind, known by its content, as large as a report may be at most. */
final class SampleReportsTest {
    private static final int TENTHS = 10;
    private static final int REPORT_BYTES_MAX = 20_000_000;

    @Test
    void there_is_a_report_of_every_kind() {
        Set<String> kinds = new TreeSet<>();
        SampleReports.ALL.forEach(sample -> kinds.add(sample.kind()));

        assertThat(kinds).containsExactlyElementsOf(ReadingMain.READERS.kinds());
    }

    @TestFactory
    Stream<DynamicTest> each_is_read_by_its_own_reader_alone_and_pulled_by_a_bare_parser() {
        return SampleReports.ALL.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.title(1), () -> {
                    byte[] report = sample.bytes(1);
                    Reading reading =
                            ReadingMain.READERS.of(sample.kind()).orElseThrow().read(report, "bench");

                    assertThat(ReadingMain.READERS.list().stream()
                                    .filter(reader -> reader.recognises(report))
                                    .map(EvidenceReader::kind))
                            .containsExactly(sample.kind());
                    assertThat(reading.facts().list().isEmpty()
                                    && reading.measurements().isEmpty())
                            .as("it says something")
                            .isFalse();
                    assertThat(reading.notes())
                            .as("nothing in it is odd")
                            .noneMatch(note -> note.contains("contradict"));
                    assertThat(BareParser.pull(sample.form(), report)).isPositive();
                    assertThat((long) report.length * TENTHS)
                            .as("the whole of it, about")
                            .isLessThan(sample.size() == 1 ? Long.MAX_VALUE : REPORT_BYTES_MAX);
                }));
    }
}
