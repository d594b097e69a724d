package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.math.MathContext;
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
        Benchmarks benchmarks = new Benchmarks();
        json.elements(() -> result(json, benchmarks));
        if (benchmarks.isEmpty()) {
            throw json.error("It holds no result: nothing was measured, and that is no evidence");
        }
        return benchmarks.reading("JMH", OptionalLong.empty());
    }

    /** A metric of a result. */
    private record Metric(
            Flat score, Samples samples, @Nullable Flat percentiles) {}

    /** What was read of a result so far. */
    private static final class Parts {
        private Map<String, String> params = Map.of();
        private @Nullable Metric primary;
        private final Map<String, Metric> secondary = new LinkedHashMap<>();
    }

    private static void result(ReportJson json, Benchmarks benchmarks) throws UnreadableEvidence {
        Parts parts = new Parts();
        Flat result = Flat.of(json, member -> {
            switch (member) {
                case "params" -> parts.params = Flat.of(json).texts();
                case "primaryMetric" -> parts.primary = metric(json);
                case "secondaryMetrics" -> json.members(each -> parts.secondary.put(each, metric(json)));
                default -> {}
            }
        });
        String mode = result.text("mode");
        StringBuilder suffix = new StringBuilder(" ").append(mode);
        parts.params.forEach(
                (name, value) -> suffix.append(' ').append(name).append('=').append(value));
        String full = result.text("benchmark");
        if (parts.primary == null) {
            throw result.refused("A result without \"primaryMetric\"");
        }
        Measurement primary = measurement(full + suffix, "score", mode, parts.primary, benchmarks);
        benchmarks.add(shortName(full) + suffix, primary);
        for (Map.Entry<String, Metric> each : parts.secondary.entrySet()) {
            if (each.getValue().score().findNumber("score") != null) {
                benchmarks.aside(measurement(full + suffix, each.getKey(), "", each.getValue(), benchmarks));
            }
        }
    }

    private static Metric metric(ReportJson json) throws UnreadableEvidence {
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

    private static Measurement measurement(
            String benchmark, String metric, String mode, Metric of, Benchmarks benchmarks) throws UnreadableEvidence {
        Unit unit = Unit.of(of.score().text("scoreUnit"));
        Map<String, Double> summary = new LinkedHashMap<>();
        summary.put("mean", of.score().number("score", unit.factor()));
        Flat percentiles = of.percentiles();
        if (mode.equals("sample") && percentiles != null) {
            for (Map.Entry<String, String> each : PERCENTILES.entrySet()) {
                Optional.ofNullable(percentiles.findNumber(each.getKey()))
                        .flatMap(value -> Quantity.of(value, unit.factor()))
                        .ifPresent(value -> summary.put(each.getValue(), value));
            }
            Optional.ofNullable(summary.get("p50")).ifPresent(median -> summary.put("median", median));
            if (Quantity.falls(summary)) {
                throw of.score().refused("The percentiles here fall, so none of them can be believed");
            }
        }
        if (of.samples().isCut()) {
            benchmarks.note(
                    "More than %d samples of a benchmark: those beyond are not kept".formatted(Benchmarks.SAMPLES_MAX));
        }
        if (!benchmarks.keepsMore()) {
            return Benchmarks.LEFT_OUT;
        }
        double factor = unit.factor().doubleValue();
        return Benchmarks.measurement(
                benchmark,
                Benchmarks.metric(metric),
                unit.name(),
                unit.better(),
                of.samples().times(factor),
                summary);
    }

    /** {@code org.example.Parser.parse} becomes {@code Parser.parse}. */
    private static String shortName(String full) {
        int method = full.lastIndexOf('.');
        return full.substring(full.lastIndexOf('.', method - 1) + 1);
    }

    /** {@code us/op} and {@code ops/us} become seconds and a second; any other unit stays as it is. */
    private record Unit(String name, BigDecimal factor, KnownFact.Better better) {
        static Unit of(String unit) {
            Optional<BigDecimal> perOperation =
                    unit.endsWith("/op") ? Quantity.seconds(unit.substring(0, unit.length() - 3)) : Optional.empty();
            Optional<BigDecimal> perTime =
                    unit.startsWith("ops/") ? Quantity.seconds(unit.substring(4)) : Optional.empty();
            if (perOperation.isPresent()) {
                return new Unit("s", perOperation.get(), KnownFact.Better.LOWER);
            }
            if (perTime.isPresent()) {
                BigDecimal factor = BigDecimal.ONE.divide(perTime.get(), MathContext.DECIMAL64);
                return new Unit("1/s", factor, KnownFact.Better.HIGHER);
            }
            KnownFact.Better better = unit.equals("B/op") ? KnownFact.Better.LOWER : KnownFact.Better.NEITHER;
            return new Unit(Benchmarks.unit(unit), BigDecimal.ONE, better);
        }
    }
}
