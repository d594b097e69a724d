package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The summary of a k6 run: as {@code --summary-export} writes it (numbers beside each other in a metric), or as {@code
 * handleSummary} is given it (numbers in {@code values}). Times are in milliseconds.
 *
 * <p>{@code http_req_failed} counts failures as {@code passes}: k6 counts how often the metric was true. The latency of
 * answers that were expected is a metric of its own, and where it is there it is what counts: refusals are fast. Without
 * {@code http_req_failed} (before 0.31) nobody can tell the share of errors, so no latency is a fact. A threshold that was
 * broken is {@code true} in the first form and {@code {"ok": false}} in the second.
 */
final class K6Dialect implements JsonDialect {
    private static final String DURATION = "http_req_duration";
    private static final String EXPECTED = "http_req_duration{expected_response:true}";
    private static final String FAILED = "http_req_failed";
    private static final String REQUESTS = "http_reqs";
    private static final Map<String, String> SUMMARY = Map.of(
            "avg", "mean",
            "min", "min",
            "med", "p50",
            "max", "max",
            "p(90)", "p90",
            "p(95)", "p95",
            "p(99)", "p99",
            "p(99.9)", "p99.9");

    @Override
    public String kind() {
        return "k6";
    }

    @Override
    public String called() {
        return "summary of a k6 run";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().containsAll(List.of("root_group", "metrics"));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.knownWithAssertions();
    }

    /** What was read so far. */
    private static final class Parts {
        private final Map<String, Flat> metrics = new HashMap<>();
        private long thresholds;
        private long broken;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        json.members(member -> {
            if (member.equals("metrics")) {
                json.members(metric -> {
                    Flat values = metric(json, parts);
                    if (List.of(DURATION, EXPECTED, FAILED, REQUESTS).contains(metric)) {
                        parts.metrics.put(metric, values);
                    }
                });
            }
        });
        Flat requests = parts.metrics.get(REQUESTS);
        if (requests == null) {
            throw json.error("It tells of no HTTP request: nothing was measured, and that is no evidence");
        }
        return reading(parts, requests);
    }

    private static Reading reading(Parts parts, Flat requests) throws UnreadableEvidence {
        long count = requests.count("count");
        OptionalLong errors = errors(parts, count);
        Flat expected = parts.metrics.get(EXPECTED);
        Flat duration = expected == null ? parts.metrics.get(DURATION) : expected;
        Map<String, Double> latency = duration == null ? Map.of() : duration.summary(SUMMARY, Quantity.MILLI);
        List<String> notes = new ArrayList<>();
        if (errors.isEmpty()) {
            notes.add("It does not tell which requests failed: no latency is a fact");
        } else if (expected == null && errors.getAsLong() > 0) {
            notes.add("Latencies are of all answers, those that failed among them");
        }
        OptionalDouble rate = requests.find("rate", BigDecimal.ONE);
        LoadResult result = requests.load("http_reqs", count, errors, rate, latency);
        List<Fact> assertions = parts.thresholds == 0
                ? List.of()
                : List.of(
                        Fact.count("load.assertions", parts.thresholds),
                        Fact.count("load.assertions-failed", parts.broken));
        return result.reading("k6", notes, assertions, List.of(result.measurement()));
    }

    private static OptionalLong errors(Parts parts, long requests) throws UnreadableEvidence {
        Flat failed = parts.metrics.get(FAILED);
        if (failed == null) {
            return OptionalLong.empty();
        }
        long yes = failed.count("passes");
        if (yes + failed.count("fails") != requests) {
            throw failed.refused("http_req_failed tells of %d requests, http_reqs of %d"
                    .formatted(yes + failed.count("fails"), requests));
        }
        return OptionalLong.of(yes);
    }

    private static Flat metric(ReportJson json, Parts parts) throws UnreadableEvidence {
        Flat[] values = {null};
        Flat outer = Flat.of(json, member -> {
            switch (member) {
                case "values" -> values[0] = Flat.of(json);
                case "thresholds" ->
                    json.members(_ -> {
                        parts.thresholds++;
                        boolean isBroken =
                                json.isObject() ? !Flat.of(json).flag("ok").orElse(false) : json.flag();
                        parts.broken += isBroken ? 1 : 0;
                    });
                default -> {}
            }
        });
        return values[0] == null ? outer : values[0];
    }
}
