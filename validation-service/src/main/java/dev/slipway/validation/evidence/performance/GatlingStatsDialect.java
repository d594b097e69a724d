package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * {@code js/stats.json} or {@code js/global_stats.json}, as Gatling wrote them before 3.14; milliseconds. Only the numbers of
 * requests that were answered well (column {@code ok}) are latencies. Which percentiles stand there was configured; they are
 * read as Gatling's own 50, 75, 95 and 99, on record. For how long the run went on it does not say: what Gatling prints does.
 */
final class GatlingStatsDialect implements JsonDialect {
    static final String PERCENTILES =
            "Percentiles are read as Gatling's default 50, 75, 95 and 99: the file does not say";

    private static final Map<String, String> SUMMARY = Map.of(
            "minResponseTime", "min",
            "maxResponseTime", "max",
            "meanResponseTime", "mean",
            "standardDeviation", "stddev",
            "percentiles1", "p50",
            "percentiles2", "p75",
            "percentiles3", "p95",
            "percentiles4", "p99");

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

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Map<String, Flat> stats = new HashMap<>();
        json.members(member -> {
            if (member.equals("stats")) {
                json.members(each -> take(json, each, stats));
            } else {
                take(json, member, stats);
            }
        });
        Flat count = stats.get("numberOfRequests");
        if (count == null) {
            throw json.error("\"numberOfRequests\" is missing");
        }
        long requests = whole(count, "total");
        long failed = whole(count, "ko");
        if (whole(count, "ok") + failed != requests) {
            throw count.refused("OK and KO are not all of %d requests".formatted(requests));
        }
        Map<String, Double> latency = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : SUMMARY.entrySet()) {
            Flat columns = stats.get(each.getKey());
            if (columns != null) {
                number(columns, "ok")
                        .flatMap(value -> Quantity.of(value, Quantity.MILLI))
                        .ifPresent(value -> latency.put(each.getValue(), value));
            }
        }
        if (Quantity.falls(latency)) {
            throw json.error("The percentiles here fall, so none of them can be believed");
        }
        OptionalDouble rate = Optional.ofNullable(stats.get("meanNumberOfRequestsPerSecond"))
                .flatMap(columns -> number(columns, "total"))
                .flatMap(value -> Quantity.of(value, BigDecimal.ONE))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
        return count.load("Global Information", requests, OptionalLong.of(failed), rate, latency)
                .reading("Gatling", List.of(PERCENTILES));
    }

    private static void take(ReportJson json, String name, Map<String, Flat> stats) throws UnreadableEvidence {
        if (json.isObject()
                && (SUMMARY.containsKey(name)
                        || name.equals("numberOfRequests")
                        || name.equals("meanNumberOfRequestsPerSecond"))) {
            stats.put(name, Flat.of(json));
        }
    }

    private static long whole(Flat columns, String name) throws UnreadableEvidence {
        Optional<BigDecimal> number = number(columns, name);
        try {
            if (number.isPresent() && number.get().signum() >= 0) {
                return number.get().longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // said below
        }
        throw columns.refused("\"%s\" is no whole number of requests".formatted(name));
    }

    /** Older versions write numbers as texts, and {@code -} for none. */
    private static Optional<BigDecimal> number(Flat columns, String name) {
        String text = columns.findText(name);
        return text == null ? Optional.ofNullable(columns.findNumber(name)) : Quantity.parse(text);
    }
}
