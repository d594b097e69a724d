package dev.slipway.validation.evidence.performance;

import static dev.slipway.validation.evidence.performance.Reports.facts;
import static dev.slipway.validation.evidence.performance.Reports.read;
import static dev.slipway.validation.evidence.performance.Reports.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What bombardier wrote, on reports of our own making. */
final class BombardierReportsTest {
    private static String report(String counts, String latency) {
        return """
                {"spec":{"numberOfConnections":2,"testType":"timed","testDurationSeconds":5,"method":"GET",
                 "url":"http://127.0.0.1:1/shop","headers":[{"key":"A","value":"b"}],"timeoutSeconds":2,"client":"net/http.v1"},
                 "result":{"bytesRead":1,"bytesWritten":1,"timeTakenSeconds":5.0,%s%s}}
                """.formatted(counts, latency);
    }

    private static final String GOOD =
            "\"req1xx\":0,\"req2xx\":80,\"req3xx\":10,\"req4xx\":5,\"req5xx\":3,\"others\":2";
    private static final String LATENCY =
            ",\"latency\":{\"mean\":1500.5,\"stddev\":20.25,\"max\":9000,\"percentiles\":{\"50\":1400,\"75\":1600,\"90\":2000,\"99\":8000}}";

    @Test
    void times_are_microseconds_and_redirects_are_answers() throws Exception {
        assertThat(facts("bombardier", report(GOOD, LATENCY)))
                .containsEntry("load.requests", "100")
                .containsEntry("load.errors", "10")
                .containsEntry("load.error-rate", "10")
                .containsEntry("load.rate", "18")
                .containsEntry("load.mean", "0.0015005")
                .containsEntry("load.p50", "0.0014")
                .containsEntry("load.p99", "0.008")
                .containsEntry("load.max", "0.009")
                .doesNotContainKey("load.p95");
        assertThat(read("bombardier", report(GOOD, LATENCY))
                        .measurements()
                        .getFirst()
                        .benchmark())
                .isEqualTo("http://127.0.0.1:1/shop");
    }

    /** It ends with 0, in no time and at the top of its speed: {@code others} alone tells. */
    @Test
    void nobody_listening_is_all_errors_and_no_latency() throws Exception {
        String refused = "\"req1xx\":0,\"req2xx\":0,\"req3xx\":0,\"req4xx\":0,\"req5xx\":0,\"others\":900,"
                + "\"errors\":[{\"description\":\"dial tcp: connection refused\",\"count\":900}]";

        assertThat(facts("bombardier", report(refused, LATENCY)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("load.requests", "900", "load.errors", "900", "load.error-rate", "100"));
    }

    @Test
    void errors_beside_answers_count_where_they_are_more() throws Exception {
        String errors =
                ",\"errors\":[{\"description\":\"unexpected EOF\",\"count\":20},{\"description\":\"x\",\"count\":5}]";

        assertThat(facts("bombardier", report(GOOD + errors, LATENCY))).containsEntry("load.errors", "25");
        assertThat(refusal("bombardier", report(GOOD + errors.replace(":20", ":96"), LATENCY)))
                .contains("It tells of 101 errors among 100 requests");
    }

    @Test
    void without_percentiles_it_says_how_to_get_them() throws Exception {
        String plain = report(GOOD, ",\"latency\":{\"mean\":1500.5,\"stddev\":20.25,\"max\":9000}");

        assertThat(facts("bombardier", plain))
                .containsEntry("load.mean", "0.0015005")
                .doesNotContainKeys("load.p50", "load.p99");
        assertThat(read("bombardier", plain).notes())
                .containsExactly("it holds no percentiles; bombardier writes them with -l (--latencies)");
        assertThat(read("bombardier", report(GOOD, LATENCY)).notes()).isEmpty();
    }

    @Test
    void a_count_that_is_missing_is_no_zero() {
        assertThat(refusal("bombardier", report(GOOD.replace("\"others\"", "\"other\""), LATENCY)))
                .contains("\"others\" is missing here or is no number");
        assertThat(refusal("bombardier", "{\"spec\":{},\"result\":null}")).contains("\"result\" is missing");
    }
}
