package dev.slipway.guide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which line of a changed guide is which known one: first the same words under the same headings, then the same words
 * elsewhere, then the best match of words. Nothing is matched twice.
 */
final class LineMatch {
    /** Share of words in common that makes a line under the same headings the same. */
    static final double SAME_HEADING_MIN = 0.6;

    /** The same under other headings. */
    static final double ELSEWHERE_MIN = 0.8;

    private static final int COMPARED_MAX = 2_000_000;

    private final List<GuideLine> lines;
    private final Map<String, Decisions.Known> found = new HashMap<>();
    private final List<Decisions.Known> left;

    private record Pair(GuideLine line, Decisions.Known known, double alike) {}

    private LineMatch(List<GuideLine> lines, List<Decisions.Known> known) {
        this.lines = lines;
        this.left = new ArrayList<>(known);
    }

    /** @return known lines by the id of the new one */
    static Map<String, Decisions.Known> of(List<GuideLine> lines, List<Decisions.Known> known) {
        LineMatch match = new LineMatch(lines, known);
        match.same(
                line -> place(line.headings()) + "|" + LineIds.plain(line.text()),
                one -> place(one.headings()) + "|" + LineIds.plain(one.text()));
        match.same(line -> LineIds.plain(line.text()), one -> LineIds.plain(one.text()));
        match.alike();
        return match.found;
    }

    private interface Key<T> {
        String of(T value);
    }

    private void same(Key<GuideLine> ofLine, Key<Decisions.Known> ofKnown) {
        Map<String, List<Decisions.Known>> byKey = new HashMap<>();
        left.forEach(one ->
                byKey.computeIfAbsent(ofKnown.of(one), key -> new ArrayList<>()).add(one));
        for (GuideLine line : lines) {
            @Nullable List<Decisions.Known> candidates = byKey.get(ofLine.of(line));
            if (!found.containsKey(line.id()) && candidates != null && !candidates.isEmpty()) {
                take(line, candidates.removeFirst());
            }
        }
    }

    private void alike() {
        List<GuideLine> open =
                lines.stream().filter(line -> !found.containsKey(line.id())).toList();
        boolean many = (long) open.size() * left.size() > COMPARED_MAX;
        List<Pair> pairs = new ArrayList<>();
        for (GuideLine line : open) {
            for (Decisions.Known one : left) {
                boolean here = place(line.headings()).equals(place(one.headings()));
                if (here || !many) {
                    double alike = alike(line.text(), one.text());
                    if (alike >= (here ? SAME_HEADING_MIN : ELSEWHERE_MIN)) {
                        pairs.add(new Pair(line, one, alike + (here ? 1 : 0)));
                    }
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::alike).reversed());
        for (Pair pair : pairs) {
            if (!found.containsKey(pair.line().id()) && left.contains(pair.known())) {
                take(pair.line(), pair.known());
            }
        }
    }

    private void take(GuideLine line, Decisions.Known known) {
        found.put(line.id(), known);
        left.remove(known);
    }

    static String place(List<String> headings) {
        return String.join("/", headings.stream().map(LineIds::plain).toList());
    }

    /** Dice's coefficient of their words, 0 to 1. */
    static double alike(String one, String other) {
        Set<String> a = new HashSet<>(List.of(LineIds.plain(one).split(" ")));
        Set<String> b = new HashSet<>(List.of(LineIds.plain(other).split(" ")));
        int all = a.size() + b.size();
        a.retainAll(b);
        return all == 0 ? 0 : 2.0 * a.size() / all;
    }
}
