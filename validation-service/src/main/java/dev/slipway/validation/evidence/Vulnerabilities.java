package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The vulnerabilities that a report tells of and that nobody takes out in it.
 *
 * @param list in the order of the report
 * @param all whether there are no others
 */
public record Vulnerabilities(List<One> list, boolean all) {
    public static final Vulnerabilities NONE = new Vulnerabilities(List.of(), true);

    private static final int SHOWN_CHARS_MAX = 200;

    public Vulnerabilities {
        list = List.copyOf(list);
    }

    /**
     * One of them. It is known by its ids and by the packages that it is in, whatever version of these is installed; within
     * what has no package URL, by the document's own name of it.
     *
     * @param ids its id, and others that mean the same
     * @param places package URLs of what it is in, or references to components that have none
     * @param product package URL of what the report is about, or empty
     * @param many whether it is in more than are kept; then it is known by its ids alone, and nobody else takes it out
     */
    public record One(List<String> ids, List<String> places, String product, Severity severity, boolean many) {
        public One {
            ids = List.copyOf(ids);
            places = List.copyOf(places);
        }

        /** As a rule sees it. */
        public Inventory.Vulnerable counting() {
            return new Inventory.Vulnerable(many ? List.of() : ids, places, product, severity, true);
        }

        /** In one line for people: severity, id and where it is. */
        public String shown() {
            String id = ids.isEmpty() ? "a vulnerability without an id" : ids.getFirst();
            String where = places.isEmpty() ? product : places.getFirst();
            String more = places.size() > 1 ? " and %d more".formatted(places.size() - 1) : "";
            String words = "%s %s%s%s".formatted(severity.word(), id, where.isEmpty() ? "" : " in " + where, more);
            String line = Texts.visible(words, ' ');
            return line.length() > SHOWN_CHARS_MAX ? line.substring(0, SHOWN_CHARS_MAX - 1) + "…" : line;
        }

        private List<String> packages() {
            return many || places.isEmpty()
                    ? List.of(Packages.anyVersion(product))
                    : places.stream().map(Packages::anyVersion).distinct().toList();
        }

        private static String key(String id, String place) {
            return id + "\n" + place;
        }

        /** Each of its packages, under any of its ids. */
        private boolean isKnown(Set<String> keys) {
            return packages().stream().allMatch(place -> ids.stream().anyMatch(id -> keys.contains(key(id, place))));
        }

        /** Any of its packages. */
        private boolean isLeft(Set<String> keys) {
            return packages().stream().anyMatch(place -> ids.stream().anyMatch(id -> keys.contains(key(id, place))));
        }
    }

    /** Those that count after what all these reports state of each other's, the worst first. */
    static List<One> counting(List<Reading> readings) {
        return counting(
                readings.stream()
                        .flatMap(one -> one.vulnerabilities().list().stream())
                        .toList(),
                readings.stream().map(one -> one.facts().parts()).toList());
    }

    /** Those of one report that count after what all these state, the worst first. */
    public static List<One> counting(List<One> list, List<Inventory> stating) {
        Inventory stated = stating.stream().map(Inventory::statementsAlone).reduce(Inventory.NONE, Inventory::plus);
        List<Inventory.Vulnerable> judged =
                Inventory.judged(list.stream().map(One::counting).toList(), stated.statements());
        return IntStream.range(0, list.size())
                .filter(i -> judged.get(i).counts())
                .mapToObj(list::get)
                .sorted(Comparator.comparing(One::severity).reversed())
                .toList();
    }

    /** What is known of a report, to look others up in it. */
    private record Known(Set<String> keys, Set<String> ids, Set<String> everywhere) {
        static Known of(List<One> list) {
            Known known = new Known(new HashSet<>(), new HashSet<>(), new HashSet<>());
            for (One one : list) {
                one.packages().forEach(place -> one.ids().forEach(id -> known.keys.add(One.key(id, place))));
                known.ids.addAll(one.ids());
                if (one.many()) {
                    known.everywhere.addAll(one.ids());
                }
            }
            return known;
        }

        private boolean byIdAlone(One one) {
            return one.ids().stream().anyMatch(one.many() ? ids::contains : everywhere::contains);
        }
    }

    /** Those of now that are in some package in which they were not before. */
    static List<One> fresh(List<One> now, List<One> before) {
        Known known = Known.of(before);
        return now.stream()
                .filter(one -> !known.byIdAlone(one) && !one.isKnown(known.keys))
                .toList();
    }

    /** How many of before are in none of their packages any more. */
    static long fixed(List<One> now, List<One> before) {
        Known known = Known.of(now);
        return before.stream()
                .filter(one -> !known.byIdAlone(one) && !one.isLeft(known.keys))
                .count();
    }
}
