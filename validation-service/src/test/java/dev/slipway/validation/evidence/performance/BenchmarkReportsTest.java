package dev.slipway.validation.evidence.performance;

import static dev.slipway.validation.evidence.performance.Reports.facts;
import static dev.slipway.validation.evidence.performance.Reports.read;
import static dev.slipway.validation.evidence.performance.Reports.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What benchmarks of each tool are read as, on reports of our own making. */
final class BenchmarkReportsTest {
    private static String jmh(String mode, String unit, String more) {
        return """
                [{"jmhVersion":"1.37","benchmark":"shop.Cart.add","mode":"%s","params":{"size":"10","kind":"a"},
                  "primaryMetric":{"score":2.0,"scoreError":"NaN","scoreConfidence":["NaN","NaN"],
                    "scorePercentiles":{"0.0":1.0,"50.0":2.0,"95.0":3.0,"99.0":4.0},"scoreUnit":"%s",%s},
                  "secondaryMetrics":{"gc.alloc.rate.norm":{"score":16.0,"scoreError":"NaN","scoreUnit":"B/op","rawData":[[16.0,16.0]]}}}]
                """.formatted(mode, unit, more);
    }

    @ParameterizedTest
    @CsvSource({
        "avgt, us/op, s, LOWER, 0.000002",
        "ss, ms/op, s, LOWER, 0.002",
        "avgt, min/op, s, LOWER, 120",
        "thrpt, ops/us, 1/s, HIGHER, 2000000",
        "thrpt, ops/s, 1/s, HIGHER, 2"
    })
    void jmh_is_better_by_its_mode_and_all_units_become_seconds_or_a_second(
            String mode, String unit, String as, KnownFact.Better better, String mean) throws Exception {
        String report = jmh(mode, unit, "\"rawData\":[[1.0,2.0],[3.0]]");

        Measurement measurement = read("jmh", report).measurements().getFirst();

        assertThat(measurement.benchmark()).isEqualTo("shop.Cart.add " + mode + " size=10 kind=a");
        assertThat(measurement.unit()).isEqualTo(as);
        assertThat(measurement.better()).isEqualTo(better);
        assertThat(measurement.samples()).hasSize(3);
        assertThat(facts("jmh", report))
                .containsEntry("benchmark.count", "1")
                .containsEntry("benchmark.cart-add-" + mode + "-size-10-kind-a.mean", mean)
                .doesNotContainKey("tool.errors");
    }

    @Test
    void percentiles_of_jmh_are_of_calls_in_mode_sample_alone() throws Exception {
        String histogram = "\"rawDataHistogram\":[[[[1.0,5],[3.0,1]]]]";

        assertThat(facts("jmh", jmh("sample", "ms/op", histogram)))
                .containsEntry("benchmark.cart-add-sample-size-10-kind-a.p95", "0.003")
                .containsEntry("benchmark.cart-add-sample-size-10-kind-a.median", "0.002");
        assertThat(facts("jmh", jmh("avgt", "ms/op", "\"rawData\":[[1.0]]")))
                .doesNotContainKey("benchmark.cart-add-avgt-size-10-kind-a.p95");
    }

    @Test
    void what_jmh_measured_beside_the_score_is_kept_with_its_unit() throws Exception {
        Measurement memory = read("jmh", jmh("avgt", "us/op", "\"rawData\":[[2.0]]"))
                .measurements()
                .getLast();

        assertThat(memory.metric()).isEqualTo("gc.alloc.rate.norm");
        assertThat(memory.unit()).isEqualTo("B/op");
        assertThat(memory.better()).isEqualTo(KnownFact.Better.LOWER);
    }

    @Test
    void a_score_that_is_no_number_is_refused() {
        assertThat(refusal(
                        "jmh",
                        jmh("avgt", "us/op", "\"rawData\":[[2.0]]").replace("\"score\":2.0", "\"score\":\"NaN\"")))
                .contains("\"score\" is missing here or is no number", "line 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jmh              | []
            google-benchmark | {"context":{},"benchmarks":[]}
            pytest-benchmark | {"machine_info":{},"benchmarks":[]}
            hyperfine        | {"results":[]}
            """)
    void nothing_measured_is_no_evidence(String kind, String report) {
        assertThat(refusal(kind, report)).contains("nothing was measured, and that is no evidence");
    }

    private static final String GOOGLE = """
            {"context":{"library_build_type":"debug"},"benchmarks":[
             {"name":"BM_A/8","run_name":"BM_A/8","run_type":"iteration","iterations":10,"real_time":100.0,"cpu_time":90.0,"time_unit":"ns"},
             {"name":"BM_A/8","run_name":"BM_A/8","run_type":"iteration","iterations":10,"real_time":300.0,"cpu_time":90.0,"time_unit":"ns"},
             {"name":"BM_A/8_mean","run_name":"BM_A/8","run_type":"aggregate","aggregate_name":"mean","aggregate_unit":"time","real_time":200.0,"cpu_time":90.0,"time_unit":"ns"},
             {"name":"BM_A/8_cv","run_name":"BM_A/8","run_type":"aggregate","aggregate_name":"cv","aggregate_unit":"percentage","real_time":0.5,"cpu_time":0.1,"time_unit":"ns"},
             {"name":"BM_B","run_name":"BM_B","run_type":"iteration","iterations":10,"real_time":2.5,"cpu_time":2.0,"time_unit":"ms"},
             {"name":"BM_Bad","run_name":"BM_Bad","run_type":"iteration","error_occurred":true,"error_message":"no file","iterations":0,"real_time":0.0,"cpu_time":0.0,"time_unit":"ns"},
             {"name":"BM_A_BigO","run_name":"BM_A","run_type":"aggregate","aggregate_name":"BigO","cpu_coefficient":1.0,"real_coefficient":1.0,"big_o":"N","time_unit":"ns"}]}
            """;

    @Test
    void google_benchmark_has_a_unit_for_each_entry_and_aggregates_are_no_samples() throws Exception {
        Reading reading = read("google-benchmark", GOOGLE);

        assertThat(reading.measurements().getFirst().samples()).containsExactly(1e-7, 3e-7);
        assertThat(facts("google-benchmark", GOOGLE))
                .containsEntry("benchmark.bm-a-8.mean", "0.0000002")
                .containsEntry("benchmark.bm-b.mean", "0.0025");
        assertThat(reading.notes()).anySatisfy(note -> assertThat(note).contains("built for debugging"));
    }

    @Test
    void an_error_of_google_benchmark_is_the_tools_and_its_zero_no_time() throws Exception {
        assertThat(facts("google-benchmark", GOOGLE))
                .containsEntry("tool.errors", "1")
                .doesNotContainKey("benchmark.bm-bad.mean");
        assertThat(read("google-benchmark", GOOGLE).notes())
                .anySatisfy(note -> assertThat(note).contains("BM_Bad: no file"));
    }

    @Test
    void pytest_benchmark_counts_in_seconds_and_keeps_each_round() throws Exception {
        String report = """
                {"machine_info":{},"commit_info":{},"benchmarks":[
                 {"name":"test_add[small]","fullname":"tests/test_a.py::test_add[small]","extra_info":{},
                  "stats":{"min":0.001,"max":0.003,"mean":0.002,"stddev":0.001,"rounds":3,"median":0.002,"outliers":"0;0","data":[0.001,0.002,0.003],"iterations":1}}],
                 "version":"5.3.1"}
                """;

        assertThat(facts("pytest-benchmark", report))
                .containsOnlyKeys(
                        "benchmark.count", "benchmark.test-add-small.mean", "benchmark.test-add-small.median");
        assertThat(read("pytest-benchmark", report).measurements().getFirst().samples())
                .containsExactly(0.001, 0.002, 0.003);
    }

    private static String estimate(double value) {
        return "{\"confidence_interval\":{\"confidence_level\":0.95,\"lower_bound\":1,\"upper_bound\":2},\"point_estimate\":%s,\"standard_error\":0.1}"
                .formatted(value);
    }

    @Test
    void criterion_counts_in_nanoseconds_and_says_that_nothing_proves_when() throws Exception {
        String report = "{\"mean\":%s,\"median\":%s,\"median_abs_dev\":%s,\"slope\":null,\"std_dev\":%s}"
                .formatted(estimate(1500), estimate(1400), estimate(10), estimate(12));

        assertThat(facts("criterion", report))
                .containsEntry("benchmark.mean", "0.0000015")
                .containsEntry("benchmark.median", "0.0000014");
        assertThat(read("criterion", report).notes())
                .singleElement()
                .asString()
                .contains("old numbers stay", "evidence run");
    }

    @Test
    void samples_of_criterion_are_times_of_one_iteration_named_by_their_folder() throws Exception {
        byte[] report = "{\"sampling_mode\":\"Linear\",\"iters\":[10.0,20.0],\"times\":[1000.0,4000.0]}"
                .getBytes(StandardCharsets.UTF_8);
        EvidenceReader reader = Reports.reader("criterion");

        Measurement measurement = reader.read(report, "target/criterion/fib 20/new/sample.json")
                .measurements()
                .getFirst();

        assertThat(measurement.benchmark()).isEqualTo("fib 20");
        assertThat(measurement.samples()).containsExactly(1e-7, 2e-7);
    }

    @Test
    void what_else_criterion_writes_into_its_folders_is_passed_over() {
        EvidenceReader reader = Reports.reader("criterion");

        assertThat(reader.somethingElse(("{\"mean\":" + estimate(0.1) + ",\"median\":" + estimate(0.1) + "}")
                        .getBytes(StandardCharsets.UTF_8)))
                .as("change/estimates.json")
                .isNotNull();
        assertThat(reader.somethingElse("[1.0,2.0]".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(reader.somethingElse("<html></html>".getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
    }

    private static String hyperfine(String times, String codes) {
        return "{\"results\":[{\"command\":\"./x --fast\",\"mean\":0.2,\"stddev\":null,\"median\":0.2,\"user\":0.1,\"system\":0.1,\"min\":0.1,\"max\":0.3,\"times\":%s%s}]}"
                .formatted(times, codes);
    }

    @Test
    void runs_of_hyperfine_that_failed_are_the_tools_errors_and_no_samples() throws Exception {
        String report = hyperfine("[0.2,0.001,0.4]", ",\"exit_codes\":[0,1,0]");

        assertThat(facts("hyperfine", report))
                .containsEntry("tool.errors", "1")
                .containsEntry("benchmark.x-fast.mean", "0.3");
        assertThat(read("hyperfine", report).measurements().getFirst().samples())
                .containsExactly(0.2, 0.4);
        assertThat(facts("hyperfine", hyperfine("[0.001]", ",\"exit_codes\":[null]")))
                .containsEntry("tool.errors", "1")
                .doesNotContainKey("benchmark.x-fast.mean");
    }

    /** {@code hyperfine ./x ./bad ./y}: it ends with 1, and its file holds what came before the one that failed. */
    @Test
    void where_a_command_of_hyperfine_fails_only_those_before_it_are_there_and_their_number_or_the_run_tells()
            throws Exception {
        String first = hyperfine("[0.2,0.2]", ",\"exit_codes\":[0,0]");
        Facts read = read("hyperfine", first).facts();
        Gate three = gate("hyperfine", new Threshold("benchmark.count", ">= 3"), new Threshold("tool.errors", "0"));
        Gate ended = gate("hyperfine", new Threshold("run.exit", "0"), new Threshold("benchmark.count", ">= 1"));

        assertThat(facts("hyperfine", first))
                .containsEntry("benchmark.count", "1")
                .containsEntry("tool.errors", "0");
        assertThat(Rules.judge(three, read)).isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(ended, read)).isInstanceOf(Ruling.Unknown.class);
        assertThat(Rules.judge(ended, read.plus(exit(1)))).isInstanceOf(Ruling.Breaks.class);
    }

    /** It leaves it out and ends with 0; with {@code -foe true} it ends with 1 and an empty file. */
    @Test
    void a_benchmark_of_jmh_that_throws_is_missing_in_a_run_that_ended_well_and_is_noticed_by_number_or_baseline()
            throws Exception {
        String both = jmh("avgt", "us/op", "\"rawData\":[[1.0,2.0]]").strip();
        String other = both.replace("shop.Cart.add", "shop.Cart.pay");
        String whole = both.substring(0, both.length() - 1) + "," + other.substring(1);
        Facts risen = read("jmh", both).facts().plus(exit(0));
        Gate count = gate("jmh", new Threshold("run.exit", "0"), new Threshold("benchmark.count", ">= 2"));

        assertThat(Rules.judge(count, read("jmh", whole).facts().plus(exit(0)))).isInstanceOf(Ruling.Holds.class);
        assertThat(Rules.judge(count, risen)).isInstanceOf(Ruling.Breaks.class);
        assertThat(new MeasurementsCompared()
                        .with(List.of(read("jmh", both)), List.of(read("jmh", whole)))
                        .facts()
                        .named("baseline.missing")
                        .orElseThrow()
                        .value())
                .isPositive();
        assertThat(refusal("jmh", "")).contains("It is empty");
    }

    private static Gate gate(String kind, Threshold... rule) {
        return new Gate(
                "speed", "", Stage.PRE_RELEASE, kind, null, List.of(rule), null, null, List.of(), Gate.WITHIN_DEFAULT);
    }

    private static Facts exit(int status) {
        return new Facts(List.of(new Fact("run.exit", BigDecimal.valueOf(status), Fact.Unit.STATUS)));
    }

    @Test
    void without_exit_codes_nobody_knows_whether_hyperfines_runs_failed() throws Exception {
        assertThat(facts("hyperfine", hyperfine("[0.2,0.2]", "")))
                .containsEntry("benchmark.x-fast.mean", "0.2")
                .doesNotContainKey("tool.errors");
        assertThat(refusal("hyperfine", hyperfine("[0.2,0.2]", ",\"exit_codes\":[0]")))
                .contains("2 times and 1 exit codes");
    }

    private static final String GO = """
            goos: linux
            goarch: amd64
            pkg: shop/cart
            cpu: Some CPU
            BenchmarkAdd-2   \t 1000000\t      1000 ns/op\t     120 B/op\t       3 allocs/op
            BenchmarkAdd-2   \t 1000000\t      3000 ns/op\t     120 B/op\t       3 allocs/op
            --- BENCH: BenchmarkAdd-2
                a_test.go:6: a log
            BenchmarkCopy/1k-2         \t  500000\t      2210 ns/op\t 900.5 MB/s
            PASS
            ok  \tshop/cart\t3.210s
            """;

    @Test
    void lines_of_go_with_count_are_samples_of_one_benchmark() throws Exception {
        Reading reading = read("go-bench", GO);

        assertThat(reading.measurements().getFirst().samples()).containsExactly(1e-6, 3e-6);
        assertThat(reading.measurements())
                .extracting(Measurement::benchmark)
                .contains("shop/cart.BenchmarkAdd", "shop/cart.BenchmarkCopy/1k");
        assertThat(facts("go-bench", GO))
                .containsEntry("benchmark.count", "2")
                .containsEntry("benchmark.add.mean", "0.000002")
                .containsEntry("benchmark.copy-1k.mean", "0.00000221")
                .containsEntry("tool.errors", "0");
        assertThat(reading.measurements())
                .filteredOn(each -> each.metric().equals("MB/s"))
                .extracting(Measurement::better)
                .containsExactly(KnownFact.Better.HIGHER);
    }

    @Test
    void a_failed_benchmark_of_go_has_no_line_and_is_the_tools_error() throws Exception {
        String failed = GO.replace(
                "PASS\nok  \tshop/cart\t3.210s\n",
                "--- FAIL: BenchmarkBad\n    a_test.go:4: boom\nFAIL\nexit status 1\nFAIL\tshop/cart\t0.019s\nFAIL\n");

        assertThat(facts("go-bench", failed)).containsEntry("tool.errors", "1");
        assertThat(facts("go-bench", failed.replace("--- FAIL: BenchmarkBad\n", "")))
                .as("the package's own end says it too")
                .containsEntry("tool.errors", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok  \tshop/cart\t3.210s\n",
                "PASS\nok  \tshop/cart\t3.210s\n",
            })
    void output_of_go_without_its_end_was_cut_off_or_filtered(String end) {
        assertThat(refusal("go-bench", GO.replace(end, ""))).contains("cut off or filtered");
    }

    @Test
    void a_benchmark_that_prints_breaks_its_own_line() {
        assertThat(refusal("go-bench", GO.replace("1000 ns/op", "\nnoise")))
                .contains("a benchmark that prints into it", "line 5");
    }

    @Test
    void benchmarks_whose_names_become_the_same_get_no_facts_and_all_are_kept() throws Exception {
        String both = GO.replace("BenchmarkCopy/1k-2", "BenchmarkAdd/-2");

        assertThat(facts("go-bench", both))
                .containsEntry("benchmark.count", "2")
                .doesNotContainKey("benchmark.add.mean");
        assertThat(read("go-bench", both).notes())
                .anySatisfy(note -> assertThat(note).contains("share the name add"));
    }

    @Test
    void more_than_40_benchmarks_are_kept_but_not_said_one_by_one() throws Exception {
        String many = IntStream.range(0, 41)
                .mapToObj("BenchmarkN%d-2 \t 10\t 5 ns/op\n"::formatted)
                .collect(Collectors.joining());
        String report = GO.replace("PASS\n", many + "PASS\n");

        assertThat(facts("go-bench", report)).containsOnlyKeys("benchmark.count", "tool.errors");
        assertThat(read("go-bench", report).measurements()).hasSizeGreaterThan(41);
    }
}
