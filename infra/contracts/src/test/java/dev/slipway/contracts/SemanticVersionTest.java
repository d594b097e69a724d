package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "1.4.2, MAJOR, 2.0.0",
        "1.4.2, MINOR, 1.5.0",
        "1.4.2, PATCH, 1.4.3",
        "1.4.2+build.7, PATCH, 1.4.3",
        "0.3.1, MAJOR, 1.0.0",
        "2.0.0-rc.1, MAJOR, 2.0.0",
        "2.0.0-rc.1, PATCH, 2.0.0",
        "2.1.0-rc.1, MAJOR, 3.0.0",
        "2.1.0-rc.1, MINOR, 2.1.0",
        "2.1.3-rc.1, MINOR, 2.2.0",
        "2.1.3-rc.1, PATCH, 2.1.3",
        "9223372036854775807.0.0, MAJOR, 9223372036854775808.0.0"
    })
    void a_number_rises_and_those_after_it_begin_again_and_a_pre_release_leads_to_its_own_version(
            String version, SemanticVersion.Part part, String next) {
        assertThat(SemanticVersion.require(version).raised(part)).hasToString(next);
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
