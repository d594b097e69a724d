package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What criterion leaves in {@code target/criterion/NAME/new}: {@code estimates.json}, which gives the facts, and {@code
 * sample.json}, which gives the samples; both in nanoseconds. Neither says which benchmark it is, nor when it ran: the name
 * comes from the folder, for people, so the facts are those of the slowest of all benchmarks of a push. <b>A benchmark that
 * fails leaves its old numbers where they were.</b> Nothing inside proves freshness; that the run wrote the file does: {@code
 * slipway evidence run -- cargo bench} takes only what was written anew, and {@code benchmark.count} says how many.
 */
final class CriterionDialect implements JsonDialect {
    private static final int NANO = -9;
    private static final String FRESHNESS =
            "Nothing in it says when it was measured, and old numbers stay where a benchmark"
                    + " fails: hand it in with evidence run, which takes only what the run wrote";

    @Override
    public String kind() {
        return "criterion";
    }

    @Override
    public String called() {
        return "estimates.json or sample.json of a criterion run";
    }

    @Override
    public boolean knows(ReportJson.Beginning beginning) {
        return !beginning.list() && (isEstimates(beginning) || isSample(beginning));
    }

    /** That of {@code change/} has fewer members: it compares and measures nothing. */
    private static boolean isEstimates(ReportJson.Beginning beginning) {
        return beginning.members().keySet().containsAll(List.of("mean", "median", "median_abs_dev", "std_dev"));
    }

    private static boolean isSample(ReportJson.Beginning beginning) {
        return beginning.members().keySet().containsAll(List.of("sampling_mode", "iters", "times"));
    }

    /** Two releases cannot be compared: a file does not say of which benchmark it is. */
    @Override
    public boolean isComparable() {
        return false;
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(
                KnownFact.higher("benchmark.count", Fact.Unit.COUNT, "how many benchmarks the report tells of"),
                KnownFact.lower("benchmark.mean", Fact.Unit.LATENCY, "mean time of the slowest benchmark in seconds"),
                KnownFact.lower(
                        "benchmark.median", Fact.Unit.LATENCY, "median time of the slowest benchmark in seconds"));
    }

    /** What was read so far. */
    private static final class Parts {
        private final Map<String, Double> estimates = new LinkedHashMap<>();
        private @Nullable Samples iterations;
        private @Nullable Samples times;
    }

    @Override
    public Reading read(ReportJson json, String name) throws UnreadableEvidence {
        Parts parts = new Parts();
        json.members(member -> {
            switch (member) {
                case "mean", "median", "std_dev" -> {
                    if (json.isObject()) {
                        Flat estimate = Flat.of(json);
                        String called = member.equals("std_dev") ? "stddev" : member;
                        parts.estimates.put(called, estimate.amount("point_estimate", Quantity.NANO));
                    }
                }
                case "iters" -> parts.iterations = samples(json, 0);
                case "times" -> parts.times = samples(json, NANO);
                default -> {}
            }
        });
        String benchmark = benchmark(name);
        if (parts.iterations != null && parts.times != null) {
            return ofSamples(json, benchmark, parts.iterations, parts.times);
        }
        return ofEstimates(json, benchmark, parts.estimates);
    }

    private static Samples samples(ReportJson json, int power) throws UnreadableEvidence {
        Samples samples = new Samples();
        samples.readAll(json, power);
        return samples;
    }

    private static Reading ofEstimates(ReportJson json, String benchmark, Map<String, Double> estimates)
            throws UnreadableEvidence {
        Double mean = estimates.get("mean");
        Double median = estimates.get("median");
        if (mean == null || median == null || !estimates.containsKey("stddev")) {
            throw json.error("It has no estimates of mean, median and std_dev");
        }
        Facts facts = new Facts(List.of(
                Fact.count("benchmark.count", 1),
                new Fact("benchmark.mean", Quantity.decimal(mean), Fact.Unit.LATENCY),
                new Fact("benchmark.median", Quantity.decimal(median), Fact.Unit.LATENCY)));
        return reading(facts, Benchmarks.time(benchmark, Samples.NONE, estimates));
    }

    private static Reading ofSamples(ReportJson json, String benchmark, Samples iterations, Samples times)
            throws UnreadableEvidence {
        if (times.isEmpty() || times.size() != iterations.size()) {
            throw json.error("It has %d times for %d iters".formatted(times.size(), iterations.size()));
        }
        for (int i = 0; i < times.size(); i++) {
            if (iterations.get(i) < 1 || times.get(i) < 0) {
                throw json.error("Sample %d is of no iteration or below 0".formatted(i + 1));
            }
        }
        times.divide(iterations);
        return reading(Facts.NONE, Benchmarks.time(benchmark, times, summary(times)));
    }

    /** Of up to 100,000 samples, which need not be sorted for it. */
    private static Map<String, Double> summary(Samples samples) {
        DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
        for (int i = 0; i < samples.size(); i++) {
            statistics.accept(samples.get(i));
        }
        return Map.of(
                "mean", statistics.getAverage(),
                "median", samples.median(),
                "min", statistics.getMin(),
                "max", statistics.getMax());
    }

    private static Reading reading(Facts facts, Measurement measurement) {
        return new Reading("criterion", facts, List.of(FRESHNESS), List.of(), List.of(measurement));
    }

    /** {@code target/criterion/fib 20/new/sample.json} is of {@code fib 20}. */
    private static String benchmark(String file) {
        String path = file.replaceFirst("/(new|base)/[^/]*$", "").replaceFirst("^.*criterion/", "");
        return Benchmarks.shown(path.isBlank() ? "benchmark" : path);
    }
}
