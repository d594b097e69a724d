package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.JsonTokens.Token;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON the library says; where each part of it stands, and what stands there, is told from the bytes. */
class JsonTokensTest {
    private static final int DEPTH_MAX = 10;

    private static JsonTokens of(String document) {
        return new JsonTokens(document.getBytes(StandardCharsets.UTF_8), DEPTH_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, 2.5e3, \"té\\u00e9xt\", {\"b\": null, \"c\": true}], \"d\": {\"e\": [[], {}]}}",
                "\uFEFF [ -0.0 , -17 , 1E+2 , 0.25e-10,\r\n\t123456789012345678901234567890 , false , \"\" ] ",
                "\uFEFF{\"na\\\"me\\n\":\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\",\"日本語の名前\":\"🚀 и так далее, ASCII again\",\"a\":{\"a\":{}}}",
                "\"root\"",
                "-12"
            })
    void each_token_stands_where_its_first_character_does(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (JsonTokens tokens = of(document)) {
            int before = -1;
            for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
                int place = tokens.place();
                assertThat(place).isGreaterThan(before);
                assertThat(beginnings(token)).as("%s at %d", token, place).contains((char) bytes[place]);
                before = place;
            }
        }
    }

    private static List<Character> beginnings(Token token) {
        return switch (token) {
            case OBJECT -> List.of('{');
            case OBJECT_END -> List.of('}');
            case LIST -> List.of('[');
            case LIST_END -> List.of(']');
            case NAME, TEXT -> List.of('"');
            case NUMBER -> List.of('-', '0', '1', '2');
            case TRUE -> List.of('t');
            case FALSE -> List.of('f');
            case NULL -> List.of('n');
            case END -> List.of();
        };
    }

    @Test
    void texts_and_numbers_are_told_where_they_stand_and_again_later() {
        List<Integer> texts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        try (JsonTokens tokens = of(
                "\uFEFF[\"p\\u0061st\", -1.5, \"plain\", \"日本 \\\"\\ud83d\\ude00\", 1e3, 12345678901234567, \"\"]")) {
            List<String> told = new ArrayList<>();
            for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
                if (token == Token.TEXT) {
                    texts.add(tokens.place());
                    told.add(tokens.text());
                } else if (token == Token.NUMBER) {
                    numbers.add(tokens.place());
                    told.add(tokens.digits().isFew() ? tokens.digits().exact().toString() : "many");
                }
            }
            assertThat(told).containsExactly("past", "-1.5", "plain", "日本 \"😀", "many", "many", "");
            assertThat(texts.stream().map(tokens::textAt)).containsExactly("past", "plain", "日本 \"😀", "");
            assertThat(numbers.stream().map(tokens::characters)).containsExactly("-1.5", "1e3", "12345678901234567");
            assertThat(tokens.digitsAt(numbers.getFirst()).exact()).isEqualTo(new BigDecimal("-1.5"));
        }
    }

    @Test
    void what_was_told_of_an_earlier_place_changes_nothing_at_the_present_one() {
        try (JsonTokens tokens = of("[\"escaped\\n\", \"now\"]")) {
            tokens.next();
            tokens.next();
            int earlier = tokens.place();
            tokens.next();

            assertThat(tokens.textAt(earlier)).isEqualTo("escaped\n");
            assertThat(tokens.plainLength()).isEqualTo(3);
            assertThat(tokens.plain(3)).isEqualTo("now");
            assertThat(tokens.plain(2)).isNull();
        }
    }
}
