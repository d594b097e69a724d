package dev.slipway.validation.assessment;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictMessages;
import java.util.ArrayList;
import java.util.List;

/** What an assessment says. */
final class Answers {
    private static final String SLOT = "assessment";

    private Answers() {}

    static Effect status(AssessmentStatus status) {
        String release = status.question().release().value();
        return Effect.send(Message.status(
                Topics.VALIDATION_RESULTS, release, ValidationTypes.ASSESSMENT_STATUS, status, release, SLOT));
    }

    /** The status while it may still change. */
    static AssessmentStatus present(Open state) {
        List<GateVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < state.gates().size(); i++) {
            verdicts.add(verdict(state, i));
        }
        return new AssessmentStatus(state.question().question(), AssessmentStatus.Outcome.PENDING, verdicts);
    }

    /** The final status. */
    static AssessmentStatus last(Open state) {
        List<GateVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < state.gates().size(); i++) {
            verdicts.add(state.gates().get(i).awaiting() ? unawaited(state, i) : verdict(state, i));
        }
        return new AssessmentStatus(state.question().question(), outcome(state), verdicts);
    }

    private static AssessmentStatus.Outcome outcome(Open state) {
        if (has(state, Verdict.FAILED)) {
            return AssessmentStatus.Outcome.FAILED;
        }
        return doomed(state) ? AssessmentStatus.Outcome.INCONCLUSIVE : AssessmentStatus.Outcome.PASSED;
    }

    /** Whether a gate has a verdict that lets nothing pass. */
    private static boolean doomed(Open state) {
        return has(state, Verdict.FAILED) || has(state, Verdict.INCONCLUSIVE);
    }

    /** Whether one of those that nobody may waive has such a verdict, so that there is nothing to wait for. */
    static boolean hopeless(Open state) {
        List<Gate> gates = state.question().gates();
        for (int i = 0; i < gates.size(); i++) {
            GateProgress gate = state.gates().get(i);
            Verdict verdict = gate.finding().verdict();
            boolean bad = !gate.awaiting() && (verdict == Verdict.FAILED || verdict == Verdict.INCONCLUSIVE);
            if (bad && !state.question().waivable().contains(gates.get(i).id())) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Open state, Verdict verdict) {
        return state.gates().stream()
                .anyMatch(gate -> !gate.awaiting() && gate.finding().verdict() == verdict);
    }

    private static GateVerdict verdict(Open state, int index) {
        Gate gate = state.question().gates().get(index);
        GateProgress progress = state.gates().get(index);
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                progress.waiting() ? Verdict.INCONCLUSIVE : progress.finding().verdict(),
                progress.recorded(),
                gate.ruleText(),
                progress.finding().observed(),
                progress.finding().cause(),
                progress.record(),
                progress.recorded() || progress.standing() ? null : progress.deadline(),
                progress.at());
    }

    private static GateVerdict unawaited(Open state, int index) {
        Gate gate = state.question().gates().get(index);
        GateProgress progress = state.gates().get(index);
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                Verdict.INCONCLUSIVE,
                false,
                gate.ruleText(),
                progress.finding().observed(),
                "No longer waited for, as another gate did not pass. "
                        + progress.finding().cause(),
                null,
                null,
                progress.at());
    }

    /** Verdicts that are on their way into the evidence chain. */
    static List<Effect> appends(Open state) {
        return appendsSince(List.of(), state);
    }

    /** Verdicts that were not there before, to go into the evidence chain. */
    static List<Effect> appendsSince(List<GateProgress> before, Open state) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < state.gates().size(); i++) {
            if (state.gates().get(i).decidedSince(before, i)) {
                effects.add(append(
                        state.question(),
                        state.question().gates().get(i),
                        state.gates().get(i)));
            }
        }
        return effects;
    }

    private static Effect append(Assess question, Gate gate, GateProgress progress) {
        VerdictDraft draft = new VerdictDraft(
                question.application(),
                question.sha(),
                question.question().toString(),
                gate,
                progress.finding().inputs(),
                progress.finding().observed(),
                progress.finding().verdict(),
                progress.finding().cause(),
                progress.at(),
                progress.finding().baseline(),
                Gate.NAMES_ARTIFACTS.contains(String.valueOf(gate.evidence())) ? question.artifacts() : List.of(),
                Gate.ISOLATED.equals(gate.check()) ? question.isolation() : null,
                progress.finding().readings(),
                progress.finding().compared(),
                gate.isOfSettings() ? question.drift() : null,
                progress.finding().arrivals(),
                progress.finding().reader());
        return Effect.send(new Message(
                Message.LOCAL,
                question.application().value(),
                VerdictMessages.APPEND,
                draft,
                question.question().release().value(),
                "append/" + gate.id()));
    }
}
