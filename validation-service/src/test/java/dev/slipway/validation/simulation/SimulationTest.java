package dev.slipway.validation.simulation;

import static dev.slipway.validation.simulation.Scenes.scene;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeded traffic through the whole judge, at the alpha that ships and with the guardrails that {@code init} writes. A failure
 * prints its seed, and {@code -Dslipway.simulation.seed} replays it; {@code -Dslipway.simulation.times} looks more closely: with 5 as closely as
 * the figures were first looked at, which takes a minute and a half.
 */
final class SimulationTest {
    /** Expected are the figures of the published table; the sample's own noise is a quarter of a median of 100 runs. */
    @ParameterizedTest(name = "{0} % to {1} %, {2} % share, after {3} s: {4} s")
    @CsvSource({
        // baseline, canary, share, begins, median, p90, runs
        "0.5,  5,  5,    0, 18, 41, 100",
        "0.5,  5, 10,    0, 12, 25, 100",
        "0.5,  5, 10,   60, 20, 34, 100",
        "0.5,  5, 10,  300, 21, 33,  30",
        "0.5,  5, 50, 1200, 11, 17,  10",
        "0.5,  5, 95, 1200, 53, 75,  10",
        "0.5, 30, 10,  300,  3,  4,  20",
    })
    void faults_are_found_as_soon_as_published(
            double baseline, double canary, int share, int begins, int median, int p90, int runs) {
        Outcome outcome = scene().errors(baseline / 100, canary / 100)
                .share(share)
                .begins(begins)
                .judged(runs);

        report("%s %% to %s %%, %d %% share, after %d s: median %s, p90 %s, %d of %d found too early"
                .formatted(
                        baseline,
                        canary,
                        share,
                        begins,
                        shown(outcome.secondsAt(0.5)),
                        shown(outcome.secondsAt(0.9)),
                        outcome.foundBefore(),
                        outcome.runs().size()));
        assertThat(outcome.found() + outcome.foundBefore())
                .isEqualTo(outcome.runs().size());
        assertThat(outcome.secondsAt(0.5).orElseThrow()).isBetween(median * 3 / 4, median * 5 / 4 + 1);
        assertThat(outcome.secondsAt(0.9).orElseThrow()).isBetween(p90 * 3 / 4, p90 * 5 / 4 + 1);
        assertThat(outcome.foundBefore()).isLessThanOrEqualTo(atMost(0.01, outcome));
    }

    @Test
    void a_canary_that_is_no_worse_is_hardly_ever_found_worse() {
        Outcome outcome = scene().watched(1_200).judged(15);

        report("no difference for 1,200 s: %d of %d found worse"
                .formatted(outcome.found(), outcome.runs().size()));
        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(0.01, outcome));
    }

    /** At 5 % the point estimate that was looked at before took back 2, 14, 39 and 66 of 100. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_canary_exactly_like_its_baseline_below_its_limit_is_not_taken_back(int percent) {
        Outcome outcome = scene().errors(percent / 100.0, percent / 100.0)
                .share(50)
                .perSecond(100)
                .judged(10);
        Outcome first = scene().errors(percent / 100.0, percent / 100.0)
                .share(100)
                .perSecond(50)
                .measured(0)
                .judged(10);

        report("%d %% on both sides for 600 s, 50 answers a second: %d of %d taken back, of first releases %d"
                .formatted(percent, outcome.found(), outcome.runs().size(), first.found()));
        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(0.01, outcome));
        assertThat(first.found()).isLessThanOrEqualTo(atMost(0.01, first));
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

        assertThat(outcome.found()).isLessThanOrEqualTo(atMost(0.01, outcome));
    }

    /** On the very same traffic, in the same run. */
    @Test
    void ahead_of_the_former_comparison_by_these_ratios() {
        Scenes.Builder late = scene().errors(0.005, 0.05).begins(300);
        Scenes.Builder atOnce = scene().errors(0.005, 0.05).share(5);
        Scenes.Builder slow = scene().latencyTimes(2).share(5);

        double lateRatio = ratio("0.5 % to 5 %, 10 % share, after 300 s", late, 40);
        double atOnceRatio = ratio("0.5 % to 5 %, 5 % share, at once", atOnce, 100);
        double slowRatio = ratio("p95 times 2, 5 % share", slow, 30);

        assertThat(lateRatio).isGreaterThanOrEqualTo(1.8);
        assertThat(atOnceRatio).isGreaterThanOrEqualTo(1.1);
        assertThat(slowRatio).isGreaterThanOrEqualTo(10);
    }

    private static double ratio(String what, Scenes.Builder scene, int runs) {
        int now = scene.judged(runs).secondsAt(0.5).orElseThrow();
        int formerly = scene.formerlyJudged(runs).secondsAt(0.5).orElse(600);
        report("%s: median %d s, formerly %d s".formatted(what, now, formerly));
        return (double) formerly / now;
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
        assertThat(margin.found()).isLessThanOrEqualTo(atMost(0.01, margin));
        assertThat(slower.secondsAt(0.5).orElseThrow()).isLessThanOrEqualTo(20);
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
        assertThat(none.found()).isLessThanOrEqualTo(atMost(0.01, none));
    }

    @Test
    void the_same_seed_gives_the_same_figures() {
        Scenes.Builder scene = scene().errors(0.005, 0.05).gateways(3);

        assertThat(scene.judged(5)).isEqualTo(scene.judged(5));
    }

    /** What chance gives in one of a thousand samples at most: the mean and some four deviations. */
    private static long atMost(double alpha, Outcome outcome) {
        double mean = alpha * outcome.runs().size();
        return (long) Math.ceil(mean + 3.1 * Math.sqrt(mean));
    }

    private static String shown(OptionalInt seconds) {
        return seconds.isPresent() ? Integer.toString(seconds.getAsInt()) : "more than was watched";
    }

    private static void report(String figures) {
        System.out.println("[simulation, seed " + Scenes.SEED + "] " + figures);
    }
}
