package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What {@code vegeta report -type=json} writes; times in nanoseconds, that of the run from its first request to its last. Good are the answers with a status of 200 to 399;
 * status 0 is no answer at all. The statuses must say the same as {@code success}.
 */
final class VegetaDialect implements JsonDialect {
    private static final double ROUNDING = 1e-6;
    private static final SummaryNames SUMMARY = SummaryNames.of(
            "mean", "mean", "min", "min", "max", "max", "50th", "p50", "90th", "p90", "95th", "p95", "99th", "p99");

    @Override
    public String kind() {
        return "vegeta";
    }

    @Override
    public String called() {
        return "report of vegeta";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().containsAll(List.of("latencies", "status_codes"));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    /** What was read so far. */
    private static final class Parts {
        private Map<String, Double> latency = Map.of();
        private boolean said;
        private long answers;
        private long good;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        Flat report = Flat.of(json, member -> {
            switch (member) {
                case "latencies" -> parts.latency = SUMMARY.of(Flat.of(json), Quantity.NANO);
                case "status_codes" -> statuses(json, parts);
                default -> {}
            }
        });
        long requests = report.count("requests");
        double success = report.amount("success", BigDecimal.ONE);
        long good = parts.said ? parts.good : Math.round(success * requests);
        if ((parts.said && parts.answers != requests)
                || Math.abs(success * requests - good) > ROUNDING * requests + ROUNDING) {
            throw report.refused("It tells of %d requests, %s of them good, but its statuses are of %d, %d of them good"
                    .formatted(requests, success, parts.answers, parts.good));
        }
        OptionalDouble rate = report.find("rate", BigDecimal.ONE);
        OptionalDouble seconds = report.find("duration", Quantity.NANO);
        return report.load("vegeta", requests, OptionalLong.of(requests - good), rate, parts.latency, seconds)
                .reading("vegeta", List.of());
    }

    private static void statuses(ReportJson json, Parts parts) throws UnreadableEvidence {
        parts.said = true;
        for (String code = json.first(); code != null; code = json.following()) {
            long count = json.count();
            parts.answers += count;
            parts.good += isGood(code) ? count : 0;
        }
    }

    private static boolean isGood(String code) {
        return code.length() == 3 && (code.charAt(0) == '2' || code.charAt(0) == '3');
    }
}
