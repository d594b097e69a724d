package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class BodyPathTest {
    private static final JsonNode BODY = WireJson.mapper().readTree("""
                    {"id": 7, "my-name": "Ada", "nothing": null, "ratio": 1.0,
                     "items": [{"id": "a", "open": true}, {"id": "b", "open": false}, {"id": "c", "open": true}]}""");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            $.id                            | 7
            $.my-name                       | "Ada"
            $['my-name']                    | "Ada"
            $.nothing                       | null
            $.ratio                         | 1.0
            $.items[1].id                   | "b"
            $.items[-1].id                  | "c"
            $.items[?(@.open == false)].id  | "b"
            $.items[?(@.open == true)].id   | ["a","c"]
            $..open                         | [true,false,true]
            $.items.length()                | 3
            """)
    void a_value_is_found_by_its_path_and_several_are_a_list(String path, String value) {
        assertThat(BodyPath.find(BODY, path, WireJson.mapper()).map(JsonNode::toString))
                .hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$.other", "$.id.of", "$.items[9].id", "$.items[?(@.id == 'z')].id", "id", "$.items[", "$..a..b"
            })
    void what_is_not_there_is_nothing_and_so_is_what_is_no_path(String path) {
        assertThat(BodyPath.find(BODY, path, WireJson.mapper())).isEmpty();
    }

    @Test
    void a_body_that_is_one_value_is_found_as_a_whole_alone() {
        JsonNode text = WireJson.mapper().readTree("\"hello\"");

        assertThat(BodyPath.find(text, "$", WireJson.mapper())).hasValue(text);
        assertThat(BodyPath.find(text, "$.a", WireJson.mapper())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            items[0]                    | begins with $
            $.items[                    | is no JSONPath
            $.items[?(@.id =~ /a+/)]    | regular expression
            $[99999999999999]           | is no JSONPath
            $.                          | is no JSONPath
            $..a..b                     | more than once
            $.items[?(@.id == $.id)]    | comes back to $
            """)
    void what_cannot_be_used_or_might_never_end_is_refused_in_words(String path, String why) {
        assertThat(BodyPath.fault(path))
                .hasValueSatisfying(fault -> assertThat(fault).contains(why));
    }

    @Test
    void numbers_are_the_same_however_they_are_written() {
        assertThat(BodyPath.same(BODY.path("ratio"), WireJson.mapper().readTree("1")))
                .isTrue();
        assertThat(BodyPath.same(BODY.path("id"), WireJson.mapper().readTree("\"7\"")))
                .isFalse();
    }
}
