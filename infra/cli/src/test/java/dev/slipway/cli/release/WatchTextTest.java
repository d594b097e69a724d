package dev.slipway.cli.release;

import static dev.slipway.cli.Releases.baking;
import static dev.slipway.cli.Releases.release;
import static dev.slipway.cli.Releases.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchTextTest {
    @Test
    void a_canary_names_its_share_and_step() {
        assertThat(WatchText.fact(release(ReleasePhase.ROLLING_OUT, null, null, stepping(10))))
                .isEqualTo("hello@1.1.0 ROLLING_OUT, production stepping 10 % of traffic, step 1 of 4");
    }

    @Test
    void the_bake_is_watched_like_a_step_with_the_seconds_that_were_seen() {
        ReleaseView baking = release(ReleasePhase.BAKING, null, null, baking(95, "7 of 10 s"));

        assertThat(WatchText.fact(baking)).isEqualTo("hello@1.1.0 BAKING, production baking with 95 % of traffic");
        assertThat(WatchText.detail(baking)).isEqualTo("(new: 120 answers, 0 errors; old: 6, 0; waits for 7 of 10 s)");
        assertThat(new ReleaseText(ZoneOffset.UTC).show(baking))
                .contains("rollout    hello/production: BAKING, every one of 4 steps has passed, 95 % of traffic");
    }

    @Test
    void a_release_under_validation_names_the_gates_that_are_open() {
        assertThat(WatchText.fact(release(ReleasePhase.VALIDATING, null, null, null)))
                .isEqualTo("hello@1.1.0 VALIDATING, 1 of 2 gates, waiting for smoke");
    }

    @Test
    void a_release_that_goes_back_says_why() {
        Cause cause = new Cause("worse", "judged worse", "31 %", "< 5 %");

        assertThat(WatchText.fact(release(ReleasePhase.ROLLING_BACK, cause, null, stepping(10))))
                .isEqualTo("hello@1.1.0 ROLLING_BACK: judged worse (observed 31 %, limit < 5 %)");
    }

    @Test
    void what_a_program_wrote_last_is_no_part_of_the_command_to_type_next() {
        String why = "It ended by itself: exit status 1. Try: ./slipway logs hello@1.1.0 --environment staging";
        Cause cause = new Cause("died", why, "node:internal/modules:1\nError: no such module", "");
        ReleaseView rejected = release(ReleasePhase.REJECTED, cause, null, null);

        assertThat(WatchText.fact(rejected)).isEqualTo("hello@1.1.0 REJECTED: " + why);
        assertThat(new ReleaseText(ZoneOffset.UTC).show(rejected))
                .containsSequence(
                        "cause      " + why,
                        "           | node:internal/modules:1",
                        "           | Error: no such module");
    }

    @Test
    void more_traffic_is_more_of_the_way() {
        double ten = WatchText.done(release(ReleasePhase.ROLLING_OUT, null, null, stepping(10)));
        double fifty = WatchText.done(release(ReleasePhase.ROLLING_OUT, null, null, stepping(50)));

        assertThat(ten).isLessThan(fifty);
        assertThat(WatchText.done(release(ReleasePhase.COMPLETED, null, null, null)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(ReleasePhase.class)
    void every_state_has_a_line_and_a_share(ReleasePhase state) {
        assertThat(WatchText.fact(release(state, null, null, null))).startsWith("hello@1.1.0 " + state);
        assertThat(WatchText.done(release(state, null, null, null))).isBetween(0.0, 1.0);
    }
}
