package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final class ReportJsonTest {
    private static final ReportJson.Limits LIMITS = new ReportJson.Limits(10, 1_000, 50);

    @Test
    void what_is_asked_is_read_and_the_rest_is_passed_over() throws Exception {
        List<String> seen = new ArrayList<>();
        try (ReportJson json =
                open("{\"a\": {\"x\": [1, {}]}, \"b\": [\"one\", 2.50, true, null, {\"c\": 7}], \"d\": []}")) {
            json.members(name -> {
                if (name.equals("b")) {
                    json.elements(() -> {
                        if (json.isObject()) {
                            json.members(inner -> seen.add(inner + json.count()));
                        } else if (json.isText()) {
                            seen.add(json.text());
                        } else if (json.isNumber()) {
                            seen.add(json.number().toString());
                        } else {
                            seen.add(json.isNull() ? "null" : String.valueOf(json.flag()));
                        }
                    });
                }
            });
            json.end();
        }

        assertThat(seen).containsExactly("one", "2.50", "true", "null", "c7");
    }

    private interface Asking<T> {
        T of(ReportJson json) throws UnreadableEvidence;
    }

    private static <T> T asked(String text, Asking<T> asking) throws UnreadableEvidence {
        return ReportJson.read(text.getBytes(StandardCharsets.UTF_8), LIMITS, asking::of);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open\"", "\"\\u006fpen\"", "\"opened\"", "\"ope\"", "\"Open\"", "\"öpen\"", "\"\""})
    void a_text_is_compared_as_it_is_told(String text) throws Exception {
        String told = asked(text, ReportJson::text);

        Asking<Boolean> isOpen = json -> json.isText("open");
        Asking<String> likelyOpen = json -> json.text("open");

        assertThat((boolean) asked(text, isOpen)).isEqualTo(told.equals("open"));
        String read = asked(text, likelyOpen);
        assertThat(read).isEqualTo(told);
    }

    @Test
    void what_is_asked_of_a_text_is_asked_of_nothing_else_and_within_its_bounds() {
        List<Asking<?>> all = List.of(
                json -> json.isText("a"),
                json -> json.text("a"),
                json -> json.isHexadecimal(1),
                ReportJson::base64,
                json -> {
                    json.passText();
                    return "";
                });
        assertThat(all).allSatisfy(asking -> {
            assertThatThrownBy(() -> asked("7", asking)).hasMessageContaining("should be a text");
            assertThatThrownBy(() -> asked("\"a", asking)).hasMessageContaining("no");
        });
        assertThatThrownBy(() -> asked("\"" + "a".repeat(51) + "\"", json -> {
                    json.passText();
                    return "";
                }))
                .hasMessageContaining("more than 50 characters");
        assertThatThrownBy(() -> asked("\"" + "a".repeat(52) + "\"", ReportJson::base64))
                .hasMessageContaining("more than 50 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "AQID, 1 2 3",
        "AQI=, 1 2",
        "AQI, 1 2",
        "+/8=, -5 -1",
        "'+\\/8=', -5 -1",
        "-_8=, -5 -1",
        "'\\u0041QID', 1 2 3",
        "'', ''",
        "AQ?D, no",
        "+_8=, no",
        "A, no",
        "AQIö, no"
    })
    void base64_of_either_alphabet_is_decoded(String encoded, String bytes) throws Exception {
        String text = "\"" + encoded + "\"";
        if (bytes.equals("no")) {
            assertThatThrownBy(() -> asked(text, ReportJson::base64)).hasMessageContaining("This is no Base64");
        } else {
            assertThat(Arrays.toString(asked(text, ReportJson::base64)).replaceAll("[\\[\\],]", ""))
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"0aF9, true", "'0a\\u00469', true", "0aF, false", "0aF99, false", "0aG9, false", "0aö, false"})
    void digits_are_hexadecimal_or_not(String digits, boolean legal) throws Exception {
        Asking<Boolean> isHexadecimal = json -> json.isHexadecimal(4);

        assertThat((boolean) asked("\"" + digits + "\"", isHexadecimal)).isEqualTo(legal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 1}",
                "{\"b\": {\"a\": 1, \"c\": [], \"d\": 4, \"a\": 1}}",
                "{} {}",
                "{} x",
                "{\"a\": 1",
                "{\"a\": [1, 2}",
                "{\"a\": 1,}",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "{\"a\": +1}",
                "{\"a\": 1.}",
                "{\"a\": tru}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\t\"}",
                "{\"a\": 1} // said",
                "[[[[[[[[[[[1]]]]]]]]]]]",
                "",
                "   "
            })
    void what_is_not_strictly_json_is_refused_though_nobody_reads_it(String document) {
        assertThatThrownBy(() -> passOver(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvidence.class);
        assertThat(ReportJson.isWhole(document.getBytes(StandardCharsets.UTF_8), LIMITS))
                .isFalse();
    }

    @Test
    void an_error_tells_the_line_and_the_character() {
        Map<String, String> places = Map.of(
                "{\"a\": 1, \"a\": 2}", "line 1, column 10",
                "{\"\u00e9\u20ac\ud83d\ude00\": 1, x}", "line 1, column 12",
                "{\"a\":\n ,", "line 2, column 2",
                "{\"a\":\r\n  [1,\r 2 x", "line 3, column 4",
                "{\"a\": \"b\n\"}", "line 1, column 9");
        places.forEach(
                (document, place) -> assertThatThrownBy(() -> passOver(document.getBytes(StandardCharsets.UTF_8)))
                        .as(document)
                        .isInstanceOf(UnreadableEvidence.class)
                        .hasMessageEndingWith(", at " + place)
                        .message()
                        .hasSizeLessThan(300)
                        .doesNotContain("\n")
                        .doesNotContain("tools.jackson"));
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused_wherever_they_stand() {
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
        byte[] cut = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};
        for (byte[] document : List.of(overlong, surrogate, cut)) {
            assertThatThrownBy(() -> passOver(document)).hasMessage("A byte here is no UTF-8, at line 1, column 7");
        }
        assertThatThrownBy(() -> passOver("{\"a\": 1}".getBytes(StandardCharsets.UTF_16)))
                .hasMessageContaining("write UTF-8");
        assertThatThrownBy(() -> passOver("{\"a\": 1}".getBytes(StandardCharsets.UTF_16LE)))
                .hasMessageContaining("write UTF-8");
    }

    @Test
    void a_byte_order_mark_is_passed_over_and_counts_as_no_column() throws Exception {
        passOver("\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> passOver("\uFEFF{\"a\": 1, \"a\": 2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageEndingWith(", at line 1, column 10");
    }

    @Test
    void a_number_is_an_index_as_far_as_it_fits() throws Exception {
        List<Integer> seen = new ArrayList<>();
        try (ReportJson json = open("[0, 7, 999999999, 2147483647, 2147483648, 1e30, 3.9, -0.5]")) {
            json.elements(() -> seen.add(json.index()));
        }
        assertThat(seen).containsExactly(0, 7, 999_999_999, Integer.MAX_VALUE, -1, -1, 3, -1);
        try (ReportJson json = open("[-1, -123456789, -9999999999, \"1\"]")) {
            assertThatThrownBy(
                            () -> json.elements(() -> assertThat(json.index()).isNegative()))
                    .hasMessageStartingWith("This should be a number, and is a text");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.0",
                "0.1",
                "-17.25",
                "1e-9",
                "123456789012345678",
                "0.1234567890123456789",
                "1e-300",
                "-2E3"
            })
    void a_number_is_the_nearest_double_whatever_its_length(String number) throws Exception {
        for (int power : new int[] {0, -3, -9}) {
            try (ReportJson json = open(number)) {
                assertThat(json.nearest(power))
                        .isEqualTo(
                                new BigDecimal(number).scaleByPowerOfTen(power).doubleValue());
            }
            try (ReportJson json = open(number)) {
                assertThat(json.number()).isEqualTo(new BigDecimal(number));
            }
        }
        try (ReportJson json = open("1e-390")) {
            assertThat(json.nearest(0)).isNaN();
        }
        try (ReportJson json = open("1e390")) {
            assertThat(json.nearest(0)).isInfinite();
        }
    }

    @Test
    void a_list_is_gone_through_element_by_element_and_what_is_left_is_passed_over() throws Exception {
        List<Long> read = new ArrayList<>();

        try (ReportJson json = open("[[], 1, {\"a\": [2]}, [3, 4], 5]")) {
            for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                if (json.isNumber()) {
                    read.add(json.count());
                } else if (json.isList()) {
                    for (boolean inner = json.firstElement(); inner; inner = json.nextElement()) {
                        read.add(json.count());
                    }
                }
            }
            json.end();
        }

        assertThat(read).containsExactly(1L, 3L, 4L, 5L);
    }

    @Test
    void a_count_is_whole_however_it_is_written_and_as_large_as_a_long() throws Exception {
        List<Long> seen = new ArrayList<>();
        try (ReportJson json = open("[0, 7, 999999999, 1000000000, 9223372036854775807, 1e2, 3.0]")) {
            json.elements(() -> seen.add(json.count()));
        }
        assertThat(seen).containsExactly(0L, 7L, 999_999_999L, 1_000_000_000L, Long.MAX_VALUE, 100L, 3L);
        for (String none : new String[] {"-1", "-999999999", "9223372036854775808", "3.5"}) {
            try (ReportJson json = open("[" + none + "]")) {
                assertThatThrownBy(() -> json.elements(json::count))
                        .as(none)
                        .hasMessageStartingWith("This should be a whole number from 0");
            }
        }
    }

    @Test
    void a_value_of_another_type_is_told_by_name_type_and_place() throws Exception {
        try (ReportJson json = open("{\"a\": \n  \"7\"}")) {
            assertThatThrownBy(() -> json.members(name -> json.count()))
                    .hasMessage("\"a\" should be a number, and is a text, at line 2, column 3");
        }
        try (ReportJson json = open("[1.5]")) {
            assertThatThrownBy(() -> json.elements(json::count))
                    .hasMessageStartingWith("This should be a whole number");
        }
        try (ReportJson json = open("[1e99999999]")) {
            assertThatThrownBy(() -> json.elements(json::number)).isInstanceOf(UnreadableEvidence.class);
        }
        try (ReportJson json = open("[-1]")) {
            assertThatThrownBy(() -> json.elements(json::count)).isInstanceOf(UnreadableEvidence.class);
        }
    }

    @Test
    void texts_and_tokens_are_bounded_and_only_what_is_read_counts_as_text() throws Exception {
        String longText = "[\"" + "x".repeat(5_000) + "\"]";
        passOver(longText.getBytes(StandardCharsets.UTF_8));
        try (ReportJson json = open(longText)) {
            assertThatThrownBy(() -> json.elements(json::text)).isInstanceOf(UnreadableEvidence.class);
        }
        assertThatThrownBy(() -> passOver(("[" + "1,".repeat(1_000) + "1]").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvidence.class);
    }

    /** Plain texts are taken from their bytes, others by the parser's way over characters: both say what stands there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain",
                "{[:,]}",
                "\\\"",
                "a\\nb",
                "\\u0041\\\\",
                "gr\u00fcn",
                "\ud83d\ude80",
                "a/\\/b",
                "\u007f"
            })
    void a_text_is_read_as_any_parser_reads_it(String written) throws Exception {
        String document = "{\"t\": [\"x\",  \"" + written + "\"]}";
        String expected = JsonMapper.shared().readTree(document).at("/t/1").asString();
        for (String from : List.of(document, "\ufeff" + document)) {
            List<String> read = new ArrayList<>();
            try (ReportJson json = open(from)) {
                json.members(_ -> json.elements(() -> read.add(json.text())));
                json.end();
            }
            assertThat(read).containsExactly("x", expected);
        }
    }

    @Test
    void a_text_with_a_control_character_or_without_an_end_is_refused_though_it_was_read() {
        for (String broken : List.of("[\"a\tb\"]", "[\"a\nb\"]", "[\"ab", "[\"ab\\\"]")) {
            assertThatThrownBy(() -> {
                        try (ReportJson json = open(broken)) {
                            json.elements(json::text);
                            json.end();
                        }
                    })
                    .as(broken)
                    .isInstanceOf(UnreadableEvidence.class);
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_a_character_that_can_be_kept() throws Exception {
        try (ReportJson json = open("[\"a\\ud83d b \\ud83d\\ude00\"]")) {
            json.elements(() -> assertThat(json.text()).isEqualTo("a\uFFFD b 😀"));
        }
    }

    @Test
    void how_a_document_begins_is_seen_though_it_is_cut_off() {
        assertThat(beginning("{\"runs\": [{\"x\": 1}], \"version\": \"2.1.0\", \"n\": 3, \"cut")
                        .orElseThrow()
                        .members())
                .containsExactly(Map.entry("runs", ""), Map.entry("version", "2.1.0"), Map.entry("n", ""));
        assertThat(beginning("[{\"benchmark\": \"a\"}, ").orElseThrow().list()).isTrue();
        assertThat(beginning("[1]")).isEmpty();
        assertThat(beginning("<xml/>")).isEmpty();
        assertThat(beginning("")).isEmpty();
    }

    @Test
    void what_the_bare_parser_refuses_is_refused_and_nothing_else_is_thrown() {
        byte[] good = "{\"a\": [1, 2.5e3, \"té\\u00e9xt\", {\"b\": null, \"c\": true}], \"d\": {\"e\": [[], {}]}}"
                .getBytes(StandardCharsets.UTF_8);
        JsonMapper bare = JsonMapper.builder().build();
        SplittableRandom random = new SplittableRandom(12);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = good.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            boolean whole = ReportJson.isWhole(mutated, LIMITS);
            refused += whole ? 0 : 1;
            if (whole) {
                assertThat(bare.readTree(mutated)).isNotNull();
            }
        }
        assertThat(refused).isGreaterThan(5_000);
        assertThatThrownBy(() -> bare.readTree("{")).isInstanceOf(JacksonException.class);
    }

    private static Optional<ReportJson.Beginning> beginning(String document) {
        return ReportJson.beginning(document.getBytes(StandardCharsets.UTF_8), 10);
    }

    private static void passOver(byte[] document) throws UnreadableEvidence {
        try (ReportJson json = ReportJson.open(document, LIMITS)) {
            json.skip();
            json.end();
        }
    }

    private static ReportJson open(String document) throws UnreadableEvidence {
        return ReportJson.open(document.getBytes(StandardCharsets.UTF_8), LIMITS);
    }
}
