package dev.slipway.validation.assessment;

import static dev.slipway.messaging.Decision.move;
import static dev.slipway.messaging.Decision.stay;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RecordOverdue;
import dev.slipway.validation.assessment.AssessmentInput.RetryDue;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.assessment.AssessmentState.Unasked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The story of an assessment: a question about the gates of a stage, answered the same way for good.
 *
 * <ul>
 *   <li>unasked + Asked: open; subscribes to the revision, starts a task for each merge and http gate
 *   <li>open + Asked: the present status again; revision and chain are asked again, in case something was lost
 *   <li>open + RevisionSeen, not older than the last: evidence gates and required checks are found again
 *   <li>open + MergeTried, Probed: the gate is found; without a settled finding it is retried until its deadline
 *   <li>open + RetryDue: the task again
 *   <li>open + DeadlineCame: the revision is asked once more before its gates end (a deadline asks before it acts);
 *       after the answer, or without one in time, what was found last is the verdict. Work gates end at once
 *   <li>open + VerdictRecorded: the gate is complete
 *   <li>open + RecordOverdue: the chain is told again
 *   <li>open, every gate recorded; or one has not passed, all were looked at once, and every verdict is recorded: closed
 *   <li>closed + Asked: the final status again; RevisionSeen: unsubscribes again; all else: nothing
 *   <li>unasked + RevisionSeen: unsubscribes; all else: nothing
 * </ul>
 */
public final class Assessment implements Core<AssessmentState, AssessmentInput> {
    public static final String DEADLINE = "deadline";
    public static final String RECORD = "record";
    public static final String RETRY = "retry-";
    public static final String MERGE_TASK = "merge";
    public static final String PROBE_TASK = "probe";

    /**
     * Rhythms of an assessment.
     *
     * @param kinds of evidence that are read
     * @param retryAfter pause between two tries of a merge or http gate
     * @param lastCallWithin how long a gate past its deadline waits for the revision's answer
     * @param recordAgainAfter how long the chain may take before it is told again
     */
    public record Rhythm(List<String> kinds, Duration retryAfter, Duration lastCallWithin, Duration recordAgainAfter) {
        public Rhythm {
            kinds = List.copyOf(kinds);
        }
    }

    private final Rhythm rhythm;

    public Assessment(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    /** Which input a due timer is. */
    public static AssessmentInput onTimer(String name) {
        return switch (name) {
            case DEADLINE -> new DeadlineCame();
            case RECORD -> new RecordOverdue();
            default -> new RetryDue(Integer.parseInt(name.substring(RETRY.length())));
        };
    }

    @Override
    public AssessmentState initial(String id) {
        return new Unasked(id);
    }

    /** Whoever asked asks until it is answered, and a finished assessment answers too. */
    @Override
    public boolean finished(AssessmentState state) {
        return state instanceof Closed;
    }

    @Override
    public Decision<AssessmentState> decide(AssessmentState state, AssessmentInput input, Instant now) {
        return switch (state) {
            case Unasked unasked -> whenUnasked(unasked, input, now);
            case Open open -> whenOpen(open, input, now);
            case Closed closed -> whenClosed(closed, input);
        };
    }

    private Decision<AssessmentState> whenUnasked(Unasked state, AssessmentInput input, Instant now) {
        return switch (input) {
            case Asked asked -> open(state, asked.question(), now);
            case RevisionSeen _,
                    MergeTried _,
                    Probed _,
                    VerdictRecorded _,
                    DeadlineCame _,
                    RetryDue _,
                    RecordOverdue _ -> stay(state);
        };
    }

    private Decision<AssessmentState> whenClosed(Closed state, AssessmentInput input) {
        return switch (input) {
            case Asked _ -> Decision.<AssessmentState>stay(state).and(Answers.status(state.status()));
            case RevisionSeen _,
                    MergeTried _,
                    Probed _,
                    VerdictRecorded _,
                    DeadlineCame _,
                    RetryDue _,
                    RecordOverdue _ -> stay(state);
        };
    }

    private Decision<AssessmentState> whenOpen(Open state, AssessmentInput input, Instant now) {
        return switch (input) {
            case Asked _ -> Decision.<AssessmentState>stay(state).and(askedAgain(state));
            case RevisionSeen seen -> seen(state, seen, now);
            case MergeTried tried -> worked(state, tried.gate(), Findings.merge(tried.answer()), now);
            case Probed probed -> worked(state, probed.gate(), Findings.probes(probed.answers()), now);
            case VerdictRecorded recorded -> recorded(state, recorded, now);
            case DeadlineCame _ -> deadline(state, now);
            case RetryDue retry ->
                isAwaiting(state, retry.gate())
                        ? Decision.<AssessmentState>stay(state).and(Work.of(state, retry.gate()))
                        : stay(state);
            case RecordOverdue _ -> Decision.<AssessmentState>stay(state).and(appendAgain(state, now));
        };
    }

    private Decision<AssessmentState> open(Unasked state, Assess question, Instant now) {
        List<GateProgress> gates = new ArrayList<>();
        for (Gate gate : question.gates()) {
            Finding initial = Findings.initial(gate, rhythm.kinds(), question.address() != null);
            gates.add(GateProgress.starting(initial, question.askedAt().plus(gate.within()), now));
        }
        Open open = new Open(state.id(), question, gates, 0);
        List<Effect> effects = new ArrayList<>(Work.start(open));
        return settle(List.of(), open, now, effects);
    }

    private List<Effect> askedAgain(Open state) {
        List<Effect> effects = new ArrayList<>();
        effects.add(Answers.status(Answers.present(state)));
        effects.addAll(Work.subscription(state));
        effects.addAll(Answers.appends(state));
        return effects;
    }

    private List<Effect> appendAgain(Open state, Instant now) {
        List<Effect> effects = new ArrayList<>(Answers.appends(state));
        if (!effects.isEmpty()) {
            effects.add(Effect.startTimer(RECORD, now.plus(rhythm.recordAgainAfter())));
        }
        return effects;
    }

    private Decision<AssessmentState> seen(Open state, RevisionSeen seen, Instant now) {
        if (seen.version() < state.revisionVersion()) {
            return stay(state); // an older view
        }
        Open next = state.lookedAt(seen.version());
        for (int i = 0; i < state.gates().size(); i++) {
            Gate gate = state.question().gates().get(i);
            GateProgress before = state.gates().get(i);
            if (before.awaiting() && Looking.of(gate).atRevision()) {
                Finding finding = Looking.of(gate) == Looking.EVIDENCE
                        ? Findings.evidence(gate, state.question().sha(), seen.suites())
                        : Findings.requiredCheck(gate, state.question().sha(), seen.checks());
                GateProgress found = before.found(finding, now);
                next = next.with(i, before.lastCall() != null && found.awaiting() ? found.over(now) : found);
            }
        }
        return next.gates().equals(state.gates()) ? move(next) : settle(state.gates(), next, now, List.of());
    }

    private Decision<AssessmentState> worked(Open state, int gate, Finding finding, Instant now) {
        if (!isAwaiting(state, gate)) {
            return stay(state);
        }
        GateProgress found = state.gates().get(gate).found(finding, now);
        List<Effect> effects =
                found.awaiting() ? List.of(Effect.startTimer(RETRY + gate, now.plus(rhythm.retryAfter()))) : List.of();
        return settle(state.gates(), state.with(gate, found), now, effects);
    }

    private Decision<AssessmentState> recorded(Open state, VerdictRecorded recorded, Instant now) {
        Open next = state;
        for (int i = 0; i < state.gates().size(); i++) {
            boolean meant = state.question().gates().get(i).id().equals(recorded.gate());
            if (meant && state.gates().get(i).decided()) {
                next = next.with(i, state.gates().get(i).recordedAs(recorded.hash(), now));
            }
        }
        return next.equals(state) ? stay(state) : settle(state.gates(), next, now, List.of());
    }

    private Decision<AssessmentState> deadline(Open state, Instant now) {
        Open next = state;
        boolean ask = false;
        for (int i = 0; i < state.gates().size(); i++) {
            GateProgress gate = state.gates().get(i);
            if (!gate.awaiting() || wakeAt(gate).isAfter(now)) {
                continue;
            }
            boolean lastCall = gate.lastCall() == null
                    && Looking.of(state.question().gates().get(i)).atRevision();
            ask |= lastCall;
            next = next.with(i, lastCall ? gate.calledLast(now) : gate.over(now));
        }
        return settle(state.gates(), next, now, ask ? Work.subscription(state) : List.of());
    }

    private Instant wakeAt(GateProgress gate) {
        Instant lastCall = gate.lastCall();
        return lastCall == null ? gate.deadline() : lastCall.plus(rhythm.lastCallWithin());
    }

    private static boolean isAwaiting(Open state, int gate) {
        return gate >= 0
                && gate < state.gates().size()
                && state.gates().get(gate).awaiting();
    }

    /** What follows from a change: newly decided gates are recorded, timers set, the status told, the assessment closed. */
    private Decision<AssessmentState> settle(
            List<GateProgress> before, Open next, Instant now, List<? extends Effect> first) {
        List<Effect> effects = new ArrayList<>(first);
        boolean recording = next.gates().stream().anyMatch(GateProgress::decided);
        if (!recording && isOver(next)) {
            Closed closed = new Closed(next.id(), Answers.last(next));
            return new Decision<>(closed, Work.end(next, Answers.status(closed.status())), null, null);
        }
        effects.addAll(Answers.appendsSince(before, next));
        effects.addAll(Work.dropDecidedSince(before, next));
        next.gates().stream()
                .filter(GateProgress::awaiting)
                .map(this::wakeAt)
                .min(Instant::compareTo)
                .ifPresentOrElse(
                        due -> effects.add(Effect.startTimer(DEADLINE, due)),
                        () -> effects.add(Effect.stopTimer(DEADLINE)));
        effects.add(
                recording ? Effect.startTimer(RECORD, now.plus(rhythm.recordAgainAfter())) : Effect.stopTimer(RECORD));
        effects.add(Answers.status(Answers.present(next)));
        return new Decision<>(next, effects, null, null);
    }

    /** Whether no further verdict can change the outcome. */
    private static boolean isOver(Open state) {
        List<GateProgress> gates = state.gates();
        return gates.stream().noneMatch(GateProgress::awaiting)
                || (Answers.doomed(state) && gates.stream().allMatch(GateProgress::seen));
    }
}
