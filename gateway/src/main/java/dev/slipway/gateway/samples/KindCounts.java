package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.Kinds;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers by their kind, cheap to count. So many different statuses have a count of their own, the
 * first that come; further ones count under their class, so that there are never more than {@link Kinds#MAX} kinds. What is
 * no status of HTTP (below 100, above 599) counts under 5xx, as RFC 9110 section 15 has clients take it. Not safe for use
 * by several threads.
 */
final class KindCounts {
    private static final int HUNDRED = 100;
    private static final int CLASSES = 5;
    private static final int UNANSWERED = 4;
    private static final int STATUSES_MAX = Kinds.MAX - CLASSES - UNANSWERED;

    private final int[] statuses = new int[STATUSES_MAX];
    private final long[] counts = new long[STATUSES_MAX];
    private final long[] classes = new long[CLASSES];
    private final long[] unanswered = new long[UNANSWERED];
    private int known;

    void add(int kind) {
        if (kind < 0) {
            unanswered[-kind - 1]++;
            return;
        }
        int group = kind / HUNDRED;
        if (group < 1 || group > CLASSES) {
            classes[CLASSES - 1]++;
            return;
        }
        for (int i = 0; i < known; i++) {
            if (statuses[i] == kind) {
                counts[i]++;
                return;
            }
        }
        if (known < STATUSES_MAX) {
            statuses[known] = kind;
            counts[known++] = 1;
        } else {
            classes[group - 1]++;
        }
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        for (int i = 0; i < known; i++) {
            all.put(Integer.toString(statuses[i]), counts[i]);
        }
        for (int i = 0; i < CLASSES; i++) {
            put(all, i + 1 + "xx", classes[i]);
        }
        put(all, Kinds.NO_CONNECTION, unanswered[-Answer.NO_CONNECTION - 1]);
        put(all, Kinds.TIME_OUT, unanswered[-Answer.TIME_OUT - 1]);
        put(all, Kinds.BROKE_OFF, unanswered[-Answer.BROKE_OFF - 1]);
        put(all, Kinds.CLIENT_GONE, unanswered[-Answer.CLIENT_GONE - 1]);
        return all;
    }

    private static void put(Map<String, Long> all, String kind, long count) {
        if (count > 0) {
            all.put(kind, count);
        }
    }
}
