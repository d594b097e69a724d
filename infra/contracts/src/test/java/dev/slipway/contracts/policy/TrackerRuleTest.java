package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.TrackerRule.Server;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tracker a gate asks, and what a gate over issues has to say. */
final class TrackerRuleTest {
    private static TrackerRule rule(Server server, String project, @Nullable String at) {
        return new TrackerRule(
                server, project, at, null, List.of(), List.of("P1"), List.of(), TrackerRule.EVERY_DEFAULT);
    }

    private static Gate gate(TrackerRule rule, String fact) {
        return Gate.of(
                "bugs", "", Stage.CANDIDATE, null, rule, List.of(new Threshold(fact, "0")), Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com,api.github.com",
        "https://GitHub.example.test/api/v3,github.example.test",
        "https://github.example.test:8443/api/v3,github.example.test:8443",
        "http://127.0.0.1:8080,127.0.0.1:8080",
        "http://localhost/api/v4,localhost",
        "http://[::1]:80/x,[::1]:80"
    })
    void the_host_is_told_from_the_address(String at, String host) {
        assertThat(rule(Server.GITHUB, "acme/shop", at).host()).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.example.test/api",
                "https://user@github.example.test",
                "https://github.example.test/api/",
                "https://github.example.test/api?x=1",
                "https://github.example.test/a b",
                "ftp://github.example.test",
                "https://"
            })
    void an_address_that_is_none_or_that_anybody_on_the_way_could_answer_is_refused(String at) {
        assertThatThrownBy(() -> rule(Server.GITHUB, "acme/shop", at)).hasMessageContaining("tracker.at must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "acme/", "/shop", "acme/../x", "acme/shop?x", "a c/shop", "acme/shop/issues"})
    void a_project_is_a_path_and_leads_nowhere_else(String project) {
        assertThatThrownBy(() -> rule(Server.GITHUB, project, null)).hasMessageContaining("OWNER/NAME");
    }

    @Test
    void groups_of_gitlab_lie_in_each_other() {
        assertThat(rule(Server.GITLAB, "acme/web/shop", null).address()).isEqualTo("https://gitlab.com/api/v4");
    }

    @Test
    void a_number_of_what_nobody_has_named_is_refused() {
        TrackerRule rule = rule(Server.GITHUB, "acme/shop", null);

        assertThat(gate(rule, TrackerRule.HIGH).evidence()).isNull();
        assertThatThrownBy(() -> gate(rule, TrackerRule.UNMERGED))
                .hasMessageContaining("gate bugs asks for tracker.unmerged.backports", "say backports: [LABEL]");
        assertThatThrownBy(() -> Gate.of("bugs", "", Stage.CANDIDATE, null, rule, List.of(), Duration.ofMinutes(30)))
                .hasMessageContaining("needs a rule");
    }

    @Test
    void labels_are_each_named_once_whatever_their_case() {
        assertThatThrownBy(() -> TrackerRule.ofExports(null, List.of("Bug", "bug"), List.of(), List.of()))
                .hasMessageContaining("tracker.labels: each label may stand once");
    }

    @Test
    void a_gate_is_read_as_it_is_written_and_one_without_a_tracker_says_nothing_of_it() {
        Gate asked = gate(rule(Server.GITLAB, "acme/web/shop", "https://gitlab.example.test/api/v4"), TrackerRule.HIGH);
        Gate exports = gate(TrackerRule.ofExports("1.4.0", List.of(), List.of("P1"), List.of()), TrackerRule.HIGH);

        for (Gate gate : List.of(asked, exports)) {
            String json = WireJson.mapper().writeValueAsString(gate);
            assertThat(WireJson.mapper().readValue(json, Gate.class)).isEqualTo(gate);
            assertThat(json).doesNotContain("\"asked\"", "\"address\"", "\"host\"");
        }
        assertThat(exports.evidence()).isEqualTo(TrackerRule.EVIDENCE);
        Gate other = new Gate(
                "merge", "", Stage.MERGE, null, null, List.of(), null, "merge", List.of(), Duration.ofMinutes(30));
        assertThat(WireJson.mapper().writeValueAsString(other)).doesNotContain("tracker");
    }

    @Test
    void a_server_that_a_newer_version_knows_is_asked_for_nothing() {
        String json = WireJson.mapper()
                .writeValueAsString(rule(Server.GITHUB, "acme/shop", null))
                .replace("GITHUB", "FORGE");

        assertThat(WireJson.mapper().readValue(json, TrackerRule.class).server())
                .isEqualTo(Server.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "all-checks,1",
        "all-checks:1,1",
        "all-checks:50,50",
        "all-checks:,0",
        "all-checks:x,0",
        "merge,0",
        "required-check:all-checks,0"
    })
    void how_many_checks_are_wanted_stands_in_the_check(String check, int atLeast) {
        assertThat(new Gate(
                                "checks",
                                "",
                                Stage.PRE_RELEASE,
                                null,
                                null,
                                List.of(),
                                null,
                                check,
                                List.of(),
                                Duration.ofMinutes(30))
                        .checksAtLeast())
                .isEqualTo(atLeast);
        assertThatThrownBy(() -> Gate.allChecks(51)).hasMessageContaining("checks.atLeast");
    }
}
