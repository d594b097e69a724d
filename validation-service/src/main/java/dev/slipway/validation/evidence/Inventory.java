package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What bills of materials and VEX documents say beside numbers, as far as a rule needs it: which licences there are, which
 * vulnerabilities, and which of them are said to be none. It travels with the facts, so that a rule sees it when it is applied,
 * and again when the verdict is checked; it grows with what differs, not with the number of components.
 *
 * @param licensed at most {@value #LICENSES_MAX}
 * @param licensesLeftOut how many licences of components found no room
 * @param vulnerable those that count unless a statement takes them out, at most {@value #VULNERABLE_MAX}; what finds no room
 *     counts in any case
 * @param statements at most {@value #STATEMENTS_MAX}
 * @param statementsTooMany whether there are more; then none is heeded
 * @param scanners tools in whose reports a list of vulnerabilities stands, be it empty; at most {@value #SCANNERS_MAX}
 * @param scanned whether one of the reports proves that it was scanned for vulnerabilities
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Inventory(
        List<Licensed> licensed,
        long licensesLeftOut,
        List<Vulnerable> vulnerable,
        List<VexStatement> statements,
        boolean statementsTooMany,
        List<String> scanners,
        boolean scanned) {
    public static final int LICENSES_MAX = 500;
    public static final int VULNERABLE_MAX = 500;
    public static final int STATEMENTS_MAX = 500;
    static final int SCANNERS_MAX = 20;
    private static final int NAMES_MAX = 1_000;
    private static final int NAMES_EACH_MIN = 5;
    private static final int NAMES_EACH_MAX = 100;

    public static final Inventory NONE = new Inventory(List.of(), 0, List.of(), List.of(), false, List.of(), false);

    @JsonCreator
    public Inventory {
        licensed = orNone(licensed);
        vulnerable = orNone(vulnerable);
        statements = orNone(statements);
        scanners = orNone(scanners);
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * A licence, and the components that have it.
     *
     * @param license an SPDX expression, or a name as the report writes it, at most 300 characters; empty where nobody says
     * @param named whether it is a mere name, and no expression
     * @param count how many components have it
     * @param components some of them: their package URLs, or names where they have none
     */
    public record Licensed(String license, boolean named, long count, List<String> components) {
        private static final int LICENSE_CHARS_MAX = 300;

        public Licensed {
            license = cut(license, LICENSE_CHARS_MAX);
            components = List.copyOf(components);
        }

        /** What is longer than a licence is, is none that anybody allows. */
        private static String cut(String text, int max) {
            return text.length() > max ? text.substring(0, max - 1) + "…" : text;
        }
    }

    /**
     * A vulnerability that a report tells of.
     *
     * @param ids its id, and others that mean the same
     * @param components package URLs of what it is in
     * @param product package URL of what the report is about, or empty
     * @param counts whether no statement takes it out
     */
    public record Vulnerable(
            List<String> ids, List<String> components, String product, Severity severity, boolean counts) {
        public Vulnerable {
            ids = List.copyOf(ids);
            components = List.copyOf(components);
        }

        Vulnerable counting(boolean now) {
            return new Vulnerable(ids, components, product, severity, now);
        }
    }

    /**
     * What somebody states of a vulnerability in a product.
     *
     * @param ids of the vulnerability
     * @param product package URL
     * @param component package URL of the part of the product in which it is, or empty for the product itself
     * @param harmless whether the product is not affected, or not any more
     * @param at when it was stated as it claims, or null; once it has arrived nothing after its arrival
     */
    public record VexStatement(
            List<String> ids,
            String product,
            String component,
            boolean harmless,
            @Nullable Instant at) {
        public VexStatement {
            ids = List.copyOf(ids);
        }

        private boolean isAfter(Instant arrival) {
            return at != null && at.isAfter(arrival);
        }

        private VexStatement notAfter(Instant arrival) {
            return isAfter(arrival) ? new VexStatement(ids, product, component, harmless, arrival) : this;
        }

        private boolean concerns(String affected, String ofProduct) {
            return component.isEmpty()
                    ? Packages.covers(product, affected) || Packages.covers(product, ofProduct)
                    : Packages.covers(component, affected) && Packages.covers(product, ofProduct);
        }
    }

    /** Whether a report of this tool is among them. */
    public boolean scannedBy(String scanner) {
        return scanners.stream().anyMatch(scanner::equalsIgnoreCase);
    }

    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }

    /** Both together, in whatever order they came. */
    Inventory plus(Inventory other) {
        if (isNone() || other.isNone()) {
            return isNone() ? other : this;
        }
        Map<Licensed, Licensed> licenses = new LinkedHashMap<>();
        long leftOut = licensesLeftOut + other.licensesLeftOut;
        for (Licensed one : joined(licensed, other.licensed)) {
            Licensed key = new Licensed(one.license(), one.named(), 0, List.of());
            if (licenses.size() < LICENSES_MAX || licenses.containsKey(key)) {
                licenses.merge(key, one, Inventory::together);
            } else {
                leftOut += one.count();
            }
        }
        List<VexStatement> stated =
                joined(statements, other.statements).stream().distinct().toList();
        boolean tooMany = statementsTooMany || other.statementsTooMany || stated.size() > STATEMENTS_MAX;
        List<VexStatement> heeded = tooMany ? List.of() : stated;
        Set<String> tools = new LinkedHashSet<>(joined(scanners, other.scanners));
        return new Inventory(
                bounded(licenses.values()),
                leftOut,
                judged(joined(vulnerable, other.vulnerable), heeded).stream()
                        .limit(VULNERABLE_MAX)
                        .toList(),
                heeded,
                tooMany,
                tools.stream().limit(SCANNERS_MAX).toList(),
                scanned || other.scanned);
    }

    private static <T> List<T> joined(List<T> one, List<T> two) {
        List<T> all = new ArrayList<>(one);
        all.addAll(two);
        return all;
    }

    private static Licensed together(Licensed one, Licensed two) {
        return new Licensed(
                one.license(),
                one.named(),
                one.count() + two.count(),
                joined(one.components(), two.components()).stream()
                        .limit(NAMES_EACH_MAX)
                        .toList());
    }

    /** A few names of each licence, and more while there is room. */
    public static List<Licensed> bounded(Iterable<Licensed> licenses) {
        List<Licensed> bounded = new ArrayList<>();
        int names = 0;
        for (Licensed one : licenses) {
            int room = Math.clamp(NAMES_MAX - names, NAMES_EACH_MIN, NAMES_EACH_MAX);
            List<String> kept = one.components().stream().limit(room).toList();
            names += kept.size();
            bounded.add(new Licensed(one.license(), one.named(), one.count(), kept));
        }
        return bounded;
    }

    /** How many statements claim a time that lies after this one. */
    long statedAfter(Instant arrival) {
        return statements.stream().filter(one -> one.isAfter(arrival)).count();
    }

    /** As it arrived then: what is stated of a later time was stated then, so that no clock wins over what comes after it. */
    Inventory notAfter(Instant arrival) {
        if (statedAfter(arrival) == 0) {
            return this;
        }
        List<VexStatement> stated =
                statements.stream().map(one -> one.notAfter(arrival)).toList();
        return new Inventory(
                licensed, licensesLeftOut, judged(vulnerable, stated), stated, statementsTooMany, scanners, scanned);
    }

    /** What it says of the vulnerabilities of others, without its own. */
    Inventory statementsAlone() {
        return new Inventory(List.of(), 0, List.of(), statements, statementsTooMany, List.of(), false);
    }

    /** Each of them, counting or not after these statements, in the same order. */
    static List<Vulnerable> judged(List<Vulnerable> all, List<VexStatement> statements) {
        Map<String, List<VexStatement>> byId = new LinkedHashMap<>();
        for (VexStatement one : statements) {
            one.ids()
                    .forEach(id ->
                            byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(one));
        }
        return all.stream().map(one -> one.counting(!isHarmless(one, byId))).toList();
    }

    /** In everything that it is in. */
    private static boolean isHarmless(Vulnerable one, Map<String, List<VexStatement>> byId) {
        List<VexStatement> about = one.ids().stream()
                .flatMap(id -> byId.getOrDefault(id, List.of()).stream())
                .distinct()
                .toList();
        if (about.isEmpty()) {
            return false;
        }
        List<String> places = one.components().isEmpty() ? List.of(one.product()) : one.components();
        return places.stream().allMatch(place -> isHarmless(about, place, one.product()));
    }

    /** The latest statement counts; of several at once, that it is not harmless. */
    private static boolean isHarmless(List<VexStatement> about, String place, String product) {
        List<VexStatement> ours =
                about.stream().filter(one -> one.concerns(place, product)).toList();
        Instant latest = ours.stream()
                .map(Inventory::when)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return !ours.isEmpty()
                && ours.stream().filter(one -> when(one).equals(latest)).allMatch(VexStatement::harmless);
    }

    private static Instant when(VexStatement statement) {
        return statement.at() == null ? Instant.MIN : statement.at();
    }
}
