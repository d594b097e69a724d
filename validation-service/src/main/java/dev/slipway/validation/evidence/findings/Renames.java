package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.ReportedFinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which file of before is which file of now. A file is renamed if nothing is found in it any more, if nothing was found
 * before in the one that it became, and if findings agree in rule and message: one is enough where its own name stayed and
 * only folders changed; else two are needed, and at least half of those that it had. So a fault that is copied into another
 * file stays new while the first one is still there.
 */
final class Renames {
    private static final int FILES_MAX = 1_000;

    private Renames() {}

    private record Said(String rule, String message) {}

    private record Pair(String from, String to, int agree, int alike) {}

    /**
     * By the name of before.
     *
     * @param now all of now
     * @param before all of before
     * @param fresh those of now that have no partner yet
     * @param gone those of before that have none
     */
    static Map<String, String> of(
            List<ReportedFinding> now,
            List<ReportedFinding> before,
            List<ReportedFinding> fresh,
            List<ReportedFinding> gone) {
        Map<String, Map<Said, Integer>> left = byFile(gone, files(now));
        Map<String, Map<Said, Integer>> come = byFile(fresh, files(before));
        if (left.isEmpty() || come.isEmpty() || left.size() > FILES_MAX || come.size() > FILES_MAX) {
            return Map.of();
        }
        return chosen(pairs(left, come));
    }

    private static Set<String> files(List<ReportedFinding> findings) {
        return findings.stream().map(ReportedFinding::file).collect(Collectors.toSet());
    }

    private static Map<String, Map<Said, Integer>> byFile(List<ReportedFinding> findings, Set<String> staying) {
        Map<String, Map<Said, Integer>> files = new HashMap<>();
        for (ReportedFinding one : findings) {
            if (!one.file().isEmpty() && !staying.contains(one.file())) {
                files.computeIfAbsent(one.file(), _ -> new HashMap<>())
                        .merge(new Said(one.rule(), NewFindings.withoutNumbers(one.message())), 1, Integer::sum);
            }
        }
        return files;
    }

    private static List<Pair> pairs(Map<String, Map<Said, Integer>> left, Map<String, Map<Said, Integer>> come) {
        List<Pair> pairs = new ArrayList<>();
        left.forEach((from, had) -> come.forEach((to, has) -> {
            int agree = had.entrySet().stream()
                    .mapToInt(one -> Math.min(one.getValue(), has.getOrDefault(one.getKey(), 0)))
                    .sum();
            int all = had.values().stream().mapToInt(Integer::intValue).sum();
            boolean sameName = name(from).equals(name(to));
            if (sameName ? agree >= 1 : agree >= 2 && 2 * agree >= all) {
                pairs.add(new Pair(from, to, agree, alike(from, to)));
            }
        }));
        return pairs;
    }

    private static Map<String, String> chosen(List<Pair> pairs) {
        pairs.sort(Comparator.comparingInt(Pair::alike)
                .thenComparingInt(Pair::agree)
                .reversed()
                .thenComparing(Pair::from)
                .thenComparing(Pair::to));
        Map<String, String> renamed = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!renamed.containsKey(pair.from()) && taken.add(pair.to())) {
                renamed.put(pair.from(), pair.to());
            }
        }
        return renamed;
    }

    /** How many parts of the two paths agree, from the end: what one folder up is moved keeps most of them. */
    private static int alike(String from, String to) {
        String[] one = from.split("/");
        String[] two = to.split("/");
        int alike = 0;
        while (alike < Math.min(one.length, two.length)
                && one[one.length - 1 - alike].equals(two[two.length - 1 - alike])) {
            alike++;
        }
        return alike;
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
