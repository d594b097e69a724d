package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NamesSeenTest {
    private final NamesSeen names = new NamesSeen();

    @Test
    void a_name_is_new_once_in_an_object_and_again_in_those_within_and_beside_it() {
        names.opened();
        assertThat(names.isNew("a")).isTrue();
        names.opened();
        assertThat(names.isNew("a")).isTrue();
        assertThat(names.isNew("a")).isFalse();
        names.closed();
        names.opened();
        assertThat(names.isNew("a")).isTrue();
        names.closed();

        assertThat(names.isNew("a")).isFalse();
        assertThat(names.isNew("b")).isTrue();
    }

    @Test
    void names_of_the_same_hash_are_different_names() {
        names.opened();

        assertThat(names.isNew("Aa")).isTrue();
        assertThat(names.isNew("BB")).isTrue();
        assertThat(names.isNew("Aa")).isFalse();
    }

    @Test
    void objects_of_many_names_and_many_objects_within_each_other_are_held_to_it_too() {
        for (int depth = 0; depth < 100; depth++) {
            names.opened();
            assertThat(IntStream.range(0, 100)).allMatch(name -> names.isNew("name " + name));
        }
        for (int depth = 0; depth < 100; depth++) {
            assertThat(IntStream.range(0, 100)).noneMatch(name -> names.isNew("name " + name));
            assertThat(names.isNew("another")).isTrue();
            names.closed();
        }
    }
}
