package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.release.saga.Schedule.Mark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When duties are due (ADR 56), and what is no duty (ADR 61), and who is reminded. Where something is in its time is a
 * function of what it is counted from, of the calendar and of the present time; the release writes down how far it was seen to
 * be, so that people hear of each once and a timer for the next follows from what is written. A time stops nothing by itself:
 * that of a duty moves how long the release waits.
 */
public final class Timetable {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private final int milestonesMax;

    Timetable(SagaLimits limits) {
        this.milestonesMax = limits.milestonesMax();
    }

    // ---- pure

    /** Where a duty that is waited for is in its time. */
    static TimeState state(Due.Dates dates, Instant now) {
        Instant escalates = dates.escalates();
        Instant soon = dates.soon();
        if (escalates != null && !now.isBefore(escalates)) {
            return TimeState.ESCALATED;
        } else if (!now.isBefore(dates.due())) {
            return TimeState.LATE;
        }
        return soon != null && !now.isBefore(soon) ? TimeState.DUE_SOON : TimeState.OPEN;
    }

    /** When it is more urgent than that; empty where it cannot be. */
    static Optional<Instant> next(Due.Dates dates, TimeState seen) {
        return switch (seen) {
            case OPEN -> Optional.of(Optional.ofNullable(dates.soon()).orElse(dates.due()));
            case DUE_SOON -> Optional.of(dates.due());
            case LATE -> Optional.ofNullable(dates.escalates());
            case ESCALATED, OVER, UNKNOWN -> Optional.empty();
        };
    }

    static @Nullable LocalDate day(Dossier d) {
        return schedule(d).day();
    }

    static Schedule schedule(Dossier d) {
        return Optional.ofNullable(d.schedule()).orElse(Schedule.NONE);
    }

    /** The day that it is counted from, once that is known. */
    private static Optional<LocalDate> from(Dossier d, Timed timed, Due due) {
        String after = due.after();
        return after != null
                ? Timed.doneAt(d, after)
                        .map(at -> LocalDate.ofInstant(at, due.calendar().zone()))
                : timed.isAfterWork() ? AfterWork.day(d, due) : Optional.ofNullable(day(d));
    }

    /** Its moments, once they are known. */
    static Optional<Due.Dates> dates(Dossier d, Timed timed) {
        Due due = timed.due();
        return due == null ? timed.datesWithout(d) : from(d, timed, due).map(due::dates);
    }

    /** How long a release waits for it from then on: as long as the duty says, and from when it is due if that is later. */
    static Instant until(Dossier d, Duty duty, Instant since) {
        return Timed.of(duty)
                .filter(_ -> !duty.isWait()) // which lasts from when it begins
                .flatMap(timed -> dates(d, timed))
                .map(Due.Dates::due)
                .filter(since::isBefore)
                .orElse(since)
                .plus(duty.within());
    }

    /** What has a time and is still waited for, in the order of the policy; after its end all that is left. */
    static List<Timed> timed(Dossier d) {
        return goesOn(d)
                ? Timed.all(d).stream().filter(timed -> timed.isOpen(d)).toList()
                : Stream.concat(AfterWork.open(d).stream().flatMap(duty -> Timed.of(duty).stream()), afterwards(d))
                        .toList();
    }

    /** What is told of a release that has ended, until all who hear of it have been accounted for. */
    private static Stream<Timed> afterwards(Dossier d) {
        return d.state() instanceof ReleaseState.Ended && !Consequences.settled(d)
                ? Timed.all(d).stream().filter(timed -> timed.isLeft(d))
                : Stream.empty();
    }

    /** On its way back, or where it needs an operator, nobody is reminded of what it waited for. */
    private static boolean goesOn(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _ -> true;
            case ReleaseState.Unheard _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    /** When the next of them is more urgent than it was seen to be. */
    static Optional<Instant> next(Dossier d) {
        return timed(d).stream()
                .flatMap(timed -> mark(d, timed).stream()
                        .flatMap(mark -> dates(d, timed).stream().flatMap(dates -> next(dates, mark.state()).stream())))
                .min(Comparator.naturalOrder());
    }

    private static Optional<Mark> mark(Dossier d, Timed timed) {
        return schedule(d).marks().stream()
                .filter(mark -> mark.duty().equals(timed.name()))
                .findFirst();
    }

    // ---- what is written down, and told

    /** The same with how far each is by now; people whose turn it is hear of what is more urgent than they heard last. */
    Dossier seen(Dossier d, Instant now) {
        List<Mark> marks = new ArrayList<>();
        List<Timed> news = new ArrayList<>();
        for (Timed timed : timed(d)) {
            dates(d, timed).map(dates -> seen(d, timed, dates, now)).ifPresent(mark -> {
                boolean tells = mark.isNews() && timed.isTheirTurn(d);
                marks.add(tells ? mark.heard() : mark);
                if (tells) {
                    news.add(timed);
                }
            });
        }
        Schedule before = schedule(d);
        if (before.marks().equals(marks)) {
            return d;
        }
        Change change = Change.of(d, now).schedule(before.with(marks));
        Dossier after = change.done();
        for (TimeState state : List.of(TimeState.DUE_SOON, TimeState.LATE, TimeState.ESCALATED)) {
            List<Timed> these = news.stream()
                    .filter(timed -> mark(after, timed)
                            .filter(mark -> mark.state() == state)
                            .isPresent())
                    .toList();
            remind(
                    change,
                    after,
                    these.stream().filter(Timed.OfDuty.class::isInstance).toList(),
                    state,
                    true);
            remind(
                    change,
                    after,
                    these.stream().filter(Timed.OfDate.class::isInstance).toList(),
                    state,
                    false);
        }
        return change.done();
    }

    /** With another time it begins anew. */
    private static Mark seen(Dossier d, Timed timed, Due.Dates dates, Instant now) {
        return mark(d, timed)
                .filter(mark -> mark.due().equals(dates.due()))
                .orElseGet(() -> new Mark(timed.name(), dates.due(), TimeState.OPEN, TimeState.OPEN))
                .at(state(dates, now));
    }

    private void remind(Change change, Dossier d, List<Timed> all, TimeState state, boolean duties) {
        if (all.isEmpty()) {
            return;
        }
        String what = all.stream()
                .map(timed -> timed.asked(
                        d,
                        dates(d, timed).map(dates -> moment(timed, dates.due())).orElse("no day yet")))
                .collect(Collectors.joining("; "));
        String how = duties
                ? "Answer: ./slipway release show %s says how.".formatted(d.id())
                : "See: ./slipway release show %s.".formatted(d.id());
        change.milestone(
                kind(state, duties),
                Cause.of(
                        (duties ? "duty-" : "date-") + word(state).replace(' ', '-'),
                        "%s: %s. %s%s".formatted(sentence(state, duties), what, how, Staff.owned(d))),
                reminded(d, all, state),
                milestonesMax);
    }

    private static Milestone.Kind kind(TimeState state, boolean duties) {
        if (state == TimeState.ESCALATED) {
            return duties ? Milestone.Kind.DUTY_ESCALATED : Milestone.Kind.DATE_ESCALATED;
        }
        return duties ? Milestone.Kind.DUTY_REMINDED : Milestone.Kind.DATE_REMINDED;
    }

    /** Of whom it is waited for; where it is late the owner, too. */
    private static List<String> reminded(Dossier d, List<Timed> all, TimeState state) {
        Staff staff = d.staff();
        String owner = state == TimeState.DUE_SOON || staff == null ? null : staff.owner();
        Stream<String> people = all.stream().flatMap(timed -> timed.people(d).stream());
        return Stream.concat(people, Stream.ofNullable(owner)).distinct().toList();
    }

    private static String sentence(TimeState state, boolean duties) {
        return switch (state) {
            case DUE_SOON -> "Due soon";
            case LATE -> "Late";
            case ESCALATED -> duties ? "Late, and still not answered" : "Late, and still not done";
            case OPEN, OVER, UNKNOWN -> duties ? "To be answered" : "To be done";
        };
    }

    static String word(TimeState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** By the clock of its calendar. */
    static String moment(Timed timed, Instant at) {
        Due due = timed.due();
        ZoneId zone = due == null ? ZoneId.of("UTC") : due.calendar().zone();
        return "%s %s".formatted(MOMENT.format(at.atZone(zone)), zone);
    }

    // ---- for whoever reads it

    /** When it is due, for a sentence: the moment, once that is known, and what it follows from. */
    static String words(Dossier d, Timed timed) {
        return dates(d, timed)
                .map(dates -> moment(timed, dates.due()) + ", ")
                .orElse("")
                .concat(timed.rule());
    }

    /** The same to follow a sentence; empty where it has no time. */
    static String words(Dossier d, Optional<? extends Timed> timed) {
        return timed.map(each -> "; due " + words(d, each)).orElse("");
    }

    /** What was seen to be more urgent than before, for the journal. */
    static Optional<String> news(Dossier before, Dossier after) {
        String urgent = schedule(after).marks().stream()
                .filter(mark -> mark.state() != TimeState.OPEN
                        && schedule(before).marks().stream()
                                .noneMatch(had -> had.duty().equals(mark.duty()) && had.state() == mark.state()))
                .map(mark -> "%s %s %s".formatted(Dated.words(mark.duty()), be(mark), word(mark.state())))
                .collect(Collectors.joining(", "));
        return urgent.isEmpty() ? Optional.empty() : Optional.of(urgent);
    }

    private static String be(Mark mark) {
        return mark.duty().equals(Dated.name(Dated.APPROVAL, GuideAnswer.REQUIRED)) ? "are" : "is";
    }

    /** Whether it is still waited for, and was to be done by a time that was seen to be past. */
    static boolean isLate(Dossier d, Timed timed) {
        TimeState state = view(d, timed).state();
        return state == TimeState.LATE || state == TimeState.ESCALATED;
    }

    /** When what is waited for is due, with how urgent it is, to follow a sentence. */
    static String urgency(Dossier d, Timed timed) {
        TimeState state = mark(d, timed).map(Mark::state).orElse(TimeState.OPEN);
        String how = state == TimeState.OPEN ? "" : "; it is " + word(state);
        return "; due " + words(d, timed) + how;
    }

    static DutyView.Timing view(Dossier d, Timed timed) {
        Due due = timed.due();
        Optional<Due.Dates> dates = dates(d, timed);
        boolean over = timed(d).stream().noneMatch(open -> open.name().equals(timed.name()));
        TimeState state =
                over ? TimeState.OVER : mark(d, timed).map(Mark::state).orElse(TimeState.OPEN);
        return new DutyView.Timing(
                state,
                timed.rule(),
                due == null ? null : from(d, timed, due).orElse(null),
                dates.map(Due.Dates::due).orElse(null),
                dates.map(Due.Dates::soon).orElse(null),
                dates.map(Due.Dates::escalates).orElse(null));
    }

    /** What is no duty and has a date, in the order of the policy. */
    public static List<DateView> dates(Dossier d) {
        return Timed.all(d).stream()
                .filter(Timed.OfDate.class::isInstance)
                .map(Timed.OfDate.class::cast)
                .map(timed -> shown(d, timed))
                .toList();
    }

    private static DateView shown(Dossier d, Timed.OfDate timed) {
        GuideStates.Standing standing = Reached.standing(d, timed.name());
        return new DateView(timed.name(), timed.dated().by(), standing.state(), standing.why(), view(d, timed));
    }
}
