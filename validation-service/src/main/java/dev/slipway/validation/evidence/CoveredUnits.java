package dev.slipway.validation.evidence;

import java.util.Arrays;

/**
 * What of one file can be covered (its lines, its branches, ...) and what is. The same thing told twice is one: it is covered
 * if it is once. Eight bytes for each.
 *
 * <p>A thing has a key of 47 bits: its line, or a hash of its name; two of one file that share a hash would count as one.
 */
public final class CoveredUnits {
    public static final long KEY_MAX = (1L << 47) - 1;
    public static final int WEIGHT_MAX = (1 << 16) - 1;
    private static final int KEY_SHIFT = 17;
    private static final int FEW = 8;
    private static final int SOME = 32;
    private static final long[] NONE = {};

    private long[] units = NONE;
    private int size;
    private boolean sorted = true;
    /** Sums of all that stand here while it is sorted. */
    private long valid;

    private long covered;

    /**
     * @param key 0 to {@link #KEY_MAX}
     * @param weight how much it counts, 0 to {@link #WEIGHT_MAX}
     */
    public void add(long key, int weight, boolean covered) {
        put(key << KEY_SHIFT | (long) weight << 1 | (covered ? 1 : 0));
        valid += weight;
        this.covered += covered ? weight : 0;
    }

    public void add(long key, boolean covered) {
        add(key, 1, covered);
    }

    /**
     * Several at once, which have room of their own and no more.
     *
     * @param keys 0 and above, of which the first ones are meant
     */
    public void add(int[] keys, int count, boolean covered) {
        if (units.length < size + count) {
            units = Arrays.copyOf(units, size + Math.max(count, size / FEW)); // so that many times few stay cheap
        }
        long last = size == 0 ? -1 : units[size - 1] >>> 1;
        boolean inOrder = sorted;
        for (int i = 0; i < count; i++) {
            long thing = ((long) keys[i] << (KEY_SHIFT - 1)) | 1;
            units[size + i] = (thing << 1) | (covered ? 1 : 0);
            inOrder &= last < thing;
            last = thing;
        }
        size += count;
        sorted = inOrder;
        valid += count;
        this.covered += covered ? count : 0;
    }

    private void put(long unit) {
        if (size == units.length) {
            units = Arrays.copyOf(units, size == 0 ? FEW : Math.max(SOME, size * 2));
        }
        sorted &= size == 0 || units[size - 1] >>> 1 < unit >>> 1;
        units[size++] = unit;
    }

    /** A key for what has a name rather than a number. */
    public static long key(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 29) & KEY_MAX;
    }

    public long valid() {
        settle();
        return valid;
    }

    public long covered() {
        settle();
        return covered;
    }

    /** How much of it all is covered. */
    Coverage.Share share() {
        settle();
        return new Coverage.Share(covered, valid);
    }

    /** Whether one key stands there with two weights: then these are not the same things. */
    public boolean isContradictory() {
        settle();
        for (int i = 1; i < size; i++) {
            if (units[i] >>> KEY_SHIFT == units[i - 1] >>> KEY_SHIFT) {
                return true;
            }
        }
        return false;
    }

    /** With all of another. */
    CoveredUnits and(CoveredUnits other) {
        CoveredUnits both = new CoveredUnits();
        both.units = Arrays.copyOf(units, size + other.size);
        both.size = size;
        both.sorted = false;
        System.arraycopy(other.units, 0, both.units, size, other.size);
        both.size += other.size;
        both.settle();
        return both;
    }

    private void settle() {
        if (sorted) {
            return;
        }
        Arrays.sort(units, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept > 0 && units[kept - 1] >>> 1 == units[i] >>> 1) {
                units[kept - 1] |= units[i] & 1;
            } else {
                units[kept++] = units[i];
            }
        }
        size = kept;
        sorted = true;
        sum();
    }

    private void sum() {
        valid = 0;
        covered = 0;
        for (int i = 0; i < size; i++) {
            long weight = units[i] >>> 1 & WEIGHT_MAX;
            valid += weight;
            covered += (units[i] & 1) == 0 ? 0 : weight;
        }
    }
}
