package example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NameTest {
    @Test
    void a_name_is_read_from_the_query() {
        assertEquals("Ada", Name.fromQuery("lang=en&name=Ada").value());
    }

    @Test
    void an_encoded_name_is_decoded() {
        assertEquals("Zoë B", Name.fromQuery("name=Zo%C3%AB+B").value());
    }

    @Test
    void without_a_name_the_world_is_greeted() {
        assertEquals("world", Name.fromQuery(null).value());
        assertEquals("world", Name.fromQuery("lang=en").value());
    }

    @Test
    void a_name_has_no_space_around_it() {
        assertEquals("Ada", new Name("  Ada ").value());
    }

    @Test
    void an_empty_or_endless_name_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Name(" "));
        assertThrows(IllegalArgumentException.class, () -> new Name("a".repeat(101)));
    }

    @Test
    void a_name_with_a_line_break_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Name("Ada\nBob"));
    }
}
