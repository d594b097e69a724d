package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Wherever in a report a character stands that a terminal or a log would act on: no word for people that comes of the report
 * holds it. U+009B begins a command of a terminal just as ESC does, and XML and JSON both may hold it.
 */
final class ShownWordsTest {
    private static final Pattern ACTED_ON = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");
    private static final byte[] ERASE = "\u009b2J\u2028\u202e".getBytes(StandardCharsets.UTF_8);
    private static final int EACH = 3;

    @TestFactory
    Stream<DynamicTest> no_word_of_a_report_moves_a_terminal() throws Exception {
        return EverySample.all().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.file(), () -> {
                    int told = 0;
                    for (int at = 1; at < sample.bytes().length; at += EACH) {
                        for (String words : words(sample, with(sample.bytes(), at))) {
                            assertThat(ACTED_ON.matcher(words).find())
                                    .as("at byte %d: %s", at, words)
                                    .isFalse();
                            told++;
                        }
                    }
                    assertThat(told).isPositive();
                }));
    }

    private static List<String> words(EverySample sample, byte[] report) {
        EvidenceReader reader = sample.reader();
        List<String> words = new ArrayList<>();
        String instead = reader.somethingElse(report);
        if (instead != null) {
            words.add(instead);
        }
        try {
            Reading reading = reader.read(report, sample.file());
            words.add(reading.dialect());
            words.addAll(reading.notes());
            reading.facts().list().forEach(fact -> words.add(fact.toString()));
            reading.findings().forEach(finding -> words.add(finding.shown()));
            reading.measurements().forEach(one -> words.add(one.benchmark() + one.metric() + one.unit()));
        } catch (UnreadableEvidence refused) {
            words.add(String.valueOf(refused.getMessage()));
        }
        return words;
    }

    private static byte[] with(byte[] report, int at) {
        byte[] changed = new byte[report.length + ERASE.length];
        System.arraycopy(report, 0, changed, 0, at);
        System.arraycopy(ERASE, 0, changed, at, ERASE.length);
        System.arraycopy(report, at, changed, at + ERASE.length, report.length - at);
        return changed;
    }
}
