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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        private final Map<String, Double> realSummary = new HashMap<>();
        private final Map<String, Double> cpuSummary = new HashMap<>();
        private boolean failed;

        private boolean isMeasured() {
            return !failed && (!real.isEmpty() || !realSummary.isEmpty());
        }
    }

    /** All runs so far. Entries beside each other are nearly always of the same run and in the same unit. */
    private static final class Parts {
        private final Benchmarks benchmarks = new Benchmarks();
        private final Map<String, Run> runs = new LinkedHashMap<>();
        private long errors;
        private String name = "";
        private @Nullable Run run;
        private String unit = "";
        private BigDecimal factor = BigDecimal.ONE;

        private Run run(Flat entry) throws UnreadableEvidence {
            String by = entry.isText("run_name") ? "run_name" : "name";
            if (!entry.isText("name")) {
                entry.text("name"); // refuses it
            }
            Run same = run;
            if (same != null && entry.says(by, name)) {
                return same;
            }
            name = entry.text(by);
            same = runs.computeIfAbsent(name, _ -> new Run());
            run = same;
            return same;
        }

        private BigDecimal factor(Flat entry) throws UnreadableEvidence {
            if (!unit.isEmpty() && entry.says("time_unit", unit)) {
                return factor;
            }
            String said = entry.text("time_unit");
            Optional<BigDecimal> seconds = Quantity.seconds(said);
            if (seconds.isEmpty()) {
                throw entry.refused("\"time_unit\" here is %s, no unit of time".formatted(brief(said)));
            }
            unit = said;
            factor = seconds.get();
            return factor;
        }
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "context" -> context(json, parts.benchmarks);
                case "benchmarks" -> {
                    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                        entry(Flat.ofMany(json), parts);
                    }
                }
                default -> {}
            }
        }
        if (parts.runs.isEmpty()) {
            throw json.error("It holds no benchmark: nothing was measured, and that is no evidence");
        }
        parts.runs.forEach((run, of) -> add(run, of, parts.benchmarks));
        return parts.benchmarks.reading("Google Benchmark", OptionalLong.of(parts.errors));
    }

    private static void add(String name, Run run, Benchmarks benchmarks) {
        if (!run.isMeasured()) {
            benchmarks.addFailed();
            return;
        }
        benchmarks.add(
                name, benchmarks.keepsMore() ? Benchmarks.time(name, run.real, run.realSummary) : Benchmarks.LEFT_OUT);
        benchmarks.aside(
                benchmarks.keepsMore()
                        ? Benchmarks.measurement(name, "cpu-time", "s", KnownFact.Better.LOWER, run.cpu, run.cpuSummary)
                        : Benchmarks.LEFT_OUT);
    }

    private static void context(ReportJson json, Benchmarks benchmarks) throws UnreadableEvidence {
        if (json.isObject() && "debug".equals(Flat.of(json).findText("library_build_type"))) {
            benchmarks.note("The benchmark library was built for debugging: its times are not those of a release");
        }
    }

    private static void entry(Flat entry, Parts parts) throws UnreadableEvidence {
        Run run = parts.run(entry);
        if (entry.isTrue("error_occurred")) {
            run.failed = true;
            parts.benchmarks.note("An error occurred in %s: %s"
                    .formatted(brief(parts.name), brief(entry.textOr("error_message", "no message"))));
            parts.errors++;
            return;
        }
        if (entry.has("skipped") || entry.has("big_o") || entry.has("cpu_coefficient") || entry.has("rms")) {
            return;
        }
        String aggregate = entry.findText("aggregate_name");
        if (aggregate == null && !entry.says("run_type", "aggregate")) {
            BigDecimal factor = parts.factor(entry);
            run.real.add(entry.amount("real_time", factor));
            run.cpu.add(entry.amount("cpu_time", factor));
        } else if (aggregate != null && AGGREGATES.contains(aggregate)) {
            BigDecimal factor = parts.factor(entry);
            run.realSummary.put(aggregate, entry.amount("real_time", factor));
            run.cpuSummary.put(aggregate, entry.amount("cpu_time", factor));
        }
    }

    private static String brief(String text) {
        String shown = Benchmarks.shown(text);
        return shown.length() > 100 ? shown.substring(0, 99) + "…" : shown;
    }
}
