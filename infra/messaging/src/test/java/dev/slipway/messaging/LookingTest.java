package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LookingTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    private final Looking looking =
            new Looking("tasks", 10, MessagingSettings.of("tea", Map.of("sweep-pages-max", "3")));
    private final List<String> seen = new ArrayList<>();

    private static StoredAggregate document(int number) {
        return new StoredAggregate(
                Integer.toString(number),
                1,
                MessagingJson.mapper().createObjectNode(),
                List.of(),
                new TreeMap<>(),
                Map.of(),
                Map.of(),
                false,
                AT,
                AT);
    }

    /** One look at so many documents. */
    private boolean look(String kind, int there) {
        seen.clear();
        return looking.through(
                kind,
                skip -> IntStream.range(skip, Math.min(there, skip + 10))
                        .mapToObj(LookingTest::document)
                        .toList(),
                found -> seen.add(found.id()));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void what_lies_beyond_the_bound_of_one_look_is_looked_at_by_the_next_ones_and_then_from_the_beginning() {
        assertThat(look("cup", 75)).isFalse();
        assertThat(seen).isEqualTo(numbers(0, 30));
        assertThat(look("cup", 75)).isFalse();
        assertThat(seen).isEqualTo(numbers(30, 60));
        assertThat(look("cup", 75)).isTrue();
        assertThat(seen).isEqualTo(numbers(60, 75));
        assertThat(look("cup", 25)).isTrue();
        assertThat(seen).isEqualTo(numbers(0, 25));
    }

    @Test
    void each_kind_goes_on_where_its_own_look_stopped() {
        look("cup", 75);

        assertThat(look("pot", 5)).isTrue();
        assertThat(seen).isEqualTo(numbers(0, 5));
        look("cup", 75);
        assertThat(seen).isEqualTo(numbers(30, 60));
    }

    @Test
    void where_there_are_fewer_by_then_the_next_look_begins_anew() {
        look("cup", 75);

        assertThat(look("cup", 20)).isTrue();
        assertThat(seen).isEmpty();
        look("cup", 20);
        assertThat(seen).isEqualTo(numbers(0, 20));
    }

    @Test
    void a_look_that_breaks_off_is_taken_again_from_where_it_began() {
        look("cup", 75);
        assertThatThrownBy(() -> looking.through(
                        "cup",
                        _ -> {
                            throw new IllegalStateException("the store is away");
                        },
                        found -> seen.add(found.id())))
                .hasMessage("the store is away");

        look("cup", 75);

        assertThat(seen).isEqualTo(numbers(30, 60));
    }
}
