package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.baseline.SampleTest;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Measurements of two revisions that belong together: the same benchmark and the same metric, one that is better or worse.
 *
 * @param missing names of what was measured before alone
 */
record Sides(List<Pair> both, List<String> missing) {
    private static final int NAME_CHARS_MAX = 80;
    static final List<String> TELLING = List.of("p95", "median", "p50", "mean");

    /** What makes two measurements the same. */
    record Key(String benchmark, String metric, String unit) {
        String name() {
            String name = benchmark + " " + metric;
            return name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX - 1) + "…" : name;
        }
    }

    /** One metric of a benchmark on both sides. */
    record Pair(Key key, Measured now, Measured before) {
        String name() {
            return key.name();
        }

        String metric() {
            return key.metric();
        }

        boolean isSampled() {
            return now.samples().length >= SampleTest.VALUES_MIN && before.samples().length >= SampleTest.VALUES_MIN;
        }

        /** The number of the summary that both sides have and that tells most. */
        Optional<String> shared() {
            return TELLING.stream()
                    .filter(name -> now.has(name) && before.has(name))
                    .findFirst();
        }
    }

    /** What all reports of one side say of a metric, run by run. */
    record Measured(List<Measurement> runs) {
        KnownFact.Better better() {
            return runs.getFirst().better();
        }

        double[] samples() {
            return runs.stream()
                    .flatMap(run -> run.samples().stream())
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        boolean has(String name) {
            return runs.stream().allMatch(run -> run.summary().containsKey(name));
        }

        /** The mean of the runs. */
        double value(String name) {
            return runs.stream().mapToDouble(run -> value(run, name)).average().orElse(Double.NaN);
        }

        /** How far the runs differ, in percent of the smallest; nothing of a single one. */
        OptionalDouble spread(String name) {
            double least =
                    runs.stream().mapToDouble(run -> value(run, name)).min().orElse(0);
            double most =
                    runs.stream().mapToDouble(run -> value(run, name)).max().orElse(0);
            return runs.size() < 2 || least <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * (most / least - 1));
        }

        private static double value(Measurement run, String name) {
            return run.summary().getOrDefault(name, Double.NaN);
        }
    }

    Sides {
        both = List.copyOf(both);
        missing = List.copyOf(missing);
    }

    static Sides of(List<Reading> now, List<Reading> before) {
        Map<Key, List<Measurement>> present = byKey(now);
        List<Pair> both = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        byKey(before).forEach((key, known) -> {
            List<Measurement> same = present.get(key);
            if (same == null) {
                missing.add(key.name());
            } else {
                both.add(new Pair(key, new Measured(same), new Measured(known)));
            }
        });
        return new Sides(both, missing);
    }

    /** What one run tells to those after it: of each metric the numbers that a comparison may take. */
    static List<EarlierRuns.Figure> figures(List<Reading> run) {
        List<EarlierRuns.Figure> figures = new ArrayList<>();
        byKey(run).forEach((key, measurements) -> {
            Measured measured = new Measured(measurements);
            Map<String, Double> summary = new TreeMap<>();
            TELLING.stream()
                    .filter(measured::has)
                    .filter(name -> measured.value(name) > 0 && Double.isFinite(measured.value(name)))
                    .forEach(name -> summary.put(name, measured.value(name)));
            if (!summary.isEmpty()) {
                figures.add(new EarlierRuns.Figure(key.benchmark(), key.metric(), key.unit(), summary));
            }
        });
        return figures;
    }

    /** What measured nothing, as a server that answered nothing well, is not there. */
    static Map<Key, List<Measurement>> byKey(List<Reading> readings) {
        Map<Key, List<Measurement>> measured = new LinkedHashMap<>();
        for (Reading reading : readings) {
            for (Measurement one : reading.measurements()) {
                boolean measures = !one.samples().isEmpty() || !one.summary().isEmpty();
                if (one.better() != KnownFact.Better.NEITHER && measures) {
                    measured.computeIfAbsent(new Key(one.benchmark(), one.metric(), one.unit()), _ -> new ArrayList<>())
                            .add(one);
                }
            }
        }
        return measured;
    }
}
