package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks for metrics as Prometheus 2.42 (Debian 12) does, which prefers OpenMetrics and knows exemplars only at counters and at
 * buckets of histograms: one line that it cannot read, and it takes nothing of a service.
 */
final class OlderPrometheus {
    /** What only this service measures, by its name. */
    static final Map<String, String> SERVICES = Map.of(
            "gateway", "slipway_gateway_intake_total",
            "release-service", "slipway_releases_ended_total",
            "validation-service", "slipway_gates_total",
            "deployment-service", "slipway_version_ready",
            "notification-service", "slipway_deliveries_total");

    private static final String ACCEPTS =
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private static final String EXEMPLAR = " # {";
    private static final Pattern WITH_EXEMPLAR = Pattern.compile("[a-z0-9_]+(_total|_bucket)[{ ].*");
    private static final Pattern SAMPLE =
            Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*\\})? (NaN|[+-]Inf|[0-9.eE+-]+)( # \\{.*)?");

    private final String token;

    /** @param token of a viewer */
    OlderPrometheus(String token) {
        this.token = token;
    }

    /** Fails where a service does not answer so that it can be read. */
    void reads(String service, int port) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try (HttpClient client = HttpClient.newHttpClient()) {
            answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(port)))
                            .header("Authorization", "Bearer " + token)
                            .header("Accept", ACCEPTS)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).as(service).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(service)
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text;version=1.0.0"));
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.getLast()).as("%s is told to the end", service).isEqualTo("# EOF");
        assertThat(lines)
                .as(service)
                .anyMatch(line -> line.startsWith(String.valueOf(SERVICES.get(service))))
                .allMatch(line -> line.startsWith("# ") || SAMPLE.matcher(line).matches());
        assertThat(lines)
                .as(service)
                .filteredOn(line -> !line.startsWith("# ") && line.contains(EXEMPLAR))
                .allMatch(line -> WITH_EXEMPLAR.matcher(line).matches());
    }
}
