package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "main, true",
        "hotfix/1.0.1, true",
        "hotfix/, true",
        "hotfix/a/b, false",
        "hotfix, false",
        "mainly, false",
        "release-1.x, true",
        "release-1-x, false"
    })
    void a_star_stands_for_anything_but_a_slash_and_all_else_for_itself(String branch, boolean taken) {
        Policy.Source source = new Policy.Source("file:/x", List.of("main", "hotfix/*", "release-1.*"), "main");

        assertThat(source.takes(branch)).isEqualTo(taken);
    }

    @Test
    void one_branch_is_written_as_it_was_before_there_could_be_several() {
        Policy.Source one = new Policy.Source("file:/x", "main", "main");
        Policy.Source two = new Policy.Source("file:/x", List.of("main", "hotfix/*"), "main");

        assertThat(WireJson.mapper().writeValueAsString(one))
                .isEqualTo("{\"repository\":\"file:/x\",\"from\":\"main\",\"to\":\"main\"}");
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(one), Policy.Source.class))
                .isEqualTo(one);
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(two), Policy.Source.class))
                .isEqualTo(two);
    }

    @Test
    void a_single_name_without_a_star_is_one_branch() {
        assertThat(new Policy.Source("file:/x", "main", "main").isOneBranch()).isTrue();
        assertThat(new Policy.Source("file:/x", "hotfix/*", "main").isOneBranch())
                .isFalse();
    }
}
