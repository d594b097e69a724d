package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage;
import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a coverage report claims in its sums, and what its files show. Where they contradict each other the smaller share
 * counts, and a note says so: no report gets better by it.
 */
final class Told {
    private static final long DIGITS_MAX = 15;

    private final Coverage coverage = new Coverage();
    private final Map<Metric, Share> claimed = new EnumMap<>(Metric.class);
    private final List<String> notes = new ArrayList<>();

    CoveredUnits units(String file, Metric metric) {
        return coverage.units(file, metric);
    }

    void names(String file) {
        coverage.names(file);
    }

    int files() {
        return coverage.files();
    }

    /** False if it was claimed already. */
    boolean claims(Metric metric, Share share) {
        return claimed.put(metric, share) == null;
    }

    boolean claims(Metric metric) {
        return claimed.containsKey(metric);
    }

    Share claimed(Metric metric) {
        return claimed.getOrDefault(metric, Share.NONE);
    }

    /** Counts of which one must be wrong. */
    void contradiction(Metric metric, Share claim, Share shown) {
        notes.add("it claims %d of %d %s covered and shows %d of %d: the smaller share counts"
                .formatted(claim.covered(), claim.valid(), metric.what(), shown.covered(), shown.valid()));
    }

    void note(String said) {
        notes.add(said);
    }

    Reading reading(String dialect) {
        List<Fact> facts = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            facts.addAll(weighed(metric).facts(metric));
        }
        if (facts.isEmpty()) {
            notes.addFirst("there is nothing in it that could be covered, so it says no percentage");
        }
        return new Reading(dialect, new Facts(facts), Reading.told(notes), coverage);
    }

    private Share weighed(Metric metric) {
        Share shown = coverage.share(metric);
        Share claim = claimed.getOrDefault(metric, shown);
        if (claim.equals(shown) || shown.valid() == 0) {
            return claim;
        }
        contradiction(metric, claim, shown);
        return claim.valid() > 0 && claim.isBelow(shown) ? claim : shown;
    }

    /** A count from 0, or -1 where the text is none. */
    static long count(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX) {
            return -1;
        }
        long count = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count;
    }

    /** What reports with these counts may say. */
    static List<KnownFact> facts(Metric... metrics) {
        List<KnownFact> facts = new ArrayList<>();
        for (Metric metric : metrics) {
            facts.add(KnownFact.higher(
                    metric.fact(), Fact.Unit.PERCENT, "how many of the %s the tests ran".formatted(metric.what())));
            facts.add(KnownFact.higher(
                    metric.fact() + ".covered", Fact.Unit.COUNT, "how many %s the tests ran".formatted(metric.what())));
            facts.add(KnownFact.neither(
                    metric.fact() + ".valid", Fact.Unit.COUNT, "how many %s there are".formatted(metric.what())));
            facts.add(KnownFact.lower(
                    metric.fact() + ".twice",
                    Fact.Unit.COUNT,
                    "of how many files several reports of one push tell that cannot be told together"));
        }
        return facts;
    }
}
