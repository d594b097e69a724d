package dev.slipway.validation.simulation;

import static dev.slipway.validation.simulation.Scenes.scene;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many times as quick as the judge of before, on the very same traffic, in the same run. */
@Tag("thorough")
final class FormerJudgeTest {
    @Test
    void late_faults_are_found_sooner() {
        assertThat(ratio(
                        "0.5 % to 5 %, 10 % share, after 300 s",
                        scene().errors(0.005, 0.05).begins(300), 60))
                .isGreaterThanOrEqualTo(1.8);
    }

    @Test
    void answers_that_take_twice_as_long_are_found_sooner() {
        assertThat(ratio("p95 times 2, 5 % share", scene().latencyTimes(2).share(5), 30))
                .isGreaterThanOrEqualTo(10);
    }

    /** The two are close here, 1.11: medians of 100 runs, in whole seconds, cannot tell it from 1. */
    @Test
    void faults_that_are_there_at_once_are_found_no_later() {
        assertThat(ratio(
                        "0.5 % to 5 %, 5 % share, at once",
                        scene().errors(0.005, 0.05).share(5), 500))
                .isGreaterThanOrEqualTo(1.1);
    }

    /** Of mean times, each run with the one that had the same traffic; what was not found counts as found at the end. */
    private static double ratio(String what, Scenes.Builder scene, int runs) {
        double now = meanSeconds(scene.judged(runs));
        double formerly = meanSeconds(scene.formerlyJudged(runs));
        System.out.printf(
                Locale.ROOT,
                "[simulation, seed %d] %s: mean %.2f s, formerly %.2f s, ratio %.3f%n",
                Scenes.SEED,
                what,
                now,
                formerly,
                formerly / now);
        return formerly / now;
    }

    private static double meanSeconds(Outcome outcome) {
        int longest = (int) outcome.watched().toSeconds();
        return outcome.runs().stream()
                .mapToInt(Outcome.Run::seconds)
                .filter(seconds -> seconds > 0)
                .map(seconds -> Math.min(seconds, longest))
                .average()
                .orElseThrow();
    }
}
