package dev.slipway.contracts.traffic;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers by kind: by status as text ({@code 200}), or as one of the four ways not to get one. At most {@value #MAX} keys;
 * further statuses count under their class ({@code 4xx}), for whose keys and those of missing answers there is always room.
 */
public final class Kinds {
    public static final String NO_CONNECTION = "no-connection";
    public static final String TIME_OUT = "time-out";
    public static final String BROKE_OFF = "broke-off";
    /** The client went away before the first byte of the answer, which is neither an error nor a refusal. */
    public static final String CLIENT_GONE = "client-gone";

    public static final int MAX = 32;

    private static final int STATUSES_MAX = MAX - 9; // five classes and four ways not to answer keep their room
    private static final int STATUS_DIGITS = 3;

    private Kinds() {}

    /**
     * The counts in the order of their keys, to be kept by a record.
     *
     * @throws IllegalArgumentException if there are too many keys or a count is missing or below 0
     */
    public static SortedMap<String, Long> checked(Map<String, Long> kinds) {
        Ranges.require("kinds: their number", kinds.size(), 0, MAX);
        SortedMap<String, Long> sorted = new TreeMap<>();
        kinds.forEach((kind, count) -> {
            Texts.requireLength("kinds: a kind", kind, 1, 20);
            Texts.requirePresent("kinds: the count of " + kind, count);
            Ranges.require("kinds: the count of " + kind, count, 0, Long.MAX_VALUE);
            sorted.put(kind, count);
        });
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** Adds to counts that may be changed, within the bound. */
    public static void add(Map<String, Long> counts, String kind, long number) {
        boolean status = kind.length() == STATUS_DIGITS && Character.isDigit(kind.charAt(1));
        boolean full = status && !counts.containsKey(kind) && statuses(counts) >= STATUSES_MAX;
        counts.merge(full ? kind.charAt(0) + "xx" : kind, number, Long::sum);
    }

    /** The counts of both. */
    public static SortedMap<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        SortedMap<String, Long> sum = new TreeMap<>(one);
        new TreeMap<>(other).forEach((kind, number) -> add(sum, kind, number));
        return sum;
    }

    private static long statuses(Map<String, Long> counts) {
        return counts.keySet().stream()
                .filter(kind -> kind.length() == STATUS_DIGITS && Character.isDigit(kind.charAt(1)))
                .count();
    }
}
