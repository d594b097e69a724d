package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SemanticVersionTest {
    /** The order of semver.org's section 11, and numbers beyond 2^31 and 2^63. */
    private static final List<String> RISING = List.of(
            "0.0.0",
            "1.0.0-0",
            "1.0.0-999999999999999999",
            "1.0.0-99999999999999999999999999",
            "1.0.0--",
            "1.0.0-0a",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.4294967296",
            "1.9.0",
            "1.10.0",
            "2.0.0",
            "2147483648.0.0",
            "20260105100000.0.0",
            "9223372036854775808.0.0");

    @Test
    void versions_are_ordered_by_precedence_however_large_their_numbers() {
        List<SemanticVersion> shuffled = new java.util.ArrayList<>(
                RISING.stream().map(SemanticVersion::require).toList());
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);

        assertThat(shuffled).extracting(SemanticVersion::toString).isEqualTo(RISING);
    }

    @Test
    void build_metadata_has_no_weight() {
        SemanticVersion one = SemanticVersion.require("1.0.0+build.1");

        assertThat(one).isEqualByComparingTo(SemanticVersion.require("1.0.0+build.2"));
        assertThat(one.build()).isEqualTo("build.1");
        assertThat(one).hasToString("1.0.0+build.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "v1.0.0",
                "1.0.0 ",
                " 1.0.0",
                "01.0.0",
                "1.0.0-01",
                "1.0.0-",
                "1.0.0+",
                "1.0.0-a..b",
                "1.0.0-ä",
                "one",
                "1.0.0/../..",
                "-1.0.0",
                "1.0.0?x=y",
                "١.٠.٠",
                "1.0.0\n"
            })
    void what_is_no_version_is_none(String text) {
        assertThat(SemanticVersion.of(text)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> SemanticVersion.require(text)).hasMessageContaining("MAJOR.MINOR.PATCH");
    }

    @Test
    void the_next_minor_version_is_a_normal_one() {
        assertThat(SemanticVersion.require("1.9.3-rc.1+b").nextMinor()).hasToString("1.10.0");
    }
}
