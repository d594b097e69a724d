package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.SetDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The release day is set, or moved, by the release's owner or an operator: what is counted from it and still open has
 * another time, and those of whom it is waited for are told.
 */
final class DaySetting {
    /** Kind of the cause of what people are told. */
    static final String MOVED = "day-moved";

    private static final int YEARS_MAX = 2;

    private final SagaLimits limits;

    DaySetting(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> set(Dossier d, SetDay said, Instant now) {
        Optional<Refusal> refused = refused(d, said, now);
        if (refused.isPresent()) {
            return Decision.refuse(d, refused.get());
        }
        LocalDate before = Timetable.day(d);
        if (said.day().equals(before)) {
            return noted(d, said, false, "%s is the release day already.".formatted(said.day()), now);
        }
        Schedule.DaySet word = new Schedule.DaySet(
                said.day(),
                said.email(),
                !owns(d, said.email()),
                now,
                said.reason().strip());
        Dossier after =
                Change.of(d, now).schedule(Timetable.schedule(d).on(word)).done();
        List<Timed> moved = Timetable.timed(after).stream()
                .filter(timed -> !Timetable.dates(d, timed).equals(Timetable.dates(after, timed)))
                .toList();
        String plans = moved.isEmpty()
                ? "nobody's plans change"
                : moved.stream().map(timed -> plan(d, after, timed)).collect(Collectors.joining("; "));
        String text = "%s the release day %s: %s."
                .formatted(
                        said.email() + (before == null ? " sets" : " moves"),
                        before == null ? "to " + said.day() : "from %s to %s".formatted(before, said.day()),
                        said.reason().strip());
        Dossier told = moved.isEmpty() ? after : tell(after, moved, "%s Plans: %s.".formatted(text, plans), now);
        return noted(
                told, said, true, "The release day is %s. Whose plans change: %s.".formatted(said.day(), plans), now);
    }

    private Dossier tell(Dossier d, List<Timed> moved, String text, Instant now) {
        List<String> people = moved.stream()
                .flatMap(timed -> timed.people(d).stream())
                .distinct()
                .toList();
        return Change.of(d, now)
                .milestone(Milestone.Kind.DAY_MOVED, Cause.of(MOVED, text), people, limits.milestonesMax())
                .done();
    }

    private static String plan(Dossier before, Dossier after, Timed timed) {
        String was = Timetable.dates(before, timed)
                .map(dates -> ", was " + Timetable.moment(timed, dates.due()))
                .orElse("");
        return "%s by %s%s"
                .formatted(
                        timed.plan(after),
                        Timetable.dates(after, timed)
                                .map(dates -> Timetable.moment(timed, dates.due()))
                                .orElse("no day yet"),
                        was);
    }

    private Decision<Dossier> noted(Dossier d, SetDay said, boolean done, String answer, Instant now) {
        String what = "release day %s: %s".formatted(said.day(), said.reason().strip());
        Dossier.Note note = new Dossier.Note(now, said.by(), what, done, answer, said.key());
        return Decision.move(Change.of(d, now)
                        .note(note, limits.notesMax())
                        .request(said.key(), limits.requestsRemembered())
                        .done())
                .because("%s, by %s%s".formatted(what, said.email(), done ? "" : ". " + answer));
    }

    private static Optional<Refusal> refused(Dossier d, SetDay said, Instant now) {
        if (d.launch() == null || d.state() instanceof ReleaseState.Ended) {
            return Optional.of(new Refusal(
                    "not-now",
                    "Release %s is %s; it has no release day to set."
                            .formatted(d.id(), d.state().phase())));
        }
        List<Due> dues = Timed.all(d).stream()
                .map(Timed::due)
                .filter(due -> due.after() == null)
                .toList();
        if (dues.isEmpty()) {
            return Optional.of(new Refusal(
                    "no-timetable",
                    "Nothing of release %s is counted from its release day; a policy says so, as in duties: [{..., due: {days: -2}}] or timetable: [{phase: production, by: ROLE, due: {days: 0}}]."
                            .formatted(d.id())));
        }
        return who(d, said).or(() -> day(said, dues.getFirst(), now));
    }

    private static boolean owns(Dossier d, String email) {
        Staff staff = d.staff();
        return staff != null && HandingOver.isPerson(d.guide(), email, staff.owner());
    }

    private static Optional<Refusal> who(Dossier d, SetDay said) {
        Staff staff = d.staff();
        String owner = staff == null ? null : staff.owner();
        return said.operator() || owns(d, said.email())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "not-yours",
                        "The release day is set by the release's owner%s or by an operator."
                                .formatted(owner == null ? ", of whom it has none," : ", " + owner)));
    }

    private static Optional<Refusal> day(SetDay said, Due due, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, due.calendar().zone());
        if (said.day().isBefore(today) || said.day().isAfter(today.plusYears(YEARS_MAX))) {
            return Optional.of(new Refusal(
                    "no-such-day",
                    "A release day is from today, %s, to %s; %s is not."
                            .formatted(today, today.plusYears(YEARS_MAX), said.day())));
        }
        return Texts.says(Objects.toString(said.reason(), ""))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "no-reason", "Setting the release day takes a reason, for the release's record: --reason WHY"));
    }
}
