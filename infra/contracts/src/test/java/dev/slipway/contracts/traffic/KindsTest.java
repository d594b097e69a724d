package dev.slipway.contracts.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KindsTest {
    @Test
    void what_is_beyond_the_bound_counts_under_its_class_and_nothing_is_lost() {
        Map<String, Long> counts = new TreeMap<>();
        IntStream.range(200, 300).forEach(status -> Kinds.add(counts, Integer.toString(status), 1));
        IntStream.range(400, 600).forEach(status -> Kinds.add(counts, Integer.toString(status), 1));
        Kinds.add(counts, Kinds.NO_CONNECTION, 1);
        Kinds.add(counts, Kinds.TIME_OUT, 1);
        Kinds.add(counts, Kinds.BROKE_OFF, 1);
        Kinds.add(counts, "200", 4);

        assertThat(counts)
                .hasSizeLessThanOrEqualTo(Kinds.MAX)
                .containsEntry("200", 5L)
                .containsEntry("2xx", 77L)
                .containsEntry("4xx", 100L)
                .containsEntry("5xx", 100L)
                .containsEntry(Kinds.BROKE_OFF, 1L);
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(307);
    }

    @Test
    void the_sum_of_two_full_ones_keeps_the_bound() {
        Map<String, Long> one = statuses(200);
        Map<String, Long> other = statuses(400);

        Map<String, Long> sum = Kinds.sum(one, other);

        assertThat(Kinds.checked(sum)).containsEntry("4xx", 24L).hasSize(25);
    }

    private static Map<String, Long> statuses(int from) {
        return IntStream.range(from, from + 24).boxed().collect(Collectors.toMap(Object::toString, _ -> 1L));
    }
}
