package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports of two releases against each other. */
final class MeasurementsComparedTest {
    private static final Comparing COMPARING = new MeasurementsCompared();

    /** Go's output with {@code -count}: noise of about 2 %. */
    private static Reading go(long seed, int count, double addNanos, double copyNanos) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        String lines = IntStream.range(0, count)
                .mapToObj(_ ->
                        "BenchmarkAdd-2 \t 10\t %.3f ns/op\n".formatted(addNanos * (1 + 0.02 * random.nextGaussian()))
                                + (copyNanos == 0
                                        ? ""
                                        : "BenchmarkCopy-2 \t 10\t %.3f ns/op\t 16 B/op\n"
                                                .formatted(copyNanos * (1 + 0.02 * random.nextGaussian()))))
                .collect(Collectors.joining());
        return Reports.read("go-bench", "goos: linux\npkg: shop/cart\n" + lines + "PASS\nok  \tshop/cart\t3.210s\n");
    }

    private static Map<String, String> facts(Compared compared) {
        Map<String, String> facts = new TreeMap<>();
        for (Fact fact : compared.facts().list()) {
            facts.put(fact.name(), fact.value().toPlainString());
        }
        return facts;
    }

    @Test
    void the_same_program_is_no_worse() throws Exception {
        Compared compared = COMPARING.with(List.of(go(1, 20, 100, 500)), List.of(go(2, 20, 100, 500)));

        assertThat(facts(compared))
                .containsEntry("baseline.worse", "0")
                .containsEntry("baseline.missing", "0")
                .containsEntry("baseline.compared", "3")
                .containsEntry("baseline.kayenta", "100");
    }

    /** As it was before a gate could ask for the judge with options: what was recorded then says the same now. */
    @Test
    void a_benchmark_of_few_samples_is_left_out_of_the_score_of_a_gate_without_options() throws Exception {
        Compared one = COMPARING.with(List.of(go(1, 20, 100, 500), few()), List.of(go(2, 20, 100, 500), few()));

        assertThat(facts(one)).containsEntry("baseline.kayenta", "100");
    }

    private static Reading few() throws Exception {
        String lines = IntStream.range(0, 3)
                .mapToObj(each -> "BenchmarkNew-2 \t 10\t 10%d.0 ns/op\n".formatted(each))
                .collect(Collectors.joining());
        return Reports.read("go-bench", "goos: linux\npkg: shop/new\n" + lines + "PASS\nok  \tshop/new\t3.210s\n");
    }

    @Test
    void a_benchmark_that_became_slower_is_named_with_its_change() throws Exception {
        Compared compared = COMPARING.with(List.of(go(1, 20, 100, 600)), List.of(go(2, 20, 100, 500)));

        assertThat(facts(compared)).containsEntry("baseline.worse", "1").containsEntry("baseline.better", "0");
        assertThat(Double.parseDouble(String.valueOf(facts(compared).get("baseline.change"))))
                .isBetween(17.0, 23.0);
        assertThat(compared.notes().getFirst())
                .startsWith("worse: shop/cart.BenchmarkCopy time +")
                .contains("20 values against 20", "effect 1.00");
    }

    @Test
    void one_that_became_faster_is_better_and_no_change_for_the_worse() throws Exception {
        assertThat(facts(COMPARING.with(List.of(go(1, 20, 70, 0)), List.of(go(2, 20, 100, 0)))))
                .containsEntry("baseline.better", "1")
                .containsEntry("baseline.worse", "0")
                .containsEntry("baseline.change", "0");
    }

    @Test
    void what_is_not_measured_any_more_is_missing_by_name() throws Exception {
        Compared compared = COMPARING.with(List.of(go(1, 20, 100, 0)), List.of(go(2, 20, 100, 500)));

        assertThat(facts(compared)).containsEntry("baseline.missing", "2").containsEntry("baseline.worse", "0");
        assertThat(compared.notes())
                .anySatisfy(note -> assertThat(note).startsWith("not measured any more: shop/cart.BenchmarkCopy"));
    }

    @Test
    void with_too_few_samples_nobody_says_that_nothing_is_worse() throws Exception {
        Compared compared = COMPARING.with(List.of(go(1, 4, 100, 0)), List.of(go(2, 20, 100, 0)));

        assertThat(facts(compared)).containsOnlyKeys("baseline.missing", "baseline.change", "baseline.compared");
        assertThat(compared.notes().getFirst()).contains("fewer than 5 samples");
    }

    @Test
    void where_nothing_of_both_was_measured_nothing_is_said() throws Exception {
        Reading other = Reports.read(
                "hyperfine", "{\"results\":[{\"command\":\"x\",\"mean\":1,\"median\":1,\"times\":[1,1]}]}");

        assertThat(COMPARING
                        .with(List.of(go(1, 20, 100, 0)), List.of(other))
                        .facts()
                        .list())
                .isEmpty();
    }

    private static Reading load(String... changes) throws Exception {
        String report = Files.readString(Path.of("src", "test", "resources", "reports", "every", "vegeta.json"));
        for (int i = 0; i < changes.length; i += 2) {
            report = report.replace(changes[i], changes[i + 1]);
        }
        return Reports.read("vegeta", report);
    }

    @Test
    void of_summaries_there_is_a_percentage_and_the_noise_of_several_runs_beside_it() throws Exception {
        Reading slower = load("\"95th\":25000000", "\"95th\":27500000");

        assertThat(facts(COMPARING.with(List.of(slower), List.of(load()))))
                .containsEntry("baseline.change", "10")
                .doesNotContainKey("baseline.worse");
        assertThat(COMPARING.with(List.of(slower), List.of(load())).notes())
                .anySatisfy(note -> assertThat(note).contains("p95 +10.0 %", "nobody knows how far runs differ"));
        assertThat(COMPARING
                        .with(List.of(slower), List.of(load(), load("\"95th\":25000000", "\"95th\":26000000")))
                        .notes())
                .anySatisfy(note -> assertThat(note).contains("runs of one side differ by up to 4.0 %"));
    }

    /** What runs with these p95 in milliseconds had measured, the oldest first. */
    private static List<EarlierRuns.Run> earlier(double... p95) throws Exception {
        List<EarlierRuns.Run> runs = new ArrayList<>();
        for (double each : p95) {
            Reading run = load("\"95th\":25000000", "\"95th\":%.0f".formatted(each * 1e6));
            runs.add(new EarlierRuns.Run(new Sha("a".repeat(40)), COMPARING.figures(List.of(run))));
        }
        return runs;
    }

    @Test
    void beside_a_percentage_stands_the_noise_of_the_last_runs_and_what_it_does_not_explain() throws Exception {
        List<EarlierRuns.Run> noisy = earlier(25, 25.5, 24.9, 25.3, 24.8, 25.4, 24.9, 25);

        Compared within =
                COMPARING.with(List.of(load("\"95th\":25000000", "\"95th\":26500000")), List.of(load()), noisy);
        assertThat(facts(within))
                .containsEntry("baseline.change", "6")
                .containsEntry("baseline.beyond", "0")
                .containsEntry("baseline.noise", "8.07")
                .containsEntry("baseline.runs", "8");
        assertThat(within.notes())
                .anySatisfy(
                        note -> assertThat(note).contains("p95 +6.0 %, within the noise of the last 8 runs (±8.07 %)"));

        Compared beyond =
                COMPARING.with(List.of(load("\"95th\":25000000", "\"95th\":27500000")), List.of(load()), noisy);
        assertThat(facts(beyond)).containsEntry("baseline.change", "10").containsEntry("baseline.beyond", "10");
        assertThat(beyond.notes())
                .anySatisfy(note ->
                        assertThat(note).contains("p95 +10.0 %, beyond the noise of the last 8 runs (±8.07 %)"));
    }

    @Test
    void of_too_few_runs_no_noise_is_said() throws Exception {
        Compared compared = COMPARING.with(
                List.of(load("\"95th\":25000000", "\"95th\":26500000")), List.of(load()), earlier(25, 26, 25));

        assertThat(facts(compared))
                .containsEntry("baseline.change", "6")
                .doesNotContainKeys("baseline.noise", "baseline.beyond", "baseline.runs");
        assertThat(compared.notes()).anySatisfy(note -> assertThat(note).contains("nobody knows how far runs differ"));
    }

    @Test
    void a_server_that_refuses_everything_is_not_faster_than_before_but_missing() throws Exception {
        Reading refusing = load("\"200\":50,\"500\":50", "\"0\":100", "\"success\":0.5", "\"success\":0");

        assertThat(COMPARING.with(List.of(refusing), List.of(load())).facts().list())
                .isEmpty();
    }

    @Test
    void the_first_release_is_recorded_as_no_worse() {
        assertThat(facts(COMPARING.first()))
                .containsEntry("baseline.worse", "0")
                .containsEntry("baseline.missing", "0")
                .containsEntry("baseline.change", "0");
        assertThat(COMPARING.first().facts().list())
                .extracting(Fact::name)
                .containsExactlyInAnyOrderElementsOf(COMPARING.names());
    }

    @Test
    void files_of_criterion_do_not_say_of_which_benchmark_they_are_so_they_are_not_compared() {
        assertThat(Reports.reader("criterion").comparing()).isEmpty();
        assertThat(Reports.reader("jmh").comparing()).isPresent();
    }
}
