package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class BsonFormTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "a.b", "$a", "a$b", "50%", "%2E", "%24x", "%25", "", ".", "$", "ключ.🫖"})
    void any_text_can_be_a_key(String key) {
        JsonNode tree = MessagingJson.mapper().createObjectNode().put(key, 1);

        Document stored = (Document) BsonForm.toBson(tree);

        assertThat(BsonForm.toJson(stored)).isEqualTo(tree);
        assertThat(BsonForm.escape(key)).doesNotContain(".").doesNotStartWith("$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-2147483648",
                "2147483648",
                "0.1",
                "1.0",
                "1e300",
                "true",
                "null",
                "\"\"",
                "[]",
                "[null,{}]"
            })
    void a_value_read_back_equals_the_one_that_was_written(String value) {
        JsonNode tree = MessagingJson.mapper().readTree("{\"v\":" + value + "}");

        assertThat(BsonForm.toJson(BsonForm.toBson(tree))).isEqualTo(tree);
    }

    @Test
    void two_keys_that_differ_are_stored_under_two_names() {
        assertThat(BsonForm.escape("a.b")).isNotEqualTo(BsonForm.escape("a%2Eb"));
        assertThat(BsonForm.escape("$x")).isNotEqualTo(BsonForm.escape("%24x"));
    }
}
