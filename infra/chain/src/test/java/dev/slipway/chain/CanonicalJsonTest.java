package dev.slipway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

final class CanonicalJsonTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static String canonical(String json) {
        return new String(CanonicalJson.of(JSON.readTree(json)), StandardCharsets.UTF_8);
    }

    /** Appendix B of RFC 8785. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbers_have_the_form_of_the_standard(String bits, String form) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(new String(CanonicalJson.of(JsonNodeFactory.instance.numberNode(number)), StandardCharsets.UTF_8))
                .isEqualTo(form);
    }

    @Test
    void a_number_is_the_same_however_it_was_written_and_a_neighbour_is_another() {
        assertThat(canonical("[2.0, 2, 20e-1, 1E2, -0.0]")).isEqualTo("[2,2,2,100,0]");
        assertThat(canonical("[9007199254740993]")).isEqualTo("[\"9007199254740993\"]");
        assertThat(canonical("[9223372036854775807]")).isEqualTo("[\"9223372036854775807\"]");
        JsonNode finer = JsonNodeFactory.instance.numberNode(new BigDecimal("0.1234567890123456789"));
        assertThat(new String(CanonicalJson.of(finer), StandardCharsets.UTF_8)).isEqualTo("\"0.1234567890123456789\"");
    }

    @Test
    void names_are_sorted_by_utf_16_units_and_nulls_stay() {
        assertThat(
                        canonical(
                                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":null}"))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":null,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
        assertThat(canonical("{\"b\":{\"z\":null,\"a\":[null,{}]},\"a\":\"\\u0007\\n\\\"\\/\"}"))
                .isEqualTo("{\"a\":\"\\u0007\\n\\\"/\",\"b\":{\"a\":[null,{}],\"z\":null}}");
    }

    @Test
    void half_of_a_pair_counts_as_what_is_left_of_it() {
        assertThat(new String(
                        CanonicalJson.of(JsonNodeFactory.instance.stringNode("a\ud800b")), StandardCharsets.UTF_8))
                .isEqualTo("\"a?b\"");
    }

    @Test
    void reading_the_form_again_gives_the_same_form_for_any_double() {
        SplittableRandom random = new SplittableRandom(8785);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String form = canonical("[" + number + "]");
                assertThat(canonical(form)).isEqualTo(form);
                assertThat(Double.parseDouble(form.substring(1, form.length() - 1)))
                        .isEqualTo(number == 0 ? 0.0 : number);
            }
        }
    }
}
