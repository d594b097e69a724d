package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRuleTest {
    private static final List<StatusRule> RULES = List.of(
            new StatusRule("/login", List.of(), List.of(), List.of("401")),
            new StatusRule("/log*", List.of("4xx"), List.of("404"), List.of()),
            new StatusRule("/login", List.of("200"), List.of(), List.of()));

    @ParameterizedTest
    @CsvSource({
        "/login,    401, NEITHER", // the rule says so
        "/login,    403, REFUSAL", // the rule does not name it: as usual
        "/login,    500, ERROR",
        "/login,    200, NEITHER", // the first rule that fits has decided
        "/login/x,  401, ERROR", // the class, under a prefix
        "/logout,   404, REFUSAL", // the status itself before its class
        "/logout,   302, NEITHER",
        "/other,    401, REFUSAL",
        "/other,    599, ERROR",
        "/other,    399, NEITHER"
    })
    void the_first_rule_for_a_path_decides_and_what_it_does_not_name_stays_usual(
            String path, int status, Meaning meaning) {
        assertThat(StatusRule.of(RULES, path, status)).isEqualTo(meaning);
    }

    @Test
    void without_rules_server_errors_are_errors_and_the_rest_from_400_on_are_refusals() {
        assertThat(StatusRule.of(List.of(), "/", 404))
                .isEqualTo(StatusRule.usual(404))
                .isEqualTo(Meaning.REFUSAL);
    }
}
