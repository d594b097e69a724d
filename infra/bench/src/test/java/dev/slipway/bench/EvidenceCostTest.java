package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.EvidenceCost.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of which figure, and how it is told. */
final class EvidenceCostTest {
    private static final EvidenceCost.Verifying VERIFYING = new EvidenceCost.Verifying(100, 10, 300, 0.5, 0.5);

    private static Reading reading(String kind, long bytes, double ofBare, @Nullable Double megabytes) {
        return new Reading(
                kind, kind + ", 10 things", bytes, 3.25, bytes / 50e6, bytes / 50e6 * ofBare, 0.1, megabytes);
    }

    private static List<String> missed(boolean whole, Reading... readings) {
        return EvidenceCost.of(List.of(readings), 30_000, VERIFYING, whole).goals().stream()
                .filter(goal -> !goal.reached())
                .map(Goal::what)
                .toList();
    }

    @Test
    void half_the_speed_of_the_bare_parser_is_asked_of_every_report_however_small() {
        assertThat(missed(true, reading("jmh", 8_000_000, 0.5, 20.0), reading("ab", 1_200, 0.5, 2.0)))
                .isEmpty();
        assertThat(missed(true, reading("ab", 1_200, 0.1, 2.0)))
                .containsExactly("ab, 10 things, speed by the bare parser's");
        assertThat(missed(true, reading("jmh", 8_000_000, 0.49, 20.0)))
                .containsExactly("jmh, 10 things, speed by the bare parser's");
    }

    @Test
    void memory_is_bounded_with_the_bytes_of_junit_and_beside_those_of_others_and_only_of_whole_reports() {
        assertThat(missed(true, reading("junit", 8_000_000, 1, 47.0), reading("jmh", 8_000_000, 1, 55.0)))
                .isEmpty();
        assertThat(missed(true, reading("junit", 8_000_000, 1, 49.0), reading("jmh", 8_000_000, 1, 57.0)))
                .containsExactly("junit, 10 things, MB above idle", "jmh, 10 things, MB above idle and its own bytes");
        assertThat(missed(true, reading("jmh", 8_000_000, 1, null)))
                .as("what cannot be measured is not reached")
                .hasSize(1);
        assertThat(missed(false, reading("junit", 8_000_000, 1, 49.0))).isEmpty();
    }

    @Test
    void the_table_tells_counts_before_times() {
        EvidenceCost cost = EvidenceCost.of(
                List.of(reading("jmh", 8_000_000, 0.5, 20.0), reading("ab", 1_200, 0.1, null)),
                30_000,
                VERIFYING,
                true);

        assertThat(cost.table())
                .containsExactly(
                        "| kind | report | size | bytes allocated a byte | memory above idle | MB a second | of the bare parser |",
                        "|---|---|--:|--:|--:|--:|--:|",
                        "| `jmh` | jmh, 10 things | 8.0 MB | 3.3 | 20 MB | 50 | 50 % |",
                        "| `ab` | ab, 10 things | 1.2 kB | 3.3 | – | 50 | 10 % |");
    }
}
