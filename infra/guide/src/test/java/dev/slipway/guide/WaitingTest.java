package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a release waits for that others do, and what of its own it only looks at. */
class WaitingTest {
    private final Lines guide = Lines.of("""
            ## Release
            - [ ] Wait for the app store to review the build, for two days
            - [ ] Wait until the mirrors are synced
            - [ ] Wait for the packages to be published
            - [ ] Wait for the translation team to finish
            - [ ] QA: wait for feedback from customers
            - [ ] Wait for CI to pass on the tag
            - [ ] Wait for the images to be built
            - [ ] Wait for the approval of a second maintainer
            - [ ] Wait for this pull request to be merged
            - [ ] Tell the translation team
            - [ ] Wait two days until we go on
            - [ ] Wait for two mirrors to be synced
            """);

    @Test
    void what_others_do_is_a_wait_that_no_time_ends() {
        Proposal store = guide.at("app store");

        assertThat(store.kind()).isEqualTo(LineClass.DUTY);
        assertThat(Waiting.of(store))
                .contains(new Waiting("app store to review the build", true, Duration.ofDays(2), Duration.ofDays(6)));
        assertThat(store.answer().policy())
                .contains(
                        "before: ",
                        "waits: {on: \"app store to review the build\", expected: 48h, longest: 144h, ends: {person: true}}");
        assertThat(store.answer().words()).contains("how long it usually takes", "waits.ends");
    }

    @Test
    void mirrors_registries_teams_and_customers_are_others() {
        assertThat(waits("mirrors")).isTrue();
        assertThat(waits("packages")).isTrue();
        assertThat(waits("translation team to finish")).isTrue();
        assertThat(waits("customers")).isTrue();
        assertThat(Waiting.of(guide.at("translation team to finish"))
                        .orElseThrow()
                        .seen())
                .as("nothing answers an address")
                .isFalse();
        assertThat(Waiting.of(guide.at("mirrors")).orElseThrow())
                .as("the guide says no time, so people are asked")
                .extracting(Waiting::expected, Waiting::longest)
                .containsExactly(Duration.ofHours(24), Duration.ofHours(72));
    }

    @Test
    void what_runs_for_this_release_is_a_gate_and_our_own_word_an_approval() {
        assertThat(guide.at("CI to pass").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("images").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("this pull request").kind()).isEqualTo(LineClass.GATE);
        assertThat(waits("second maintainer")).isFalse();
        assertThat(guide.at("second maintainer").answer().policy()).startsWith("approvals: ");
        assertThat(waits("Tell")).isFalse();
        assertThat(waits("until we go on")).as("time alone ends no wait").isFalse();
        assertThat(waits("two mirrors")).isTrue();
    }

    @Test
    void a_wait_that_may_end_before_it_is_expected_is_none() {
        assertThatThrownBy(() -> new Waiting("a mirror", true, Duration.ofHours(2), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2H");
    }

    private boolean waits(String part) {
        return Waiting.of(guide.at(part)).isPresent();
    }
}
