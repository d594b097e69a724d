package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholdersTest {
    @Test
    void the_names_that_a_text_uses_are_told_in_their_order() {
        assertThat(Placeholders.used(
                        "{port}-{artifacts.web.js}{port} ${HOME} {{version}} {\"a\": {\"b\": 1}} { port }"))
                .containsExactly("port", "artifacts.web.js", "port");
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
    void all_that_is_known_may_stand_in_a_text(String text) {
        assertThat(Placeholders.fault(text, List.of("admin"))).isEmpty();
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
        assertThat(Placeholders.fault("a " + text + " b", List.of("admin")))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .startsWith("uses " + text + ", which is not known; ")
                        .contains(hint));
    }

    @Test
    void what_a_step_saves_is_known_to_the_steps_after_it_alone() {
        assertThat(Placeholders.fault("/of/{saved.id}", List.of(), List.of("id")))
                .isEmpty();
        assertThat(Placeholders.fault("/of/{saved.idd}", List.of(), List.of("id")))
                .hasValue("uses {saved.idd}, which no step before it saves; did you mean {saved.id}?");
        assertThat(Placeholders.fault("/of/{saved.id}", List.of()))
                .hasValue(
                        "uses {saved.id}, which no step before it saves; a step of the same gate has to, as in save: {id: $.id}");
        assertThat(Placeholders.needSaved("{{saved.id}} {port}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "{artifact}, true",
        "{artifacts.web}, true",
        "{port}, true",
        "a{port.admin}, true",
        "{folder}, true",
        "{version}{sha}{release}{environment}, false",
        "{{port}} ${port}, false"
    })
    void what_only_the_machine_knows_is_told_apart(String text, boolean needs) {
        assertThat(Placeholders.needMachine(text)).isEqualTo(needs);
    }
}
