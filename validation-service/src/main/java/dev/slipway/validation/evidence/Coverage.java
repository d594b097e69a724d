package dev.slipway.validation.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells of the coverage of each file, so that what two reports of one push tell of the same file counts once:
 * of several percentages nothing can be said, of lines it can.
 */
public final class Coverage {
    /** What is counted. Statements are not lines: one run can cover 40 % of these and 29 % of those. */
    public enum Metric {
        LINES("coverage.lines", "lines"),
        BRANCHES("coverage.branches", "branches"),
        STATEMENTS("coverage.statements", "statements"),
        INSTRUCTIONS("coverage.instructions", "instructions"),
        METHODS("coverage.methods", "methods or functions");

        private final String fact;
        private final String what;

        Metric(String fact, String what) {
            this.fact = fact;
            this.what = what;
        }

        public String fact() {
            return fact;
        }

        public String what() {
            return what;
        }

        String covered() {
            return fact + Facts.COVERED;
        }

        String valid() {
            return fact + Facts.VALID;
        }

        String twice() {
            return fact + Facts.TWICE;
        }
    }

    /**
     * How much of something.
     *
     * @param valid all there is, 0 and above
     */
    public record Share(long covered, long valid) {
        public static final Share NONE = new Share(0, 0);

        public Share {
            if (covered < 0 || covered > valid) {
                throw new IllegalArgumentException("%d of %d are no share".formatted(covered, valid));
            }
        }

        public Share plus(Share more) {
            return new Share(covered + more.covered, valid + more.valid);
        }

        /** Whether less of it is covered than of another; where equally much, whether it is the smaller one. */
        public boolean isBelow(Share other) {
            int share = Double.compare((double) covered * other.valid, (double) other.covered * valid);
            return share == 0 ? valid < other.valid : share < 0;
        }

        /** The percentage, and both counts beside it; nothing where there is nothing to cover. */
        public List<Fact> facts(Metric metric) {
            return valid == 0
                    ? List.of()
                    : List.of(
                            Fact.share(metric.fact(), covered, valid),
                            Fact.count(metric.covered(), covered),
                            Fact.count(metric.valid(), valid));
        }
    }

    private final Map<String, Map<Metric, CoveredUnits>> files = new LinkedHashMap<>();
    /** All that files have. */
    private final Set<Metric> metrics = EnumSet.noneOf(Metric.class);

    /** Of one file, to be added to. */
    public CoveredUnits units(String file, Metric metric) {
        metrics.add(metric);
        return files.computeIfAbsent(file, _ -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, _ -> new CoveredUnits());
    }

    /** A file is told of, though nothing of it. */
    public void names(String file) {
        files.computeIfAbsent(file, _ -> new EnumMap<>(Metric.class));
    }

    public int files() {
        return files.size();
    }

    /** Of all files together. */
    public Share share(Metric metric) {
        Share share = Share.NONE;
        if (!metrics.contains(metric)) {
            return share;
        }
        for (Map<Metric, CoveredUnits> file : files.values()) {
            CoveredUnits units = file.get(metric);
            share = units == null ? share : share.plus(units.share());
        }
        return share;
    }

    /**
     * Which facts of each of several reports count: of what an earlier one has told already only what a later one adds.
     * Where that cannot be known, how many files are told {@link Facts#TWICE}, and no share of them.
     */
    public static List<Facts> counting(List<Reading> readings) {
        if (readings.size() < 2) {
            return readings.stream().map(Reading::facts).toList();
        }
        Coverage before = new Coverage();
        List<Facts> counting = new ArrayList<>();
        for (Reading reading : readings) {
            counting.add(before.beyond(reading));
        }
        return counting;
    }

    private Facts beyond(Reading reading) {
        Coverage told = reading.coverage();
        List<Fact> facts = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            Fact covered = reading.facts().named(metric.covered()).orElse(null);
            Fact valid = reading.facts().named(metric.valid()).orElse(null);
            if (covered != null && valid != null) {
                Share whole = new Share(
                        covered.value().longValueExact(), valid.value().longValueExact());
                facts.addAll(beyond(metric, whole, told));
            }
        }
        if (told != null) {
            metrics.addAll(told.metrics);
            told.files.forEach((file, units) -> files.merge(file, units, Coverage::both));
        }
        reading.facts().list().stream().filter(fact -> !isTold(fact.name())).forEach(facts::add);
        return new Facts(facts, reading.facts().inventory());
    }

    private static boolean isTold(String name) {
        for (Metric metric : Metric.values()) {
            if (name.equals(metric.fact()) || name.equals(metric.covered()) || name.equals(metric.valid())) {
                return true;
            }
        }
        return false;
    }

    private List<Fact> beyond(Metric metric, Share whole, @Nullable Coverage told) {
        if (told == null) {
            return List.of(Fact.count(metric.twice(), 1));
        }
        List<String> shared =
                told.files.keySet().stream().filter(files::containsKey).toList();
        long covered = whole.covered();
        long valid = whole.valid();
        int unknown = 0;
        for (String file : shared) {
            CoveredUnits now = told.files.getOrDefault(file, Map.of()).get(metric);
            CoveredUnits then = files.getOrDefault(file, Map.of()).get(metric);
            if (now == null || then == null) {
                unknown++;
            } else {
                CoveredUnits both = then.and(now);
                covered += both.covered() - then.covered() - now.covered();
                valid += both.valid() - then.valid() - now.valid();
            }
        }
        return unknown > 0
                ? List.of(Fact.count(metric.twice(), unknown))
                : List.of(
                        Fact.count(metric.covered(), Math.max(0, covered)),
                        Fact.count(metric.valid(), Math.max(0, valid)));
    }

    private static Map<Metric, CoveredUnits> both(Map<Metric, CoveredUnits> one, Map<Metric, CoveredUnits> other) {
        Map<Metric, CoveredUnits> both = new EnumMap<>(one);
        other.forEach((metric, units) -> both.merge(metric, units, CoveredUnits::and));
        return both;
    }
}
