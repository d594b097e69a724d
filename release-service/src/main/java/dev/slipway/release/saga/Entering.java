package dev.slipway.release.saga;

import static dev.slipway.release.saga.ReleaseState.Part.CONFIRMING;
import static dev.slipway.release.saga.ReleaseState.Part.ROLLING_OUT;
import static dev.slipway.release.saga.ReleaseState.Part.VERIFYING;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.ReleaseState.Ahead;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each state is entered: with which wait, and what people are told. */
final class Entering {
    private final SagaLimits limits;
    private final Patience patience;

    Entering(SagaLimits limits) {
        this.limits = limits;
        this.patience = new Patience(limits);
    }

    Dossier proposed(Change change, Instant now) {
        return milestone(
                        change.to(new ReleaseState.Proposed(Wait.from(now, limits.readWithin()))),
                        Milestone.Kind.PROPOSED,
                        Cause.of("proposed", "A release was proposed."))
                .done();
    }

    /** Straight to production: what it goes back to was verified there before. */
    Dossier rollback(Change change, Launch launch, Launch.Rollback rollback, Instant now) {
        Cause why = Cause.of(
                "rollback",
                "%s wants production to go back from %s to %s: %s"
                        .formatted(
                                launch.publisher(),
                                rollback.fromVersion(),
                                launch.proposal().version(),
                                rollback.reason()));
        Change proposed = change.to(new ReleaseState.Proposed(Wait.from(now, limits.readWithin())));
        return rollingOut(milestone(proposed, Milestone.Kind.PROPOSED, why).done(), now);
    }

    Dossier validating(Dossier d, Instant now) {
        Duration within = longest(Steps.preRelease(d)).plus(limits.assessMargin());
        return Change.of(d, now)
                .to(new ReleaseState.Validating(Wait.from(now, within)))
                .done();
    }

    Dossier awaitingApproval(Dossier d, Instant now) {
        Policy.Approvals approvals = d.guide().approvals();
        Duration within = patience.within(d, Duty.Before.STAGING, now).orElse(approvals.within());
        Change change = Change.of(d, now).to(new ReleaseState.AwaitingApproval(Wait.from(now, within)));
        if (Votes.isAsked(d.release())) {
            change.milestone(
                    Milestone.Kind.APPROVAL_ASKED,
                    Cause.of("approval-asked", Votes.question(d, now) + Staff.owned(d)),
                    Approvers.asked(d),
                    limits.milestonesMax());
        }
        ReviewAsking.drafted(change, d, limits.milestonesMax());
        return Duties.ask(change, d, Duty.Before.STAGING, limits.milestonesMax())
                .done();
    }

    /** The last duty before it is answered: a candidate is looked at by machines now. */
    Dossier answered(Dossier d, Instant now) {
        return d.state() instanceof ReleaseState.Candidate
                ? Change.of(d, now).to(verifyingCandidate(d, now)).done()
                : d;
    }

    Dossier staging(Dossier d, Instant now) {
        Change change = Change.of(d, now).to(new ReleaseState.Staging(ROLLING_OUT, Wait.from(now, starting(d))));
        return d.approvals().isEmpty()
                ? change.done()
                : milestone(
                                change,
                                Milestone.Kind.APPROVED,
                                Cause.of(
                                        "approved",
                                        Texts.counted(
                                                d.approvals().size(), "person has approved.", "people have approved.")))
                        .done();
    }

    Dossier verifyingStaging(Dossier d, Instant now) {
        List<Gate> gates = d.guide().gates(Stage.STAGING);
        Wait wait = Wait.from(now, longest(gates).plus(limits.assessMargin()));
        return Change.of(d, now).to(new ReleaseState.Staging(VERIFYING, wait)).done();
    }

    Dossier confirmingStaging(Dossier d, Instant now) {
        return Change.of(d, now)
                .to(new ReleaseState.Staging(CONFIRMING, Wait.from(now, limits.confirmWithin())))
                .done();
    }

    Dossier candidate(Dossier d, Instant now) {
        Change staged = milestone(
                Change.of(d, now).to(verifyingCandidate(d, now)),
                Milestone.Kind.STAGED,
                Cause.of("staged", "It runs in staging and was verified there."));
        if (ForwardOnly.isMeant(d)) {
            staged.wayBack(ForwardOnly.wayBack(d));
        }
        return ahead(
                Duties.ask(staged, d, Duty.Before.PRODUCTION, limits.milestonesMax())
                        .done(),
                now);
    }

    /** What lies ahead of a candidate by now: a person's word, the end of a freeze or of its time in staging, else its gates. */
    Dossier ahead(Dossier d, Instant now) {
        Hold hold = d.hold();
        if (hold != null) {
            return milestone(
                            Change.of(d, now)
                                    .to(new ReleaseState.Candidate(
                                            Ahead.HELD, Wait.from(now, limits.operatorWithin()))),
                            Milestone.Kind.PAUSED,
                            held(hold))
                    .done();
        }
        return d.freezes()
                .at(now)
                .map(frozen -> new ReleaseState.Candidate(Ahead.FROZEN, Wait.till(now, frozen.until())))
                .or(() -> Stay.rest(d, now)
                        .map(until -> new ReleaseState.Candidate(Ahead.STAYING, Wait.till(now, until))))
                .map(frozen -> Change.of(d, now).to(frozen).done())
                .orElseGet(
                        () -> Change.of(d, now).to(verifyingCandidate(d, now)).done());
    }

    /** Production has let it out of its queue for a freeze: it waits in front again, and people hear that it does. */
    Dossier takenOut(Dossier d, Instant now) {
        String reason = d.freezes().at(now).map(Freezes.Frozen::reason).orElse("over by now");
        Change out = Change.of(d, now).takenOut().to(verifyingCandidate(d, now));
        return ahead(
                milestone(
                                out,
                                Milestone.Kind.STAGED,
                                Cause.of(
                                        "frozen",
                                        "It left the queue of production before it had begun, for a freeze: %s. It goes on by itself afterwards."
                                                .formatted(reason)))
                        .done(),
                now);
    }

    /** Production is to let it out of its queue, where it has not begun, and then it ends. */
    Dossier leavingQueue(Dossier d, ReleaseState.RollingOut queued, ReleasePhase end, Cause why, Instant now) {
        return Change.of(d, now)
                .to(queued.ending(end, Wait.from(now, limits.restoreWithin())))
                .because(why)
                .done();
    }

    /** Git is asked once nothing else is waited for, and has its time whatever the others left. */
    Dossier lookingAgain(Dossier before, Dossier d, Instant now) {
        Wait wait = d.state().waits();
        if (wait == null || !Work.looksAgain(d) || Work.looksAgain(before)) {
            return d;
        }
        Instant until = now.plus(limits.readWithin());
        Wait longer =
                new Wait(wait.since(), until.isAfter(wait.until()) ? until : wait.until(), false, wait.restarted());
        return Change.of(d, now).to(d.state().waiting(longer)).done();
    }

    /** Whether nothing but its gates is between the candidate and production. */
    static boolean free(Dossier d, Instant now) {
        return d.hold() == null && d.freezes().at(now).isEmpty();
    }

    static Cause held(Hold hold) {
        return hold.kind() == Hold.Kind.BLOCKED
                ? Cause.of(
                        "blocked",
                        "It is held before production: release %s needs an operator and still has its place there."
                                .formatted(hold.by()))
                : Cause.of(
                        "held",
                        "It is held before production, which went back because of %s: it may contain the same fault."
                                .formatted(hold.by()));
    }

    private ReleaseState.Candidate verifyingCandidate(Dossier d, Instant now) {
        Duration within = patience.within(d, Duty.Before.PRODUCTION, now).orElseGet(() -> verifying(d));
        return new ReleaseState.Candidate(Ahead.VERIFYING, Wait.from(now, within), d.isConfiguration());
    }

    private Duration verifying(Dossier d) {
        return longest(Steps.candidate(d)).plus(limits.candidateWithin());
    }

    Dossier rollingOut(Dossier d, Instant now) {
        return milestone(
                        Change.of(d, now).to(new ReleaseState.RollingOut(Wait.from(now, starting(d)))),
                        Milestone.Kind.ROLLING_OUT,
                        Cause.of("rolling-out", "It goes to production."))
                .done();
    }

    /**
     * Production watches it, and says when the bake has passed by what was seen. The deadline is only there for an
     * environment that says nothing any more.
     */
    Dossier baking(Dossier d, RolloutStatus status, Instant now) {
        Wait wait = Wait.from(now, progressWithin(d, status));
        return milestone(
                        Change.of(d, now).to(new ReleaseState.Baking(ROLLING_OUT, wait)),
                        Milestone.Kind.BAKING,
                        Cause.of(
                                "baking",
                                "Every step has passed: it has %d %% of traffic and is watched."
                                        .formatted(status.trafficPercent())))
                .done();
    }

    /** After the bake has passed: production gates and people if any are asked, else the environment confirms. */
    Dossier baked(Dossier d, Instant now) {
        return patience.within(d, Duty.Before.END, now)
                .map(within -> Change.of(d, now).to(new ReleaseState.Baking(VERIFYING, Wait.from(now, within))))
                .map(change -> Duties.ask(change, d, Duty.Before.END, limits.milestonesMax())
                        .done())
                .orElseGet(() -> confirmingProduction(d, now));
    }

    Dossier confirmingProduction(Dossier d, Instant now) {
        return Change.of(d, now)
                .because(ForwardOnly.isMeant(d) ? null : d.cause()) // a person went on in spite of it
                .to(new ReleaseState.Baking(CONFIRMING, Wait.from(now, limits.confirmWithin())))
                .done();
    }

    /** Production has verified it. Those who were told that it goes back are told that it did not. */
    Dossier merging(Dossier d, @Nullable Cause tooLate, Instant now) {
        Change change = Change.of(d, now).because(tooLate);
        Dossier verified = tooLate == null
                ? change.done()
                : milestone(change, Milestone.Kind.REGRESSED, tooLate).done();
        if (d.isRollback()) {
            String version = d.release().proposal().version();
            return ended(verified, ReleasePhase.COMPLETED, completed("Production runs " + version + " again."), now);
        }
        if (d.guide().merge() == null && !Steps.arrival(d).isEmpty()) {
            return arriving(verified, now);
        }
        if (d.isConfiguration() || d.guide().merge() == null) {
            Cause done = d.isConfiguration()
                    ? Configurations.done(d)
                    : completed("It is verified in production; its policy asks for no merge.");
            return ended(verified, ReleasePhase.COMPLETED, done, now);
        }
        return Change.of(verified, now)
                .to(new ReleaseState.Merging(Wait.from(now, limits.mergeWithin())))
                .done();
    }

    /** Merged, or never to be: what was published is looked for, if the policy says where. Each look is a question anew. */
    Dossier arriving(Dossier d, Instant now) {
        Wait wait = Wait.from(now, longest(Steps.arrival(d)).plus(limits.assessMargin()));
        return Change.of(d, now)
                .to(new ReleaseState.Merging(wait, d.looks() + 1))
                .done();
    }

    /** Everything that the policy asks for after production is done. */
    Dossier arrived(Dossier d, Instant now) {
        String merged = d.guide().merge() == null
                ? "It is in production; its policy asks for no merge."
                : "It is in production, merged and tagged.";
        String found = Steps.arrival(d).isEmpty() ? "" : " What was published is where it has to be.";
        return ended(d, ReleasePhase.COMPLETED, completed(merged + found), now);
    }

    /** Bad news about what is verified already: nothing goes back by itself, but people are told what they can do. */
    Dossier regressed(Dossier d, Instant now) {
        JudgementStatus judgement = d.judgement();
        Worse worse = judgement == null ? null : judgement.worse();
        boolean told = d.milestones().stream().anyMatch(milestone -> milestone.kind() == Milestone.Kind.REGRESSED);
        if (worse == null || told) {
            return d;
        }
        Cause why = new Cause(
                "regressed",
                "It is worse by %s on %s, which came to light after production had verified it. %s"
                        .formatted(worse.rule(), worse.metric(), wayBack(d)),
                worse.observed(),
                worse.limit());
        return milestone(Change.of(d, now), Milestone.Kind.REGRESSED, why).done();
    }

    /** What a person can do when a release has gone too far. */
    static String wayBack(Dossier d) {
        return "Nothing goes back by itself; to go back: ./slipway app rollback %s --reason WHY%s"
                .formatted(d.id().application(), ForwardOnly.isMeant(d) ? " --although-forward-only REASON" : "");
    }

    /** Ends before production; staging goes back first if it was touched. */
    Dossier giveUp(Dossier d, ReleasePhase end, Cause why, Instant now) {
        return switch (d.state()) {
            case ReleaseState.Staging _, ReleaseState.Candidate _ ->
                Change.of(d, now)
                        .to(new ReleaseState.Restoring(end, Wait.from(now, limits.restoreWithin())))
                        .because(why)
                        .done();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> ended(d, end, why, now);
        };
    }

    /** People are asked, once, to waive what stops it; nothing else is waited for. */
    Dossier awaitingWaiver(Dossier d, List<GateVerdict> gates, Instant now) {
        Wait wait = d.state().waits();
        boolean asked = d.cause() != null && d.cause().kind().equals(Waivers.ASKED);
        if (gates.isEmpty() || asked || wait == null) {
            return d;
        }
        Cause why = Waivers.asked(d, gates.getFirst());
        Duration longest = gates.stream()
                .flatMap(gate -> d.guide().waiver(gate.gate()).stream())
                .map(WaiverRule::patience)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Wait people = new Wait(wait.since(), now.plus(longest), true, false);
        return milestone(Change.of(d, now).to(d.state().waiting(people)).because(why), Milestone.Kind.PAUSED, why)
                .done();
    }

    /** It waits for no waiver any more. */
    static Dossier waived(Dossier d, Instant now) {
        Cause cause = d.cause();
        return cause != null && cause.kind().equals(Waivers.ASKED)
                ? Change.of(d, now).because(null).done()
                : d;
    }

    Dossier rollingBack(Dossier d, boolean aborted, Cause why, Instant now) {
        return milestone(
                        Change.of(d, now)
                                .to(new ReleaseState.RollingBack(aborted, Wait.from(now, limits.restoreWithin())))
                                .because(why),
                        Milestone.Kind.ROLLING_BACK,
                        why)
                .done();
    }

    Dossier needsOperator(Dossier d, Trouble trouble, Cause why, Instant now) {
        return milestone(
                        Change.of(d, now)
                                .to(new ReleaseState.NeedsOperator(trouble, Wait.from(now, limits.operatorWithin())))
                                .because(why),
                        Milestone.Kind.NEEDS_OPERATOR,
                        why)
                .done();
    }

    /** They have not acted yet: they are told again, which also escalates. */
    Dossier reminded(Dossier d, Milestone.Kind kind, Cause why, Instant now) {
        Change change = Change.of(d, now).to(d.state().waiting(Wait.from(now, limits.operatorWithin())));
        return kind == Milestone.Kind.PAUSED
                ? paused(change, d, why).done()
                : milestone(change, kind, why).done();
    }

    /** Bad news of users' requests or of what was asked of it: production goes back; or it is held, where it cannot be undone. */
    Dossier wrong(Dossier d, Cause why, Instant now) {
        if (!ForwardOnly.isMeant(d)) {
            return rollingBack(d, false, why, now);
        }
        if (why.equals(d.cause())) {
            return d; // people are asked already
        }
        Change change = Change.of(d, now)
                .to(d.state().waiting(Wait.from(now, limits.operatorWithin())))
                .because(why);
        return paused(change, d, why).done();
    }

    /** Production has begun with what Git does not show any more. */
    Dossier unshown(Dossier d, Instant now) {
        Cause why = Advancing.why(d);
        if (!ForwardOnly.isMeant(d)) {
            return rollingBack(d, false, why, now);
        }
        Change change = Change.of(d, now).to(new ReleaseState.RollingOut(Wait.from(now, limits.operatorWithin())));
        return paused(change, d, why).done();
    }

    /** A person is waited for; of what may only go forward those are asked whom its policy names. */
    Change paused(Change change, Dossier d, Cause why) {
        return ForwardOnly.isMeant(d) && ForwardOnly.inProduction(d)
                ? change.milestone(
                        Milestone.Kind.PAUSED, ForwardOnly.told(d, why), ForwardOnly.asked(d), limits.milestonesMax())
                : milestone(change, Milestone.Kind.PAUSED, why);
    }

    Dossier ended(Dossier d, ReleasePhase end, Cause why, Instant now) {
        return ended(d, new ReleaseState.Ended(end), why, now);
    }

    Dossier ended(Dossier d, ReleaseState.Ended end, Cause why, Instant now) {
        boolean well = end.phase() == ReleasePhase.COMPLETED;
        Change change = Change.of(d, now).to(end).because(well ? null : why);
        Cause whole = Disruptions.told(d, well ? limited(d, why) : why);
        Dossier told = milestone(change, kind(end.phase()), whole).done();
        return AfterWork.ask(Change.of(told, now), told, limits.milestonesMax()).done();
    }

    /** Whoever is told that a release is in production is told what it goes without. */
    private static Cause limited(Dossier d, Cause why) {
        List<String> limitations = Waivers.limitations(d);
        return limitations.isEmpty()
                ? why
                : new Cause(
                        why.kind(),
                        "%s Known limitations: %s.".formatted(why.text(), String.join("; ", limitations)),
                        why.observed(),
                        why.limit());
    }

    Change milestone(Change change, Milestone.Kind kind, Cause why) {
        return change.milestone(kind, why, limits.milestonesMax());
    }

    static Cause completed(String text) {
        return Cause.of("completed", text);
    }

    /** How long an environment may stay where it says it is before that is overdue. */
    Duration progressWithin(Dossier d, RolloutStatus status) {
        if (status.paused()) {
            return limits.operatorWithin();
        } else if (status.atTurn()) {
            return limits.readWithin();
        } else if (status.phase() == RolloutStatus.Phase.WAITING) {
            return limits.queueWithin();
        } else if (status.phase() == RolloutStatus.Phase.STARTING) {
            return starting(d);
        }
        Policy.Environments.Production production = d.guide().environments().production();
        Canary canary = production.canary();
        if (status.phase() == RolloutStatus.Phase.BAKING) {
            return production
                    .bake()
                    .plus(canary.stepWithin())
                    .plus(startWithin(d))
                    .plus(limits.rolloutMargin());
        }
        Duration hold = production.steps().stream()
                .map(Step::hold)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration step = hold.compareTo(canary.stepWithin()) > 0 ? hold : canary.stepWithin();
        return step.plus(canary.warmUp()).plus(startWithin(d)).plus(limits.rolloutMargin());
    }

    Duration starting(Dossier d) {
        return startWithin(d).plus(limits.rolloutMargin());
    }

    /** The longest that a start may take anywhere, by the policy or by default. */
    private Duration startWithin(Dossier d) {
        Policy.Environments environments = d.guide().environments();
        return Stream.of(
                        environments.staging().target(),
                        environments.production().target())
                .map(Target::startWithin)
                .filter(Objects::nonNull)
                .reduce(limits.startWithin(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    static Duration longest(List<Gate> gates) {
        return gates.stream().map(Gate::within).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static Milestone.Kind kind(ReleasePhase end) {
        return switch (end) {
            case COMPLETED -> Milestone.Kind.COMPLETED;
            case REJECTED -> Milestone.Kind.REJECTED;
            case EXPIRED -> Milestone.Kind.EXPIRED;
            case ABORTED -> Milestone.Kind.ABORTED;
            case SUPERSEDED -> Milestone.Kind.SUPERSEDED;
            case ROLLED_BACK -> Milestone.Kind.ROLLED_BACK;
            case PROPOSED,
                    VALIDATING,
                    AWAITING_APPROVAL,
                    STAGING,
                    CANDIDATE,
                    ROLLING_OUT,
                    BAKING,
                    MERGING,
                    RESTORING,
                    ROLLING_BACK,
                    NEEDS_OPERATOR,
                    UNKNOWN -> throw new IllegalArgumentException(end + " is no end of a release");
        };
    }
}
