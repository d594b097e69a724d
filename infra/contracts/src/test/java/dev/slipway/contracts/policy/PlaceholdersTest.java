package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Placeholders.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholdersTest {
    private static final Map<String, String> VALUES = Map.of(
            "version", "1.2.0+b", "release", "hello@1.2.0", "port", "8080", "port.admin", "9000", "artifact", "$1");

    @Test
    void the_names_that_a_text_uses_are_told_in_their_order() {
        assertThat(Placeholders.used(
                        "{port}-{artifacts.web.js}{port} ${HOME} {{version}} {\"a\": {\"b\": 1}} { port }"))
                .containsExactly("port", "artifacts.web.js", "port");
    }

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
        assertThat(Placeholders.filled(text, VALUES::get)).isEqualTo(filled);
    }

    @Test
    void what_is_put_into_a_path_is_encoded() {
        assertThat(Placeholders.filledPath("/at/{release}?v={version}", VALUES::get))
                .isEqualTo("/at/hello%401.2.0?v=1.2.0%2Bb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{artifact}",
                "{artifacts.web}",
                "{port}",
                "{port.admin}",
                "{version}",
                "{sha}",
                "{release}",
                "{environment}",
                "{folder}",
                "${anything}",
                "{{anything}}",
                "no braces"
            })
    void a_program_may_be_told_all_that_is_known(String text) {
        assertThat(Placeholders.fault(text, Place.PROGRAM, List.of("admin"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {artefact}      | did you mean {artifact}?
            {Version}       | did you mean {version}?
            {port.admim}    | did you mean {port.admin}?
            {artifacts.}    | did you mean {artifact}?
            {nonsense-that} | known are {artifact}, {folder}, {port}, {port.admin}, {version}, {sha}, {release}, {environment}
            """)
    void an_unknown_name_is_refused_with_the_nearest_one(String text, String hint) {
        assertThat(Placeholders.fault("a " + text + " b", Place.PROGRAM, List.of("admin")))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .startsWith("uses " + text + ", which is not known; ")
                        .contains(hint));
    }

    @Test
    void a_request_knows_the_release_and_nothing_of_the_machine() {
        assertThat(Placeholders.fault("/{version}/{sha}/{release}/{environment}", Place.REQUEST, List.of()))
                .isEmpty();
        assertThat(Placeholders.fault("/v?p={port}", Place.REQUEST, List.of()))
                .contains("uses {port}, which only the program itself is told;"
                        + " here are known {version}, {sha}, {release}, {environment}");
    }
}
