package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.HostNames;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Tags;
import dev.slipway.release.saga.PlanStation.Draft;
import dev.slipway.release.saga.PlanStation.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The steps of a plan before production: nothing in them touches a user. */
final class PlanApproach {
    /** Which of what keeps a release from production comes first. */
    static final int HELD = 1;

    static final int FROZEN = 2;

    private static final String STAGING_GOES_BACK =
            "Staging goes back to what it ran before; no user has met it. %s ends it as REJECTED%s. %s";

    private final Dossier d;
    private final Policy policy;
    private final PlanAsked asked;

    PlanApproach(Dossier d, PlanAsked asked) {
        this.d = d;
        this.policy = d.guide();
        this.asked = asked;
    }

    List<Draft> steps(Instant now) {
        List<Draft> steps = new ArrayList<>();
        steps.add(read());
        gates(steps);
        people(steps);
        steps.add(staging());
        steps.add(stagingGates());
        held(steps, now);
        stay(steps);
        duties(steps);
        steps.add(candidate());
        steps.sort(Comparator.comparing(Draft::place));
        return steps;
    }

    static String abort(Dossier d) {
        return "A person stops it: slipway release abort %s --reason WHY".formatted(d.id());
    }

    private String again(String ends) {
        return "Nothing runs yet, and no environment is touched. %s %s".formatted(ends, abort(d));
    }

    private Draft read() {
        Policy.Source source = policy.source();
        Policy.Merge merge = policy.merge();
        String where = policy.onPush() == Policy.OnPush.SUPERSEDE ? "is the head of" : "is on";
        String tag = merge == null
                ? ""
                : " It would be tagged %s, a name that has to be free."
                        .formatted(Tags.of(merge, d.release().proposal().version()));
        return new Draft(
                Place.of(PlanStation.READ),
                ReleasePhase.PROPOSED,
                "Read the revision",
                "Git says whether revision %s %s branch %s, and who made it.%s"
                        .formatted(d.release().proposal().sha().brief(), where, source.branches(), tag),
                List.of(),
                again("What Git refuses ends as REJECTED, what it does not answer in time as EXPIRED; the version"
                        + " can be proposed again."));
    }

    private void gates(List<Draft> steps) {
        List<Asked> gates = asked.gates(Steps.preRelease(d), Steps.ASSESS_PRE_RELEASE);
        if (gates.isEmpty()) {
            return;
        }
        steps.add(new Draft(
                Place.of(PlanStation.GATES),
                ReleasePhase.VALIDATING,
                "Gates before anything runs",
                "%s for exactly this revision and these artifacts."
                        .formatted(Texts.counted(gates.size(), "gate has to pass", "gates have to pass")),
                gates,
                again("A gate that fails ends it as REJECTED, one of which nothing can be known as EXPIRED"
                        + waivable(gates)
                        + ".")));
    }

    private String waivable(List<Asked> gates) {
        List<String> names = asked.waivable(gates);
        return names.isEmpty()
                ? ""
                : ", unless two people waive it, which the policy allows for %s: slipway release waive %s GATE --reason WHY --until TIME"
                        .formatted(String.join(", ", names), d.id());
    }

    private void people(List<Draft> steps) {
        List<Asked> approvals = asked.approvals();
        List<Asked> duties = asked.duties(Duty.Before.STAGING);
        List<Asked> all = PlanAsked.both(approvals, duties);
        if (all.isEmpty()) {
            return;
        }
        List<String> commands = new ArrayList<>();
        if (!approvals.isEmpty() && policy.approvals().required() == 0) {
            commands.add("slipway release object %s --reason WHY --as EMAIL".formatted(d.id()));
        } else if (!approvals.isEmpty()) {
            commands.add("slipway release approve %s --as EMAIL".formatted(d.id()));
        }
        if (!duties.isEmpty()) {
            commands.add(asked.answer(Duty.Before.STAGING));
        }
        steps.add(new Draft(
                Place.of(PlanStation.PEOPLE),
                ReleasePhase.AWAITING_APPROVAL,
                duties.isEmpty() ? "People say yes" : "People say yes and do what only they can",
                "People are asked for exactly this revision, these artifacts and this policy: %s%s"
                        .formatted(String.join("; ", commands), vote()),
                all,
                again("If they do not in time it ends as EXPIRED"
                        + (duties.isEmpty() ? "." : "; a duty that fails, or is not possible, ends it as REJECTED."))));
    }

    /** How long it is open, and whose no ends it; begins with a sentence's end where there is something to say. */
    private String vote() {
        String open = Votes.openUntil(d)
                .map(". The vote is open until %s, however many say yes"::formatted)
                .or(() -> Votes.openFor(d.release())
                        .map(openFor ->
                                ". The vote is open for %s at least, however many say yes".formatted(openFor.words())))
                .orElse("");
        List<String> veto = policy.approvals().veto();
        return veto.isEmpty()
                ? open
                : "%s. A no of %s ends it as REJECTED until production begins: slipway release object %s --reason WHY --as EMAIL"
                        .formatted(open, String.join(" or ", veto), d.id());
    }

    private Draft staging() {
        Target target = policy.environments().staging().target();
        EnvironmentId staging = d.environment(EnvironmentId.STAGING);
        String hosts = String.join(
                ", ",
                HostNames.effective(
                        staging, policy.environments().staging().front().hosts()));
        return new Draft(
                Place.of(PlanStation.STAGING),
                ReleasePhase.STAGING,
                "Staging is moved to it",
                "Its artifacts are verified by their digests and started in staging, which answers at %s; it has to become healthy%s."
                        .formatted(
                                hosts,
                                target.startWithin() == null ? "" : " within " + Texts.words(target.startWithin())),
                List.of(),
                STAGING_GOES_BACK.formatted("A start that fails", ", one that comes to nothing as EXPIRED", abort(d)));
    }

    private Draft stagingGates() {
        List<Asked> gates = asked.gates(policy.gates(Stage.STAGING), Steps.ASSESS_STAGING);
        return new Draft(
                Place.of(PlanStation.STAGING_GATES),
                ReleasePhase.STAGING,
                "Staging verifies it",
                (gates.isEmpty()
                                ? "No gate looks at it there."
                                : "%s at what runs there."
                                        .formatted(Texts.counted(gates.size(), "gate looks", "gates look")))
                        + " Then staging keeps it: exactly this may go to production.",
                gates,
                STAGING_GOES_BACK.formatted(
                        "A gate that fails",
                        ", one of which nothing can be known as EXPIRED" + waivable(gates),
                        abort(d)));
    }

    /** What keeps it from production by now, or will by then, as far as that is known. */
    private void held(List<Draft> steps, Instant now) {
        boolean begun = switch (d.state()) {
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _ -> false;
            case ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> true;
        };
        Hold hold = d.hold();
        if (!begun && hold != null) {
            steps.add(waits(
                    HELD,
                    "It is held",
                    Entering.held(hold).text() + " A person says when it goes on: slipway release resume " + d.id(),
                    new Asked(
                            AskedKind.OPERATOR,
                            hold.by().value(),
                            "a person lets it go on",
                            List.of(),
                            null,
                            LineState.OPEN,
                            Entering.held(hold).text())));
        }
        if (!begun) {
            d.freezes().at(now).ifPresent(frozen -> steps.add(freeze(frozen)));
        }
    }

    private Draft freeze(Freezes.Frozen frozen) {
        return waits(
                FROZEN,
                "A freeze is on",
                "Nothing begins production until %s: %s. It goes on by itself afterwards."
                        .formatted(frozen.until(), frozen.reason()),
                new Asked(
                        AskedKind.FREEZE,
                        frozen.reason(),
                        "the freeze ends at " + frozen.until(),
                        List.of(),
                        null,
                        LineState.OPEN,
                        "it is on"));
    }

    private Draft waits(int number, String title, String text, Asked what) {
        return new Draft(
                new Place(isLookedAt() ? PlanStation.THEN_HOLD : PlanStation.HOLD, number),
                ReleasePhase.CANDIDATE,
                title,
                text,
                List.of(what),
                "It waits in front of production, and staging keeps it. " + abort(d));
    }

    private boolean isLookedAt() {
        return d.state() instanceof ReleaseState.Candidate candidate
                && candidate.ahead() == ReleaseState.Ahead.VERIFYING;
    }

    private void stay(List<Draft> steps) {
        if (policy.environments().staging().atLeast() == null) {
            return;
        }
        String until = Stay.until(d).map(", until %s"::formatted).orElse("");
        steps.add(new Draft(
                Place.of(PlanStation.STAY),
                ReleasePhase.CANDIDATE,
                "Staging has it for a time",
                "Staging has to have verified it for %s before it goes on%s; nothing makes that shorter, and people may answer their duties meanwhile."
                        .formatted(Stay.words(d), until),
                List.of(),
                "It waits in front of production, and staging keeps it. " + abort(d)));
    }

    private void duties(List<Draft> steps) {
        List<Asked> duties = asked.duties(Duty.Before.PRODUCTION);
        if (duties.isEmpty()) {
            return;
        }
        boolean others = asked.isOnOthers(Duty.Before.PRODUCTION);
        steps.add(new Draft(
                Place.of(PlanStation.DUTIES),
                ReleasePhase.CANDIDATE,
                others ? "It waits on others" : "People do what only they can",
                "While staging runs it, %s %s: %s"
                        .formatted(
                                others ? "it waits on others for" : "people answer",
                                duties.stream().map(Asked::name).collect(Collectors.joining(", ")),
                                asked.answer(Duty.Before.PRODUCTION)),
                duties,
                STAGING_GOES_BACK.formatted(
                        "A duty that fails, or is not possible,",
                        ", one that nobody answers in time as EXPIRED",
                        abort(d))));
    }

    private Draft candidate() {
        List<Asked> gates = asked.gates(Steps.candidate(d), Steps.ASSESS_CANDIDATE);
        List<Asked> all = PlanAsked.both(asked.wayBack(), gates);
        return new Draft(
                Place.of(PlanStation.CANDIDATE),
                ReleasePhase.CANDIDATE,
                ForwardOnly.isMeant(d) ? "It may only go forward" : "The way back is proved",
                "%s, Git shows the revision once more%s."
                        .formatted(
                                ForwardOnly.isMeant(d)
                                        ? "No way back is proved before production, as it may only go forward (%s)"
                                                .formatted(ForwardOnly.reason(d))
                                        : "Before production the way back is proved",
                                gates.isEmpty()
                                        ? ""
                                        : ", and " + Texts.counted(gates.size(), "gate is asked", "gates are asked")),
                all,
                STAGING_GOES_BACK.formatted(
                        "A way back that is not proved, or a gate that fails,",
                        ", what is not answered in time as EXPIRED" + waivable(gates),
                        abort(d)));
    }
}
