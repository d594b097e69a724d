package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 2,000 random changes of each report: none throws anything but that it is unreadable, and where no digit was changed the
 * errors do not become fewer: what is not the same any more is not said.
 */
@Tag("thorough")
final class MeasurementMutationsTest {
    private static final Path SAMPLES = Path.of("src", "test", "resources", "reports", "every");
    private static final int CHANGES = 2_000;
    private static final long SEED = 39;

    static Stream<EvidenceReader> readers() {
        return PerformanceReaders.all(new JUnitReader.Limits(32, 500_000)).stream();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void no_change_throws_anything_else_or_hides_errors(EvidenceReader reader) throws Exception {
        byte[] report = sample(reader.kind());
        List<Fact> errors = reader.read(report, "report").facts().list().stream()
                .filter(fact -> List.of("load.errors", "tool.errors").contains(fact.name()))
                .filter(fact -> fact.value().compareTo(BigDecimal.TWO) >= 0)
                .toList();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < CHANGES; i++) {
            byte[] changed = changed(report, random);
            String of = "change %d, seed %d:%n%s".formatted(i, SEED, new String(changed, StandardCharsets.UTF_8));
            reader.recognises(changed);
            reader.somethingElse(changed);
            try {
                List<Fact> now = reader.read(changed, "report").facts().list();
                if (digits(report).equals(digits(changed))) {
                    errors.forEach(fact -> assertThat(named(now, fact.name()))
                            .as(of)
                            .satisfiesAnyOf(
                                    value -> assertThat(value).isEmpty(),
                                    value -> assertThat(value.orElseThrow()).isPositive()));
                }
            } catch (UnreadableEvidence unreadable) {
                assertThat(unreadable.getMessage()).as(of).isNotBlank();
            }
        }
    }

    private static Optional<BigDecimal> named(List<Fact> facts, String name) {
        return facts.stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::value)
                .findFirst();
    }

    private static byte[] sample(String kind) throws Exception {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return Files.readAllBytes(
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith(kind + "."))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private static String digits(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (byte one : bytes) {
            if ((one >= '+' && one <= '9') || one == 'e' || one == 'E') { // signs and points move a number too
                digits.append((char) one);
            }
        }
        return digits.toString();
    }

    private static byte[] changed(byte[] report, SplittableRandom random) {
        int at = random.nextInt(report.length);
        return switch (random.nextInt(4)) {
            case 0 -> with(report, at, at + 1, (byte) (report[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(report, at, at + 1);
            case 2 -> with(report, at, at, report[random.nextInt(report.length)]);
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
