package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.findings.Landmarks.Moved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of the findings that are alike in rule, file and message stand for each other.
 *
 * <ol>
 *   <li>Those that are in the same function or type, by its full name, or by that without its numbers, as those of anonymous
 *       ones count on. Two that name different ones never do
 *   <li>Those of the same partial fingerprints, where a rule has these once in each report: some tools write one text for all.
 *       Other fingerprints keep nobody apart: a line that was edited has another one
 *   <li>As many of the others as can be without changing their order, on lines as near as possible to where the landmarks of
 *       the file ({@link Landmarks}) say that they should be, and none that passed these
 * </ol>
 */
final class SamePlaces {
    /** Beyond so many comparisons of lines of one file, rule and message, they are taken in their order. */
    private static final int COMPARISONS_MAX = 250_000;

    private final Map<String, Landmarks> files = new HashMap<>();
    private final Set<Print> once;

    /** Findings that are alike, of now and of before. */
    record Alike(String file, List<ReportedFinding> now, List<ReportedFinding> was) {
        boolean isLandmark() {
            return now.size() == 1
                    && was.size() == 1
                    && now.getFirst().line() > 0
                    && was.getFirst().line() > 0
                    && !elsewhere(now.getFirst(), was.getFirst());
        }
    }

    /** Which of now, by its place in what was given, is which of before. */
    record Pair(int now, int was) {}

    private record Print(String rule, long fingerprint) {
        static Print of(ReportedFinding one) {
            return new Print(one.rule(), one.fingerprint());
        }
    }

    /**
     * With the landmarks of these.
     *
     * @param now all findings of now
     * @param before all of before
     */
    SamePlaces(List<Alike> groups, List<ReportedFinding> now, List<ReportedFinding> before) {
        once = once(now);
        once.retainAll(once(before));
        Map<String, List<Moved>> moved = new HashMap<>();
        for (Alike group : groups) {
            if (group.isLandmark()) {
                moved.computeIfAbsent(group.file(), _ -> new ArrayList<>())
                        .add(new Moved(
                                group.was().getFirst().line(),
                                group.now().getFirst().line()));
            }
        }
        moved.forEach((file, found) -> files.put(file, Landmarks.of(found)));
    }

    private static Set<Print> once(List<ReportedFinding> all) {
        Set<Print> once = new HashSet<>();
        Set<Print> more = new HashSet<>();
        for (ReportedFinding one : all) {
            if (one.fingerprint() != 0 && !once.add(Print.of(one))) {
                more.add(Print.of(one));
            }
        }
        once.removeAll(more);
        return once;
    }

    private static boolean elsewhere(ReportedFinding now, ReportedFinding was) {
        return !now.within().isEmpty()
                && !was.within().isEmpty()
                && !NewFindings.withoutNumbers(now.within()).equals(NewFindings.withoutNumbers(was.within()));
    }

    List<Pair> of(Alike group) {
        Open open = new Open(group, files.getOrDefault(group.file(), Landmarks.NONE), once);
        open.inTheSame(ReportedFinding::within);
        open.inTheSame(one -> NewFindings.withoutNumbers(one.within()));
        open.rest(one -> one.within().isEmpty(), _ -> true);
        open.rest(_ -> true, one -> one.within().isEmpty());
        return open.pairs;
    }

    /** One group, and what of it has no partner yet. */
    private static final class Open {
        private final Landmarks landmarks;
        private final boolean landmark;
        private final List<ReportedFinding> now;
        private final List<ReportedFinding> was;
        private final Map<Integer, Integer> printed;
        private final boolean[] known;
        private final boolean[] found;
        private final List<Pair> pairs = new ArrayList<>();

        Open(Alike group, Landmarks landmarks, Set<Print> once) {
            this.landmarks = landmarks;
            landmark = group.isLandmark();
            now = group.now();
            was = group.was();
            printed = printed(once);
            known = new boolean[now.size()];
            found = new boolean[was.size()];
        }

        void inTheSame(Function<ReportedFinding, String> place) {
            Predicate<ReportedFinding> placed = one -> !one.within().isEmpty();
            Map<String, List<Integer>> before =
                    left(was, found, placed).stream().collect(Collectors.groupingBy(at -> place.apply(was.get(at))));
            left(now, known, placed).stream()
                    .collect(Collectors.groupingBy(at -> place.apply(now.get(at))))
                    .forEach((name, here) -> settle(here, before.getOrDefault(name, List.of()), false));
        }

        void rest(Predicate<ReportedFinding> ofNow, Predicate<ReportedFinding> ofBefore) {
            settle(left(now, known, ofNow), left(was, found, ofBefore), true);
        }

        private static List<Integer> left(
                List<ReportedFinding> all, boolean[] taken, Predicate<ReportedFinding> wanted) {
            return IntStream.range(0, all.size())
                    .filter(at -> !taken[at] && wanted.test(all.get(at)))
                    .boxed()
                    .toList();
        }

        /** @param held against the landmarks of the file: a function may go where it likes */
        private void settle(List<Integer> here, List<Integer> before, boolean held) {
            if (here.isEmpty() || before.isEmpty()) {
                return;
            }
            Set<Integer> open = new HashSet<>(before);
            for (int at : here) {
                Integer other = printed.get(at);
                if (other != null && open.contains(other)) {
                    pair(at, other);
                }
            }
            byLine(
                    here.stream().filter(at -> !known[at]).sorted(lines(now)).toList(),
                    before.stream().filter(at -> !found[at]).sorted(lines(was)).toList(),
                    held);
        }

        private static Comparator<Integer> lines(List<ReportedFinding> of) {
            return Comparator.comparingInt(at -> of.get(at).line());
        }

        /** Those of one fingerprint that stands once on each side, by the place of the one of now. */
        private Map<Integer, Integer> printed(Set<Print> once) {
            Map<Print, Integer> before = new HashMap<>();
            for (int at = 0; at < was.size(); at++) {
                before.put(Print.of(was.get(at)), at);
            }
            Map<Integer, Integer> printed = new HashMap<>();
            for (int at = 0; at < now.size(); at++) {
                Print print = Print.of(now.get(at));
                Integer other = once.contains(print) ? before.get(print) : null;
                if (other != null) {
                    printed.put(at, other);
                }
            }
            return printed;
        }

        private void byLine(List<Integer> here, List<Integer> before, boolean held) {
            if ((long) here.size() * before.size() > COMPARISONS_MAX) {
                for (int i = 0; i < Math.min(here.size(), before.size()); i++) {
                    pair(here.get(i), before.get(i));
                }
            } else {
                aligned(here, before, held);
            }
        }

        /** As many pairs as can be without crossing each other, of these the least distance in all. */
        private void aligned(List<Integer> here, List<Integer> before, boolean held) {
            Best[][] best = new Best[here.size() + 1][before.size() + 1];
            for (int i = here.size(); i >= 0; i--) {
                for (int j = before.size(); j >= 0; j--) {
                    best[i][j] = i == here.size() || j == before.size()
                            ? Best.NONE
                            : paired(here.get(i), before.get(j), held, best[i + 1][j + 1])
                                    .or(best[i + 1][j])
                                    .or(best[i][j + 1]);
                }
            }
            int i = 0;
            int j = 0;
            while (best[i][j].score() > 0) {
                if (best[i][j].equals(paired(here.get(i), before.get(j), held, best[i + 1][j + 1]))) {
                    pair(here.get(i++), before.get(j++));
                } else if (best[i][j].equals(best[i + 1][j])) {
                    i++;
                } else {
                    j++;
                }
            }
        }

        /** With these two; without any where they cannot be the same. */
        private Best paired(int here, int before, boolean held, Best rest) {
            int to = now.get(here).line();
            int from = was.get(before).line();
            if (to == 0 || from == 0) {
                return rest.and(Best.SURE, 0);
            }
            Moved pair = new Moved(from, to);
            long distance = Math.abs((long) to - landmarks.expected(from));
            return switch (held ? landmarks.doubt(pair, landmark) : Landmarks.Doubt.NONE) {
                case NONE -> rest.and(Best.SURE, distance);
                case SOME -> rest.and(Best.DOUBTFUL, distance);
                case APART -> Best.NONE;
            };
        }

        private void pair(int here, int before) {
            pairs.add(new Pair(here, before));
            known[here] = true;
            found[before] = true;
        }
    }

    /**
     * How good an alignment is: two pairs that passed a landmark each are worth no more than one that passed none.
     *
     * @param distance of their lines from where they should be, in all
     */
    private record Best(int score, long distance) {
        static final int SURE = 2;
        static final int DOUBTFUL = 1;
        static final Best NONE = new Best(0, 0);

        Best and(int pair, long further) {
            return new Best(score + pair, distance + further);
        }

        Best or(Best other) {
            boolean better = other.score > score || (other.score == score && other.distance < distance);
            return better ? other : this;
        }
    }
}
