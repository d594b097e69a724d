package dev.slipway.validation.evidence.performance;

import static dev.slipway.validation.evidence.performance.Reports.facts;
import static dev.slipway.validation.evidence.performance.Reports.read;
import static dev.slipway.validation.evidence.performance.Reports.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What load tests of each tool are read as, on reports of our own making. */
final class LoadReportsTest {
    private static String sample(String file) throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "reports", "every", file));
    }

    @ParameterizedTest
    @CsvSource({
        "k6, k6.json, 100, 50, 5, 0.025",
        "k6, k6.summary.json, 100, 50, 5, 0.025",
        "vegeta, vegeta.json, 100, 50, 5, 0.025",
        "bombardier, bombardier.json, 100, 50, 5, 0.025",
        "hey, hey.txt, 100, 50, 500, 0.006",
        "ab, ab.txt, 200, 35, 1650, 0.004",
        "locust, locust.csv, 100, 30, 35, 0.005",
        "gatling, gatling.txt, 1100, 50, 210, 0.081"
    })
    void all_tools_say_the_same_facts_in_seconds(
            String kind, String file, String requests, String errors, String rate, String p95) throws Exception {
        assertThat(facts(kind, sample(file)))
                .containsEntry("load.requests", requests)
                .containsEntry("load.errors", errors)
                .containsEntry("load.rate", rate)
                .containsEntry("load.p95", p95)
                .containsKeys("load.error-rate", "load.mean", "load.p50", "load.max");
    }

    @ParameterizedTest
    @CsvSource({
        "k6, k6.json, 10",
        "k6, k6.summary.json, 10",
        "vegeta, vegeta.json, 10",
        "bombardier, bombardier.json, 10",
        "autocannon, autocannon.json, 10.02",
        "hey, hey.txt, 0.1",
        "wrk, wrk.txt, 2",
        "ab, ab.txt, 0.1",
        "locust, locust.csv, 2",
        "gatling, gatling.txt, 5"
    })
    void for_how_long_a_run_went_on_is_a_fact_where_its_report_holds_it(String kind, String file, String seconds)
            throws Exception {
        assertThat(facts(kind, sample(file))).containsEntry("load.seconds", seconds);
    }

    @Test
    void a_report_that_does_not_say_how_long_it_took_says_nothing_of_it() throws Exception {
        Map<String, String> silent = Map.of(
                "k6", sample("k6.summary.json").replace("\"duration\":10,", ""),
                "vegeta", sample("vegeta.json").replace("\"duration\":10000000000,", ""),
                "bombardier", sample("bombardier.json").replace("\"timeTakenSeconds\":10,", ""),
                "autocannon", sample("autocannon.json").replace("\"duration\":10.02,", ""),
                "ab", sample("ab.txt").replaceAll("Time taken for tests.*\n", ""),
                "gatling", sample("gatling.txt").replaceAll("Simulation .* completed in .*\n", ""),
                "locust", sample("locust.csv").replace(",50.0,15.0,", ",0.0,0.0,"));
        for (Map.Entry<String, String> each : silent.entrySet()) {
            assertThat(facts(each.getKey(), each.getValue()))
                    .as(each.getKey())
                    .containsKey("load.p50")
                    .doesNotContainKey("load.seconds");
        }
    }

    @Test
    void a_soak_of_hours_is_read_in_the_units_of_its_tool() throws Exception {
        String wrk = sample("wrk.txt");
        String handled = sample("k6.json")
                .replace("{\"root_group\"", "{\"state\":{\"testRunDurationMs\":14400000.5},\"root_group\"");

        assertThat(facts("wrk", wrk.replace("requests in 2.00s", "requests in 2.00h")))
                .containsEntry("load.seconds", "7200");
        assertThat(facts("wrk", wrk.replace("requests in 2.00s", "requests in 1.50m")))
                .containsEntry("load.seconds", "90");
        assertThat(facts("k6", handled)).containsEntry("load.seconds", "14400.0005");
        assertThat(facts(
                        "gatling",
                        sample("gatling.txt").replace("completed in 5 seconds", "completed in 7205 seconds")))
                .containsEntry("load.seconds", "7205");
    }

    /** Each with all of its answers turned into failures. */
    @Test
    void a_server_that_refuses_everything_does_not_look_fast() throws Exception {
        Map<String, String> refusing = Map.of(
                "k6", sample("k6.json").replace("\"passes\":50,\"fails\":50", "\"passes\":100,\"fails\":0"),
                "vegeta",
                        sample("vegeta.json")
                                .replace("\"200\":50,\"500\":50", "\"0\":100")
                                .replace("\"success\":0.5", "\"success\":0"),
                "hey", sample("hey.txt").replace("[200]", "[503]"),
                "wrk", sample("wrk.txt").replace("responses: 491", "responses: 2491"),
                "ab", sample("ab.txt").replace("Non-2xx responses:      15", "Non-2xx responses:      200"),
                "locust",
                        sample("locust.csv")
                                .replace(",60,10,", ",60,60,")
                                .replace(",40,20,", ",40,40,")
                                .replace(",100,30,", ",100,100,"),
                "autocannon", sample("autocannon.json").replace("\"non2xx\":30", "\"non2xx\":80"),
                "bombardier",
                        sample("bombardier.json")
                                .replace("\"req2xx\":50", "\"req2xx\":0")
                                .replace("\"others\":20", "\"others\":70"),
                "gatling", sample("gatling.txt").replace("|     1,050 |        50", "|         0 |     1,100"));
        for (Map.Entry<String, String> each : refusing.entrySet()) {
            Map<String, String> facts = facts(each.getKey(), each.getValue());

            assertThat(facts).as(each.getKey()).containsEntry("load.error-rate", "100");
            assertThat(facts.keySet().stream().filter(name -> !name.startsWith("load.assertions")))
                    .as(each.getKey())
                    .containsExactlyInAnyOrder("load.requests", "load.errors", "load.error-rate");
            assertThat(read(each.getKey(), each.getValue()).measurements())
                    .as(each.getKey())
                    .allSatisfy(measurement -> assertThat(measurement.summary()).isEmpty());
        }
    }

    @Test
    void without_a_request_nothing_was_measured_and_that_is_no_evidence() throws Exception {
        Map<String, String> none = Map.of(
                "k6",
                        sample("k6.json")
                                .replace(
                                        "\"count\":100,\"rate\":10.0},\"http_req_f",
                                        "\"count\":0,\"rate\":0},\"http_req_f")
                                .replace("\"passes\":50,\"fails\":50", "\"passes\":0,\"fails\":0"),
                "vegeta",
                        "{\"latencies\":{},\"requests\":0,\"rate\":0,\"success\":0,\"status_codes\":{},\"errors\":[]}",
                "bombardier", sample("bombardier.json").replaceAll("\"(req.xx|others)\":[0-9]+", "\"$1\":0"),
                "hey", "Summary:\n  Total:\t1.0000 secs\n  Requests/sec:\t0.0000\n\nStatus code distribution:\n\n",
                "wrk",
                        sample("wrk.txt")
                                .replace("  2491 requests", "  0 requests")
                                .replaceAll("  Socket errors.*\n  Non.*\n", ""),
                "ab",
                        sample("ab.txt")
                                .replace("Complete requests:      200", "Complete requests:      0")
                                .replaceAll("(Failed requests|Non-2xx responses): +[0-9]+", "$1: 0"),
                "locust",
                        sample("locust.csv").lines().findFirst().orElseThrow()
                                + "\r\n,Aggregated,0,0,0,0.0,0,0,0.0,0.0,0.0" + ",N/A".repeat(11) + "\r\n",
                "gatling", sample("gatling.txt").replace("|     1,100 |     1,050 |        50", "| 0 | - | -"));
        none.forEach((kind, report) ->
                assertThat(refusal(kind, report)).as(kind).contains("nothing was measured, and that is no evidence"));
    }

    @Test
    void answers_and_what_got_none_are_requests_of_autocannon_which_has_no_p95() throws Exception {
        assertThat(facts("autocannon", sample("autocannon.json")))
                .containsEntry("load.requests", "100")
                .containsEntry("load.errors", "50")
                .containsEntry("load.p90", "0.02")
                .containsEntry("load.p99", "0.03")
                .doesNotContainKey("load.p95");
    }

    @Test
    void nobody_listening_is_all_errors_for_autocannon() throws Exception {
        String report =
                "{\"url\":\"http://127.0.0.1:1\",\"errors\":902,\"timeouts\":0,\"mismatches\":0,\"non2xx\":0,\"duration\":1,"
                        + "\"latency\":{\"mean\":0,\"p50\":0,\"p99\":0,\"max\":0},\"requests\":{\"total\":0,\"sent\":902},\"throughput\":{}}";

        assertThat(facts("autocannon", report))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("load.requests", "902", "load.errors", "902", "load.error-rate", "100"));
    }

    @Test
    void both_summaries_of_k6_say_the_same() throws Exception {
        String exported = "{\"root_group\":{},\"metrics\":{\"http_reqs\":{\"count\":10,\"rate\":5},"
                + "\"http_req_failed\":{\"passes\":2,\"fails\":8,\"value\":0.2,\"thresholds\":{\"rate<0.1\":true}},"
                + "\"http_req_duration\":{\"avg\":1,\"med\":1,\"max\":9,\"p(90)\":2,\"p(95)\":3,\"thresholds\":{\"p(95)<500\":false}},"
                + "\"http_req_duration{expected_response:true}\":{\"avg\":4,\"med\":4,\"max\":9,\"p(90)\":7,\"p(95)\":8}}}";
        String handled = "{\"root_group\":{},\"options\":{},\"state\":{\"testRunDurationMs\":2000},\"metrics\":{"
                + "\"http_reqs\":{\"type\":\"counter\",\"contains\":\"default\",\"values\":{\"count\":10,\"rate\":5}},"
                + "\"http_req_failed\":{\"type\":\"rate\",\"contains\":\"default\",\"values\":{\"rate\":0.2,\"passes\":2,\"fails\":8},\"thresholds\":{\"rate<0.1\":{\"ok\":false}}},"
                + "\"http_req_duration\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"avg\":1,\"med\":1,\"max\":9,\"p(90)\":2,\"p(95)\":3},\"thresholds\":{\"p(95)<500\":{\"ok\":true}}},"
                + "\"http_req_duration{expected_response:true}\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"avg\":4,\"med\":4,\"max\":9,\"p(90)\":7,\"p(95)\":8}}}}";

        assertThat(facts("k6", exported))
                .containsEntry("load.errors", "2")
                .containsEntry("load.p95", "0.008")
                .containsEntry("load.assertions", "2")
                .containsEntry("load.assertions-failed", "1")
                .isEqualTo(facts("k6", handled));
    }

    @Test
    void the_newer_summary_of_k6_says_the_same_and_tells_of_no_thresholds() throws Exception {
        String newer = sample("k6.summary.json");
        String expected = newer.replace(
                "{\"contains\":\"default\",\"name\":\"iterations\"",
                "{\"contains\":\"time\",\"name\":\"http_req_duration{expected_response:true}\",\"type\":\"trend\",\"values\":"
                        + "{\"avg\":20,\"med\":20,\"p(95)\":35}},{\"contains\":\"default\",\"name\":\"iterations\"");

        assertThat(facts("k6", newer)).isEqualTo(facts("k6", sample("k6.json")));
        assertThat(read("k6", newer).notes()).anyMatch(note -> note.contains("the exit status of k6 does"));
        assertThat(facts("k6", expected)).containsEntry("load.p95", "0.035").containsEntry("load.errors", "50");
        assertThat(facts("k6", newer.replace("\"matches\":50", "\"matches\":100")))
                .containsOnlyKeys("load.requests", "load.errors", "load.error-rate");
    }

    @Test
    void a_newer_summary_of_k6_that_contradicts_itself_or_is_of_another_version_is_refused() throws Exception {
        String newer = sample("k6.summary.json");

        assertThat(refusal("k6", newer.replace("\"total\":100", "\"total\":99")))
                .contains("99 requests");
        assertThat(refusal("k6", newer.replace("\"name\":\"iterations\"", "\"name\":\"http_reqs\"")))
                .contains("tells of http_reqs twice");
        assertThat(refusal("k6", newer.replace("\"version\":\"1.0.0\"", "\"version\":\"2.0.0\"")))
                .contains("\"2.0.0\" of k6's summary is not understood");
        assertThat(refusal("k6", newer.replace(",\"version\":\"1.0.0\"", ""))).contains("which k6 wrote it");
        assertThat(refusal("k6", newer.replace("k6Version", "toolVersion"))).contains("which k6 wrote it");
        assertThat(refusal("k6", newer.replace("\"name\":\"http_reqs\"", "\"name\":\"http_req\"")))
                .contains("nothing was measured");
        assertThat(refusal(
                        "k6",
                        newer.replace(
                                        "\"count\":100}},{\"contains\":\"default\",\"name\":\"http_req_f",
                                        "\"count\":0}},{\"contains\":\"default\",\"name\":\"http_req_f")
                                .replace(
                                        "\"matches\":50,\"rate\":0.5,\"total\":100",
                                        "\"matches\":0,\"rate\":0,\"total\":0")))
                .contains("nothing was measured, and that is no evidence");
    }

    @Test
    void a_k6_that_does_not_tell_which_requests_failed_gives_no_latency() throws Exception {
        String old = sample("k6.json").replace("\"http_req_failed\":{\"passes\":50,\"fails\":50,\"value\":0.5},", "");

        assertThat(facts("k6", old)).containsOnlyKeys("load.requests");
    }

    @Test
    void what_contradicts_itself_is_refused() throws Exception {
        assertThat(refusal("k6", sample("k6.json").replace("\"fails\":50", "\"fails\":49")))
                .contains("99 requests");
        assertThat(refusal("vegeta", sample("vegeta.json").replace("\"500\":50", "\"500\":40")))
                .contains("statuses are of 90");
        assertThat(refusal("vegeta", sample("vegeta.json").replace("\"success\":0.5", "\"success\":1")))
                .contains("50 of them good");
        assertThat(refusal("locust", sample("locust.csv").replace(",100,30,", ",100,3,")))
                .contains("this sum of 100 and 3");
        assertThat(refusal("gatling", sample("gatling.txt").replace("1,050", "1,049")))
                .contains("not all of 1100");
        assertThat(refusal("hey", sample("hey.txt").replace("  [500]\t40 responses\n", "")))
                .contains("it was cut off");
    }

    @Test
    void percentiles_that_fall_are_refused() throws Exception {
        Map<String, String> falling = Map.of(
                "k6", sample("k6.json").replace("\"p(95)\":25.0", "\"p(95)\":15.0"),
                "vegeta", sample("vegeta.json").replace("\"95th\":25000000", "\"95th\":1"),
                "hey", sample("hey.txt").replace("95%% in 0.0060", "95%% in 0.0010"),
                "wrk", sample("wrk.txt").replace("99%   13.76ms", "99%   13.76us"),
                "ab", sample("ab.txt").replace("  95%      4", "  95%      1"),
                "locust", sample("locust.csv").replace("4,5,9,20,30,30,30", "4,3,9,20,30,30,30"),
                "autocannon", sample("autocannon.json").replace("\"p97_5\":28", "\"p97_5\":2"),
                "bombardier", sample("bombardier.json").replace("\"95\":25000", "\"95\":2500"),
                "gatling", sample("gatling.txt").replace("|        80 |        81 |", "|        80 |         8 |"));
        falling.forEach(
                (kind, report) -> assertThat(refusal(kind, report)).as(kind).contains("fall"));
    }

    @ParameterizedTest
    @CsvSource({"hey, hey.txt", "wrk, wrk.txt", "ab, ab.txt", "locust, locust.csv", "gatling, gatling.txt"})
    void no_text_that_was_cut_off_at_a_line_hides_an_error(String kind, String file) throws Exception {
        String whole = sample(file);
        String errors = facts(kind, whole).get("load.errors");
        int lines = (int) whole.lines().count();
        for (int kept = 1; kept < lines; kept++) {
            String cut = whole.lines().limit(kept).collect(Collectors.joining("\n", "", "\n"));
            try {
                String still = Reports.reader(kind)
                        .read(cut.getBytes(StandardCharsets.UTF_8), "cut")
                        .facts()
                        .named("load.errors")
                        .orElseThrow()
                        .value()
                        .toPlainString();
                assertThat(still).as("%s after %d lines", file, kept).isEqualTo(errors);
            } catch (UnreadableEvidence refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void wrk_counts_what_got_no_answer_and_its_times_have_units_of_their_own() throws Exception {
        assertThat(facts("wrk", sample("wrk.txt")))
                .containsEntry("load.requests", "2514")
                .containsEntry("load.errors", "514")
                .containsEntry("load.p50", "0.00255")
                .doesNotContainKey("load.p95");
        assertThat(facts("wrk", sample("wrk.txt").replace("99%   13.76ms", "99%    1.50m")))
                .containsEntry("load.p99", "90");
        assertThat(refusal("wrk", sample("wrk.txt").replace("Non-2xx", "Non-2yx")))
                .contains("errors would stand here", "line 13");
    }

    @Test
    void wrk2_is_read_as_corrected_for_requests_that_had_to_wait() throws Exception {
        String report = """
                Running 10s test @ http://127.0.0.1:8080/
                  1 threads and 4 connections
                  Thread calibration: mean lat.: 1.067ms, rate sampling interval: 10ms
                  Thread Stats   Avg      Stdev     Max   +/- Stdev
                    Latency     1.08ms  478.00us   4.20ms   66.00%
                    Req/Sec     1.05k   100.00     1.44k    70.00%
                  Latency Distribution (HdrHistogram - Recorded Latency)
                 50.000%    1.05ms
                 90.000%    1.70ms
                 99.000%    2.50s
                100.000%    3.00s

                  Detailed Percentile spectrum:
                       Value   Percentile   TotalCount 1/(1-Percentile)

                       0.100     0.000000            1         1.00
                #[Mean    =        1.082, StdDeviation   =        0.478]
                ----------------------------------------------------------

                  Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts into account))
                 50.000%    1.00us
                 99.000%    1.00us
                ----------------------------------------------------------
                  10000 requests in 10.00s, 1.00MB read
                Requests/sec:   1000.00
                Transfer/sec:    100.00KB
                """;

        assertThat(read("wrk", report).dialect()).isEqualTo("wrk2");
        assertThat(facts("wrk", report)).containsEntry("load.p99", "2.5").containsEntry("load.p50", "0.00105");
    }

    @Test
    void the_csv_of_hey_cannot_tell_what_got_no_answer_so_no_latency_is_a_fact() throws Exception {
        String header = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";
        String report = header + "0.0012,0.0,0.0,0.0,0.001,0.0,200,0.0\n0.0001,0.0,0.0,0.0,0.0,0.0,503,0.1\n";

        assertThat(facts("hey", report)).containsOnlyKeys("load.requests");
        assertThat(read("hey", report).measurements().getFirst().samples()).containsExactly(0.0012);
        assertThat(refusal("hey", header)).contains("nothing was measured");
    }

    private static String abCsv(int requests, String beyond) {
        return "Percentage served,Time in ms\n"
                + IntStream.range(0, 100)
                        .mapToObj(row -> row + "," + (row * requests / 100 < requests - 1 ? row + ".000" : beyond))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000", "6875.123"})
    void ab_in_csv_gives_no_fact_and_its_constant_rows_are_no_measurement(String beyond) throws Exception {
        String report = abCsv(10, beyond);

        assertThat(facts("ab", report)).isEmpty();
        assertThat(read("ab", report).measurements().getFirst().summary())
                .containsEntry("p50", 0.05)
                .doesNotContainKeys("p95", "p99", "max");
        assertThat(read("ab", report).notes())
                .anySatisfy(note -> assertThat(note).contains("nothing is a fact"));
    }

    @Test
    void answers_with_another_status_are_errors_beside_those_that_ab_calls_failed() throws Exception {
        assertThat(facts("ab", sample("ab.txt"))).containsEntry("load.errors", "35");
        assertThat(refusal("ab", sample("ab.txt").replace("Non-2xx responses", "Non-2xy responses")))
                .contains("errors would stand here");
    }

    @Test
    void other_files_of_locust_are_passed_over_and_its_names_may_hold_commas() throws Exception {
        assertThat(read("locust", sample("locust.csv")).measurements())
                .extracting(each -> each.benchmark())
                .containsExactly("GET /", "GET /a, b", "Aggregated");
        assertThat(Reports.reader("locust")
                        .somethingElse("Method,Name,Error,Occurrences\n".getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
    }

    @Test
    void gatling_says_its_own_assertions_and_only_good_answers_are_latencies() throws Exception {
        assertThat(facts("gatling", sample("gatling.txt")))
                .containsEntry("load.assertions", "3")
                .containsEntry("load.assertions-failed", "2")
                .containsEntry("load.p50", "0.026");
    }

    @Test
    void the_older_table_and_the_older_file_of_gatling_say_the_same() throws Exception {
        String table = """
                Simulation shop.Cart started...
                ================================================================================
                ---- Global Information --------------------------------------------------------
                > request count                                       1100 (OK=1050   KO=50    )
                > min response time                                      1 (OK=2      KO=1     )
                > max response time                                   2000 (OK=2000   KO=3     )
                > mean response time                                    30 (OK=31     KO=1     )
                > std deviation                                         20 (OK=20     KO=1     )
                > response time 50th percentile                         25 (OK=26     KO=1     )
                > response time 75th percentile                         40 (OK=41     KO=1     )
                > response time 95th percentile                         80 (OK=81     KO=2     )
                > response time 99th percentile                        900 (OK=913    KO=3     )
                > mean requests/sec                                    220 (OK=210    KO=10    )
                ---- Response Time Distribution ------------------------------------------------
                > t < 800 ms                                          1000 ( 91%)
                ================================================================================
                """;
        StringBuilder stats = new StringBuilder(
                "{\"type\":\"GROUP\",\"name\":\"All Requests\",\"stats\":{\"name\":\"Global Information\"");
        for (String each : new String[] {
            "numberOfRequests 1100 1050 50",
            "minResponseTime 1 2 1",
            "maxResponseTime 2000 2000 3",
            "meanResponseTime 30 31 1",
            "standardDeviation 20 20 1",
            "percentiles1 25 26 1",
            "percentiles2 40 41 1",
            "percentiles3 80 81 2",
            "percentiles4 900 913 -",
            "meanNumberOfRequestsPerSecond 220 210 10"
        }) {
            String[] cells = each.split(" ", -1);
            stats.append(",\"%s\":{\"total\":\"%s\",\"ok\":\"%s\",\"ko\":\"%s\"}"
                    .formatted(cells[0], cells[1], cells[2], cells[3]));
        }
        stats.append("},\"contents\":{}}");

        assertThat(facts("gatling", table))
                .containsEntry("load.p95", "0.081")
                .containsEntry("load.rate", "210")
                .isEqualTo(facts("gatling", stats.toString()));
    }
}
