package dev.slipway.validation.simulation;

import static dev.slipway.validation.simulation.Scenes.scene;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeded traffic through the whole judge, at the alpha that ships and with the guardrails that {@code init} writes. A failure
 * prints its seed, and {@code -Dslipway.simulation.seed} replays it; {@code -Dslipway.simulation.times} looks more closely.
 * How soon faults are found {@link TableTest} holds against what is published.
 */
@Tag("thorough")
final class SimulationTest {
    @Test
    void a_canary_that_is_no_worse_is_hardly_ever_found_worse() {
        Outcome outcome = scene().watched(1_200).judged(15);

        report("no difference for 1,200 s: %d of %d found worse"
                .formatted(outcome.found(), outcome.runs().size()));
        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(outcome));
    }

    /**
     * The share seen so far, which was looked at before, took back 2, 14, 39 and 66 of 100. So many runs see that from 2 % on,
     * as the same traffic shows; 2 of 100 would take some two hundred.
     */
    @ParameterizedTest
    @CsvSource({"1, 10", "2, 30", "3, 10", "4, 10"})
    void a_canary_exactly_like_its_baseline_below_its_limit_is_not_taken_back(int percent, int runs) {
        Scenes.Builder beside =
                scene().errors(percent / 100.0, percent / 100.0).share(50).perSecond(100);
        Scenes.Builder first = scene().errors(percent / 100.0, percent / 100.0)
                .share(100)
                .perSecond(50)
                .measured(0);
        Outcome outcome = beside.judged(runs);
        Outcome ofFirst = first.judged(runs);
        long formerly = beside.formerlyLimited(runs).found();
        long formerlyFirst = first.formerlyLimited(runs).found();

        report(
                "%d %% on both sides for 600 s, 50 answers a second: %d of %d taken back (formerly %d), of first releases %d (%d)"
                        .formatted(
                                percent,
                                outcome.found(),
                                outcome.runs().size(),
                                formerly,
                                ofFirst.found(),
                                formerlyFirst));
        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(outcome));
        assertThat(ofFirst.found()).isLessThanOrEqualTo(atMost(ofFirst));
        if (percent >= 2) {
            assertThat(formerly).as("seen by so many runs").isPositive();
            assertThat(formerlyFirst).as("seen by so many runs").isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 4, 10})
    void ten_percent_of_errors_are_found_within_ten_seconds_at_fifty_answers_a_second(double baseline) {
        Outcome beside = scene().errors(baseline / 100, 0.10).share(50).judged(100);
        Outcome first =
                scene().errors(0.10, 0.10).share(100).perSecond(50).measured(0).judged(100);

        report(
                "10 %% of errors, limit 5 %%, 50 answers a second: median %s s beside a baseline with %s %%, %s s at a first release"
                        .formatted(shown(beside.secondsAt(0.5)), baseline, shown(first.secondsAt(0.5))));
        assertThat(beside.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(10);
        assertThat(first.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(10);
    }

    @Test
    void as_many_faults_are_found_however_many_gateways_there_are() {
        List<Long> found = new ArrayList<>();
        for (int gateways : new int[] {1, 3, 20}) {
            found.add(scene().errors(0.005, 0.05)
                    .share(5)
                    .perSecond(20)
                    .watched(300)
                    .gateways(gateways)
                    .judged(20)
                    .found());
        }

        report("0.5 %% to 5 %%, 5 %% of 20/s, 300 s, with 1, 3 and 20 gateways: %s of %d found"
                .formatted(found, 20 * Scenes.TIMES));
        assertThat(found.getFirst()).isGreaterThanOrEqualTo(56L * Scenes.TIMES / 3);
        assertThat(found).containsOnly(found.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void several_gateways_make_no_false_alarms(int gateways) {
        Outcome outcome = scene().perSecond(40).gateways(gateways).judged(gateways == 20 ? 2 : 8);

        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(outcome));
    }

    @Test
    void a_canary_that_is_a_third_slower_than_the_margin_is_found_and_one_within_it_is_not() {
        Outcome margin = scene().latencyTimes(1.15).share(5).watched(300).judged(60);
        Outcome slower = scene().latencyTimes(1.5).share(5).watched(300).judged(60);
        Outcome plain = scene().latencyTimes(1.3)
                .share(5)
                .watched(300)
                .rules(Scenes.rules(1, Duration.ZERO))
                .judged(60);

        report("1.15 times as slow: %d of %d found; 1.5 times: median %s s; 1.3 times without a margin: median %s s"
                .formatted(
                        margin.found(),
                        margin.runs().size(),
                        shown(slower.secondsAt(0.5)),
                        shown(plain.secondsAt(0.5))));
        assertThat(margin.found()).isLessThanOrEqualTo(atMost(margin));
        assertThat(slower.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(25);
        assertThat(plain.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(25);
    }

    @Test
    void where_nothing_is_left_to_compare_with_a_fault_is_found_against_what_was_before() {
        Outcome five = scene().errors(0.005, 0.05).share(100).measured(60).judged(100);
        Outcome ten = scene().errors(0.005, 0.10).share(100).measured(60).judged(100);
        Outcome none = scene().share(100).measured(60).watched(1_800).judged(8);

        report(
                "alone at full traffic: 5 %% of errors after %s s (p90 %s), 10 %% after %s s; no difference: %d of %d half hours"
                        .formatted(
                                shown(five.secondsAt(0.5)),
                                shown(five.secondsAt(0.9)),
                                shown(ten.secondsAt(0.5)),
                                none.found(),
                                none.runs().size()));
        assertThat(five.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(5);
        assertThat(ten.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(2);
        assertThat(none.found()).isLessThanOrEqualTo(atMost(none));
    }

    @Test
    void the_same_seed_gives_the_same_figures() {
        Scenes.Builder scene = scene().errors(0.005, 0.05).gateways(3);

        assertThat(scene.judged(5)).isEqualTo(scene.judged(5));
    }

    private static long atMost(Outcome outcome) {
        return Scenes.falseAtMost(outcome.runs().size());
    }

    private static String shown(OptionalInt seconds) {
        return seconds.isPresent() ? Integer.toString(seconds.getAsInt()) : "more than was watched";
    }

    private static void report(String figures) {
        System.out.println("[simulation, seed " + Scenes.SEED + "] " + figures);
    }
}
