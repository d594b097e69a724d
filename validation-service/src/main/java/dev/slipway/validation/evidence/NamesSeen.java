package dev.slipway.validation.evidence;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the objects that a document stands in, so that none comes twice in one of them. Objects of reports have few
 * members: a bit of each name's hash tells nearly always that it is new, else the names are compared one by one; an object of
 * many gets a set.
 */
final class NamesSeen {
    private static final int FEW = 16;

    private String[] names = new String[4 * FEW];
    private int count;
    private int[] begins = new int[FEW];
    private long[] bits = new long[FEW];
    private @Nullable Set<String>[] sets = sets(FEW);
    private int depth;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Set<String>[] sets(int length) {
        return new Set[length];
    }

    void opened() {
        if (depth == begins.length) {
            begins = Arrays.copyOf(begins, 2 * depth);
            bits = Arrays.copyOf(bits, 2 * depth);
            sets = Arrays.copyOf(sets, 2 * depth);
        }
        bits[depth] = 0;
        begins[depth++] = count;
    }

    void closed() {
        depth--;
        count = begins[depth];
        sets[depth] = null;
    }

    /** Whether the innermost object did not have it yet. */
    boolean isNew(String name) {
        Set<String> many = sets[depth - 1];
        return many == null ? isNewAmongFew(name) : many.add(name);
    }

    private boolean isNewAmongFew(String name) {
        int begin = begins[depth - 1];
        int hash = name.hashCode();
        long bit = 1L << (hash ^ hash >>> 6); // of which the last six bits count
        if ((bits[depth - 1] & bit) != 0 && stands(name, hash, begin)) {
            return false;
        }
        bits[depth - 1] |= bit;
        if (count - begin == FEW) {
            Set<String> all = new HashSet<>(Arrays.asList(names).subList(begin, count));
            sets[depth - 1] = all;
            return all.add(name);
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
        }
        names[count++] = name;
        return true;
    }

    private boolean stands(String name, int hash, int begin) {
        for (int i = begin; i < count; i++) {
            if (names[i].hashCode() == hash && names[i].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
