package dev.slipway.validation.judgement;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Kinds of answers, for people: the most frequent ones that are not well, such as {@code (11 × 500, 2 × time-out)}. */
final class KindsText {
    private static final int SHOWN_MAX = 5;

    private KindsText() {}

    /** Everything that is neither a success nor a redirection nor a refusal; empty for none. */
    static String ofErrors(Map<String, Long> kinds) {
        return shown(kinds, kind -> !kind.matches("[1-4].*"));
    }

    static String ofRefusals(Map<String, Long> kinds) {
        return shown(kinds, kind -> kind.startsWith("4"));
    }

    /** All that is neither a success nor a redirection, where a policy has a meaning of its own for statuses. */
    static String ofBoth(Map<String, Long> kinds) {
        return shown(kinds, kind -> !kind.matches("[1-3].*"));
    }

    /** How many answers the usual meaning of their kind makes errors. */
    static long errors(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .filter(kind -> !kind.getKey().matches("[1-4].*"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String shown(Map<String, Long> kinds, Predicate<String> which) {
        String text = kinds.entrySet().stream()
                .filter(kind -> which.test(kind.getKey()) && kind.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN_MAX)
                .map(kind -> kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
