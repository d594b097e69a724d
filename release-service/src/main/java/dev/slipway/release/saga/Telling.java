package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a release says about itself. */
public final class Telling {
    private static final String CLI = "./slipway release ";

    private static final String RESUME = CLI + "resume %s";

    private static final String LOOK = "Git to show the revision once more";

    private static final Set<Milestone.Kind> ENDS = EnumSet.of(
            Milestone.Kind.COMPLETED,
            Milestone.Kind.REJECTED,
            Milestone.Kind.EXPIRED,
            Milestone.Kind.ABORTED,
            Milestone.Kind.SUPERSEDED,
            Milestone.Kind.ROLLED_BACK);

    private Telling() {}

    /** The status for those who tell people. */
    public static ReleaseStatus status(Dossier d) {
        Launch release = d.release();
        return new ReleaseStatus(
                d.id(),
                release.proposal().version(),
                release.proposal().sha(),
                d.state().phase(),
                d.since(),
                d.cause(),
                waiting(d),
                trafficPercent(d),
                previousVersion(d),
                contacts(d),
                d.milestones(),
                next(d),
                Announcements.released(d),
                asksOn(d),
                LookingBack.due(d));
    }

    /** Whether people may hear more of it after its end, so that their conversations stay open. */
    private static boolean asksOn(Dossier d) {
        return !AfterWork.unanswered(d).isEmpty()
                || ReviewAsking.asksOn(d)
                || (d.state() instanceof ReleaseState.Ended && Timetable.next(d).isPresent());
    }

    private static List<Policy.Contact> contacts(Dossier d) {
        Policy policy = d.release().policy();
        return policy == null ? List.of() : policy.contacts();
    }

    private static int trafficPercent(Dossier d) {
        return d.rollout(PRODUCTION).map(RolloutStatus::trafficPercent).orElse(0);
    }

    /**
     * What a person can do once a release has ended, in one sentence, and what staging runs where that is not what production
     * runs; null where nothing is to be done.
     */
    public static @Nullable String next(Dossier d) {
        String again = again(d);
        return again == null ? null : again + leftInStaging(d);
    }

    private static String leftInStaging(Dossier d) {
        return d.rollout(STAGING)
                .map(status -> switch (status.phase()) {
                    case VERIFIED -> "; staging " + leaving(status);
                    case RESTORED ->
                        status.running() == null ? "; staging runs nothing, as nothing was verified there before" : "";
                    case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING ->
                        "; staging has not said yet that it is back";
                    case UNKNOWN -> "; staging knows nothing of it any more";
                    case DISPLACED, NOT_ADMITTED -> "";
                })
                .orElse("");
    }

    /** What becomes of what staging has verified, in words that follow "staging". */
    static String leaving(RolloutStatus status) {
        Leaving leaving = status.leaving();
        return leaving == null ? "is asked to go back to what production runs" : leaving.text();
    }

    private static @Nullable String again(Dossier d) {
        Launch release = d.launch();
        if (!(d.state() instanceof ReleaseState.Ended ended)
                || release == null
                || release.refused() != null
                || ended.phase() == ReleasePhase.COMPLETED
                || d.isRollback()) {
            return null;
        }
        if (d.isConfiguration()) {
            return Configurations.again(d);
        }
        if (d.hadTraffic()) {
            return "production had traffic of it, so the version is used up; propose a higher one";
        }
        String again =
                "production had no traffic of it, so %s can be proposed again: ./slipway release create %s --artifact FILE"
                        .formatted(
                                release.proposal().version(), release.proposal().version());
        return ended.phase() == ReleasePhase.SUPERSEDED ? "nothing, unless it is wanted after all; " + again : again;
    }

    /** What becomes of production when it is to go back from here: what really is there before. */
    static String goingBack(Dossier d) {
        String before = previousVersion(d);
        if (!Yielding.begun(d)) {
            return before == null
                    ? "Production is asked to drop it."
                    : "Production is asked to drop it, and goes on with %s.".formatted(before);
        }
        return before == null
                ? "Its traffic in production is taken away; there is no version before it to go back to."
                : "Production goes back to %s.".formatted(before);
    }

    /** What production ran before it, as far as is known; null where nothing is. */
    public static @Nullable String previousVersion(Dossier d) {
        Launch.Rollback rollback = d.release().rollback();
        if (rollback != null) {
            return rollback.fromVersion();
        }
        WayBackStatus wayBack = d.wayBack();
        if (wayBack != null && wayBack.toVersion() != null) {
            return wayBack.toVersion();
        }
        return d.rollout(PRODUCTION)
                .filter(status -> status.phase() == RolloutStatus.Phase.RESTORED)
                .map(RolloutStatus::runningVersion)
                .orElse(null);
    }

    /** Whether each conversation that the policy wants has everything planned that it must tell. */
    static boolean told(Dossier d) {
        return toldUpTo(
                d, d.milestones().isEmpty() ? 0 : d.milestones().getLast().index());
    }

    /** The same of how the release ended, whatever people are reminded of since; false while it goes on. */
    static boolean toldOfEnd(Dossier d) {
        return d.milestones().stream()
                .filter(milestone -> ENDS.contains(milestone.kind()))
                .reduce((_, last) -> last)
                .filter(milestone -> toldUpTo(d, milestone.index()))
                .isPresent();
    }

    private static boolean toldUpTo(Dossier d, int milestone) {
        return contacts(d).stream()
                .flatMap(Telling::conversations)
                .allMatch(wanted -> d.deliveries().stream()
                        .anyMatch(delivery -> wanted.matches(delivery) && delivery.plannedUpTo() >= milestone));
    }

    private record Conversation(String contact, Channel channel, String address) {
        boolean matches(DeliveryStatus status) {
            return contact.equals(status.contact()) && channel == status.channel() && address.equals(status.address());
        }
    }

    private static Stream<Conversation> conversations(Policy.Contact contact) {
        String slack = contact.slack();
        String email = contact.email();
        return Stream.concat(
                slack == null ? Stream.of() : Stream.of(new Conversation(contact.name(), Channel.SLACK, slack)),
                email == null ? Stream.of() : Stream.of(new Conversation(contact.name(), Channel.EMAIL, email)));
    }

    static boolean sameConversation(DeliveryStatus one, DeliveryStatus other) {
        return new Conversation(one.contact(), one.channel(), one.address()).matches(other);
    }

    /** What it waits for: owner, reason, deadline, and the next command where a person has to act. */
    public static @Nullable Waiting waiting(Dossier d) {
        Wait wait = d.state().waits();
        return wait == null ? null : waiting(d, wait);
    }

    private static @Nullable Waiting waiting(Dossier d, Wait wait) {
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ -> null;
            case ReleaseState.Proposed _ -> service("release-service", "the revision to be read from Git", wait);
            case ReleaseState.Validating _ -> gates(d, Steps.ASSESS_PRE_RELEASE, "pre-release gates", wait);
            case ReleaseState.AwaitingApproval _ -> Approvers.waiting(d, wait);
            case ReleaseState.Staging staging -> staging(d, staging);
            case ReleaseState.Candidate candidate -> candidate(d, candidate);
            case ReleaseState.RollingOut _ -> rollingOut(d, wait);
            case ReleaseState.Baking baking -> baking(d, baking);
            case ReleaseState.Merging merging ->
                merging.looks()
                        ? gates(d, Steps.ASSESS_ARRIVAL, "what was published to be found", wait)
                        : service("release-service", "merge and tag in Git", wait);
            case ReleaseState.Restoring _ -> service("deployment-service", goingBack(d, STAGING), wait);
            case ReleaseState.RollingBack _ -> service("deployment-service", goingBack(d, PRODUCTION), wait);
            case ReleaseState.NeedsOperator needs -> operator(d, needs);
        };
    }

    /** With what the version before answered to the last attempt, where there were attempts in vain. */
    private static String goingBack(Dossier d, String environment) {
        String seen = d.rollout(environment)
                .filter(status -> status.phase() == RolloutStatus.Phase.RESTORING)
                .flatMap(status -> status.notes().stream()
                        .filter(note -> note.startsWith(RolloutStatus.NOT_RESTORED))
                        .findFirst())
                .map(note -> "; " + note)
                .orElse(", which has not answered yet");
        return environment + " to go back to the version before" + seen;
    }

    private static Waiting staging(Dossier d, ReleaseState.Staging state) {
        return switch (state.part()) {
            case ROLLING_OUT -> service("deployment-service", place(d, STAGING), state.waits());
            case VERIFYING -> gates(d, Steps.ASSESS_STAGING, "staging gates", state.waits());
            case CONFIRMING -> service("deployment-service", "staging to confirm the version", state.waits());
        };
    }

    private static Waiting candidate(Dossier d, ReleaseState.Candidate state) {
        Wait wait = state.waits();
        return switch (state.ahead()) {
            case HELD -> held(d, wait);
            case FROZEN ->
                service(
                        "policy",
                        d.freezes()
                                .at(wait.since())
                                .map(freeze -> "the freeze to end: " + freeze.reason())
                                .orElse("the freeze to end"),
                        wait);
            case STAYING -> service("policy", "staging to have had it for " + Stay.words(d), wait);
            case VERIFYING -> Duties.waiting(d, wait, "").orElseGet(() -> beforeProduction(d, wait));
        };
    }

    private static Waiting beforeProduction(Dossier d, Wait wait) {
        if (Work.looksAgain(d)) {
            return service("release-service", LOOK, wait);
        }
        String what = d.wayBack() == null ? "the way back to be proved" : "candidate gates";
        return gates(d, Steps.ASSESS_CANDIDATE, what, wait);
    }

    private static Waiting held(Dossier d, Wait wait) {
        Hold hold = d.hold();
        if (hold == null) {
            return people("a person to let it go on", wait, RESUME.formatted(d.id()));
        }
        String what = Entering.held(hold).text();
        return hold.kind() == Hold.Kind.BLOCKED
                ? people(what, wait, CLI + "show " + hold.by())
                : people(what, wait, RESUME.formatted(d.id()));
    }

    private static Waiting rollingOut(Dossier d, Wait wait) {
        Optional<Waiting> held = ForwardOnly.waiting(d, wait);
        if (held.isPresent()) {
            return held.get();
        }
        if (Work.looksAgain(d)) {
            return service("release-service", LOOK, wait);
        }
        Optional<RolloutStatus> paused = d.rollout(PRODUCTION).filter(RolloutStatus::paused);
        if (paused.isEmpty()) {
            return service("deployment-service", leavesQueue(d).orElseGet(() -> place(d, PRODUCTION)), wait);
        }
        return inconclusive(paused.get())
                ? people(
                        place(d, PRODUCTION)
                                + ", for want of answers to judge by: promote goes on without them, resume waits for"
                                + " them once more, abort takes it back",
                        wait,
                        CLI + "promote " + d.id())
                : people(place(d, PRODUCTION), wait, RESUME.formatted(d.id()));
    }

    private static Optional<String> leavesQueue(Dossier d) {
        if (!(d.state() instanceof ReleaseState.RollingOut rollingOut)) {
            return Optional.empty();
        }
        String out = "production to let it out of its queue, as ";
        if (rollingOut.end() != null) {
            return Optional.of(out + "Git does not show its revision");
        }
        String newer = rollingOut.withdrawnFor();
        if (newer != null) {
            return Optional.of(out + (newer.contains("@") ? newer + " is newer" : "its source branch has moved on"));
        }
        return rollingOut.frozen() ? Optional.of(out + "a freeze is on") : Optional.empty();
    }

    /** It waits because nobody can know, so that going on as before leads back here. */
    private static boolean inconclusive(RolloutStatus status) {
        RolloutStatus.RolloutCause cause = status.cause();
        return cause != null && cause.kind().equals("inconclusive");
    }

    private static Waiting baking(Dossier d, ReleaseState.Baking state) {
        return ForwardOnly.waiting(d, state.waits()).orElseGet(() -> bakingOn(d, state));
    }

    private static Waiting bakingOn(Dossier d, ReleaseState.Baking state) {
        return switch (state.part()) {
            case ROLLING_OUT -> rollingOut(d, state.waits());
            case VERIFYING -> {
                Waiting gates = gates(d, Steps.ASSESS_PRODUCTION, "production gates", state.waits());
                String besides = Steps.passedInProduction(d) ? "" : "; and " + gates.what();
                yield Duties.waiting(d, state.waits(), besides).orElse(gates);
            }
            case CONFIRMING -> service("deployment-service", "production to confirm the version", state.waits());
        };
    }

    private static Waiting operator(Dossier d, ReleaseState.NeedsOperator state) {
        String command = switch (state.trouble()) {
            case STAGING, PRODUCTION, CONFIRMING, MERGING, ARRIVING -> "retry " + d.id();
            case NOTHING_TO_RESTORE -> "resolve %s --reason WHY".formatted(d.id());
        };
        return people("an operator: " + Advancing.why(d).text(), state.waits(), CLI + command);
    }

    /** Where a rollout is, in words. */
    private static String place(Dossier d, String environment) {
        Optional<RolloutStatus> status = d.rollout(environment);
        if (status.isEmpty()) {
            return environment + " to begin";
        }
        RolloutStatus rollout = status.get();
        return switch (rollout.phase()) {
            case WAITING ->
                rollout.paused()
                        ? Recording.paused(rollout).text()
                        : rollout.atTurn() ? environment + " to begin" : environment + ": " + heldBy(rollout);
            case STARTING -> "the version to start in " + environment;
            case WARMING_UP -> "the version to warm up";
            case STEPPING ->
                "step %d of %d at %d %% of traffic%s"
                        .formatted(
                                rollout.step(),
                                rollout.steps(),
                                rollout.trafficPercent(),
                                rollout.paused() ? ", paused" : "");
            case BAKING ->
                "the bake at %d %% of traffic to pass%s"
                        .formatted(rollout.trafficPercent(), rollout.paused() ? ", paused" : "");
            case FULL, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN -> environment + " to go on";
        };
    }

    private static String heldBy(RolloutStatus waiting) {
        return waiting.notes().stream()
                .filter(note -> note.startsWith(RolloutStatus.HELD_BY))
                .findFirst()
                .orElse("its slot, which another release holds");
    }

    private static Waiting gates(Dossier d, String step, String what, Wait wait) {
        List<GateVerdict> stopped = Waivers.awaited(d, step);
        if (!stopped.isEmpty()) {
            GateVerdict first = stopped.getFirst();
            String all = stopped.stream().map(GateVerdict::gate).collect(Collectors.joining(", "));
            return people("a waiver, or abort, as these did not pass: " + all, wait, Waivers.command(d, first.gate()));
        }
        List<GateVerdict> open = d.assessment(step).map(AssessmentStatus::gates).orElse(List.of()).stream()
                .filter(gate -> !gate.complete() && gate.verdict() != GateVerdict.Verdict.PASSED)
                .toList();
        String names = open.stream().map(GateVerdict::gate).collect(Collectors.joining(", "));
        return service("validation-service", open.isEmpty() ? what : what + ": " + names, wait);
    }

    private static Waiting service(String owner, String what, Wait wait) {
        return new Waiting(owner, what, wait.since(), wait.until(), null);
    }

    private static Waiting people(String what, Wait wait, String command) {
        return new Waiting("people", what, wait.since(), wait.until(), command);
    }

    /** Every verdict so far: of all assessments, and of the way back. */
    public static List<GateVerdict> gates(Dossier d) {
        Stream<GateVerdict> assessed = Stream.concat(
                Configurations.standing(d).stream(),
                d.assessments().stream()
                        .flatMap(status -> status.gates().stream())
                        .map(gate -> Waivers.waived(d, gate)));
        WayBackStatus wayBack = d.wayBack();
        Stream<GateVerdict> back = wayBack == null
                ? Stream.of()
                : Steps.wayBack(d.guide()).stream().map(gate -> wayBack(gate, wayBack, d.since()));
        return Stream.concat(assessed, back).toList();
    }

    /** What it goes without: gates and duties, each with by whose word and why. */
    public static List<String> limitations(Dossier d) {
        return Waivers.limitations(d);
    }

    /** The same of what is asked to be waived, and not confirmed. */
    public static List<String> unconfirmed(Dossier d) {
        return Waivers.unconfirmed(d);
    }

    private static GateVerdict wayBack(Gate gate, WayBackStatus status, Instant at) {
        boolean none = status.toVersion() == null || status.kind().equals(ForwardOnly.KIND);
        String to = none ? "" : " to " + status.toVersion();
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                status.proven() ? GateVerdict.Verdict.PASSED : GateVerdict.Verdict.FAILED,
                true,
                gate.ruleText(),
                status.kind() + to,
                status.detail(),
                null,
                null,
                at);
    }

    /** The rollout that is under way or was last, with its latest judgement; null before staging. */
    public static @Nullable RolloutStatus rollout(Dossier d) {
        Optional<RolloutStatus> production = d.rollout(PRODUCTION);
        if (production.isEmpty()) {
            return d.rollout(STAGING).orElse(null);
        }
        return production.get().withJudgement(d.judgement());
    }
}
