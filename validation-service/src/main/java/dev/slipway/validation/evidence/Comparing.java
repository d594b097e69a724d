package dev.slipway.validation.evidence;

import dev.slipway.contracts.policy.Gate;
import java.util.List;

/** Compares the reports of one kind with those of the last verified release. The same reports always give the same. */
public interface Comparing {
    /** How findings were told apart once: by rule, file and message alone. Verdicts that do not say how go by that. */
    int BY_MESSAGE = 0;

    /** How they are told apart since: by their place as well (ADR 75). Of measurements each benchmark was compared by itself. */
    int BY_PLACE = 1;

    /** How all benchmarks of a report are compared since: what their neighbouring values share is told by all together (ADR 39). */
    int TOGETHER = 2;

    /** How everything is compared now. What a later way does not change is compared as in the one before it. */
    int LATEST = TOGETHER;

    /** The facts that only a comparison says. */
    List<String> names();

    /**
     * What it says.
     *
     * @param now all reports that count for the revision that is looked at
     * @param before those that the last verified release rested on
     */
    Compared with(List<Reading> now, List<Reading> before);

    /**
     * The same, and how far runs differ by chance.
     *
     * @param earlier what the last runs before this one had measured, the oldest first; none where {@link #heedsChance} says no
     */
    default Compared with(List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        return with(now, before);
    }

    /**
     * The same, as a gate asks for it.
     *
     * @param way {@link #LATEST}, or as it was told when a verdict was given
     */
    default Compared with(Gate gate, int way, List<Reading> now, List<Reading> before, List<EarlierRuns.Run> earlier) {
        return with(now, before, earlier);
    }

    /** Whether the gate's rule asks for something that runs of one program differ in. */
    default boolean heedsChance(Gate gate) {
        return false;
    }

    /** What later comparisons need of one run's reports to tell how far runs differ. */
    default List<EarlierRuns.Figure> figures(List<Reading> run) {
        return List.of();
    }

    /** What is said of the first reports, where the gate says that they are recorded for the next ones. */
    Compared first();

    /** The same of these, where it depends on them. */
    default Compared first(Gate gate, List<Reading> now) {
        return first();
    }

    /** Whether the gate's rule needs what only a comparison says. */
    default boolean askedBy(Gate gate) {
        return asks(gate, names());
    }

    /** The same as that gate asks for it. */
    default Comparing of(Gate gate) {
        return this;
    }

    /** Whether the gate's rule names one of these facts. */
    static boolean asks(Gate gate, List<String> facts) {
        String cel = gate.cel();
        return facts.stream()
                .anyMatch(name -> (cel != null && cel.contains(name))
                        || gate.rule().stream()
                                .anyMatch(threshold -> threshold.fact().equals(name)));
    }

    /**
     * What a comparison says.
     *
     * @param notes for people, a sentence each; what is new stands there by name
     */
    record Compared(Facts facts, List<String> notes) {
        public Compared {
            notes = List.copyOf(notes);
        }
    }
}
