package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Duties that a release goes without (ADR 60). The waiver is that of gates ({@link Waivers}): one of a role asks, another person
 * confirms, and before production it counts until it is over. A duty that is waived is waited for no longer; one that failed,
 * or that nobody answered in time, makes the release wait for its waiver where the policy lets people waive it.
 */
final class DutyWaivers {
    private final SagaLimits limits;

    DutyWaivers(SagaLimits limits) {
        this.limits = limits;
    }

    // ---- pure

    /** What a waiver names it by. */
    static String name(Duty duty) {
        return WaiverRule.DUTY + duty.id();
    }

    /** The duty that a waiver names, if it is none of a gate. */
    static Optional<Duty> duty(Dossier d, String gate) {
        return Duties.all(d).stream().filter(duty -> name(duty).equals(gate)).findFirst();
    }

    /** The waiver of it that counts. */
    static Optional<Waiver> of(Dossier d, Duty duty) {
        return Waivers.of(d, name(duty)).filter(Waiver::counts);
    }

    static boolean isWaived(Dossier d, Duty duty) {
        return of(d, duty).isPresent();
    }

    static boolean isWaivable(Dossier d, Duty duty) {
        return Waivers.isWaivable(d, name(duty));
    }

    /** Whether it is of a duty that people have not answered, and that the release should not have gone on without. */
    static boolean isMissing(Dossier d, String gate) {
        return duty(d, gate)
                .filter(duty -> !duty.isAfterWork() && !Duties.isAnswered(d, duty))
                .isPresent();
    }

    /** What was said of it that stops a release. */
    static Optional<DutyAnswer> failure(Dossier d, Duty duty) {
        return Duties.answers(d, duty).stream().filter(DutyAnswer::stops).findFirst();
    }

    /** The first that failed, or is not possible, and that only its waiver lets it go on with. */
    static Optional<Duty> stopped(Dossier d) {
        return Duties.awaited(d).stream()
                .filter(duty -> isWaivable(d, duty) && failure(d, duty).isPresent())
                .findFirst();
    }

    /** The one that people were asked to waive last, as long as that is why it waits. */
    static Optional<Duty> asked(Dossier d) {
        Cause cause = d.cause();
        return cause == null || !cause.kind().equals(Waivers.ASKED)
                ? Optional.empty()
                : Duties.all(d).stream()
                        .filter(duty -> cause.text().startsWith(begin(duty)))
                        .findFirst();
    }

    /** A duty that it has gone on without, which its waiver no longer covers, so that it should have been answered. */
    static boolean isLeftBehind(Dossier d, String gate) {
        boolean past = d.state() instanceof ReleaseState.Staging || d.state() instanceof ReleaseState.Candidate;
        return past
                && duty(d, gate)
                        .filter(duty -> duty.before() == Duty.Before.STAGING && !Duties.isDone(d, duty))
                        .isPresent();
    }

    private static String begin(Duty duty) {
        return "Duty %s: ".formatted(duty.id());
    }

    /** How a release ends that waited in vain for one that failed to be waived. */
    static Cause inVain(Dossier d, Duty duty) {
        return Cause.of(
                Duties.FAILED,
                "%s%s Nobody has waived it in time."
                        .formatted(
                                begin(duty),
                                failure(d, duty)
                                        .map(DutyAnswer::text)
                                        .map(Texts::sentence)
                                        .orElse("")));
    }

    // ---- what is asked of people

    /** People are asked, once, to waive what failed; once that is settled it waits for it no longer. */
    Dossier lookedAt(Dossier d, Instant now) {
        Optional<Duty> asked = asked(d);
        if (asked.isPresent() && Duties.isDone(d, asked.get())) {
            return Change.of(d, now).because(null).done();
        }
        return stopped(d)
                .filter(duty -> asked.filter(duty::equals).isEmpty())
                .map(duty -> ask(
                        d,
                        duty,
                        failure(d, duty)
                                .map(DutyAnswer::text)
                                .map(Texts::sentence)
                                .orElse(""),
                        now))
                .orElse(d);
    }

    /** The same of one that nobody has answered in time; an answer still counts. */
    Dossier late(Dossier d, Duty duty, Instant now) {
        return ask(d, duty, "%s did not answer it in time.".formatted(Staff.whom(d, duty)), now);
    }

    private Dossier ask(Dossier d, Duty duty, String what, Instant now) {
        Wait wait = d.state().waits();
        if (wait == null) {
            return d;
        }
        Cause why = Cause.of(
                Waivers.ASKED,
                "%s%s It may be waived: %s".formatted(begin(duty), what, Waivers.command(d, name(duty))));
        Duration patience =
                d.guide().waiver(name(duty)).map(WaiverRule::patience).orElse(Duration.ZERO);
        Wait people = new Wait(wait.since(), now.plus(patience), true, false);
        return Change.of(d, now)
                .to(d.state().waiting(people))
                .because(why)
                .milestone(Milestone.Kind.PAUSED, why, limits.milestonesMax())
                .done();
    }

    /** Those who are asked for a duty are told anew when its waiver no longer counts. */
    Dossier askedAgain(Dossier before, Dossier after, Instant now) {
        List<Duty> again = before.launch() == null
                ? List.of()
                : Duties.awaited(after).stream()
                        .filter(duty ->
                                isWaived(before, duty) && failure(after, duty).isEmpty())
                        .toList();
        return again.isEmpty()
                ? after
                : Duties.ask(Change.of(after, now), after, again, limits.milestonesMax())
                        .done();
    }
}
