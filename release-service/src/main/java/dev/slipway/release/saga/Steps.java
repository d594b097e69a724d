package dev.slipway.release.saga;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.release.application.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of the steps in question keys, and the gates of each. */
final class Steps {
    static final String ASSESS_PRE_RELEASE = "assess-pre-release";
    static final String ASSESS_STAGING = "assess-staging";
    static final String ASSESS_CANDIDATE = "assess-candidate";
    static final String ASSESS_PRODUCTION = "assess-production";
    static final String ASSESS_ARRIVAL = "assess-arrival";
    static final String WAY_BACK = "way-back";

    private static final String WAY_BACK_CHECK = "way-back";

    private Steps() {}

    /** Before anything runs: pre-release gates, merge gates, and a gate for each required check. */
    static List<Gate> preRelease(Policy policy) {
        Stream<Gate> checks = policy.checks().stream().map(Steps::requiredCheck);
        return Stream.of(policy.gates(Stage.PRE_RELEASE).stream(), policy.gates(Stage.MERGE).stream(), checks)
                .flatMap(gates -> gates)
                .toList();
    }

    static List<Gate> preRelease(Dossier d) {
        return preRelease(d.guide(), d.release().configured());
    }

    /** The same, of a configuration alone: what its revision and artifacts have passed stands, and nothing is merged. */
    static List<Gate> preRelease(Policy policy, Launch.@Nullable Configured configured) {
        return configured == null
                ? preRelease(policy)
                : preRelease(policy).stream()
                        .filter(gate -> !isOfMerge(gate) && !hasPassed(gate, configured))
                        .toList();
    }

    static List<Gate> candidate(Dossier d) {
        return candidate(d.guide(), d.release().configured());
    }

    static List<Gate> candidate(Policy policy, Launch.@Nullable Configured configured) {
        return configured == null
                ? candidate(policy)
                : candidate(policy).stream().filter(gate -> !isOfMerge(gate)).toList();
    }

    static boolean isOfMerge(Gate gate) {
        return gate.stage() == Stage.MERGE;
    }

    static boolean hasPassed(Gate gate, Launch.Configured configured) {
        return configured.passed().contains(mark(gate));
    }

    /** Names a gate with all that it asks for: one that asks for something else has another. */
    static String mark(Gate gate) {
        return gate.id() + "="
                + Digest.of(WireJson.mapper().writeValueAsString(gate)).brief();
    }

    /** Before production: candidate gates but the way back, and the merge gates once more. */
    static List<Gate> candidate(Policy policy) {
        List<Gate> gates = new ArrayList<>(policy.gates(Stage.CANDIDATE));
        gates.removeIf(gate -> WAY_BACK_CHECK.equals(gate.check()));
        gates.addAll(policy.gates(Stage.MERGE));
        return gates;
    }

    /** Asked before production whether the policy has a gate for it or not: nothing goes there without a way back. */
    static List<Gate> wayBack(Policy policy) {
        List<Gate> gates = policy.gates(Stage.CANDIDATE).stream()
                .filter(gate -> WAY_BACK_CHECK.equals(gate.check()))
                .toList();
        return gates.isEmpty() ? List.of(standing("way-back", "Way back", Stage.CANDIDATE, WAY_BACK_CHECK)) : gates;
    }

    /** Fails closed: a pass counts only if every gate that was asked about has its own. */
    static boolean allPassed(AssessmentStatus status, List<Gate> asked) {
        return asked.stream()
                .allMatch(gate -> status.gates().stream()
                        .anyMatch(verdict -> verdict.gate().equals(gate.id())
                                && verdict.complete()
                                && (verdict.verdict() == Verdict.PASSED || verdict.verdict() == Verdict.WAIVED)));
    }

    /** Whether every production gate has passed, or there are none. */
    static boolean passedInProduction(Dossier d) {
        return passed(d.assessment(ASSESS_PRODUCTION), d.guide().gates(Stage.PRODUCTION));
    }

    /**
     * Whether all that machines are asked about a candidate speaks for it: the way back is proven, and every gate before
     * production has passed or is waived. Git is asked once that is so, and production once Git has shown the revision then.
     */
    static boolean fitForProduction(Dossier d) {
        WayBackStatus wayBack = d.wayBack();
        return wayBack != null && wayBack.proven() && passed(Waivers.assessment(d, ASSESS_CANDIDATE), candidate(d));
    }

    private static boolean passed(Optional<AssessmentStatus> said, List<Gate> asked) {
        return asked.isEmpty()
                || said.filter(status -> status.outcome() == AssessmentStatus.Outcome.PASSED)
                        .filter(status -> allPassed(status, asked))
                        .isPresent();
    }

    /** What is looked for where it was published. Of a configuration, or on a way back, nothing is. */
    static List<Gate> arrival(Dossier d) {
        return d.isRollback() || d.isConfiguration() ? List.of() : d.guide().gates(Stage.ARRIVAL);
    }

    private static Gate requiredCheck(String name) {
        return standing("check-" + name, "Required check " + name, Stage.PRE_RELEASE, "required-check:" + name);
    }

    private static Gate standing(String id, String guide, Stage stage, String check) {
        return new Gate(id, guide, stage, null, null, List.of(), null, check, List.of(), Gate.WITHIN_DEFAULT);
    }
}
