package dev.slipway.validation.evidence.performance;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the benchmarks of one report measured. Each measurement is kept, up to {@value #MEASUREMENTS_MAX}; facts are said of
 * at most {@value #NAMED_MAX} benchmarks, as {@code benchmark.NAME.mean}, {@code .median} and {@code .p95}: NAME is the
 * benchmark's name in lower case with a {@code -} for all that is no letter or digit. Names that become the same, or longer
 * than {@value #NAME_CHARS_MAX} characters, get no facts, on record.
 */
final class Benchmarks {
    static final int MEASUREMENTS_MAX = 1_000;
    static final int SAMPLES_MAX = 100_000;

    private static final int NAMED_MAX = 40;
    private static final int NOTES_MAX = 15;
    private static final int NAME_CHARS_MAX = 60;
    private static final int BENCHMARK_CHARS_MAX = 300;
    private static final int METRIC_CHARS_MAX = 60;
    private static final int UNIT_CHARS_MAX = 40;
    private static final List<String> OF_SAMPLES = List.of("mean", "median", "min", "max");
    private static final List<String> SAID = List.of("mean", "median", "p95");

    static final Measurement LEFT_OUT = time("left out", Samples.NONE, Map.of());

    private final List<Measurement> measurements = new ArrayList<>();
    private final Map<String, Measurement> named = new LinkedHashMap<>();
    private final Set<String> twice = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private long count;
    private long over;
    private long tooLong;

    /** What a benchmark is about: facts are said of it. */
    void add(String shortName, Measurement measurement) {
        count++;
        aside(measurement);
        String name = slug(shortName);
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            tooLong++;
        } else if (named.containsKey(name)) {
            twice.add(name);
        } else if (named.size() <= NAMED_MAX) {
            named.put(name, measurement);
        }
    }

    /**
     * Whether what is measured further is kept, or a fact is said of it: else it only counts, and {@link #LEFT_OUT} does for it.
     */
    boolean keepsMore() {
        return measurements.size() < MEASUREMENTS_MAX || count < NAMED_MAX;
    }

    /** A benchmark that measured nothing; it counts. */
    void addFailed() {
        count++;
    }

    /** What was measured beside it. */
    void aside(Measurement measurement) {
        if (measurements.size() < MEASUREMENTS_MAX) {
            measurements.add(measurement);
        } else {
            over++;
        }
    }

    void note(String sentence) {
        if (notes.size() < NOTES_MAX && !notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** @param toolErrors where reports of this tool can tell */
    Reading reading(String dialect, OptionalLong toolErrors) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.count("benchmark.count", count));
        toolErrors.ifPresent(errors -> facts.add(Fact.count("tool.errors", errors)));
        if (count <= NAMED_MAX) {
            named.forEach((name, measurement) -> {
                if (!twice.contains(name)) {
                    facts.addAll(facts(name, measurement));
                }
            });
        } else {
            notes.add("More than %d benchmarks: no facts of each".formatted(NAMED_MAX));
        }
        if (!twice.isEmpty()) {
            notes.add("Several benchmarks share the name %s: no facts of them"
                    .formatted(twice.stream().sorted().findFirst().orElseThrow()));
        }
        if (tooLong > 0) {
            notes.add("%d benchmarks have names that are too long for facts".formatted(tooLong));
        }
        if (over > 0) {
            notes.add("%d further measurements are not kept".formatted(over));
        }
        return new Reading(dialect, new Facts(facts), notes, List.of(), measurements);
    }

    private static List<Fact> facts(String name, Measurement measurement) {
        Fact.Unit unit = switch (measurement.unit()) {
            case "s" -> Fact.Unit.LATENCY;
            case "1/s" -> Fact.Unit.RATE;
            default -> Fact.Unit.NUMBER;
        };
        List<Fact> facts = new ArrayList<>();
        for (String each : SAID) {
            Double value = measurement.summary().get(each);
            if (value != null) {
                facts.add(new Fact("benchmark.%s.%s".formatted(name, each), Quantity.decimal(value), unit));
            }
        }
        return facts;
    }

    private static String slug(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        char[] slug = new char[lower.length()];
        int length = 0;
        boolean parted = false;
        for (int i = 0; i < lower.length(); i++) {
            char each = lower.charAt(i);
            boolean said = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
            if (said && parted && length > 0) {
                slug[length++] = '-';
            }
            if (said) {
                slug[length++] = each;
            }
            parted = !said;
        }
        return new String(slug, 0, length);
    }

    /** Printable, 1 to 300 characters. */
    static String shown(String name) {
        return printable(name, BENCHMARK_CHARS_MAX);
    }

    static String metric(String name) {
        return printable(name, METRIC_CHARS_MAX);
    }

    static String unit(String name) {
        return printable(name, UNIT_CHARS_MAX);
    }

    private static String printable(String name, int max) {
        String printable = name.isBlank() ? "(no name)" : Texts.visible(name, '\uFFFD');
        int end = Math.min(printable.length(), max);
        if (end < printable.length() && Character.isHighSurrogate(printable.charAt(end - 1))) {
            end--;
        }
        return printable.substring(0, end);
    }

    /** A time in seconds: less is better. */
    static Measurement time(String benchmark, Samples samples, Map<String, Double> summary) {
        return measurement(benchmark, "time", "s", KnownFact.Better.LOWER, samples, summary);
    }

    /** Mean and median of the samples are said where the tool does not. */
    static Measurement measurement(
            String benchmark,
            String metric,
            String unit,
            KnownFact.Better better,
            Samples samples,
            Map<String, Double> summary) {
        Map<String, Double> all = new LinkedHashMap<>(summary);
        if (!samples.isEmpty() && !all.keySet().containsAll(OF_SAMPLES)) {
            double[] sorted = samples.sorted();
            int half = sorted.length / 2;
            all.putIfAbsent("mean", mean(sorted));
            all.putIfAbsent("median", sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
            all.putIfAbsent("min", sorted[0]);
            all.putIfAbsent("max", sorted[sorted.length - 1]);
        }
        return new Measurement(
                shown(benchmark),
                metric,
                unit,
                better,
                samples.list(),
                all,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static double mean(double[] values) {
        DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
        for (double value : values) {
            statistics.accept(value);
        }
        return statistics.getAverage();
    }

    static List<KnownFact> known() {
        return List.of(
                KnownFact.higher("benchmark.count", Fact.Unit.COUNT, "how many benchmarks the report tells of"),
                KnownFact.neither(
                        "benchmark.*",
                        Fact.Unit.NUMBER,
                        "mean, median and p95 of each as benchmark.NAME.mean, in seconds or a second"));
    }

    static List<KnownFact> knownWithErrors() {
        List<KnownFact> facts = new ArrayList<>(known());
        facts.add(KnownFact.lower("tool.errors", Fact.Unit.COUNT, "what the tool itself could not do"));
        return List.copyOf(facts);
    }
}
