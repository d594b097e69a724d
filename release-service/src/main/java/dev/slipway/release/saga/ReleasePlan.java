package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.PlanStation.Draft;
import dev.slipway.release.saga.PlanStation.Place;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What comes of a release from here: a function of its pinned policy, of what is known of it, and of the present time, by
 * which freezes are on. Its steps are those of {@link ReleaseSaga}, in its order, and nothing here is a decision. A release
 * that has left its way has the steps back and to its end before it; one that has ended has none, unless that is announced.
 */
public final class ReleasePlan {
    private final Dossier d;
    private final Instant now;
    private final PlanAsked asked;

    private ReleasePlan(Dossier d, Instant now) {
        this.d = d;
        this.now = now;
        this.asked = new PlanAsked(d);
    }

    /** What is still to come. */
    public static PlanView of(Dossier d, Instant now) {
        PlanView whole = whole(d, now);
        return view(
                d,
                whole.says(),
                whole.steps().stream()
                        .filter(step -> step.progress() == Progress.NOW || step.progress() == Progress.AHEAD)
                        .toList());
    }

    /** The same, with what is behind it and what it never came to. */
    public static PlanView whole(Dossier d, Instant now) {
        Launch launch = d.release();
        if (launch.policy() == null || launch.refused() != null) {
            return view(d, "It was refused, so nothing comes of it. " + ended(d), List.of());
        }
        List<Step> steps = new ReleasePlan(d, now).steps();
        return view(d, says(d, steps), steps);
    }

    private static PlanView view(Dossier d, String says, List<Step> steps) {
        Launch launch = d.release();
        Guide guide = GuideInForce.of(d);
        return new PlanView(
                d.id(),
                d.id().application().value(),
                launch.proposal().version(),
                launch.proposal().sha(),
                d.kind(),
                d.state().phase(),
                d.since(),
                launch.policyHash(),
                guide == null ? null : guide.hash(),
                says,
                Telling.waiting(d),
                steps);
    }

    private static String says(Dossier d, List<Step> steps) {
        if (d.state() instanceof ReleaseState.Ended) {
            boolean tells = steps.stream().anyMatch(step -> step.progress() == Progress.NOW);
            return (tells ? "It is being announced, and nothing else comes. " : "Nothing comes any more. ") + ended(d);
        }
        long ahead =
                steps.stream().filter(step -> step.progress() == Progress.AHEAD).count();
        Cause cause = d.cause();
        return (cause == null ? "" : Texts.sentence(cause.text()) + " ")
                + (ahead == 0
                        ? "No step comes after this one."
                        : Texts.counted(ahead, "step comes", "steps come") + " after this one.");
    }

    private static String ended(Dossier d) {
        Cause cause = d.cause();
        String next = Telling.next(d);
        String why = cause == null ? "" : ": " + cause.text();
        return Texts.sentence("It ended as %s%s".formatted(d.state().phase(), why))
                + (next == null ? "" : " Next: " + Texts.sentence(next));
    }

    private List<Step> steps() {
        List<Draft> way = new ArrayList<>();
        if (!d.isRollback()) {
            way.addAll(new PlanApproach(d, asked).steps(now));
        }
        way.addAll(new PlanRollout(d, asked).steps(now));
        PlanBack back = new PlanBack(d, asked);
        List<Draft> off = back.steps();
        Place reached = at();
        Place at = way.stream()
                .map(Draft::place)
                .filter(place -> place.compareTo(reached) >= 0)
                .findFirst()
                .orElse(Place.of(PlanStation.END));
        boolean goesOn = off.isEmpty() || isTakenUpAgain();
        List<Step> steps = new ArrayList<>();
        for (Draft draft : way) {
            int where = draft.place().compareTo(at);
            if (where == 0 && goesOn) {
                steps.addAll(inTheirOrder(off));
            }
            steps.add(step(draft, progress(where, goesOn, !off.isEmpty())));
        }
        if (!goesOn) {
            steps.addAll(inTheirOrder(off));
        }
        Draft end = back.end();
        steps.add(step(end, d.state() instanceof ReleaseState.Ended ? Progress.DONE : Progress.AHEAD));
        new PlanAnnounced(d, asked).step(end.phase()).ifPresent(draft -> steps.add(step(draft, announced())));
        return steps;
    }

    private Progress announced() {
        if (!(d.state() instanceof ReleaseState.Ended)) {
            return Progress.AHEAD;
        }
        return Announcements.settled(d) ? Progress.DONE : Progress.NOW;
    }

    /** The release is in the first of them. */
    private List<Step> inTheirOrder(List<Draft> off) {
        return off.stream()
                .map(draft -> step(draft, draft.equals(off.getFirst()) ? Progress.NOW : Progress.AHEAD))
                .toList();
    }

    /** Whether an operator who is needed sets it back on its way. */
    private boolean isTakenUpAgain() {
        return d.state() instanceof ReleaseState.NeedsOperator needs
                && (needs.trouble() == Trouble.CONFIRMING
                        || needs.trouble() == Trouble.MERGING
                        || needs.trouble() == Trouble.ARRIVING);
    }

    private Progress progress(int where, boolean goesOn, boolean waits) {
        boolean well = d.state().phase() == ReleasePhase.COMPLETED;
        if (where < 0 || well) {
            return Progress.DONE;
        }
        boolean left = !goesOn || d.state() instanceof ReleaseState.Ended;
        if (left) {
            return where == 0 ? Progress.STOPPED : Progress.NEVER;
        }
        return where == 0 && !waits ? Progress.NOW : Progress.AHEAD;
    }

    private Step step(Draft draft, Progress progress) {
        List<Asked> asked = draft.asked().stream()
                .map(each -> progress == Progress.NOW && each.state() == LineState.OPEN ? due(each) : each)
                .toList();
        return new Step(draft.place().id(), draft.phase(), progress, draft.title(), text(draft), asked, draft.back());
    }

    /** With when the timetable has done what is done there. */
    private String text(Draft draft) {
        return Stream.concat(
                        Stream.of(draft.text()),
                        done(d, draft.place().station(), draft.phase()).flatMap(of -> asked.dated(of).stream()))
                .collect(Collectors.joining(" "));
    }

    /**
     * What has a date of its own and is done in a step, as the timetable names it.
     *
     * @param phase in which the release is then; that of its end where it is announced
     */
    static Stream<String> done(Dossier d, PlanStation station, ReleasePhase phase) {
        return switch (station) {
            case READ -> Stream.of(document(GuideAnswer.Document.RUNBOOK));
            case STAGING -> Stream.of(Dated.name(Dated.PHASE, Dated.STAGING));
            case CANDIDATE -> Stream.of(Dated.name(Dated.PHASE, Dated.CANDIDATE));
            case KEEP -> Stream.of(Dated.name(Dated.PHASE, Dated.PRODUCTION));
            case MERGE ->
                Stream.of(GuideAnswer.Action.MERGE, GuideAnswer.Action.TAG)
                        .map(action -> Dated.name(Dated.ACTION, GuideAnswer.word(action)));
            case END ->
                Stream.concat(
                        Stream.of(Dated.name(Dated.ACTION, GuideAnswer.word(GuideAnswer.Action.NOTIFY))),
                        Arrays.stream(GuideAnswer.Document.values())
                                .filter(each -> each != GuideAnswer.Document.RUNBOOK
                                        && each != GuideAnswer.Document.ANNOUNCEMENT)
                                .map(ReleasePlan::document));
            case ANNOUNCE ->
                Stream.concat(
                        Announcements.of(d, phase).stream()
                                .map(announcing -> Dated.name(Dated.REVIEW, announcing.id())),
                        Stream.of(document(GuideAnswer.Document.ANNOUNCEMENT)));
            case GATES,
                    PEOPLE,
                    STAGING_GATES,
                    HOLD,
                    STAY,
                    DUTIES,
                    THEN_HOLD,
                    START,
                    STEP,
                    BAKE,
                    ARRIVAL,
                    OPERATOR,
                    BACK -> Stream.empty();
        };
    }

    private static String document(GuideAnswer.Document document) {
        return Dated.name(Dated.DOCUMENT, GuideAnswer.word(document));
    }

    private static Asked due(Asked asked) {
        return new Asked(
                asked.kind(),
                asked.name(),
                asked.text(),
                asked.of(),
                asked.within(),
                LineState.DUE,
                asked.why().equals(PlanAsked.NOT_ASKED) ? "it is being asked" : asked.why());
    }

    /** Where it is on its way, or was when it left it. */
    private Place at() {
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Proposed _ -> Place.of(PlanStation.READ);
            case ReleaseState.Validating _ -> Place.of(PlanStation.GATES);
            case ReleaseState.AwaitingApproval _ -> Place.of(PlanStation.PEOPLE);
            case ReleaseState.Staging staging ->
                Place.of(
                        staging.part() == ReleaseState.Part.ROLLING_OUT
                                ? PlanStation.STAGING
                                : PlanStation.STAGING_GATES);
            case ReleaseState.Candidate candidate ->
                switch (candidate.ahead()) {
                    case HELD -> new Place(PlanStation.HOLD, PlanApproach.HELD);
                    case FROZEN -> new Place(PlanStation.HOLD, PlanApproach.FROZEN);
                    case STAYING -> Place.of(PlanStation.STAY);
                    case VERIFYING ->
                        Place.of(Duties.awaited(d).isEmpty() ? PlanStation.CANDIDATE : PlanStation.DUTIES);
                };
            case ReleaseState.RollingOut _ -> share();
            case ReleaseState.Baking baking ->
                Place.of(baking.part() == ReleaseState.Part.ROLLING_OUT ? PlanStation.BAKE : PlanStation.KEEP);
            case ReleaseState.Merging merging -> Place.of(merging.looks() ? PlanStation.ARRIVAL : PlanStation.MERGE);
            case ReleaseState.NeedsOperator needs
            when needs.trouble() == Trouble.ARRIVING -> Place.of(PlanStation.ARRIVAL);
            case ReleaseState.NeedsOperator needs
            when needs.trouble() == Trouble.MERGING -> Place.of(PlanStation.MERGE);
            case ReleaseState.NeedsOperator needs
            when needs.trouble() == Trouble.CONFIRMING -> Place.of(PlanStation.KEEP);
            case ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> furthest();
        };
    }

    /** A rollout keeps the number of the step that it was at when it went back. */
    private Place share() {
        return d.rollout(EnvironmentId.PRODUCTION)
                .map(RolloutStatus::step)
                .filter(step -> step > 0)
                .map(step -> new Place(PlanStation.STEP, step))
                .orElse(Place.of(PlanStation.START));
    }

    /** How far it came, by what was heard of it. */
    private Place furthest() {
        if (d.looks() > 0) {
            return Place.of(PlanStation.ARRIVAL);
        } else if (d.mergedAs() != null) {
            return Place.of(PlanStation.MERGE);
        } else if (d.assessment(Steps.ASSESS_PRODUCTION).isPresent()) {
            return Place.of(PlanStation.KEEP);
        } else if (told(Milestone.Kind.BAKING)) {
            return Place.of(PlanStation.BAKE);
        } else if (told(Milestone.Kind.ROLLING_OUT)) {
            return share();
        } else if (told(Milestone.Kind.STAGED)) {
            boolean looked =
                    d.wayBack() != null || d.assessment(Steps.ASSESS_CANDIDATE).isPresent();
            return Place.of(looked ? PlanStation.CANDIDATE : PlanStation.DUTIES);
        }
        Optional<RolloutStatus> staging = d.rollout(EnvironmentId.STAGING);
        if (staging.isPresent()) {
            boolean looked = d.assessment(Steps.ASSESS_STAGING).isPresent();
            return Place.of(looked ? PlanStation.STAGING_GATES : PlanStation.STAGING);
        } else if (told(Milestone.Kind.APPROVAL_ASKED) || told(Milestone.Kind.DUTY_ASKED)) {
            return Place.of(PlanStation.PEOPLE);
        }
        boolean read = d.assessment(Steps.ASSESS_PRE_RELEASE).isPresent()
                || !d.people().isEmpty();
        return Place.of(read ? PlanStation.GATES : PlanStation.READ);
    }

    private boolean told(Milestone.Kind kind) {
        return d.milestones().stream().anyMatch(milestone -> milestone.kind() == kind);
    }
}
