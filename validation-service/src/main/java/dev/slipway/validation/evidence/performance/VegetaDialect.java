package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
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
    private static final Map<String, String> SUMMARY = Map.of(
            "mean", "mean", "min", "min", "50th", "p50", "90th", "p90", "95th", "p95", "99th", "p99", "max", "max");

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

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Map<String, Double> latency = new LinkedHashMap<>();
        long[] statuses = {0, 0};
        boolean[] said = {false};
        Flat report = Flat.of(json, member -> {
            switch (member) {
                case "latencies" -> latency.putAll(Flat.of(json).summary(SUMMARY, Quantity.NANO));
                case "status_codes" -> {
                    said[0] = true;
                    json.members(code -> {
                        long count = json.count();
                        statuses[0] += count;
                        statuses[1] += isGood(code) ? count : 0;
                    });
                }
                default -> {}
            }
        });
        long requests = report.count("requests");
        double success = report.amount("success", BigDecimal.ONE);
        long good = said[0] ? statuses[1] : Math.round(success * requests);
        if ((said[0] && statuses[0] != requests)
                || Math.abs(success * requests - good) > ROUNDING * requests + ROUNDING) {
            throw report.refused("It tells of %d requests, %s of them good, but its statuses are of %d, %d of them good"
                    .formatted(requests, success, statuses[0], statuses[1]));
        }
        OptionalDouble rate = report.find("rate", BigDecimal.ONE);
        return report.load("vegeta", requests, OptionalLong.of(requests - good), rate, latency)
                .lasting(report.find("duration", Quantity.NANO))
                .reading("vegeta", List.of());
    }

    private static boolean isGood(String code) {
        return code.length() == 3 && (code.charAt(0) == '2' || code.charAt(0) == '3');
    }
}
