package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What JMH writes with {@code -rf json}. A result is known by benchmark, mode and parameters; its raw data are the samples.
 * Throughput is better when higher, every time when lower. JMH's percentiles are those of iterations, not of calls, unless
 * the mode is {@code sample}: only then is a p95 said. Of one iteration JMH says {@code "NaN"} for the error; the score is
 * there all the same. A benchmark that throws is left out, and JMH ends with 0: demand {@code benchmark.count}.
 */
final class JmhDialect implements JsonDialect {
    private static final Map<String, String> PERCENTILES =
            Map.of("50.0", "p50", "90.0", "p90", "95.0", "p95", "99.0", "p99", "99.9", "p99.9", "99.99", "p99.99");

    @Override
    public String kind() {
        return "jmh";
    }

    @Override
    public String called() {
        return "JMH result";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return beginning.list() && beginning.members().keySet().containsAll(List.of("benchmark", "mode"));
    }

    @Override
    public List<KnownFact> facts() {
        return Benchmarks.known();
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Pass pass = new Pass(json);
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            pass.result();
        }
        if (pass.benchmarks.isEmpty()) {
            throw json.error("It holds no result: nothing was measured, and that is no evidence");
        }
        return pass.benchmarks.reading("JMH", OptionalLong.empty());
    }

    /** A metric of a result. */
    private record Metric(
            Flat score, Samples samples, @Nullable Flat percentiles) {}

    /** What was read of a result so far. */
    private static final class Parts {
        private Map<String, String> params = Map.of();
        private @Nullable Metric primary;
        private Map<String, Metric> secondary = Map.of();
    }

    private static final class Pass {
        private final ReportJson json;
        private final Benchmarks benchmarks = new Benchmarks();
        /** That of the metric before, which is nearly always the same. */
        private Unit unit = Unit.of("");

        private Pass(ReportJson json) {
            this.json = json;
        }

        private void result() throws UnreadableEvidence {
            Parts parts = new Parts();
            Flat result = Flat.of(json, member -> {
                switch (member) {
                    case "params" -> parts.params = Flat.of(json).texts();
                    case "primaryMetric" -> parts.primary = metric();
                    case "secondaryMetrics" -> parts.secondary = secondary();
                    default -> {}
                }
            });
            String mode = result.text("mode");
            String full = result.text("benchmark");
            if (parts.primary == null) {
                throw result.refused("A result without \"primaryMetric\"");
            }
            StringBuilder called = new StringBuilder(full).append(' ').append(mode);
            for (Map.Entry<String, String> each : parts.params.entrySet()) {
                called.append(' ').append(each.getKey()).append('=').append(each.getValue());
            }
            String name = called.toString();
            Measurement primary = measurement(name, "score", mode, parts.primary);
            benchmarks.add(name.substring(full.length() - shortName(full).length()), primary);
            for (Map.Entry<String, Metric> each : parts.secondary.entrySet()) {
                if (each.getValue().score().hasNumber("score")) {
                    benchmarks.aside(measurement(name, each.getKey(), "", each.getValue()));
                }
            }
        }

        private Map<String, Metric> secondary() throws UnreadableEvidence {
            Map<String, Metric> secondary = new LinkedHashMap<>();
            for (String name = json.first(); name != null; name = json.following()) {
                secondary.put(name, metric());
            }
            return secondary;
        }

        private Metric metric() throws UnreadableEvidence {
            Samples raw = new Samples();
            @Nullable Flat[] percentiles = {null};
            Flat score = Flat.of(json, member -> {
                switch (member) {
                    case "rawData" -> raw.readAll(json, 0);
                    case "scorePercentiles" -> percentiles[0] = Flat.of(json);
                    default -> {}
                }
            });
            return new Metric(score, raw, percentiles[0]);
        }

        private Measurement measurement(String benchmark, String metric, String mode, Metric of)
                throws UnreadableEvidence {
            if (!of.score().says("scoreUnit", unit.said())) {
                unit = Unit.of(of.score().text("scoreUnit"));
            }
            double mean = of.score().number("score", unit.factor());
            Flat percentiles = of.percentiles();
            Map<String, Double> summary = mode.equals("sample") && percentiles != null
                    ? percentiles(of.score(), percentiles, unit.factor())
                    : new HashMap<>();
            if (of.samples().isCut()) {
                benchmarks.note("More than %d samples of a benchmark: those beyond are not kept"
                        .formatted(Benchmarks.SAMPLES_MAX));
            }
            if (!benchmarks.keepsMore()) {
                return Benchmarks.LEFT_OUT;
            }
            summary.put("mean", mean);
            return Benchmarks.measurement(
                    benchmark,
                    Benchmarks.metric(metric),
                    unit.name(),
                    unit.better(),
                    of.samples().times(unit.factor().doubleValue()),
                    summary);
        }
    }

    private static Map<String, Double> percentiles(Flat score, Flat percentiles, BigDecimal factor)
            throws UnreadableEvidence {
        Map<String, Double> summary = new HashMap<>();
        for (Map.Entry<String, String> each : PERCENTILES.entrySet()) {
            double value = percentiles.measuredOrNone(each.getKey(), factor);
            if (!Double.isNaN(value)) {
                summary.put(each.getValue(), value);
            }
        }
        if (Quantity.falls(summary)) {
            throw score.refused("The percentiles here fall, so none of them can be believed");
        }
        Double median = summary.get("p50");
        if (median != null) {
            summary.put("median", median);
        }
        return summary;
    }

    /** {@code org.example.Parser.parse} becomes {@code Parser.parse}. */
    private static String shortName(String full) {
        int method = full.lastIndexOf('.');
        return full.substring(full.lastIndexOf('.', method - 1) + 1);
    }

    /** {@code us/op} and {@code ops/us} become seconds and a second; any other unit stays as it is. */
    private record Unit(String said, String name, BigDecimal factor, KnownFact.Better better) {
        static Unit of(String unit) {
            Optional<BigDecimal> perOperation =
                    unit.endsWith("/op") ? Quantity.seconds(unit.substring(0, unit.length() - 3)) : Optional.empty();
            Optional<BigDecimal> perTime =
                    unit.startsWith("ops/") ? Quantity.seconds(unit.substring(4)) : Optional.empty();
            if (perOperation.isPresent()) {
                return new Unit(unit, "s", perOperation.get(), KnownFact.Better.LOWER);
            }
            if (perTime.isPresent()) {
                BigDecimal factor = BigDecimal.ONE.divide(perTime.get(), MathContext.DECIMAL64);
                return new Unit(unit, "1/s", factor, KnownFact.Better.HIGHER);
            }
            KnownFact.Better better = unit.equals("B/op") ? KnownFact.Better.LOWER : KnownFact.Better.NEITHER;
            return new Unit(unit, Benchmarks.unit(unit), BigDecimal.ONE, better);
        }
    }
}
