package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All readers over a small report of each kind that fails in several places: each is known by its content to its own reader
 * alone, and of 10,000 random changes of a byte or two none throws anything but that the report is unreadable, and none
 * turns one that fails into one that passes. {@link EveryReaderIT} makes 100,000.
 */
final class EveryReaderTest {
    private static final int CHANGES = 10_000;

    @Test
    void there_is_a_report_of_each_kind() throws IOException {
        Set<String> kinds = new TreeSet<>();
        EverySample.all().forEach(sample -> kinds.add(sample.kind()));

        assertThat(kinds).containsExactlyElementsOf(EverySample.READERS.kinds());
    }

    @Test
    void each_report_is_known_by_its_content_to_its_own_reader_alone_and_read() throws Exception {
        for (EverySample sample : EverySample.all()) {
            assertThat(EverySample.READERS.list().stream()
                            .filter(reader -> reader.recognises(sample.bytes()))
                            .map(EvidenceReader::kind))
                    .as(sample.file())
                    .containsExactly(sample.kind());
            EvidenceReader reader = sample.reader();
            assertThat(reader.somethingElse(sample.bytes())).as(sample.file()).isNull();
            assertThat(reader.isWhole(sample.bytes())).as(sample.file()).isTrue();
            assertThat(reader.read(sample.bytes(), sample.file()).facts().list())
                    .as(sample.file())
                    .isNotEmpty();
        }
    }

    @Test
    void each_fact_that_is_read_was_announced_with_its_unit() throws Exception {
        for (EverySample sample : EverySample.all()) {
            EvidenceReader reader = sample.reader();
            for (Fact fact : reader.read(sample.bytes(), sample.file()).facts().list()) {
                assertThat(reader.facts()).as("%s in %s", fact, sample.file()).anySatisfy(known -> {
                    String name = known.name();
                    boolean open = name.endsWith("*");
                    assertThat(
                                    open
                                            ? fact.name().startsWith(name.substring(0, name.length() - 1))
                                            : fact.name().equals(name) && fact.unit() == known.unit())
                            .isTrue();
                });
            }
        }
    }

    /** 0 bytes are what a tool leaves that ended before it wrote: no evidence, and never a zero of anything. */
    @Test
    void nothing_at_all_is_of_no_kind_and_says_nothing() {
        for (EvidenceReader reader : EverySample.READERS.list()) {
            for (String nothing : new String[] {"", "\n", " \r\n\t"}) {
                byte[] bytes = nothing.getBytes(StandardCharsets.UTF_8);
                assertThat(reader.recognises(bytes)).as(reader.kind()).isFalse();
                assertThatThrownBy(() -> reader.read(bytes, "empty"))
                        .as("%s of %d bytes", reader.kind(), bytes.length)
                        .isInstanceOf(UnreadableEvidence.class);
            }
        }
    }

    @Test
    void no_change_of_a_byte_throws_anything_else_or_turns_a_failing_report_into_a_pass() throws Exception {
        int kindsRead = Mutations.over(EverySample.all(), CHANGES);

        assertThat(kindsRead)
                .as("some changes hit what does not count")
                .isGreaterThan(EverySample.all().size() / 2);
    }

    /** Cut at every byte: what is read all the same says the same, but for formats that have no end. */
    @Test
    void no_report_that_was_cut_off_is_read_as_a_shorter_one_where_its_format_has_an_end() throws Exception {
        Map<String, String> shorter = new TreeMap<>();
        for (EverySample sample : EverySample.all()) {
            Facts whole = sample.reader().read(sample.bytes(), sample.file()).facts();
            for (int at = 1; at < sample.bytes().length; at++) {
                Facts cut = factsOf(sample, Arrays.copyOf(sample.bytes(), at));
                if (cut != null && !cut.equals(whole)) {
                    shorter.putIfAbsent(sample.file(), "at %d: %s".formatted(at, cut));
                }
            }
        }

        assertThat(shorter).containsOnlyKeys(EverySample.ENDLESS.keySet());
    }

    private static @Nullable Facts factsOf(EverySample sample, byte[] bytes) {
        try {
            return sample.reader().read(bytes, sample.file()).facts();
        } catch (UnreadableEvidence refused) {
            return null;
        }
    }
}
