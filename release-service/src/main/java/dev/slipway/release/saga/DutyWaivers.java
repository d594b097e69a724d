package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.messaging.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The same of one of its cells: {@code duty-browsers/linux/firefox}. */
    static String name(Duty duty, String cell) {
        return cell.equals(Cells.WHOLE) ? name(duty) : name(duty) + WaiverRule.OF_CELL + cell;
    }

    /** Whether a waiver of this name is of the duty, or of a cell that it is written as. */
    static boolean isOf(Duty duty, String gate) {
        return gate.equals(name(duty)) || gate.startsWith(name(duty) + WaiverRule.OF_CELL);
    }

    /** The duty that a waiver names, if it is none of a gate. */
    static Optional<Duty> duty(Dossier d, String gate) {
        return Duties.all(d).stream().filter(duty -> isOf(duty, gate)).findFirst();
    }

    /** The cell of a duty that a waiver of it names; {@link Cells#WHOLE} where that is all of it. */
    static String cell(Duty duty, String gate) {
        return gate.equals(name(duty))
                ? Cells.WHOLE
                : gate.substring(name(duty, " ").length() - 1);
    }

    /** Why a waiver names no cell that there is. */
    static Optional<Refusal> noCell(Dossier d, String gate) {
        return duty(d, gate)
                .filter(duty -> !gate.equals(name(duty)) && !duty.cells().contains(cell(duty, gate)))
                .map(duty -> duty.matrix().isEmpty()
                        ? new Refusal(
                                "no-cells", "Duty %s is asked as a whole; waive %s.".formatted(duty.id(), name(duty)))
                        : Cells.unknown(duty, cell(duty, gate)));
    }

    /** The waiver of all of it that counts. */
    static Optional<Waiver> of(Dossier d, Duty duty) {
        return Waivers.of(d, name(duty)).filter(Waiver::counts);
    }

    /** The waiver of this cell alone that counts; none where it is asked as a whole. */
    static Optional<Waiver> ofCell(Dossier d, Duty duty, String cell) {
        return cell.equals(Cells.WHOLE)
                ? Optional.empty()
                : Waivers.of(d, name(duty, cell)).filter(Waiver::counts);
    }

    /** The waiver of it or of all of the duty that counts. */
    static Optional<Waiver> of(Dossier d, Duty duty, String cell) {
        return ofCell(d, duty, cell).or(() -> of(d, duty));
    }

    static boolean isWaived(Dossier d, Duty duty) {
        return of(d, duty).isPresent();
    }

    static boolean isWaived(Dossier d, Duty duty, String cell) {
        return of(d, duty, cell).isPresent();
    }

    static boolean isWaivable(Dossier d, Duty duty) {
        return Waivers.isWaivable(d, name(duty));
    }

    /** Whether it is of a duty that people have not answered, and that the release should not have gone on without. */
    static boolean isMissing(Dossier d, String gate) {
        return duty(d, gate)
                .filter(duty -> !duty.isAfterWork() && !isAnswered(d, duty, gate))
                .isPresent();
    }

    /** Whether what a waiver names of it is answered. */
    static boolean isAnswered(Dossier d, Duty duty, String gate) {
        String cell = cell(duty, gate);
        return cell.equals(Cells.WHOLE) ? Duties.isAnswered(d, duty) : Cells.isAnswered(d, duty, cell);
    }

    /** What was said of it that stops a release: of a cell that is not waived by itself. */
    static Optional<DutyAnswer> failure(Dossier d, Duty duty) {
        return failures(d, duty)
                .flatMap(cell -> failure(d, duty, cell).stream())
                .findFirst();
    }

    /** The same of a cell, or of all of it, waived or not. */
    static Optional<DutyAnswer> failure(Dossier d, Duty duty, String cell) {
        List<DutyAnswer> said = cell.equals(Cells.WHOLE) ? Duties.answers(d, duty) : Cells.answers(d, duty, cell);
        return said.stream().filter(DutyAnswer::stops).findFirst();
    }

    private static Stream<String> failures(Dossier d, Duty duty) {
        return Cells.of(duty).stream()
                .filter(cell -> failure(d, duty, cell).isPresent()
                        && ofCell(d, duty, cell).isEmpty());
    }

    /** What a waiver would name of one that failed: the cell, where it is asked cell by cell. */
    static String failed(Dossier d, Duty duty) {
        return failures(d, duty).findFirst().map(cell -> name(duty, cell)).orElseGet(() -> name(duty));
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
        if (asked.isPresent() && isSettled(d, asked.get(), now)) {
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

    /** Whether its waiver is waited for no longer: it is done, or each cell that failed is waived while there is time for the others. */
    private static boolean isSettled(Dossier d, Duty duty, Instant now) {
        Wait wait = d.state().waits();
        boolean others =
                failure(d, duty).isEmpty() && wait != null && now.isBefore(Timetable.until(d, duty, wait.since()));
        return others || Duties.isDone(d, duty);
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
                "%s%s It may be waived: %s".formatted(begin(duty), what, Waivers.command(d, failed(d, duty))));
        Duration patience =
                d.guide().waiver(name(duty)).map(WaiverRule::patience).orElse(Duration.ZERO);
        Wait people = new Wait(wait.since(), now.plus(patience), true, false);
        return Change.of(d, now)
                .to(d.state().waiting(people))
                .because(why)
                .milestone(Milestone.Kind.PAUSED, why, limits.milestonesMax())
                .done();
    }

    /** Those who are asked for a duty are told anew when a waiver of it no longer counts; after the release as well. */
    Dossier askedAgain(Dossier before, Dossier after, Instant now) {
        boolean ended = before.state() instanceof ReleaseState.Ended;
        List<Duty> again = before.launch() == null
                ? List.of()
                : (ended ? AfterWork.open(after) : Duties.awaited(after))
                        .stream()
                                .filter(duty -> isLess(before, after, duty)
                                        && (ended || failure(after, duty).isEmpty()))
                                .toList();
        return again.isEmpty()
                ? after
                : Duties.ask(Change.of(after, now), after, again, limits.milestonesMax())
                        .done();
    }

    /** Whether less of it is waived than before. */
    private static boolean isLess(Dossier before, Dossier after, Duty duty) {
        return Cells.of(duty).stream().anyMatch(cell -> isWaived(before, duty, cell) && !isWaived(after, duty, cell));
    }
}
