package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All readers over a small report of each kind that fails in several places: each is known by its content to its own reader
 * alone, and of 100,000 random changes of a byte or two none throws anything but that the report is unreadable, and none
 * turns one that fails into one that passes. A build makes some of the changes, all are made with
 * {@code -Dslipway.mutations=100000}.
 */
final class EveryReaderTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final Path SAMPLES = Path.of("src", "test", "resources", "reports", "every");
    private static final int CHANGES = Integer.getInteger("slipway.mutations", 10_000);
    private static final long SEED = 12;
    /** Of what is covered: so little, and so much that a gate is content. */
    private static final BigDecimal LOW = BigDecimal.valueOf(35);

    private static final BigDecimal GOOD = BigDecimal.valueOf(80);

    /** Whose numbers stand nowhere but in digits: another digit is another report. */
    private static final Set<String> IN_DIGITS = Set.of(
            "jacoco",
            "cobertura",
            "lcov",
            "go-cover",
            "coverage-py",
            "jmh",
            "google-benchmark",
            "pytest-benchmark",
            "criterion",
            "go-bench",
            "hyperfine",
            "k6",
            "vegeta",
            "hey",
            "wrk",
            "ab",
            "locust",
            "autocannon",
            "gatling",
            "facts");

    private record Sample(String kind, String file, byte[] bytes) {}

    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                String kind = name.substring(0, name.indexOf('.'));
                if (READERS.kinds().contains(kind)) {
                    samples.add(new Sample(kind, name, Files.readAllBytes(file)));
                }
            }
        }
        return samples;
    }

    @Test
    void there_is_a_report_of_each_kind() throws IOException {
        Set<String> kinds = new TreeSet<>();
        samples().forEach(sample -> kinds.add(sample.kind()));

        assertThat(kinds).containsExactlyElementsOf(READERS.kinds());
    }

    @Test
    void each_report_is_known_by_its_content_to_its_own_reader_alone_and_read() throws Exception {
        for (Sample sample : samples()) {
            assertThat(READERS.list().stream()
                            .filter(reader -> reader.recognises(sample.bytes()))
                            .map(EvidenceReader::kind))
                    .as(sample.file())
                    .containsExactly(sample.kind());
            EvidenceReader reader = READERS.of(sample.kind()).orElseThrow();
            assertThat(reader.somethingElse(sample.bytes())).as(sample.file()).isNull();
            assertThat(reader.isWhole(sample.bytes())).as(sample.file()).isTrue();
            assertThat(reader.read(sample.bytes(), sample.file()).facts().list())
                    .as(sample.file())
                    .isNotEmpty();
        }
    }

    @Test
    void each_fact_that_is_read_was_announced_with_its_unit() throws Exception {
        for (Sample sample : samples()) {
            EvidenceReader reader = READERS.of(sample.kind()).orElseThrow();
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

    @Test
    void no_change_of_a_byte_throws_anything_else_or_turns_a_failing_report_into_a_pass() throws Exception {
        List<Sample> samples = samples();
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, Integer> readable = new LinkedHashMap<>();
        for (Sample sample : samples) {
            EvidenceReader reader = READERS.of(sample.kind()).orElseThrow();
            List<Fact> failing =
                    failing(reader, reader.read(sample.bytes(), sample.file()).facts());
            for (int i = 0; i < CHANGES / samples.size() + 1; i++) {
                byte[] changed = changed(sample.bytes(), random);
                boolean digits = IN_DIGITS.contains(sample.kind()) && !sameDigits(sample.bytes(), changed);
                if (read(reader, sample, changed, digits ? List.of() : failing, i)) {
                    readable.merge(sample.kind(), 1, Integer::sum);
                }
            }
        }

        assertThat(readable).as("some changes hit what does not count").hasSizeGreaterThan(samples.size() / 2);
    }

    /** What a gate asks for that this report fails, in more places than one change can reach. */
    private static List<Fact> failing(EvidenceReader reader, Facts facts) {
        return facts.list().stream()
                .filter(fact -> reader.facts().stream()
                        .anyMatch(known -> known.name().equals(fact.name())
                                && switch (known.better()) {
                                    case LOWER ->
                                        fact.value().compareTo(BigDecimal.TWO) >= 0
                                                && (known.unit() == Fact.Unit.COUNT || known.unit() == Fact.Unit.SCORE);
                                    case HIGHER ->
                                        known.unit() == Fact.Unit.PERCENT
                                                && fact.value().compareTo(LOW) <= 0;
                                    case NEITHER -> false;
                                }))
                .toList();
    }

    /** A fact that fails says still that it fails, or nothing. */
    private static void stillFails(Fact fact, Facts now, String of) {
        now.named(fact.name()).ifPresent(said -> {
            if (fact.unit() == Fact.Unit.PERCENT) {
                assertThat(said.value()).as("%s in %s", fact.name(), of).isLessThan(GOOD);
            } else {
                assertThat(said.value()).as("%s in %s", fact.name(), of).isPositive();
            }
        });
    }

    private static boolean read(EvidenceReader reader, Sample sample, byte[] changed, List<Fact> failing, int number) {
        String of = "change %d of %s, seed %d: %s"
                .formatted(number, sample.file(), SEED, new String(changed, StandardCharsets.ISO_8859_1));
        try {
            reader.recognises(changed);
            reader.somethingElse(changed);
            reader.isWhole(changed);
            Facts now = reader.read(changed, sample.file()).facts();
            failing.forEach(fact -> stillFails(fact, now, of));
            return true;
        } catch (UnreadableEvidence unreadable) {
            assertThat(unreadable.getMessage()).as(of).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError broken) {
            throw new AssertionError(of, broken);
        }
    }

    private static boolean sameDigits(byte[] one, byte[] other) {
        return digits(one).equals(digits(other));
    }

    private static String digits(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (byte one : bytes) {
            if ((one >= '-' && one <= '9') || one == 'e' || one == 'E') { // minus and point move a number too
                digits.append((char) one);
            }
        }
        return digits.toString();
    }

    private static byte[] changed(byte[] report, SplittableRandom random) {
        int at = random.nextInt(report.length);
        return switch (random.nextInt(6)) {
            case 0 -> with(report, at, at + 1, (byte) (report[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(report, at, at + 1, (byte) random.nextInt(256));
            case 2 -> with(report, at, at + 1);
            case 3 -> with(report, at, at, (byte) (random.nextInt(95) + 32));
            case 4 -> with(report, at, at, report[random.nextInt(report.length)]);
            default -> Arrays.copyOf(report, at);
        };
    }

    private static byte[] with(byte[] report, int from, int to, byte... put) {
        byte[] changed = new byte[report.length - (to - from) + put.length];
        System.arraycopy(report, 0, changed, 0, from);
        System.arraycopy(put, 0, changed, from, put.length);
        System.arraycopy(report, to, changed, from + put.length, report.length - to);
        return changed;
    }
}
