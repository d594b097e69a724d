package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FillingTest {
    private static final Map<String, String> VALUES = Map.of(
            "version", "1.2.0+b", "release", "hello@1.2.0", "port", "8080", "port.admin", "9000", "artifact", "$1");

    /** What release-service knows, and what the machine does. */
    private static final Filling FIRST = Filling.first(Map.of("version", "1.2.0"));

    private static final Filling LAST =
            Filling.last(Map.of("port.admin", "9000", "folder", "/srv/my \"own\" {port.admin}")::get);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port={port}             | --port=8080
            {version}/{port.admin}    | 1.2.0+b/9000
            {artifact}                | $1
            {{port}} and {port}       | {port} and 8080
            ${port}                   | ${port}
            {unknown}                 | {unknown}
            {"port": {"a": 1}}        | {"port": {"a": 1}}
            """)
    void values_are_put_in_and_everything_else_stays(String text, String filled) {
        assertThat(Filling.last(VALUES::get).text(text)).isEqualTo(filled);
    }

    @Test
    void what_is_put_into_a_path_is_encoded() {
        Filling filling = Filling.last(VALUES::get);

        assertThat(filling.path("/at/{release}?v={version}")).isEqualTo("/at/hello%401.2.0?v=1.2.0%2Bb");
        assertThat(LAST.path("/in/{folder}")).isEqualTo("/in/%2Fsrv%2Fmy%20%22own%22%20%7Bport.admin%7D");
        assertThat(filling.path("grpc://words.Words")).isEqualTo("grpc://words.Words");
    }

    @Test
    void two_fill_in_what_each_of_them_knows_and_what_stood_in_double_braces_is_text_to_both() {
        String text = "{version} {{version}} {port.admin} {{port.admin}} {{{{version}}}} {x}";

        String first = FIRST.text(text);

        assertThat(first).isEqualTo("1.2.0 {{version}} {port.admin} {{port.admin}} {{{{version}}}} {x}");
        assertThat(LAST.text(first)).isEqualTo("1.2.0 {version} 9000 {port.admin} {{{version}}} {x}");
    }

    @Test
    void a_request_is_filled_in_with_all_that_it_expects() {
        HttpProbe request = new HttpProbe(
                "/{version}/at?folder={folder}",
                201,
                Duration.ofSeconds(1),
                List.of(new JsonExpectation("$.at", "{\"folder\":\"{folder}\",\"v\":\"{version}\"}")),
                "\"admin\":{port.admin}");

        HttpProbe asked = LAST.requests(FIRST.requests(List.of(request))).getFirst();

        assertThat(asked)
                .isEqualTo(new HttpProbe(
                        "/1.2.0/at?folder=%2Fsrv%2Fmy%20%22own%22%20%7Bport.admin%7D",
                        201,
                        Duration.ofSeconds(1),
                        List.of(new JsonExpectation(
                                "$.at", "{\"folder\":\"/srv/my \\\"own\\\" {port.admin}\",\"v\":\"1.2.0\"}")),
                        "\"admin\":9000"));
    }
}
