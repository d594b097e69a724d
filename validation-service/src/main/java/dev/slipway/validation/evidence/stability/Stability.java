package dev.slipway.validation.evidence.stability;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.StableRuns;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.stability.StabilityRecord.Run;
import dev.slipway.validation.evidence.stability.StabilityRecord.Try;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tests passed and failed on the same commit. In a run such a test has flipped where it failed although it passed on
 * that commit: in another attempt, in another run, or run again within the same report. What failed in every run of a commit
 * is broken, not flaky, and jobs of a run with names of their own are told apart: what fails on one platform alone is
 * neither. The same record always says the same.
 */
public final class Stability {
    public static final String RUNS = "stability.runs";
    public static final String FLAKY = "stability.flaky";
    public static final String WORST = "stability.worst";
    private static final int NAMED_MAX = 5;
    private static final int SHARE_DIGITS = 4;

    private Stability() {}

    /** Whether the gate's rule asks for it. */
    public static boolean askedBy(Gate gate) {
        String cel = gate.cel();
        return gate.evidence() != null
                && ((cel != null && cel.contains(Gate.STABILITY))
                        || gate.rule().stream()
                                .anyMatch(threshold -> threshold.fact().startsWith(Gate.STABILITY)));
    }

    /** Over how many runs. */
    public static int runs(Gate gate) {
        return gate.stability() == null
                ? StableRuns.DEFAULT.runs()
                : gate.stability().runs();
    }

    /** What is missing, in words for a person; empty where there are as many runs as asked for. */
    public static String missing(StabilityRecord record) {
        int missing = record.asked() - record.runs().size();
        return missing <= 0
                ? ""
                : "The last %d runs of the branch %s are asked for, and %d of them have reported %s tests%s: %s to come"
                        .formatted(
                                record.asked(),
                                record.branch(),
                                record.runs().size(),
                                record.kind(),
                                record.suite() == null ? "" : " of the suite " + record.suite(),
                                Texts.counted(missing, "more run has", "more runs have"));
    }

    /** How many runs there are, and what they say if these are enough; flaky tests stand in the notes by name. */
    public static Compared told(StabilityRecord record) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.count(RUNS, record.runs().size()));
        if (record.runs().size() < record.asked()) {
            return new Compared(new Facts(facts), List.of());
        }
        Map<String, Set<Integer>> flips = flips(record.runs());
        int worst = flips.values().stream().mapToInt(Set::size).max().orElse(0);
        facts.add(Fact.count(FLAKY, flips.size()));
        facts.add(new Fact(WORST, percent(worst, record.runs().size()), Fact.Unit.PERCENT));
        return new Compared(new Facts(facts), notes(record, flips));
    }

    /** Rounded up: what is above a limit never falls onto it. */
    private static BigDecimal percent(int part, int whole) {
        return BigDecimal.valueOf(100L * part).divide(BigDecimal.valueOf(whole), SHARE_DIGITS, RoundingMode.UP);
    }

    /** By test the runs, by their place, in which it failed though it passed on the same commit. */
    static Map<String, Set<Integer>> flips(List<Run> runs) {
        Map<List<String>, Set<String>> passed = new HashMap<>();
        runs.forEach(run -> run.tries()
                .forEach(one -> passed.computeIfAbsent(grounds(run, one), _ -> new HashSet<>())
                        .addAll(one.passed())));
        Map<String, Set<Integer>> flips = new LinkedHashMap<>();
        for (int place = 0; place < runs.size(); place++) {
            Run run = runs.get(place);
            for (Try one : run.tries()) {
                for (String test : one.failed()) {
                    if (passed.getOrDefault(grounds(run, one), Set.of()).contains(test)) {
                        flips.computeIfAbsent(test, _ -> new HashSet<>()).add(place);
                    }
                }
            }
        }
        return flips;
    }

    private static List<String> grounds(Run run, Try one) {
        return List.of(run.sha().value(), one.part() == null ? "" : one.part());
    }

    private static List<String> notes(StabilityRecord record, Map<String, Set<Integer>> flips) {
        List<String> notes = new ArrayList<>();
        List<Map.Entry<String, Set<Integer>>> worst = flips.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Set<Integer>> test) ->
                        -test.getValue().size()))
                .toList();
        worst.stream()
                .limit(NAMED_MAX)
                .forEach(test -> notes.add("flaky: %s failed in %d of %d runs and passed on the same commit"
                        .formatted(
                                Texts.visible(test.getKey(), ' '),
                                test.getValue().size(),
                                record.runs().size())));
        if (worst.size() > NAMED_MAX) {
            notes.add("and %d more flaky tests".formatted(worst.size() - NAMED_MAX));
        }
        List<Try> tries =
                record.runs().stream().flatMap(run -> run.tries().stream()).toList();
        long gone = tries.stream().filter(Try::assumed).count();
        if (gone > 0) {
            notes.add("the reports of %d of these pushes are gone: what did not fail in them counts as passed"
                    .formatted(gone));
        }
        long beyond = tries.stream().mapToLong(Try::beyond).sum();
        if (beyond > 0) {
            notes.add("%d more failures of these runs are not remembered by name".formatted(beyond));
        }
        return notes;
    }
}
