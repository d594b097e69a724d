package dev.slipway.validation.arrival;

import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.validation.arrival.Fetching.Fetched;
import dev.slipway.validation.assessment.MetricsServers;
import dev.slipway.validation.rule.Reading;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks servers with Prometheus' HTTP API for the value of a query now ({@code GET /api/v1/query}), at hosts that the
 * administrator allows, as for what was published. Of an instant query Prometheus says when it was evaluated, and not when the
 * value was measured; so {@code timestamp(QUERY)} is asked as well, which says that of a plain series. The older one counts.
 */
public final class PrometheusApi implements MetricsServers {
    private static final int OK = 200;
    private static final double MILLIS = 1_000;

    private final Fetching fetching;
    private final JsonMapper json;
    private final InstantSource clock;

    public PrometheusApi(Fetching fetching, JsonMapper json, InstantSource clock) {
        this.fetching = fetching;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Reading> ask(Querying querying) throws InterruptedException {
        List<Reading> readings = new ArrayList<>();
        for (MetricQuery query : querying.queries()) {
            readings.add(ask(query));
        }
        return readings;
    }

    private Reading ask(MetricQuery query) throws InterruptedException {
        Instant asked = clock.instant();
        Reading reading = ask(query.at(), query.query(), asked);
        Instant of = reading.of();
        Double value = reading.value();
        if (of == null || value == null) {
            return reading;
        }
        Double measured =
                ask(query.at(), "timestamp(" + query.query() + ")", asked).value();
        Instant at = measured == null ? of : instant(measured, of);
        return Reading.of(value, at.isBefore(of) ? at : of, asked);
    }

    private Reading ask(String server, String query, Instant asked) throws InterruptedException {
        String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        URI address = URI.create(base + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return switch (fetching.get(address, Map.of("Accept", "application/json"))) {
            case Fetched.Untold(String why) -> Reading.nothing(why, asked);
            case Fetched.Answer answer -> read(answer, asked);
        };
    }

    private Reading read(Fetched.Answer answer, Instant asked) {
        if (answer.body().bytes() > answer.body().beginning().length) {
            return Reading.nothing(
                    "the answer has more than %,d bytes".formatted(answer.body().beginning().length), asked);
        }
        JsonNode tree;
        try {
            tree = json.readTree(answer.body().beginning());
        } catch (JacksonException noJson) {
            return Reading.nothing("the answer %d is no JSON".formatted(answer.status()), asked);
        }
        if (answer.status() != OK || !tree.path("status").asString("").equals("success")) {
            String said = tree.path("error").asString("");
            return Reading.nothing(
                    "it answered %d%s".formatted(answer.status(), said.isEmpty() ? "" : ": " + said), asked);
        }
        return value(tree.path("data"), asked);
    }

    private static Reading value(JsonNode data, Instant asked) {
        String type = data.path("resultType").asString("");
        JsonNode result = data.path("result");
        if (type.equals("scalar")) {
            return value(result.path(0), result.path(1), asked);
        }
        if (!type.equals("vector")) {
            return Reading.nothing(
                    "it gives no number of now, but " + (type.isEmpty() ? "nothing" : "a " + type), asked);
        }
        if (result.size() != 1) {
            return Reading.nothing(
                    result.isEmpty()
                            ? "there is no such series"
                            : "it gives %d series, and has to give one: sum them, or say which"
                                    .formatted(result.size()),
                    asked);
        }
        JsonNode pair = result.get(0).path("value");
        return value(pair.path(0), pair.path(1), asked);
    }

    private static Reading value(JsonNode at, JsonNode written, Instant asked) {
        double value;
        try {
            value = Double.parseDouble(written.asString(""));
        } catch (NumberFormatException noNumber) {
            return Reading.nothing("its value is no number", asked);
        }
        return at.isNumber() && Double.isFinite(value)
                ? Reading.of(value, instant(at.doubleValue(), asked), asked)
                : Reading.nothing("its value is no number", asked);
    }

    /** A time in seconds; one that cannot be is as good as none. */
    private static Instant instant(double seconds, Instant otherwise) {
        try {
            return Instant.ofEpochMilli(Math.round(seconds * MILLIS));
        } catch (DateTimeException | ArithmeticException strange) {
            return otherwise;
        }
    }
}
