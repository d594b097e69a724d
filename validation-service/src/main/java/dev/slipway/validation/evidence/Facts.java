package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one or several reports say, as numbers with names.
 *
 * @param list at most 200, names unique
 * @param inventory what bills of materials and VEX documents say beside; null where there is none
 */
public record Facts(
        List<Fact> list,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Inventory inventory) {
    private static final int FACTS_MAX = 200;
    /** So many are sooner compared than hashed. */
    private static final int FEW = 16;

    /** Beside a percentage: how many are covered, and of how many. */
    static final String COVERED = ".covered";

    static final String VALID = ".valid";
    /** Beside a percentage: of how many files several reports tell so that nobody can say what they cover together. */
    static final String TWICE = ".twice";

    private static final String LOAD_ERRORS = "load.errors";
    private static final String LOAD_REQUESTS = "load.requests";

    public static final Facts NONE = new Facts(List.of());

    @JsonCreator
    public Facts {
        list = List.copyOf(list);
        inventory = inventory == null || inventory.isNone() ? null : inventory;
        if (list.size() > FACTS_MAX || !isEachOnce(list)) {
            throw new IllegalArgumentException("A report says at most " + FACTS_MAX + " facts, each once");
        }
    }

    private static boolean isEachOnce(List<Fact> list) {
        if (list.size() > FEW) {
            return isAscending(list) || list.stream().map(Fact::name).distinct().count() == list.size();
        }
        long seen = 0;
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i).name();
            long bit = 1L << name.hashCode(); // of which the last six bits count
            for (int k = 0; (seen & bit) != 0 && k < i; k++) {
                if (name.equals(list.get(k).name())) {
                    return false;
                }
            }
            seen |= bit;
        }
        return true;
    }

    private static boolean isAscending(List<Fact> list) {
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).name().compareTo(list.get(i).name()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Numbers alone. */
    public Facts(List<Fact> list) {
        this(list, null);
    }

    /** What bills of materials say; nothing where there is none. */
    @JsonIgnore
    public Inventory parts() {
        return inventory == null ? Inventory.NONE : inventory;
    }

    /** The same for somebody who knows that the tool scans: what it does not tell of is not there. */
    public Facts scannedBy(String scanner) {
        return parts().scannedBy(scanner) ? new Facts(VulnerabilityFacts.withZeros(list), inventory) : this;
    }

    /** By name, in the order of the report. */
    public Map<String, BigDecimal> values() {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        list.forEach(fact -> values.put(fact.name(), fact.value()));
        return values;
    }

    public Optional<Fact> named(String name) {
        return list.stream().filter(fact -> fact.name().equals(name)).findFirst();
    }

    /**
     * Facts of two reports of the same kind, by their units: some add up, of some the largest or the smallest counts, and of
     * the others nothing can be said. How a run ended is no report: it takes nothing away.
     */
    public Facts plus(Facts other) {
        if (equals(NONE) || other.equals(NONE)) {
            return equals(NONE) ? other : this;
        }
        boolean measured = !endsAlone() && !other.endsAlone();
        Map<String, Fact> sums = new LinkedHashMap<>();
        list.forEach(fact -> sums.put(fact.name(), fact));
        for (Fact fact : other.list) {
            sums.merge(fact.name(), fact, Facts::add);
        }
        return new Facts(sums.values().stream()
                        .filter(fact -> !measured || isKnownOfBoth(fact, other))
                        .toList())
                .with(parts(), other.parts());
    }

    /** What of two reports together still says something. */
    private boolean isKnownOfBoth(Fact fact, Facts other) {
        return fact.unit().smallestCounts()
                ? named(fact.name()).isPresent() && other.named(fact.name()).isPresent()
                : fact.unit().addsUp() || fact.unit().largestCounts();
    }

    /** What one report states may change what the other counts. */
    private Facts with(Inventory one, Inventory two) {
        Inventory both = one.plus(two);
        List<Inventory.Vulnerable> before = new ArrayList<>(one.vulnerable());
        before.addAll(two.vulnerable());
        return new Facts(VulnerabilityFacts.adjusted(list, before, both), both);
    }

    /** The same as they arrived then: what a report states of a time after that was stated then. */
    public Facts notAfter(Instant arrival) {
        Inventory claimed = parts();
        Inventory arrived = claimed.notAfter(arrival);
        return arrived.equals(claimed)
                ? this
                : new Facts(VulnerabilityFacts.adjusted(list, claimed.vulnerable(), arrived), arrived);
    }

    /** These and others of the same reports, under other names. */
    public Facts and(Facts others) {
        List<Fact> both = new ArrayList<>(list);
        both.addAll(others.list);
        return new Facts(both, parts().plus(others.parts()));
    }

    private boolean endsAlone() {
        return list.stream().allMatch(fact -> fact.unit() == Fact.Unit.STATUS);
    }

    /**
     * Of several reports that were sent together, where each counts only what those before it have not told: a percentage
     * is known again where the counts stand beside it.
     */
    public static Facts together(List<Facts> reports) {
        if (reports.size() < 2) {
            return reports.isEmpty() ? NONE : reports.getFirst();
        }
        Facts sum = reports.stream().reduce(NONE, Facts::plus);
        List<Fact> facts = new ArrayList<>();
        if (reports.stream().allMatch(one -> one.named(LOAD_ERRORS).isPresent())) {
            sum.errorRate().ifPresent(facts::add);
        }
        for (Fact fact : sum.list) {
            sum.share(fact).ifPresent(facts::add);
            facts.add(fact);
        }
        return new Facts(facts, sum.inventory);
    }

    /** Of load tests that all say how many of their requests failed. */
    private Optional<Fact> errorRate() {
        return named(LOAD_REQUESTS)
                .filter(requests -> requests.value().signum() > 0)
                .flatMap(requests -> named(LOAD_ERRORS)
                        .map(errors -> new Fact(
                                "load.error-rate",
                                errors.value()
                                        .multiply(BigDecimal.valueOf(100))
                                        .divide(requests.value(), MathContext.DECIMAL32),
                                Fact.Unit.PERCENT)));
    }

    /** The percentage that comes with what is covered of it. */
    private Optional<Fact> share(Fact covered) {
        if (!covered.name().endsWith(COVERED)) {
            return Optional.empty();
        }
        String name = covered.name().substring(0, covered.name().length() - COVERED.length());
        return named(name + TWICE).isPresent()
                ? Optional.empty()
                : named(name + VALID)
                        .filter(valid -> valid.value().signum() > 0)
                        .filter(valid -> covered.value().compareTo(valid.value()) <= 0)
                        .map(valid -> Fact.share(
                                name,
                                covered.value().longValueExact(),
                                valid.value().longValueExact()));
    }

    private static Fact add(Fact one, Fact two) {
        if (one.unit() == two.unit() && one.unit().largestCounts()) {
            return one.value().compareTo(two.value()) >= 0 ? one : two;
        }
        if (one.unit() == two.unit() && one.unit().smallestCounts()) {
            return one.value().compareTo(two.value()) <= 0 ? one : two;
        }
        BigDecimal sum = one.value().add(two.value());
        return new Fact(one.name(), sum, one.unit() == two.unit() ? one.unit() : Fact.Unit.NUMBER);
    }

    /** For people: {@code tests.total 14, tests.failed 0}. */
    @Override
    public String toString() {
        return list.stream().map(Fact::toString).collect(Collectors.joining(", "));
    }
}
