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
import org.jspecify.annotations.Nullable;

/**
 * What {@code autocannon --json} writes; times in milliseconds. It has no 95th percentile (p90, p97.5, p99), and ends with 0
 * whatever was answered: where nobody listens all latencies are 0 and {@code errors} alone tells. Errors (time-outs among
 * them) stand beside the answers; what was no 2xx or not as expected stands among them.
 */
final class AutocannonDialect implements JsonDialect {
    private static final SummaryNames SUMMARY = SummaryNames.of(
            "mean", "mean", "stddev", "stddev", "min", "min", "max", "max", "p50", "p50", "p75", "p75", "p90", "p90",
            "p97_5", "p97.5", "p99", "p99", "p99_9", "p99.9");

    @Override
    public String kind() {
        return "autocannon";
    }

    @Override
    public String called() {
        return "result of autocannon";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list()
                && beginning.members().keySet().containsAll(List.of("latency", "requests", "throughput", "non2xx"));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    /** What was read so far. */
    private static final class Parts {
        private Map<String, Double> latency = Map.of();
        private @Nullable Flat requests;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        Flat report = Flat.of(json, member -> {
            switch (member) {
                case "latency" -> parts.latency = SUMMARY.of(Flat.ofMany(json), Quantity.MILLI);
                case "requests" -> parts.requests = json.isObject() ? Flat.of(json) : null;
                default -> {}
            }
        });
        if (parts.requests == null) {
            throw report.refused("\"requests\" is missing");
        }
        long answers = parts.requests.count("total");
        long unanswered = report.count("errors");
        long bad = report.count("non2xx") + (report.has("mismatches") ? report.count("mismatches") : 0);
        if (bad < 0 || report.count("non2xx") > answers) {
            throw report.refused("It tells of %d answers and of more that were no 2xx".formatted(answers));
        }
        OptionalDouble seconds = report.find("duration", BigDecimal.ONE);
        OptionalDouble rate = seconds.isPresent() && seconds.getAsDouble() > 0
                ? OptionalDouble.of((answers + unanswered) / seconds.getAsDouble())
                : OptionalDouble.empty();
        String url = report.textOr("url", "autocannon");
        return report.load(
                        Benchmarks.shown(url),
                        Math.addExact(answers, unanswered),
                        OptionalLong.of(unanswered + Math.min(bad, answers)),
                        rate,
                        parts.latency,
                        seconds)
                .reading("autocannon", List.of());
    }
}
