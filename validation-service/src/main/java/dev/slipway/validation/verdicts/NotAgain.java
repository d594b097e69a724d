package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import java.util.Collection;
import java.util.Optional;

/**
 * Which verdicts prove themselves by the chain alone: their rules are not applied again, as what they looked at was there at
 * that moment only, or is not kept.
 */
public final class NotAgain {
    private NotAgain() {}

    /**
     * Why a verdict's rule is not applied again; nothing if it is.
     *
     * @param gone reports that went by retention
     */
    public static Optional<String> why(VerdictDraft verdict, Collection<Digest> gone) {
        return verdict.restsOn().stream().anyMatch(gone::contains)
                ? Optional.of("a report that it rests on went by retention")
                : why(verdict);
    }

    private static Optional<String> why(VerdictDraft verdict) {
        Gate gate = verdict.gate();
        if (overKept(gate)) {
            return lacksInputs(verdict) && verdict.verdict() == Verdict.FAILED
                    ? Optional.of("it names nothing that its rule was applied to")
                    : Optional.empty();
        }
        if (!gate.http().isEmpty()) {
            return Optional.of("nobody can ask the version again as it was then");
        }
        if (!gate.metrics().isEmpty()) {
            return verdict.inputs().isEmpty()
                    ? Optional.of(
                            "what its program told is not kept: it was too much, there was no room, it decided nothing,"
                                    + " or that was not kept yet")
                    : Optional.empty();
        }
        if (gate.arrival() != null) {
            return Optional.of("nobody can look again for what was published as it was then");
        }
        String check = String.valueOf(gate.check());
        if (check.equals("merge")) {
            return Optional.of("nobody can try again to merge into the branch as it was then");
        }
        if (check.equals(Gate.SIGNED_TAG)) {
            return Optional.of("nobody can ask the repository again for its tag as it was then");
        }
        return Optional.of("nobody can ask again what others said of this check then");
    }

    /** Whether a gate judges what is kept, so that its rule can be applied again. */
    private static boolean overKept(Gate gate) {
        return gate.evidence() != null
                || gate.files() != null
                || gate.tracker() != null
                || !gate.queries().isEmpty()
                || Gate.ISOLATED.equals(gate.check())
                || gate.isOfSettings();
    }

    /** Whether a verdict of a gate that judges what is kept names nothing of that. */
    static boolean lacksInputs(VerdictDraft verdict) {
        Gate gate = verdict.gate();
        if (Gate.ISOLATED.equals(gate.check())) {
            return verdict.isolation() == null;
        }
        if (gate.isOfSettings()) {
            return verdict.drift() == null;
        }
        return gate.queries().isEmpty()
                ? overKept(gate) && verdict.inputs().isEmpty()
                : verdict.readings().isEmpty();
    }
}
