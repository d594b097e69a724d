package dev.slipway.validation.evidence.stability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last runs of one branch that reported tests of one kind and suite.
 *
 * @param pushes in the order in which they came
 */
public record RunHistory(List<TestPush> pushes) {
    public static final RunHistory NONE = new RunHistory(List.of());

    /**
     * How much is remembered; the oldest goes first.
     *
     * @param runsMax runs, 2 and above
     * @param pushesMax pushes of all of them, and at least the last
     */
    public record Bounds(int runsMax, int pushesMax) {}

    public RunHistory {
        pushes = List.copyOf(pushes);
    }

    /** The same reports of the same attempt again change nothing, however they are put together. */
    public RunHistory with(TestPush push, Bounds bounds) {
        Set<Object> known = new HashSet<>();
        pushes.stream().filter(push::isOfSameAttemptAs).forEach(same -> known.addAll(same.reports()));
        if (known.containsAll(push.reports())) {
            return this;
        }
        List<TestPush> all = new ArrayList<>(pushes);
        all.add(push);
        Set<String> kept = new HashSet<>();
        for (List<TestPush> run : new RunHistory(all).runs(bounds.runsMax())) {
            kept.add(run.getFirst().runKey());
        }
        all.removeIf(one -> !kept.contains(one.runKey()));
        return new RunHistory(all.subList(Math.max(0, all.size() - bounds.pushesMax()), all.size()));
    }

    /** With what came for runs that name no branch. */
    public RunHistory beside(RunHistory other) {
        List<TestPush> all = new ArrayList<>(pushes);
        all.addAll(other.pushes);
        all.sort(Comparator.comparing(TestPush::at));
        return new RunHistory(all);
    }

    /** The last runs, the oldest of them first: a run is where its first push came. */
    public List<List<TestPush>> runs(int last) {
        Map<String, List<TestPush>> runs = new LinkedHashMap<>();
        pushes.forEach(push ->
                runs.computeIfAbsent(push.runKey(), _ -> new ArrayList<>()).add(push));
        List<List<TestPush>> all = List.copyOf(runs.values());
        return all.subList(Math.max(0, all.size() - last), all.size());
    }
}
