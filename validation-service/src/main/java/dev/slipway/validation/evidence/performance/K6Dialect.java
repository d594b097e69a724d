package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.XmlPull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The summary of a k6 run: as {@code --summary-export} writes it (numbers beside each other in a metric), as {@code
 * handleSummary} is given it (numbers in {@code values}), or either of them since 1.5 with {@code
 * --new-machine-readable-summary} (a list of metrics with names, in {@code results}; its schema 1). Times are in milliseconds.
 * The first form says no time of the run, but its rates are of the whole run.
 *
 * <p>{@code http_req_failed} counts failures as {@code passes}: k6 counts how often the metric was true. The latency of
 * answers that were expected is a metric of its own, and where it is there it is what counts: refusals are fast. Without
 * {@code http_req_failed} (before 0.31) nobody can tell the share of errors, so no latency is a fact. A threshold that was
 * broken is {@code true} in the first form and {@code {"ok": false}} in the second; the third tells of none, and says {@code
 * matches} of {@code total} where the others say passes and fails.
 */
final class K6Dialect implements JsonDialect {
    private static final String DURATION = "http_req_duration";
    private static final String EXPECTED = "http_req_duration{expected_response:true}";
    private static final String FAILED = "http_req_failed";
    private static final String REQUESTS = "http_reqs";
    private static final Set<String> COUNTING = Set.of(DURATION, EXPECTED, FAILED, REQUESTS);
    private static final String SCHEMA = "1.";
    private static final SummaryNames SUMMARY = SummaryNames.of(
            "avg", "mean", "min", "min", "max", "max", "med", "p50", "p(90)", "p90", "p(95)", "p95", "p(99)", "p99",
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
        Set<String> members = beginning.members().keySet();
        return !beginning.list()
                && (members.containsAll(List.of("root_group", "metrics"))
                        || members.containsAll(List.of("config", "metadata", "results")));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.knownWithAssertions();
    }

    /** What was read so far. */
    private static final class Parts {
        private final Map<String, Flat> metrics = new HashMap<>();
        private OptionalDouble seconds = OptionalDouble.empty();
        private boolean listed;
        private boolean known;
        private boolean versioned;
        private long thresholds;
        private long broken;

        private void add(String metric, Flat values) throws UnreadableEvidence {
            if (COUNTING.contains(metric) && metrics.put(metric, values) != null) {
                throw values.refused("It tells of %s twice".formatted(metric));
            }
        }
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        json.members(member -> {
            switch (member) {
                case "metrics" -> json.members(metric -> parts.add(metric, metric(json, parts)));
                case "config" -> parts.seconds = Flat.of(json).find("duration", BigDecimal.ONE);
                case "state" -> {
                    if (json.isObject()) {
                        parts.seconds = Flat.of(json).find("testRunDurationMs", Quantity.MILLI);
                    }
                }
                case "metadata" -> parts.known = Flat.of(json).has("k6Version");
                case "version" -> parts.versioned = isUnderstood(json);
                case "results" -> results(json, parts);
                default -> {
                    // options, root_group, ...
                }
            }
        });
        if (parts.listed && !(parts.known && parts.versioned)) {
            throw json.error("It does not say which k6 wrote it, and by which version of its summary");
        }
        Flat requests = parts.metrics.get(REQUESTS);
        if (requests == null) {
            throw json.error("It tells of no HTTP request: nothing was measured, and that is no evidence");
        }
        return reading(parts, requests);
    }

    private static boolean isUnderstood(ReportJson json) throws UnreadableEvidence {
        String said = json.text();
        if (!said.startsWith(SCHEMA)) {
            throw json.error("Version %s of k6's summary is not understood".formatted(XmlPull.brief(said)));
        }
        return true;
    }

    private static void results(ReportJson json, Parts parts) throws UnreadableEvidence {
        json.members(member -> {
            if (member.equals("metrics")) {
                parts.listed = true;
                json.elements(() -> {
                    Flat[] values = {null};
                    Flat metric = Flat.of(json, inner -> {
                        if (inner.equals("values")) {
                            values[0] = Flat.of(json);
                        }
                    });
                    parts.add(metric.text("name"), values[0] == null ? metric : values[0]);
                });
            }
        });
    }

    private static Reading reading(Parts parts, Flat requests) throws UnreadableEvidence {
        long count = requests.count("count");
        OptionalLong errors = errors(parts, count);
        Flat expected = parts.metrics.get(EXPECTED);
        Flat duration = expected == null ? parts.metrics.get(DURATION) : expected;
        Map<String, Double> latency = duration == null ? Map.of() : SUMMARY.of(duration, Quantity.MILLI);
        List<String> notes = new ArrayList<>();
        if (errors.isEmpty()) {
            notes.add("It does not tell which requests failed: no latency is a fact");
        } else if (expected == null && errors.getAsLong() > 0) {
            notes.add("Latencies are of all answers, those that failed among them");
        }
        if (parts.listed) {
            notes.add("It does not tell whether thresholds were broken: the exit status of k6 does");
        }
        OptionalDouble rate = rate(parts, requests, count);
        LoadResult result = requests.load("http_reqs", count, errors, rate, latency);
        List<Fact> assertions = parts.thresholds == 0
                ? List.of()
                : List.of(
                        Fact.count("load.assertions", parts.thresholds),
                        Fact.count("load.assertions-failed", parts.broken));
        LoadResult timed = parts.seconds.isPresent() ? result.lasting(parts.seconds) : result.lastingByItsRate();
        return timed.reading("k6", notes, assertions, List.of(result.measurement()));
    }

    private static OptionalDouble rate(Parts parts, Flat requests, long count) throws UnreadableEvidence {
        boolean timed = parts.seconds.isPresent() && parts.seconds.getAsDouble() > 0;
        return requests.has("rate") || !timed
                ? requests.find("rate", BigDecimal.ONE)
                : OptionalDouble.of(count / parts.seconds.getAsDouble());
    }

    private static OptionalLong errors(Parts parts, long requests) throws UnreadableEvidence {
        Flat failed = parts.metrics.get(FAILED);
        if (failed == null) {
            return OptionalLong.empty();
        }
        long yes = failed.count(parts.listed ? "matches" : "passes");
        long all = parts.listed ? failed.count("total") : yes + failed.count("fails");
        if (all != requests) {
            throw failed.refused("http_req_failed tells of %d requests, http_reqs of %d".formatted(all, requests));
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
                        boolean isBroken = json.isObject() ? !Flat.of(json).isTrue("ok") : json.flag();
                        parts.broken += isBroken ? 1 : 0;
                    });
                default -> {}
            }
        });
        return values[0] == null ? outer : values[0];
    }
}
