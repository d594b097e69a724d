package dev.slipway.release.saga;

import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What gates say once people have waived some (ADR 41); duties are waived by the same ({@link DutyWaivers}). A gate that has failed, or of which nothing can be known, is waived
 * if two people have said so and it is not over; the others have to pass. If all that stop a release may be waived, it is
 * not over: people are asked.
 */
final class Waivers {
    /** Kind of the cause while a release waits for one. */
    static final String ASKED = "waiver-asked";

    private Waivers() {}

    /** The latest answer about these gates, waivers counted in. */
    static Optional<AssessmentStatus> assessment(Dossier d, String step) {
        return d.assessment(step).map(status -> waived(d, status));
    }

    private static AssessmentStatus waived(Dossier d, AssessmentStatus status) {
        List<GateVerdict> gates =
                status.gates().stream().map(gate -> waived(d, gate)).toList();
        return new AssessmentStatus(status.question(), outcome(d, status.outcome(), gates), gates);
    }

    private static Outcome outcome(Dossier d, Outcome said, List<GateVerdict> gates) {
        return switch (said) {
            case PENDING, PASSED, UNKNOWN -> said;
            case FAILED, INCONCLUSIVE -> {
                List<GateVerdict> open =
                        gates.stream().filter(gate -> !passes(gate)).toList();
                if (open.isEmpty()) {
                    yield Outcome.PASSED;
                }
                if (open.stream().allMatch(gate -> gate.complete() && isWaivable(d, gate.gate()))) {
                    yield Outcome.PENDING;
                }
                yield open.stream().anyMatch(gate -> gate.complete() && gate.verdict() == Verdict.FAILED)
                        ? Outcome.FAILED
                        : Outcome.INCONCLUSIVE;
            }
        };
    }

    /** What a gate says, or that it is waived and what it said. */
    static GateVerdict waived(Dossier d, GateVerdict gate) {
        if (!stops(gate)) {
            return gate;
        }
        return of(d, gate.gate())
                .filter(Waiver::counts)
                .map(waiver -> new GateVerdict(
                        gate.gate(),
                        gate.guide(),
                        gate.stage(),
                        Verdict.WAIVED,
                        true,
                        gate.rule(),
                        gate.observed(),
                        "Known limitation, %s. It was %s: %s"
                                .formatted(
                                        waiver.text(),
                                        gate.verdict() == Verdict.FAILED ? "failed" : "inconclusive",
                                        gate.cause()),
                        gate.record(),
                        null,
                        gate.at()))
                .orElse(gate);
    }

    static Optional<Waiver> of(Dossier d, String gate) {
        return d.waivers().stream().filter(waiver -> waiver.gate().equals(gate)).findFirst();
    }

    static boolean isWaivable(Dossier d, String gate) {
        return d.guide().waiver(gate).isPresent();
    }

    private static boolean passes(GateVerdict gate) {
        return gate.complete() && (gate.verdict() == Verdict.PASSED || gate.verdict() == Verdict.WAIVED);
    }

    private static boolean stops(GateVerdict gate) {
        return gate.complete() && (gate.verdict() == Verdict.FAILED || gate.verdict() == Verdict.INCONCLUSIVE);
    }

    /** Gates that stop it here and that people may still waive; empty where others stop it as well, or none does. */
    static List<GateVerdict> awaited(Dossier d, String step) {
        boolean over = d.assessment(step)
                .filter(status -> status.outcome() == Outcome.FAILED || status.outcome() == Outcome.INCONCLUSIVE)
                .isPresent();
        return assessment(d, step)
                .filter(status -> over && status.outcome() == Outcome.PENDING)
                .map(status -> status.gates().stream().filter(Waivers::stops).toList())
                .orElse(List.of());
    }

    /** The step whose gates it waits for, if it does. */
    static Optional<String> step(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Validating _ -> Optional.of(Steps.ASSESS_PRE_RELEASE);
            case ReleaseState.Staging staging ->
                staging.part() == ReleaseState.Part.VERIFYING ? Optional.of(Steps.ASSESS_STAGING) : Optional.empty();
            case ReleaseState.Candidate candidate ->
                candidate.ahead() == ReleaseState.Ahead.VERIFYING
                        ? Optional.of(Steps.ASSESS_CANDIDATE)
                        : Optional.empty();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> Optional.empty();
        };
    }

    /** The first gate that it waits for people to waive. */
    static Optional<GateVerdict> awaited(Dossier d) {
        return step(d).flatMap(step -> awaited(d, step).stream().findFirst());
    }

    /** Why it waits. */
    static Cause asked(Dossier d, GateVerdict gate) {
        return new Cause(
                ASKED,
                "Gate %s: %s It may be waived: %s".formatted(gate.gate(), gate.cause(), command(d, gate.gate())),
                gate.observed(),
                gate.rule());
    }

    /** What a person types next for this gate. */
    static String command(Dossier d, String gate) {
        boolean half = of(d, gate).filter(waiver -> !waiver.lapsed()).isPresent();
        return "./slipway release waive %s %s --as EMAIL %s"
                .formatted(d.id(), gate, half ? "--confirm" : "--reason WHY --until TIME");
    }

    /** Whether it is on its way to production, where a waiver that is over no longer counts. */
    static boolean watched(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _ -> true;
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    /** Says of waivers that are over that they are: before production, and after the end of what is left to do. */
    static Dossier lapse(Dossier d, Instant now) {
        Change change = Change.of(d, now);
        ending(d).filter(waiver -> !now.isBefore(waiver.until())).forEach(waiver -> change.waiver(waiver.over()));
        return change.done();
    }

    /** Those whose end still means something. */
    private static Stream<Waiver> ending(Dossier d) {
        boolean all = watched(d);
        return d.waivers().stream().filter(waiver -> !waiver.lapsed() && (all || AfterWork.isLeft(d, waiver.gate())));
    }

    /** A waiver that is over, of what stopped it before the present step, which has gone on without it. */
    static Optional<Waiver> missed(Dossier d) {
        String now = step(d).orElse("");
        List<String> stopped = Stream.of(Steps.ASSESS_PRE_RELEASE, Steps.ASSESS_STAGING, Steps.ASSESS_CANDIDATE)
                .filter(step -> !step.equals(now))
                .flatMap(step -> d.assessment(step).stream())
                .flatMap(status -> status.gates().stream())
                .filter(Waivers::stops)
                .map(GateVerdict::gate)
                .toList();
        return d.waivers().stream()
                .filter(waiver -> waiver.lapsed()
                        && (stopped.contains(waiver.gate()) || DutyWaivers.isLeftBehind(d, waiver.gate())))
                .findFirst();
    }

    /** When the next of them ends, on the way to production or of what is left to do; a timer looks at it then. */
    static Optional<Instant> nextEnd(Dossier d) {
        return ending(d).map(Waiver::until).min(Comparator.naturalOrder());
    }

    /** Whether what a waiver was of, which counts no longer, had failed. */
    private static boolean failed(Dossier d, String gate) {
        return DutyWaivers.duty(d, gate)
                .map(duty -> DutyWaivers.failure(d, duty, DutyWaivers.cell(duty, gate))
                        .isPresent())
                .orElseGet(() -> d.assessments().stream()
                        .flatMap(status -> status.gates().stream())
                        .anyMatch(verdict -> verdict.gate().equals(gate) && verdict.verdict() == Verdict.FAILED));
    }

    /** How a release ends that has gone on with a waiver which counts no longer. */
    static ReleasePhase end(Dossier d, Waiver waiver) {
        return waiver.withdrawn() != null && failed(d, waiver.gate()) ? ReleasePhase.REJECTED : ReleasePhase.EXPIRED;
    }

    /** Gates and duties that it went without, each with by whose word and why. */
    static List<String> limitations(Dossier d) {
        return d.waivers().stream()
                .filter(waiver ->
                        waiver.counts() && (stopped(d, waiver.gate()) || DutyWaivers.isMissing(d, waiver.gate())))
                .map(waiver -> "%s %s".formatted(named(d, waiver.gate()), waiver.text()))
                .toList();
    }

    /** What it is of, for a sentence: {@code gate unit-tests}, {@code duty device-test}, {@code cell linux of duty device-test}. */
    static String named(Dossier d, String gate) {
        return DutyWaivers.duty(d, gate)
                .map(duty -> Cells.named(duty.id(), DutyWaivers.cell(duty, gate)))
                .orElse("gate " + gate);
    }

    private static boolean stopped(Dossier d, String gate) {
        return d.assessments().stream()
                .flatMap(status -> status.gates().stream())
                .anyMatch(verdict -> verdict.gate().equals(gate) && stops(verdict));
    }

    /** Of what somebody has asked that it be waived, and nobody has confirmed it. */
    static List<String> unconfirmed(Dossier d) {
        return d.waivers().stream()
                .filter(waiver -> !waiver.lapsed() && !waiver.counts())
                .map(waiver -> "%s has asked to waive %s, which nobody has confirmed: %s"
                        .formatted(waiver.by(), named(d, waiver.gate()), waiver.reason()))
                .toList();
    }

    static Cause over(Dossier d, Waiver waiver) {
        Waiver.Withdrawn withdrawn = waiver.withdrawn();
        String what = DutyWaivers.duty(d, waiver.gate()).isPresent() ? "duty" : "gate";
        return withdrawn == null
                ? new Cause(
                        "waiver-expired",
                        "The waiver of %s was over before production. Propose the release again, and waive the %s for longer or make it pass."
                                .formatted(named(d, waiver.gate()), what),
                        "",
                        waiver.until().toString())
                : Cause.of(
                        "waiver-withdrawn",
                        "%s has taken back the waiver of %s: %s. Propose the release again when the %s passes."
                                .formatted(withdrawn.by(), named(d, waiver.gate()), withdrawn.reason(), what));
    }
}
