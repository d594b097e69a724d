package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.evidence.tracker.TrackerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the readers take from the same bytes changes with their version alone. {@code reports/as-read.txt} holds, below the
 * version, a line for each of our own small reports: its kind, its digest, and digests of what is read of it and of fifty
 * changes of a byte, or dots where it is refused. {@code -Dslipway.readers.rewrite=true} writes it again, once {@link
 * ReaderChange} says what is read otherwise, or where reports were added.
 */
final class ReaderVersionTest {
    private static final Path REPORTS = Path.of("src", "test", "resources", "reports");
    private static final Path AS_READ = REPORTS.resolve("as-read.txt");
    private static final String REFUSED = "....";
    private static final int CHANGES = 50;
    private static final TrackerRule EVERY_ISSUE = TrackerRule.ofExports(null, List.of(), List.of(), List.of());

    @Test
    void what_is_read_of_the_same_bytes_changes_only_with_the_version() throws IOException {
        List<String> before = Files.exists(AS_READ) ? Files.readAllLines(AS_READ) : List.of("version 0");
        List<String> now = now();
        List<String> otherwise = before.getFirst().equals(now.getFirst()) ? otherwise(before, now) : List.of();
        if (Boolean.getBoolean("slipway.readers.rewrite") && otherwise.isEmpty()) {
            Files.write(AS_READ, now);
        }

        assertThat(otherwise)
                .as(
                        "read otherwise: add what to ReaderChange, with the next version, then -Dslipway.readers.rewrite=true")
                .isEmpty();
        assertThat(Files.readAllLines(AS_READ))
                .as("a new version, or new reports: -Dslipway.readers.rewrite=true")
                .isEqualTo(now);
    }

    @Test
    void versions_are_counted_from_one_and_each_says_which_facts_of_which_kinds_it_reads_otherwise() {
        assertThat(ReaderChange.ALL)
                .extracting(ReaderChange::version)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, EvidenceReaders.VERSION)
                        .boxed()
                        .toList());
        for (ReaderChange change : ReaderChange.ALL) {
            List<String> known = new ArrayList<>(List.of(ReaderChange.REFUSED));
            for (String kind : change.kinds()) {
                EvidenceReader reader = EverySample.READERS.of(kind).orElseThrow();
                reader.facts().forEach(fact -> known.add(fact.name()));
                reader.comparing().ifPresent(comparing -> known.addAll(comparing.names()));
            }
            assertThat(known).as(change.what()).containsAll(change.facts());
        }
    }

    /** What was read before and is read otherwise, or not any more; what was refused was never kept. */
    private static List<String> otherwise(List<String> before, List<String> now) {
        Map<List<String>, List<String>> known = new LinkedHashMap<>();
        now.forEach(line -> known.put(Arrays.asList(line.split(" ")).subList(0, 2), words(line)));
        return before.stream()
                .filter(line -> {
                    List<String> was = words(line);
                    List<String> is = known.getOrDefault(
                            Arrays.asList(line.split(" ")).subList(0, 2), was); // the report is not among ours any more
                    return IntStream.range(0, was.size())
                            .anyMatch(i ->
                                    !was.get(i).equals(REFUSED) && !was.get(i).equals(is.get(i)));
                })
                .toList();
    }

    private static List<String> words(String line) {
        List<String> all = List.of(line.split(" "));
        return all.subList(2, all.size());
    }

    private static List<String> now() throws IOException {
        List<String> lines = new ArrayList<>(List.of("version " + EvidenceReaders.VERSION));
        for (EverySample sample : EverySample.all()) {
            lines.add(line(sample.kind(), sample.bytes()));
        }
        try (Stream<Path> files = Files.walk(REPORTS)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(AS_READ) && !file.startsWith(REPORTS.resolve("every")))
                    .sorted()
                    .toList()) {
                for (byte[] report : reports(file)) {
                    EverySample.READERS.recognise(report).ifPresent(reader -> lines.add(line(reader.kind(), report)));
                }
            }
        }
        return lines;
    }

    /** One, or those that rows of dialects show. */
    private static List<byte[]> reports(Path file) throws IOException {
        if (!file.startsWith(REPORTS.resolve("dialects"))) {
            return List.of(Files.readAllBytes(file));
        }
        return Stream.of(Files.readString(file).split("(?m)^== "))
                .filter(row -> row.contains("\n<"))
                .map(row -> row.substring(row.indexOf("\n<") + 1).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String line(String kind, byte[] report) {
        EvidenceReader reader = EverySample.READERS.of(kind).orElseThrow();
        String digest = Digest.of(report).hex();
        StringBuilder line =
                new StringBuilder("%s %s %s".formatted(kind, digest.substring(0, 16), read(reader, report)));
        SplittableRandom random = new SplittableRandom(Long.parseUnsignedLong(digest.substring(0, 16), 16));
        for (int i = 0; i < CHANGES; i++) {
            byte[] changed = report.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(' ', 0x7f);
            line.append(' ').append(read(reader, changed));
        }
        return line.toString();
    }

    /** All that may decide a gate, now or compared with another release. */
    private static String read(EvidenceReader reader, byte[] report) {
        try {
            Reading reading = reader.read(report, "report");
            Facts facts = reader instanceof TrackerReader tracker
                    ? TrackerFacts.of(EVERY_ISSUE, List.of(tracker.report(report)))
                            .facts()
                    : reading.facts();
            JsonNode said = WireJson.mapper()
                    .valueToTree(List.of(facts, reading.findings(), reading.measurements(), reading.vulnerabilities()));
            return CanonicalJson.sha256(said).substring(0, 4);
        } catch (UnreadableEvidence refused) {
            return REFUSED;
        }
    }
}
