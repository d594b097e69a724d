package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigurationVersionTest {
    @Test
    void a_configuration_is_called_after_the_version_whose_artifacts_it_takes() {
        assertThat(ConfigurationVersion.of("1.4.2", 7)).isEqualTo("1.4.2+config.7");
        assertThat(ConfigurationVersion.of("1.4.2+build.5", 7)).isEqualTo("1.4.2+build.5.config.7");
        assertThat(ConfigurationVersion.of("1.4.2+config.7", 12)).isEqualTo("1.4.2+config.12");
        assertThat(ConfigurationVersion.of("1.4.2+build.5.config.7", 12)).isEqualTo("1.4.2+build.5.config.12");
    }

    @Test
    void the_version_that_the_artifacts_say_of_themselves_is_read_from_it() {
        assertThat(ConfigurationVersion.made("1.4.2+config.7")).isEqualTo("1.4.2");
        assertThat(ConfigurationVersion.made("1.4.2+build.5.config.7")).isEqualTo("1.4.2+build.5");
        assertThat(ConfigurationVersion.made("1.4.2")).isEqualTo("1.4.2");
    }

    @Test
    void what_only_looks_like_one_is_a_version_like_others() {
        for (String other : new String[] {
            "1.0.0-rc.config.1", "1.0.0+config", "1.0.0+config.x", "1.0.0+reconfig.1", "1.0.0+config.1.x"
        }) {
            assertThat(ConfigurationVersion.is(other)).as(other).isFalse();
            assertThat(ConfigurationVersion.made(other)).isEqualTo(other);
        }
        assertThat(ConfigurationVersion.is("1.0.0+config.1")).isTrue();
    }

    @Test
    void it_is_a_semantic_version_neither_above_nor_below_what_it_is_made_of() {
        SemanticVersion made = SemanticVersion.require("1.4.2");

        assertThat(SemanticVersion.require(ConfigurationVersion.of("1.4.2", 7)).compareTo(made))
                .isZero();
        assertThat(ReleaseId.of(new ApplicationName("hello"), ConfigurationVersion.of("1.4.2", 7)))
                .hasToString("hello@1.4.2+config.7");
    }
}
