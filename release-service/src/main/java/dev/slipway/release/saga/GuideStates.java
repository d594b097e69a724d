package dev.slipway.release.saga;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Dismissal;
import dev.slipway.contracts.release.GuideView.Line;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Tally;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a release is in each line of its guide: a function of what the guide of its policy says, of what kinds the release is
 * of, and of what is known of it. A line that does not hold for such a release does not apply, whatever answers it; a value,
 * nothing to answer and no answer are the same in each release; all else is what {@link Standing} says of its answer, and what has
 * not gone wrong may be dismissed by people's word (ADR 67). Nothing here is a decision: the release goes by its gates,
 * approvals, duties and steps, with a guide or without (ADR 47).
 */
public final class GuideStates {
    private static final String CHECK = "check-";

    /**
     * Where a release is in one line.
     *
     * @param why one sentence for a person
     * @param at since when; null where that is not known
     * @param waiver how it is waived, if it is
     */
    record Standing(
            LineState state,
            String why,
            @Nullable Instant at,
            @Nullable WaiverView waiver) {
        static Standing of(LineState state, String why) {
            return new Standing(state, why, null, null);
        }

        static Standing at(LineState state, String why, @Nullable Instant at) {
            return new Standing(state, why, at, null);
        }
    }

    private final Dossier d;
    private final Policy policy;
    private final List<GateVerdict> verdicts;
    private final GuideActions actions;
    private final DutyStates duties;
    private final GuideDocuments documents;

    private GuideStates(Dossier d, Policy policy) {
        this.d = d;
        this.policy = policy;
        this.verdicts = Telling.gates(d);
        this.actions = new GuideActions(d);
        this.duties = new DutyStates(d);
        this.documents = new GuideDocuments(d);
    }

    /** For whoever asks where a release is in what its policy names, with a guide or without. */
    static GuideStates in(Dossier d) {
        return new GuideStates(d, d.guide());
    }

    /** Of a release, by its pinned policy. */
    public static GuideView of(Dossier d) {
        Launch launch = d.release();
        Policy policy = launch.policy();
        Guide guide = GuideInForce.of(d);
        Set<ReleaseKind> kinds = LaunchFacts.kinds(launch);
        List<Line> lines = List.of();
        if (policy != null && guide != null) {
            GuideStates states = new GuideStates(d, policy);
            lines = guide.lines().stream()
                    .map(line -> view(line, states.standing(guide, line), states.dismissal(line)))
                    .toList();
        }
        return new GuideView(
                        d.id().application().value(),
                        d.id(),
                        d.state().phase(),
                        List.copyOf(kinds),
                        launch.policyHash(),
                        guide == null ? null : guide.hash(),
                        guide == null ? null : guide.file(),
                        Tally.of(lines),
                        lines)
                .under(guide == null ? List.of() : guide.headings())
                .beside(d.guideFile());
    }

    /** Of an application that has had no release yet, by the policy in force. */
    public static GuideView before(ApplicationName application, Policy policy, String policyHash) {
        Guide guide = policy.guide();
        List<Line> lines = guide == null
                ? List.of()
                : guide.lines().stream()
                        .map(line -> view(
                                line,
                                always(line.answer())
                                        .orElseGet(() -> Standing.of(LineState.OPEN, "there was no release yet")),
                                null))
                        .toList();
        return new GuideView(
                        application.value(),
                        null,
                        null,
                        List.of(),
                        policyHash,
                        guide == null ? null : guide.hash(),
                        guide == null ? null : guide.file(),
                        Tally.of(lines),
                        lines)
                .under(guide == null ? List.of() : guide.headings());
    }

    private static Line view(GuideLine line, Standing standing, @Nullable Dismissal dismissal) {
        return new Line(
                line.id(),
                line.text(),
                line.under(),
                line.line(),
                line.when(),
                line.answer(),
                standing.state(),
                standing.why(),
                standing.at(),
                standing.waiver(),
                line.where(),
                dismissal);
    }

    Standing standing(Guide guide, GuideLine line) {
        return LeftOut.why(guide, line, d.release())
                .map(why -> Standing.of(LineState.DOES_NOT_APPLY, why))
                .orElseGet(() -> dismissed(line, beforeWords(line)));
    }

    /** Where it is in one that applies by its rules, whatever people say of it. */
    Standing beforeWords(GuideLine line) {
        return always(line.answer()).orElseGet(() -> timed(line.answer(), answered(line.answer())));
    }

    /** Who says that it does not apply, if anybody does. */
    @Nullable
    Dismissal dismissal(GuideLine line) {
        return LineWord.dismissal(policy, d.lineWords(), line).orElse(null);
    }

    /** By people's word a line does not apply, unless something has gone wrong with it: that stays to be seen. */
    private Standing dismissed(GuideLine line, Standing standing) {
        Dismissal dismissal = dismissal(line);
        if (dismissal == null || LineSaying.BAD.contains(standing.state())) {
            return standing;
        }
        String said = "%s says that it does not apply: %s".formatted(dismissal.by(), dismissal.reason());
        if (!dismissal.counts()) {
            return new Standing(
                    standing.state(),
                    "%s; %s; a second person has to say so".formatted(standing.why(), said),
                    standing.at(),
                    standing.waiver());
        }
        Instant second = dismissal.confirmedAt();
        return Standing.at(
                LineState.DOES_NOT_APPLY,
                dismissal.confirmedBy() == null ? said : "%s; so says %s".formatted(said, dismissal.confirmedBy()),
                second == null ? dismissal.at() : second);
    }

    /** With when it is due, where the timetable says so of what is not done; late where that is past. */
    private Standing timed(GuideAnswer answer, Standing standing) {
        if (Reached.isDone(standing)) {
            return standing;
        }
        if (answer.by() == GuideAnswer.By.DUTY) { // which says itself when it is due
            return policy.duty(answer.name())
                    .flatMap(Timed::of)
                    .map(timed -> late(timed, standing))
                    .orElse(standing);
        }
        return Dated.name(answer)
                .flatMap(policy::dated)
                .map(Timed.OfDate::new)
                .map(timed -> late(
                        timed,
                        new Standing(
                                standing.state(),
                                standing.why() + Timetable.urgency(d, timed),
                                standing.at(),
                                standing.waiver())))
                .orElse(standing);
    }

    /** What has failed, or nobody can know, is worse than late. */
    private Standing late(Timed timed, Standing standing) {
        boolean waits = standing.state() == LineState.OPEN || standing.state() == LineState.DUE;
        return waits && Timetable.isLate(d, timed)
                ? new Standing(LineState.LATE, standing.why(), standing.at(), standing.waiver())
                : standing;
    }

    /** What is the same in each release. */
    private static Optional<Standing> always(GuideAnswer answer) {
        return switch (answer.by()) {
            case VALUE ->
                Optional.of(Standing.of(
                        LineState.VALUE, answer.said() == null ? answer.name() : answer.name() + ": " + answer.said()));
            case NOTHING -> Optional.of(Standing.of(LineState.NOTHING, answer.name()));
            case UNANSWERED -> Optional.of(Standing.of(LineState.UNANSWERED, "nothing answers it"));
            case UNKNOWN -> Optional.of(unknown());
            case GATE, APPROVAL, DUTY, DOCUMENT, ACTION -> Optional.empty();
        };
    }

    /** Where it is in what answers a line, without regard to when that is due. */
    Standing answered(GuideAnswer answer) {
        return switch (answer.by()) {
            case GATE -> gate(answer.name());
            case APPROVAL -> approval(answer.name());
            case DUTY -> policy.duty(answer.name()).map(duties::standing).orElseGet(GuideStates::unknown);
            case DOCUMENT -> answer.document().map(documents::standing).orElseGet(GuideStates::unknown);
            case ACTION -> answer.action().map(actions::standing).orElseGet(GuideStates::unknown);
            case VALUE, NOTHING, UNANSWERED, UNKNOWN -> unknown();
        };
    }

    private static Standing unknown() {
        return Standing.of(LineState.UNKNOWN, "it is answered by what is not known here");
    }

    private Standing gate(String name) {
        if (d.isRollback()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "a way back goes to what was verified, and passes no gates");
        }
        Optional<Gate> gate =
                policy.gates().stream().filter(each -> each.id().equals(name)).findFirst();
        if (d.isConfiguration() && gate.filter(Steps::isOfMerge).isPresent()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "of a configuration alone nothing is merged");
        }
        return verdicts.stream()
                .filter(verdict -> verdict.gate().equals(name))
                .reduce((_, last) -> last)
                .map(this::verdict)
                .orElseGet(() -> unasked(
                        gate.map(Gate::stage).orElse(name.startsWith(CHECK) ? Stage.PRE_RELEASE : Stage.CANDIDATE)));
    }

    Standing verdict(GateVerdict verdict) {
        boolean awaited = !verdict.complete() && !d.state().phase().terminal();
        return switch (verdict.verdict()) {
            case PASSED ->
                awaited
                        ? Standing.at(LineState.DUE, "passed so far, and looked at again", verdict.at())
                        : Standing.at(LineState.PASSED, observed(verdict), verdict.at());
            case FAILED -> Standing.at(LineState.FAILED, because(verdict), verdict.at());
            case INCONCLUSIVE, UNKNOWN ->
                Standing.at(awaited ? LineState.DUE : LineState.INCONCLUSIVE, because(verdict), verdict.at());
            case WAIVED ->
                new Standing(
                        LineState.WAIVED,
                        verdict.cause(),
                        verdict.at(),
                        Waivers.of(d, verdict.gate()).map(Waiver::view).orElse(null));
        };
    }

    private static String observed(GateVerdict verdict) {
        return verdict.observed().isBlank() ? "the gate passed" : verdict.observed();
    }

    private static String because(GateVerdict verdict) {
        return verdict.cause().isBlank() ? observed(verdict) : verdict.cause();
    }

    private Standing unasked(Stage stage) {
        boolean now = switch (d.state().phase()) {
            case VALIDATING -> stage == Stage.PRE_RELEASE || stage == Stage.MERGE;
            case STAGING -> stage == Stage.STAGING;
            case CANDIDATE -> stage == Stage.CANDIDATE;
            case BAKING -> stage == Stage.PRODUCTION;
            case MERGING ->
                stage == Stage.ARRIVAL && d.state() instanceof ReleaseState.Merging merging && merging.looks();
            case PROPOSED,
                    AWAITING_APPROVAL,
                    ROLLING_OUT,
                    COMPLETED,
                    REJECTED,
                    EXPIRED,
                    ABORTED,
                    SUPERSEDED,
                    RESTORING,
                    ROLLING_BACK,
                    ROLLED_BACK,
                    NEEDS_OPERATOR,
                    UNKNOWN -> false;
        };
        return now
                ? Standing.at(LineState.DUE, "the gate is being asked", d.since())
                : actions.ahead("the gate is asked in the stage " + GuideAnswer.word(stage));
    }

    Standing approval(String name) {
        if (d.isRollback()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "a way back waits for nobody's approval");
        }
        if (name.equals(GuideAnswer.PATHS)) {
            return reviews();
        }
        boolean all = name.equals(GuideAnswer.REQUIRED);
        List<String> missing = Approvers.missing(d);
        List<Dossier.Approval> given = d.approvals().stream()
                .filter(approval -> all || policy.rolesOf(approval.email()).contains(name))
                .toList();
        boolean enough = all ? Approvers.enough(d) : !given.isEmpty() && !missing.contains(name);
        String people = given.stream().map(Dossier.Approval::email).collect(Collectors.joining(", "));
        VoteTally tally = Ballot.of(d).tally();
        if (tally != null && tally.outcome() == VoteView.Outcome.VETOED) {
            return Standing.at(LineState.FAILED, "said no: " + String.join(", ", tally.no()), tally.at());
        }
        boolean open = d.state() instanceof ReleaseState.AwaitingApproval
                && tally == null
                && Votes.openUntil(d).isPresent();
        if (enough && open) {
            return Standing.at(LineState.DUE, "%d said yes%s".formatted(given.size(), Votes.words(d)), d.since());
        }
        if (enough) {
            return Standing.at(
                    LineState.PASSED,
                    given.isEmpty() ? "nobody has to say yes" : people + " said yes to exactly this release",
                    given.isEmpty() ? d.since() : given.getLast().at());
        }
        String wanted = all
                ? "%d of %d approvals%s"
                        .formatted(
                                given.size(),
                                policy.approvals().required(),
                                missing.isEmpty() ? "" : "; still wanted: " + String.join(", ", missing))
                : ofRole(name, given.isEmpty(), Collections.frequency(missing, name));
        return owed(wanted);
    }

    private String ofRole(String role, boolean nobody, int missing) {
        int wanted = Collections.frequency(policy.approvals().roles(), role);
        return nobody
                ? "nobody of the role %s has said yes".formatted(role)
                : "%d of %d said yes of the role %s".formatted(wanted - missing, wanted, role);
    }

    private Standing owed(String wanted) {
        if (d.state() instanceof ReleaseState.AwaitingApproval) {
            return Standing.at(LineState.DUE, wanted, d.since());
        }
        boolean inVain = d.state().phase() == ReleasePhase.EXPIRED
                && d.milestones().stream().anyMatch(told -> told.kind() == Milestone.Kind.APPROVAL_ASKED);
        return inVain ? Standing.at(LineState.FAILED, wanted + " in time", d.since()) : actions.ahead(wanted);
    }

    /** All files together whose change somebody in particular has to approve. */
    private Standing reviews() {
        return review(PathReviews.of(d), "no file has changed whose change somebody in particular has to approve");
    }

    /** The files of one rule. */
    Standing review(PathReview rule) {
        return review(
                PathReviews.of(d).stream()
                        .filter(wanted -> wanted.review().equals(rule))
                        .toList(),
                "no such file has changed");
    }

    private Standing review(List<PathReviews.Wanted> wanted, String none) {
        boolean looked = d.changed() != null;
        if (!looked && d.state() instanceof ReleaseState.Proposed && !d.isConfiguration()) {
            return actions.ahead("which files have changed has not been looked at");
        }
        if (wanted.isEmpty()) {
            return Standing.of(LineState.DOES_NOT_APPLY, none);
        }
        List<String> missing = PathReviews.missing(d).stream()
                .filter(wanted::contains)
                .map(each -> "%s for %s".formatted(each.review().who(), each.files()))
                .toList();
        if (missing.isEmpty()) {
            List<Dossier.Approval> given = d.approvals().stream()
                    .filter(approval ->
                            wanted.stream().anyMatch(each -> each.review().isBy(policy, approval.email())))
                    .toList();
            return Standing.at(
                    LineState.PASSED,
                    given.stream().map(Dossier.Approval::email).collect(Collectors.joining(", "))
                            + " said yes to exactly this release",
                    given.getLast().at());
        }
        return owed("nobody has said yes of " + String.join(", ", missing));
    }
}
