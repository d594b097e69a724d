package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.VersionStrings.Candidates;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FilesRuleTest {
    private static VersionStrings says(String expected, Candidates candidates) {
        return new VersionStrings(
                List.of(new VersionString("package.json", "$.version", null, null)), candidates, expected);
    }

    @Test
    void patterns_take_a_part_a_character_or_any_folders() {
        assertThat(FilePaths.fits("config/*.yaml", "config/app.yaml")).isTrue();
        assertThat(FilePaths.fits("config/*.yaml", "config/a/app.yaml")).isFalse();
        assertThat(FilePaths.fits("**/*.md", "README.md")).isTrue();
        assertThat(FilePaths.fits("**/*.md", "docs/a/b.md")).isTrue();
        assertThat(FilePaths.fits("docs/**", "docs/a/b.md")).isTrue();
        assertThat(FilePaths.fits("docs/**/x", "docs/x")).isTrue();
        assertThat(FilePaths.fits("a?c", "abc")).isTrue();
        assertThat(FilePaths.fits("a?c", "ac")).isFalse();
        assertThat(FilePaths.fits("*a*b", "xaxxb")).isTrue();
        assertThat(FilePaths.fits("*a*b", "xbxxa")).isFalse();
        assertThat(FilePaths.fits("**/a/".repeat(12) + "b", "a/".repeat(200) + "c"))
                .isFalse();
    }

    @Test
    void what_lies_before_the_first_star_says_where_to_look() {
        assertThat(FilePaths.beginning("config/x/*.yaml")).isEqualTo("config/x/");
        assertThat(FilePaths.beginning("con*/x.yaml")).isEmpty();
        assertThat(FilePaths.beginning("pom.xml")).isEqualTo("pom.xml");
        assertThat(FilesRule.ofSchema(List.of(new SchemaFiles(List.of("config/*.yaml"), "schema.json", null)))
                        .below())
                .containsExactly("config/", "schema.json");
        assertThat(FilesRule.ofSchema(List.of(new SchemaFiles(List.of("**/*.yaml"), "schema.json", null)))
                        .below())
                .isEmpty();
    }

    @Test
    void a_path_that_leads_elsewhere_is_refused() {
        for (String path : List.of("../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "a*", "")) {
            assertThatIllegalArgumentException().as(path).isThrownBy(() -> new VersionString(path, null, null, null));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilesRule.ofLinks(List.of("a**/b")))
                .withMessageContaining("** stands for folders");
    }

    @Test
    void a_candidate_may_say_its_base_where_the_policy_says_so() {
        assertThat(says("2.1.0-rc.1", Candidates.EXACT).legal()).containsExactly("2.1.0-rc.1");
        assertThat(says("2.1.0-rc.1", Candidates.BASE).legal()).containsExactly("2.1.0");
        assertThat(says("2.1.0-rc.1", Candidates.EITHER).legal()).containsExactly("2.1.0-rc.1", "2.1.0");
        assertThat(says("2.1.0", Candidates.BASE).legal()).containsExactly("2.1.0");
        assertThat(says("2.1.0+7", Candidates.EXACT).legal()).containsExactly("2.1.0", "2.1.0+7");
    }

    @Test
    void the_released_version_is_put_in_and_the_gate_is_read_back_as_it_was_written() {
        FilesRule filled = Filling.first(Map.of("version", "1.4.0"))
                .files(FilesRule.of(says(VersionStrings.EXPECTED_DEFAULT, Candidates.EXACT)));
        Gate gate = Gate.of("versions", "", Stage.PRE_RELEASE, filled, List.of(), Duration.ofMinutes(1));

        assertThat(gate.ruleText()).isEqualTo("1.4.0 in package.json $.version");
        String json = WireJson.mapper().writeValueAsString(gate);
        assertThat(WireJson.mapper().readValue(json, Gate.class)).isEqualTo(gate);
        assertThat(json).doesNotContain("legal", "\"text\"", "below");
    }

    @Test
    void a_gate_looks_at_one_thing() {
        FilesRule links = FilesRule.ofLinks(List.of("**/*.md"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(
                        "links",
                        "",
                        Stage.PRE_RELEASE,
                        null,
                        null,
                        List.of(),
                        null,
                        "merge",
                        List.of(),
                        Duration.ofMinutes(1),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        links,
                        null))
                .withMessageContaining("exactly one of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilesRule(says("1", Candidates.EXACT), List.of(), List.of("x")))
                .withMessageContaining("has 2");
    }
}
