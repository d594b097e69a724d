package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What pytest-benchmark writes with {@code --benchmark-json}: seconds; {@code data} are the samples, one for each round. A
 * benchmark that raises is left out; a test that fails only after it has measured stands there like a good one: pytest's
 * exit status ({@code run.exit}) says both.
 */
final class PytestBenchmarkDialect implements JsonDialect {
    private static final SummaryNames SUMMARY =
            SummaryNames.of("mean", "mean", "median", "median", "stddev", "stddev", "min", "min", "max", "max");

    @Override
    public String kind() {
        return "pytest-benchmark";
    }

    @Override
    public String called() {
        return "pytest-benchmark result";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().containsAll(List.of("machine_info", "benchmarks"));
    }

    @Override
    public List<KnownFact> facts() {
        return Benchmarks.known();
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Benchmarks benchmarks = new Benchmarks();
        json.members(member -> {
            if (member.equals("benchmarks")) {
                json.elements(() -> benchmark(json, benchmarks));
            }
        });
        if (benchmarks.isEmpty()) {
            throw json.error("It holds no benchmark: nothing was measured, and that is no evidence");
        }
        return benchmarks.reading("pytest-benchmark", OptionalLong.empty());
    }

    /** What was read of a benchmark so far. */
    private static final class Parts {
        private @Nullable Flat stats;
        private final Samples data = new Samples();
    }

    private static void benchmark(ReportJson json, Benchmarks benchmarks) throws UnreadableEvidence {
        Parts parts = new Parts();
        Flat benchmark = Flat.of(json, member -> {
            if (member.equals("stats")) {
                parts.stats = Flat.of(json, inner -> {
                    if (inner.equals("data")) {
                        parts.data.readAll(json, 0);
                    }
                });
            }
        });
        String name = benchmark.text("name");
        if (parts.stats == null) {
            throw benchmark.refused("A benchmark without \"stats\"");
        }
        parts.stats.amount("mean", BigDecimal.ONE);
        Map<String, Double> summary = SUMMARY.of(parts.stats, BigDecimal.ONE);
        if (parts.data.isCut()) {
            benchmarks.note(
                    "More than %d samples of a benchmark: those beyond are not kept".formatted(Benchmarks.SAMPLES_MAX));
        }
        benchmarks.add(name, Benchmarks.time(benchmark.textOr("fullname", name), parts.data, summary));
    }
}
