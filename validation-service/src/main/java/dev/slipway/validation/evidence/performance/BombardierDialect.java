package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bombardier -p r -o json} writes; times in microseconds. Good are the answers with a status of 200 to 399. What
 * got no answer is among {@code others}, and its times are among the latencies: bombardier ends with 0 and a latency near 0
 * where nobody listens. Percentiles stand there with {@code -l} alone, in older versions without the 95th.
 */
final class BombardierDialect implements JsonDialect {
    private static final String SPEC = "spec";
    private static final String RESULT = "result";
    private static final SummaryNames SUMMARY = SummaryNames.of("mean", "mean", "stddev", "stddev", "max", "max");
    private static final SummaryNames PERCENTILES =
            SummaryNames.of("50", "p50", "75", "p75", "90", "p90", "95", "p95", "99", "p99");

    @Override
    public String kind() {
        return "bombardier";
    }

    @Override
    public String called() {
        return "result of bombardier";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().equals(Set.of(SPEC, RESULT));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    /** What was read so far. */
    private static final class Parts {
        private final List<Map.Entry<String, Double>> latency = new ArrayList<>();
        private boolean percentiles;
        private long told;
        private String url = "bombardier";
        private @Nullable Flat result;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        Flat report = Flat.of(json, member -> {
            switch (member) {
                case SPEC -> parts.url = Flat.of(json).textOr("url", parts.url);
                case RESULT -> parts.result = Flat.of(json, part -> part(json, part, parts));
                default -> {}
            }
        });
        Flat result = parts.result;
        if (result == null) {
            throw report.refused("\"result\" is missing");
        }
        long good = result.count("req2xx") + result.count("req3xx");
        long requests = good
                + result.count("req1xx")
                + result.count("req4xx")
                + result.count("req5xx")
                + result.count("others");
        OptionalDouble seconds = result.find("timeTakenSeconds", BigDecimal.ONE);
        OptionalDouble rate = seconds.isPresent() && seconds.getAsDouble() > 0
                ? OptionalDouble.of(requests / seconds.getAsDouble())
                : OptionalDouble.empty();
        return result.load(
                        Benchmarks.shown(parts.url),
                        requests,
                        OptionalLong.of(Math.max(requests - good, parts.told)),
                        rate,
                        SummaryNames.map(parts.latency),
                        seconds)
                .reading("bombardier", notes(parts));
    }

    private static void part(ReportJson json, String part, Parts parts) throws UnreadableEvidence {
        switch (part) {
            case "errors" ->
                json.elements(() ->
                        parts.told = Math.addExact(parts.told, Flat.of(json).count("count")));
            case "latency" ->
                SUMMARY.add(
                        Flat.of(json, within -> {
                            if (within.equals("percentiles")) {
                                int before = parts.latency.size();
                                PERCENTILES.add(Flat.of(json), Quantity.MICRO, parts.latency);
                                parts.percentiles = parts.latency.size() > before;
                            }
                        }),
                        Quantity.MICRO,
                        parts.latency);
            default -> {}
        }
    }

    private static List<String> notes(Parts parts) {
        return !parts.percentiles
                ? List.of("it holds no percentiles; bombardier writes them with -l (--latencies)")
                : List.of();
    }
}
