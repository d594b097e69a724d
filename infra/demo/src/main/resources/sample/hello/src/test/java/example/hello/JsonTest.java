package example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void an_object_keeps_the_order_of_its_keys() {
        assertEquals("{\"b\":\"1\",\"a\":\"2\"}", Json.object("b", "1", "a", "2"));
    }

    @Test
    void quotes_backslashes_and_control_characters_are_escaped() {
        assertEquals("{\"a\":\"\\\"\\\\\\u000a\"}", Json.object("a", "\"\\\n"));
    }

    @Test
    void a_key_without_a_value_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Json.object("a"));
    }
}
