package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoVersionsTest {
    @Test
    void the_first_demo_ships_1_0_0_and_takes_1_1_0_back() {
        assertThat(DemoVersions.above(List.of())).isEqualTo(new DemoVersions("1.0.0", "1.1.0"));
    }

    @Test
    void a_later_demo_goes_on_above_the_version_that_was_rolled_back() {
        assertThat(DemoVersions.above(List.of("1.0.0", "1.1.0"))).isEqualTo(new DemoVersions("1.2.0", "1.3.0"));
    }

    @Test
    void versions_are_compared_as_numbers_and_what_is_no_version_does_not_count() {
        assertThat(DemoVersions.above(List.of("1.9.0", "1.10.1-rc.1", "not a version")))
                .isEqualTo(new DemoVersions("1.11.0", "1.12.0"));
    }

    @Test
    void versions_below_one_do_not_move_the_first_demo() {
        assertThat(DemoVersions.above(List.of("0.3.0"))).isEqualTo(new DemoVersions("1.0.0", "1.1.0"));
    }
}
