package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code js/stats.json} or {@code js/global_stats.json}, as Gatling wrote them before 3.14; milliseconds. Only the numbers of
 * requests that were answered well (column {@code ok}) are latencies. Which percentiles stand there was configured; they are
 * read as Gatling's own 50, 75, 95 and 99, on record. For how long the run went on it does not say: what Gatling prints does.
 */
final class GatlingStatsDialect implements JsonDialect {
    static final String PERCENTILES =
            "Percentiles are read as Gatling's default 50, 75, 95 and 99: the file does not say";

    @Override
    public String kind() {
        return "gatling";
    }

    @Override
    public String called() {
        return "output or stats.json of Gatling";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list()
                && (beginning.members().keySet().containsAll(List.of("stats", "contents"))
                        || beginning.members().keySet().containsAll(List.of("numberOfRequests", "percentiles1")));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.knownWithAssertions();
    }

    /** What was read so far. */
    private static final class Parts {
        private final Map<String, Double> latency = new HashMap<>();
        private double rate = Double.NaN;
        private @Nullable Flat count;

        private void latency(String name, Flat columns) throws UnreadableEvidence {
            double ok = measured(columns, "ok", Quantity.MILLI);
            if (Double.isNaN(ok)) {
                latency.remove(name);
            } else {
                latency.put(name, ok);
            }
        }
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        for (String member = json.first(); member != null; member = json.following()) {
            if (member.equals("stats")) {
                for (String each = json.first(); each != null; each = json.following()) {
                    take(json, each, parts);
                }
            } else {
                take(json, member, parts);
            }
        }
        Flat count = parts.count;
        if (count == null) {
            throw json.error("\"numberOfRequests\" is missing");
        }
        long requests = whole(count, "total");
        long failed = whole(count, "ko");
        if (whole(count, "ok") + failed != requests) {
            throw count.refused("OK and KO are not all of %d requests".formatted(requests));
        }
        if (Quantity.falls(parts.latency)) {
            throw json.error("The percentiles here fall, so none of them can be believed");
        }
        OptionalDouble rate = Double.isNaN(parts.rate) ? OptionalDouble.empty() : OptionalDouble.of(parts.rate);
        return count.load("Global Information", requests, OptionalLong.of(failed), rate, parts.latency)
                .reading("Gatling", List.of(PERCENTILES));
    }

    private static void take(ReportJson json, String name, Parts parts) throws UnreadableEvidence {
        if (!json.isObject()) {
            return;
        }
        switch (name) {
            case "numberOfRequests" -> parts.count = Flat.of(json);
            case "meanNumberOfRequestsPerSecond" -> parts.rate = measured(Flat.of(json), "total", BigDecimal.ONE);
            case "minResponseTime" -> parts.latency("min", Flat.of(json));
            case "maxResponseTime" -> parts.latency("max", Flat.of(json));
            case "meanResponseTime" -> parts.latency("mean", Flat.of(json));
            case "standardDeviation" -> parts.latency("stddev", Flat.of(json));
            case "percentiles1" -> parts.latency("p50", Flat.of(json));
            case "percentiles2" -> parts.latency("p75", Flat.of(json));
            case "percentiles3" -> parts.latency("p95", Flat.of(json));
            case "percentiles4" -> parts.latency("p99", Flat.of(json));
            default -> {}
        }
    }

    /** What is no number where nothing is said that anybody could measure. Older versions write numbers as texts, and {@code -} for none. */
    private static double measured(Flat columns, String name, BigDecimal factor) throws UnreadableEvidence {
        String text = columns.findText(name);
        return text == null
                ? columns.measuredOrNone(name, factor)
                : Quantity.parse(text)
                        .flatMap(value -> Quantity.of(value, factor))
                        .orElse(Double.NaN);
    }

    private static long whole(Flat columns, String name) throws UnreadableEvidence {
        String text = columns.findText(name);
        BigDecimal number =
                text == null ? columns.findNumber(name) : Quantity.parse(text).orElse(null);
        try {
            if (number != null && number.signum() >= 0) {
                return number.longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // said below
        }
        throw columns.refused("\"%s\" is no whole number of requests".formatted(name));
    }
}
