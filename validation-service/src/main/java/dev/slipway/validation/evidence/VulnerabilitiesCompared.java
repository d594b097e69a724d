package dev.slipway.validation.evidence;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import java.util.ArrayList;
import java.util.List;

/**
 * Vulnerabilities against those of the last verified release ({@link Vulnerabilities}). Those count that no statement takes out,
 * on both sides. As everywhere, what was found is told always, and a zero only where a scan is proved: of the reports of now,
 * and of those that they are compared with.
 */
public final class VulnerabilitiesCompared implements Comparing {
    static final String NEW = "vulnerabilities.new";
    static final String NEW_CRITICAL = "vulnerabilities.new.critical";
    static final String NEW_HIGH = "vulnerabilities.new.high";
    static final String FIXED = "vulnerabilities.fixed";

    private static final int SHOWN_MAX = 5;
    private static final String UNSCANNED =
            "No scan for vulnerabilities is proved by these reports: an empty list is written by tools that did not look";

    /** One side: what counts in it. */
    private record Side(List<Vulnerabilities.One> counting, boolean scanned, boolean all) {
        static Side of(Gate gate, List<Reading> readings) {
            Inventory parts = Facts.together(
                            readings.stream().map(Reading::facts).toList())
                    .parts();
            String scanner = gate.scanner();
            return new Side(
                    Vulnerabilities.counting(readings),
                    parts.scanned() || (scanner != null && parts.scannedBy(scanner)),
                    readings.stream().allMatch(one -> one.vulnerabilities().all()));
        }
    }

    @Override
    public List<String> names() {
        return List.of(NEW, NEW_CRITICAL, NEW_HIGH, FIXED);
    }

    /** Only a gate says which scanner is believed. */
    @Override
    public Compared with(List<Reading> now, List<Reading> before) {
        throw new UnsupportedOperationException("Vulnerabilities are compared as a gate asks for it");
    }

    @Override
    public Compared with(Gate gate, int way, List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        Side present = Side.of(gate, now);
        Side known = Side.of(gate, before);
        if (!present.all() || !known.all()) {
            return nothing("There are more vulnerabilities than are kept, so they cannot be compared");
        }
        if (!known.scanned()) {
            return gate.baseline() == WithoutBaseline.RECORD
                    ? first(gate, now)
                    : nothing(
                            "The reports of the last verified release prove no scan for vulnerabilities, so nobody can say"
                                    + " which are new. Say baseline: record in the gate, and this release records what the next ones"
                                    + " are compared with");
        }
        List<Vulnerabilities.One> fresh = Vulnerabilities.fresh(present.counting(), known.counting());
        List<Fact> facts = facts(fresh, Vulnerabilities.fixed(present.counting(), known.counting()));
        if (present.scanned()) {
            return new Compared(new Facts(facts), shown(fresh));
        }
        List<Fact> found = facts.stream()
                .filter(fact -> !fact.name().equals(FIXED) && fact.value().signum() > 0)
                .toList();
        return found.isEmpty() ? nothing(UNSCANNED) : new Compared(new Facts(found), shown(fresh));
    }

    /** Nothing is new in it, if a scan was made: only that can be compared with later. */
    @Override
    public Compared first(Gate gate, List<Reading> now) {
        return Side.of(gate, now).scanned() ? first() : nothing(UNSCANNED);
    }

    @Override
    public Compared first() {
        return new Compared(new Facts(facts(List.of(), 0)), List.of());
    }

    private static Compared nothing(String why) {
        return new Compared(Facts.NONE, List.of(why));
    }

    private static List<Fact> facts(List<Vulnerabilities.One> fresh, long fixed) {
        return List.of(
                Fact.count(NEW, fresh.size()),
                Fact.count(NEW_CRITICAL, of(fresh, Severity.CRITICAL)),
                Fact.count(NEW_HIGH, of(fresh, Severity.HIGH)),
                Fact.count(FIXED, fixed));
    }

    private static long of(List<Vulnerabilities.One> fresh, Severity severity) {
        return fresh.stream().filter(one -> one.severity() == severity).count();
    }

    private static List<String> shown(List<Vulnerabilities.One> fresh) {
        List<String> shown = new ArrayList<>();
        fresh.stream().limit(SHOWN_MAX).forEach(one -> shown.add("new: " + one.shown()));
        if (fresh.size() > SHOWN_MAX) {
            shown.add("and %d more that are new".formatted(fresh.size() - SHOWN_MAX));
        }
        return shown;
    }

    static List<KnownFact> known() {
        return List.of(
                KnownFact.lower(NEW, Fact.Unit.COUNT, "vulnerabilities that the last verified release did not have"),
                KnownFact.lower(NEW_CRITICAL, Fact.Unit.COUNT, "those of them that a source calls critical"),
                KnownFact.lower(NEW_HIGH, Fact.Unit.COUNT, "those of them that a source calls high, and none worse"),
                KnownFact.higher(FIXED, Fact.Unit.COUNT, "vulnerabilities of the last verified release that are gone"));
    }
}
