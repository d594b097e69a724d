package dev.slipway.validation.evidence.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the lines of one file have moved, as far as its findings show: those that are there once on each side are its landmarks.
 * What is added or taken away above moves lines and keeps their order, so most landmarks follow each other as before; the
 * longest row of them that does is what the others are held against.
 */
final class Landmarks {
    /** Fewer that a finding has passed prove nothing. */
    private static final int PASSED_MIN = 2;

    static final Landmarks NONE = of(List.of());

    /** A line of before and the line of now on which the same is found. */
    record Moved(int was, int now) {
        int by() {
            return now - was;
        }
    }

    /** Those in order, by both of their lines. */
    private final int[] was;

    private final int[] now;
    private final int outOfOrder;
    private final Map<Integer, Integer> together;

    private Landmarks(List<Moved> row, int all, Map<Integer, Integer> together) {
        this.was = row.stream().mapToInt(Moved::was).toArray();
        this.now = row.stream().mapToInt(Moved::now).toArray();
        this.outOfOrder = all - row.size();
        this.together = together;
    }

    static Landmarks of(List<Moved> found) {
        Map<Integer, Integer> together = new HashMap<>();
        found.forEach(one -> together.merge(one.by(), 1, Integer::sum));
        return new Landmarks(longestRow(found), found.size(), together);
    }

    /** The longest that goes down the file on both sides, by patience sorting. */
    private static List<Moved> longestRow(List<Moved> found) {
        List<Moved> sorted = found.stream()
                .sorted(Comparator.comparingInt(Moved::was).thenComparingInt(Moved::now))
                .toList();
        List<Integer> tails = new ArrayList<>();
        int[] before = new int[sorted.size()];
        for (int i = 0; i < sorted.size(); i++) {
            int low = 0;
            int high = tails.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted.get(tails.get(middle)).now() <= sorted.get(i).now()) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : tails.get(low - 1);
            if (low == tails.size()) {
                tails.add(i);
            } else {
                tails.set(low, i);
            }
        }
        List<Moved> row = new ArrayList<>();
        for (int i = tails.isEmpty() ? -1 : tails.getLast(); i >= 0; i = before[i]) {
            row.add(sorted.get(i));
        }
        return row.reversed();
    }

    /** How likely it is that what was on one line is not what is on another. */
    enum Doubt {
        NONE,
        /** It passed a landmark, or no more of them than are out of order themselves. */
        SOME,
        /** More landmarks than are out of order, and at least two, lay below the one and lie above the other, or the other way round. */
        APART
    }

    /**
     * No doubt where something else has moved as far: it was moved with it.
     *
     * @param landmark whether the pair is one of the landmarks itself
     */
    Doubt doubt(Moved pair, boolean landmark) {
        int passed = passed(pair);
        if (passed == 0 || together.getOrDefault(pair.by(), 0) > (landmark ? 1 : 0)) {
            return Doubt.NONE;
        }
        return passed >= PASSED_MIN && passed > outOfOrder ? Doubt.APART : Doubt.SOME;
    }

    private int passed(Moved pair) {
        int upwards = first(now, pair.now()) - first(was, pair.was() + 1);
        int downwards = first(was, pair.was()) - first(now, pair.now() + 1);
        return Math.max(0, Math.max(upwards, downwards));
    }

    /** On which line it should be now, by the landmark before it, or else the first one. */
    int expected(int line) {
        if (was.length == 0) {
            return line;
        }
        int nearest = Math.max(0, first(was, line + 1) - 1);
        return line + now[nearest] - was[nearest];
    }

    /** How many are below this value: the place of the first that is not. */
    private static int first(int[] sorted, int value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
