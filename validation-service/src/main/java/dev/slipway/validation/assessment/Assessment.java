package dev.slipway.validation.assessment;

import static dev.slipway.messaging.Decision.move;
import static dev.slipway.messaging.Decision.stay;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.FilesRead;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RecordOverdue;
import dev.slipway.validation.assessment.AssessmentInput.RetryDue;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.TrackerAsked;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.assessment.AssessmentState.Unasked;
import dev.slipway.validation.evidence.Arrived;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The story of an assessment: a question about the gates of a stage, answered the same way for good.
 *
 * <p>Gates over evidence and required checks are found again whenever the revision says something newer: one that has
 * passed stands, and goes back if a later report or a repeated check fails, until nothing is waited for; then all that
 * stand are decided together. Merge, http, metrics, arrival, files and tracker gates are decided by their first good answer, which is about that moment, or
 * by one that cannot become good, and tried again until their deadline otherwise. A deadline asks before it acts: what a gate looks at is looked at once
 * more. What stands by what an older version of the readers read is not decided by that: the revision is asked once more, and
 * what is kept of it read again (ADR 83). A gate is complete when its verdict stands in the evidence chain; the assessment closes when all are, or when one
 * that nobody may waive has not passed, every other was looked at once, and every verdict is recorded. A closed one never
 * changes.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * UNASKED
 *   Asked → OPEN, says revision.subscribe, task merge, timer deadline, says assessment.changed
 *   RevisionSeen passing | RevisionSeen failing | RevisionSeen older | RevisionSeen of another commit → says
 *       revision.unsubscribe
 *   MergeTried clean | MergeTried conflicting | MergeTried unreachable | Probed | FilesRead | TrackerAsked |
 *       VerdictRecorded | DeadlineCame early | DeadlineCame | DeadlineCame after one more try | RetryDue |
 *       RecordOverdue → nothing
 * OPEN, waiting for a report and for Git
 *   Asked → says assessment.changed, says revision.subscribe
 *   RevisionSeen passing → noted, timer deadline, says assessment.changed
 *   RevisionSeen failing | MergeTried clean | MergeTried conflicting → noted, says verdict.append, timer deadline,
 *       timer record, says assessment.changed
 *   MergeTried unreachable → noted, timer retry-1, timer deadline, says assessment.changed
 *   DeadlineCame early → timer deadline, says assessment.changed
 *   DeadlineCame | DeadlineCame after one more try → noted, task merge, says revision.subscribe, timer deadline, says
 *       assessment.changed
 *   RetryDue → task merge
 *   RevisionSeen older | RevisionSeen of another commit | Probed | FilesRead | TrackerAsked | VerdictRecorded |
 *       RecordOverdue → nothing
 * OPEN, the report passed so far, waiting for Git
 *   Asked → says assessment.changed, says revision.subscribe
 *   RevisionSeen failing → noted, says verdict.append, timer deadline, timer record, says assessment.changed
 *   MergeTried clean | MergeTried conflicting → noted, says verdict.append, timer record, says assessment.changed
 *   MergeTried unreachable → noted, timer retry-1, timer deadline, says assessment.changed
 *   DeadlineCame early → timer deadline, says assessment.changed
 *   DeadlineCame | DeadlineCame after one more try → noted, task merge, timer deadline, says assessment.changed
 *   RetryDue → task merge
 *   RevisionSeen passing → noted
 *   RevisionSeen older | RevisionSeen of another commit | Probed | FilesRead | TrackerAsked | VerdictRecorded |
 *       RecordOverdue → nothing
 * OPEN, past the deadline of both, asked once more
 *   Asked → says assessment.changed, says revision.subscribe
 *   RevisionSeen passing → noted, timer deadline, says assessment.changed
 *   RevisionSeen failing | MergeTried clean | MergeTried conflicting | MergeTried unreachable → noted, says
 *       verdict.append, timer deadline, timer record, says assessment.changed
 *   DeadlineCame early | DeadlineCame → timer deadline, says assessment.changed
 *   DeadlineCame after one more try → noted, says verdict.append, timer record, says assessment.changed
 *   RetryDue → task merge
 *   RevisionSeen older | RevisionSeen of another commit | Probed | FilesRead | TrackerAsked | VerdictRecorded |
 *       RecordOverdue → nothing
 * OPEN, both passed, being recorded
 *   Asked → says assessment.changed, says verdict.append
 *   VerdictRecorded → noted, timer record, says assessment.changed
 *   DeadlineCame early | DeadlineCame | DeadlineCame after one more try → timer record, says assessment.changed
 *   RecordOverdue → says verdict.append, timer record
 *   RevisionSeen passing | RevisionSeen failing → noted
 *   RevisionSeen older | RevisionSeen of another commit | MergeTried clean | MergeTried conflicting | MergeTried
 *       unreachable | Probed | FilesRead | TrackerAsked | RetryDue → nothing
 * OPEN, only the report's verdict not yet recorded
 *   Asked → says assessment.changed, says verdict.append
 *   VerdictRecorded → CLOSED, says revision.unsubscribe, says assessment.changed
 *   DeadlineCame early | DeadlineCame | DeadlineCame after one more try → timer record, says assessment.changed
 *   RecordOverdue → says verdict.append, timer record
 *   RevisionSeen passing | RevisionSeen failing → noted
 *   RevisionSeen older | RevisionSeen of another commit | MergeTried clean | MergeTried conflicting | MergeTried
 *       unreachable | Probed | FilesRead | TrackerAsked | RetryDue → nothing
 * CLOSED
 *   Asked → says assessment.changed
 *   RevisionSeen passing | RevisionSeen failing | RevisionSeen older | RevisionSeen of another commit → says
 *       revision.unsubscribe
 *   MergeTried clean | MergeTried conflicting | MergeTried unreachable | Probed | FilesRead | TrackerAsked |
 *       VerdictRecorded | DeadlineCame early | DeadlineCame | DeadlineCame after one more try | RetryDue |
 *       RecordOverdue → nothing
 * </pre>
 */
public final class Assessment implements Core<AssessmentState, AssessmentInput> {
    public static final String DEADLINE = "deadline";
    public static final String RECORD = "record";
    public static final String RETRY = "retry-";
    public static final String MERGE_TASK = "merge";
    public static final String PROBE_TASK = "probe";
    public static final String METRICS_TASK = "metrics";
    public static final String QUERY_TASK = "query";
    public static final String TAG_TASK = "tag";
    public static final String ARRIVAL_TASK = "arrival";
    public static final String FILES_TASK = "files";
    public static final String TRACKER_TASK = "tracker";

    /**
     * Rhythms of an assessment.
     *
     * @param kinds of evidence that are read
     * @param reader by which version of the readers, as in {@link Finding}
     * @param retryAfter pause between two tries of a merge or http gate
     * @param lastCallWithin how long a gate past its deadline waits for the revision's answer
     * @param lastTryWithin how long a merge or http gate past its deadline waits for one more try
     * @param recordAgainAfter how long the chain may take before it is told again
     */
    public record Rhythm(
            List<String> kinds,
            int reader,
            Duration retryAfter,
            Duration lastCallWithin,
            Duration lastTryWithin,
            Duration recordAgainAfter) {
        public Rhythm {
            kinds = List.copyOf(kinds);
        }

        /** Of readers that have no version. */
        public Rhythm(
                List<String> kinds,
                Duration retryAfter,
                Duration lastCallWithin,
                Duration lastTryWithin,
                Duration recordAgainAfter) {
            this(kinds, 0, retryAfter, lastCallWithin, lastTryWithin, recordAgainAfter);
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
            case RevisionSeen seen -> unheeding(state, seen);
            case MergeTried _,
                    Probed _,
                    FilesRead _,
                    TrackerAsked _,
                    VerdictRecorded _,
                    DeadlineCame _,
                    RetryDue _,
                    RecordOverdue _ -> stay(state);
        };
    }

    private Decision<AssessmentState> whenClosed(Closed state, AssessmentInput input) {
        return switch (input) {
            case Asked _ -> Decision.<AssessmentState>stay(state).and(Answers.status(state.status()));
            case RevisionSeen seen -> unheeding(state, seen);
            case MergeTried _,
                    Probed _,
                    FilesRead _,
                    TrackerAsked _,
                    VerdictRecorded _,
                    DeadlineCame _,
                    RetryDue _,
                    RecordOverdue _ -> stay(state);
        };
    }

    /** A subscription that overtook its own end would be told of arrivals for nothing. */
    private static Decision<AssessmentState> unheeding(AssessmentState state, RevisionSeen seen) {
        return stay(state).and(Work.unsubscribe(seen.revision(), state.id()));
    }

    private Decision<AssessmentState> whenOpen(Open state, AssessmentInput input, Instant now) {
        return switch (input) {
            case Asked _ -> Decision.<AssessmentState>stay(state).and(askedAgain(state));
            case RevisionSeen seen -> seen(state, seen, now);
            case MergeTried tried -> worked(state, tried.gate(), Findings.merge(tried.answer()), now);
            case FilesRead read -> worked(state, read.gate(), read.finding(), now);
            case TrackerAsked asked -> worked(state, asked.gate(), asked.finding(), now);
            case Probed probed -> worked(state, probed.gate(), probed(state, probed), now);
            case VerdictRecorded recorded -> recorded(state, recorded, now);
            case DeadlineCame _ -> deadline(state, now);
            case RetryDue retry ->
                isAwaiting(state, retry.gate())
                        ? Decision.<AssessmentState>stay(state).and(Work.of(state, retry.gate()))
                        : stay(state);
            case RecordOverdue _ -> Decision.<AssessmentState>stay(state).and(appendAgain(state, now));
        };
    }

    private static Finding probed(Open state, Probed probed) {
        boolean known = probed.gate() >= 0 && probed.gate() < state.gates().size();
        Looking looking = known ? Looking.of(state.question().gates().get(probed.gate())) : Looking.NOTHING_WE_KNOW;
        if (looking == Looking.QUERIES) {
            return Findings.queried(state.question().gates().get(probed.gate()), probed.readings());
        }
        Finding finding = Findings.probes(
                switch (looking) {
                    case METRICS -> "Every metric was as it should be";
                    case TAG -> "The tag is signed by an allowed key";
                    case ARRIVAL -> "What was published is there";
                    case HTTP,
                            EVIDENCE,
                            REQUIRED_CHECK,
                            ALL_CHECKS,
                            MERGE,
                            QUERIES,
                            FILES,
                            TRACKER,
                            ISOLATED,
                            SETTINGS,
                            NOTHING_WE_KNOW -> "Every request was answered as expected";
                },
                probed.answers());
        return finding.from(Arrived.somewhen(probed.inputs()));
    }

    private Decision<AssessmentState> open(Unasked state, Assess question, Instant now) {
        List<GateProgress> gates = new ArrayList<>();
        for (Gate gate : question.gates()) {
            Finding initial = Findings.initial(gate, rhythm.kinds(), question);
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
        boolean ours = seen.revision().equals(Work.revision(state.question()));
        if (!ours || seen.version() < state.revisionVersion()) {
            return stay(state); // another commit proves nothing about this one; nor does an older view
        }
        Open next = state.lookedAt(seen.version());
        for (int i = 0; i < state.gates().size(); i++) {
            Gate gate = state.question().gates().get(i);
            GateProgress before = state.gates().get(i);
            if (before.awaiting() && Looking.of(gate).atRevision()) {
                Finding finding = Looking.of(gate) == Looking.EVIDENCE
                        ? Findings.evidence(
                                gate,
                                state.question().sha(),
                                seen.suites(),
                                seen.comparisons().get(i))
                        : CheckFindings.of(gate, state.question().sha(), seen.checks());
                GateProgress found = before.found(finding, now);
                next = next.with(i, before.lastCall() != null && found.waiting() ? found.over(now) : found);
            }
        }
        boolean toDecide = isOver(next) && next.gates().stream().anyMatch(GateProgress::standing);
        return next.gates().equals(state.gates()) && !toDecide
                ? move(next)
                : decided(state.gates(), next, now, List.of());
    }

    private Decision<AssessmentState> worked(Open state, int gate, Finding finding, Instant now) {
        if (!isAwaiting(state, gate)) {
            return stay(state);
        }
        GateProgress before = state.gates().get(gate);
        GateProgress looked = before.found(finding, now);
        GateProgress found = before.lastCall() != null && looked.waiting() ? looked.over(now) : looked;
        List<Effect> effects =
                found.awaiting() ? List.of(Effect.startTimer(RETRY + gate, now.plus(pause(state, gate)))) : List.of();
        return settle(state.gates(), state.with(gate, found), now, effects);
    }

    /** What was published, and what people do in a tracker, may take its time, of which the gate says how often it is looked for. */
    private Duration pause(Open state, int gate) {
        Arrival arrival = state.question().gates().get(gate).arrival();
        TrackerRule tracker = state.question().gates().get(gate).tracker();
        if (arrival != null) {
            return arrival.every();
        }
        return tracker == null ? rhythm.retryAfter() : tracker.every();
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

    /** A deadline asks before it acts: the machine may have slept, or the answer be on its way. */
    private Decision<AssessmentState> deadline(Open state, Instant now) {
        Open next = state;
        List<Effect> asking = new ArrayList<>();
        boolean revision = false;
        for (int i = 0; i < state.gates().size(); i++) {
            GateProgress gate = state.gates().get(i);
            if (!gate.waiting() || wakeAt(state, i).isAfter(now)) {
                continue;
            }
            boolean first = gate.lastCall() == null;
            next = next.with(i, first ? gate.calledLast(now) : gate.over(now));
            if (first && atRevision(state, i)) {
                revision = true;
            } else if (first) {
                asking.add(Effect.stopTimer(RETRY + i));
                asking.addAll(Work.of(state, i));
            }
        }
        asking.addAll(revision ? Work.subscription(state) : List.of());
        return settle(state.gates(), next, now, asking);
    }

    private Instant wakeAt(Open state, int gate) {
        GateProgress progress = state.gates().get(gate);
        Instant lastCall = progress.lastCall();
        if (lastCall == null) {
            return progress.deadline();
        }
        return lastCall.plus(atRevision(state, gate) ? rhythm.lastCallWithin() : rhythm.lastTryWithin());
    }

    private static boolean atRevision(Open state, int gate) {
        return Looking.of(state.question().gates().get(gate)).atRevision();
    }

    private static boolean isAwaiting(Open state, int gate) {
        return gate >= 0
                && gate < state.gates().size()
                && state.gates().get(gate).awaiting();
    }

    /** What follows from a change: what stands is decided if nothing is waited for, unless it has to be read again before. */
    private Decision<AssessmentState> settle(
            List<GateProgress> before, Open changed, Instant now, List<? extends Effect> first) {
        if (!isOver(changed) || !standsByOlderReader(changed)) {
            return decided(before, changed, now, first);
        }
        List<Effect> effects = new ArrayList<>(first);
        effects.addAll(Work.subscription(changed));
        return told(before, changed, now, effects);
    }

    private boolean standsByOlderReader(Open state) {
        return IntStream.range(0, state.gates().size())
                .filter(gate -> Looking.of(state.question().gates().get(gate)) == Looking.EVIDENCE)
                .mapToObj(state.gates()::get)
                .anyMatch(gate -> gate.standing() && gate.finding().reader() < rhythm.reader());
    }

    /** The assessment is closed if all is recorded; what stands is by what was seen just now, or by no older reader. */
    private Decision<AssessmentState> decided(
            List<GateProgress> before, Open changed, Instant now, List<? extends Effect> first) {
        Open next = isOver(changed) ? standingDecided(changed, now) : changed;
        if (isOver(next) && next.gates().stream().noneMatch(GateProgress::decided)) {
            Closed closed = new Closed(next.id(), Answers.last(next));
            return new Decision<>(closed, Work.end(next, Answers.status(closed.status())), null, null);
        }
        return told(before, next, now, first);
    }

    /** Newly decided gates are recorded, timers set, the status told. */
    private Decision<AssessmentState> told(
            List<GateProgress> before, Open next, Instant now, List<? extends Effect> first) {
        List<Effect> effects = new ArrayList<>(first);
        boolean recording = next.gates().stream().anyMatch(GateProgress::decided);
        effects.addAll(Answers.appendsSince(before, next));
        effects.addAll(Work.dropDecidedSince(before, next));
        effects.add(deadlineTimer(next));
        effects.add(
                recording ? Effect.startTimer(RECORD, now.plus(rhythm.recordAgainAfter())) : Effect.stopTimer(RECORD));
        effects.add(Answers.status(Answers.present(next)));
        return new Decision<>(next, effects, null, null);
    }

    private Effect deadlineTimer(Open state) {
        return IntStream.range(0, state.gates().size())
                .filter(gate -> state.gates().get(gate).waiting())
                .mapToObj(gate -> wakeAt(state, gate))
                .min(Instant::compareTo)
                .map(due -> Effect.startTimer(DEADLINE, due))
                .orElse(Effect.stopTimer(DEADLINE));
    }

    /** From here on nothing goes back. */
    private static Open standingDecided(Open state, Instant now) {
        Open next = state;
        for (int i = 0; i < state.gates().size(); i++) {
            GateProgress gate = state.gates().get(i);
            next = gate.standing() ? next.with(i, gate.over(now)) : next;
        }
        return next;
    }

    /** Whether no further verdict can change the outcome. */
    private static boolean isOver(Open state) {
        List<GateProgress> gates = state.gates();
        return gates.stream().noneMatch(GateProgress::waiting)
                || (Answers.hopeless(state) && gates.stream().allMatch(GateProgress::seen));
    }
}
