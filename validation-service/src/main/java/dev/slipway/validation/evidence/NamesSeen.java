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
    private static final int FEW = 64;
    private static final int USUAL = 24;
    private static final int DEPTH = 8;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final @Nullable Set<String>[] NONE = new Set[0];

    private String[] names = new String[USUAL];
    private int count;
    private int[] begins = new int[DEPTH];
    private long[] bits = new long[DEPTH];
    /** Of objects of many names; none up to the first of them. */
    private @Nullable Set<String>[] sets = NONE;

    private int depth;

    void opened() {
        if (depth == begins.length) {
            begins = Arrays.copyOf(begins, 2 * depth);
            bits = Arrays.copyOf(bits, 2 * depth);
        }
        bits[depth] = 0;
        begins[depth++] = count;
    }

    void closed() {
        depth--;
        count = begins[depth];
        if (depth < sets.length) {
            sets[depth] = null;
        }
    }

    /** Whether the innermost object did not have it yet. */
    boolean isNew(String name) {
        int innermost = depth - 1;
        Set<String> many = innermost < sets.length ? sets[innermost] : null;
        return many == null ? isNewAmongFew(name, innermost) : many.add(name);
    }

    private boolean isNewAmongFew(String name, int innermost) {
        int begin = begins[innermost];
        int hash = name.hashCode();
        long bit = 1L << (hash ^ hash >>> 6); // of which the last six bits count
        long seen = bits[innermost];
        if ((seen & bit) != 0 && stands(name, hash, begin)) {
            return false;
        }
        bits[innermost] = seen | bit;
        if (count - begin == FEW) {
            return manyFrom(begin, innermost).add(name);
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
        }
        names[count++] = name;
        return true;
    }

    private Set<String> manyFrom(int begin, int innermost) {
        if (innermost >= sets.length) {
            sets = Arrays.copyOf(sets, begins.length);
        }
        Set<String> many = new HashSet<>(Arrays.asList(names).subList(begin, count));
        sets[innermost] = many;
        return many;
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
