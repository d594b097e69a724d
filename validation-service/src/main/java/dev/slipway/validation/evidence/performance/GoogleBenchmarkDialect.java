package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Google Benchmark writes with {@code --benchmark_out_format=json}. Each entry has a unit of its own. Repetitions are
 * samples; aggregates (mean, median, stddev) are kept apart from them and are the summary. An entry with {@code
 * error_occurred} measured nothing: it is a {@code tool.errors}, and its numbers, which are 0, count for nothing.
 */
final class GoogleBenchmarkDialect implements JsonDialect {
    private static final List<String> AGGREGATES = List.of("mean", "median", "stddev");

    @Override
    public String kind() {
        return "google-benchmark";
    }

    @Override
    public String called() {
        return "Google Benchmark result";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && beginning.members().keySet().containsAll(List.of("context", "benchmarks"));
    }

    @Override
    public List<KnownFact> facts() {
        return Benchmarks.knownWithErrors();
    }

    /** What the entries of one run say so far. */
    private static final class Run {
        private final Samples real = new Samples();
        private final Samples cpu = new Samples();
        private final Map<String, Double> realSummary = new LinkedHashMap<>();
        private final Map<String, Double> cpuSummary = new LinkedHashMap<>();
        private boolean failed;

        private boolean isMeasured() {
            return !failed && (!real.isEmpty() || !realSummary.isEmpty());
        }
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Benchmarks benchmarks = new Benchmarks();
        Map<String, Run> runs = new LinkedHashMap<>();
        long[] errors = {0};
        json.members(member -> {
            switch (member) {
                case "context" -> context(json, benchmarks);
                case "benchmarks" -> json.elements(() -> errors[0] += entry(json, runs, benchmarks));
                default -> {}
            }
        });
        if (runs.isEmpty()) {
            throw json.error("It holds no benchmark: nothing was measured, and that is no evidence");
        }
        runs.forEach((run, of) -> {
            if (of.isMeasured()) {
                benchmarks.add(
                        run,
                        benchmarks.keepsMore() ? Benchmarks.time(run, of.real, of.realSummary) : Benchmarks.LEFT_OUT);
                benchmarks.aside(
                        benchmarks.keepsMore()
                                ? Benchmarks.measurement(
                                        run, "cpu-time", "s", KnownFact.Better.LOWER, of.cpu, of.cpuSummary)
                                : Benchmarks.LEFT_OUT);
            } else {
                benchmarks.addFailed();
            }
        });
        return benchmarks.reading("Google Benchmark", OptionalLong.of(errors[0]));
    }

    private static void context(ReportJson json, Benchmarks benchmarks) throws UnreadableEvidence {
        if (json.isObject() && "debug".equals(Flat.of(json).findText("library_build_type"))) {
            benchmarks.note("The benchmark library was built for debugging: its times are not those of a release");
        }
    }

    /** @return 1 for an entry that tells of an error, else 0 */
    private static int entry(ReportJson json, Map<String, Run> runs, Benchmarks benchmarks) throws UnreadableEvidence {
        Flat entry = Flat.of(json);
        String name = entry.textOr("run_name", entry.text("name"));
        Run run = runs.computeIfAbsent(name, _ -> new Run());
        if (entry.isTrue("error_occurred")) {
            run.failed = true;
            benchmarks.note("An error occurred in %s: %s"
                    .formatted(brief(name), brief(entry.textOr("error_message", "no message"))));
            return 1;
        }
        String aggregate = entry.findText("aggregate_name");
        if (entry.has("skipped") || entry.has("big_o") || entry.has("cpu_coefficient") || entry.has("rms")) {
            return 0;
        }
        if (aggregate == null && !"aggregate".equals(entry.findText("run_type"))) {
            BigDecimal unit = unit(entry);
            run.real.add(entry.amount("real_time", unit));
            run.cpu.add(entry.amount("cpu_time", unit));
        } else if (aggregate != null && AGGREGATES.contains(aggregate)) {
            BigDecimal unit = unit(entry);
            run.realSummary.put(aggregate, entry.amount("real_time", unit));
            run.cpuSummary.put(aggregate, entry.amount("cpu_time", unit));
        }
        return 0;
    }

    private static BigDecimal unit(Flat entry) throws UnreadableEvidence {
        String unit = entry.text("time_unit");
        Optional<BigDecimal> seconds = Quantity.seconds(unit);
        if (seconds.isEmpty()) {
            throw entry.refused("\"time_unit\" here is %s, no unit of time".formatted(brief(unit)));
        }
        return seconds.get();
    }

    private static String brief(String text) {
        String shown = Benchmarks.shown(text);
        return shown.length() > 100 ? shown.substring(0, 99) + "…" : shown;
    }
}
