package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.Cause;
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
 * When duties are due, and who is reminded (ADR 56). Where a duty is in its time is a function of what it is counted from, of the
 * calendar and of the present time; the release writes down how far it was seen to be, so that people hear of each once and a
 * timer for the next follows from what is written. A time stops nothing by itself: it moves how long the release waits.
 */
final class Timetable {
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
    private static Optional<LocalDate> from(Dossier d, Duty duty, Due due) {
        String after = due.after();
        if (after == null) {
            return duty.isAfterWork() ? AfterWork.day(d, due) : Optional.ofNullable(day(d));
        }
        return d.guide()
                .duty(after)
                .filter(other -> Duties.isDone(d, other))
                .flatMap(other -> Stream.concat(
                                Duties.answers(d, other).stream()
                                        .map(answer -> answer.said().at()),
                                DutyWaivers.of(d, other).stream()
                                        .flatMap(waiver -> Stream.ofNullable(waiver.confirmedAt())))
                        .max(Comparator.naturalOrder()))
                .map(at -> LocalDate.ofInstant(at, due.calendar().zone()));
    }

    /** Its moments, once they are known; empty too where it has no time. */
    static Optional<Due.Dates> dates(Dossier d, Duty duty) {
        Due due = duty.due();
        if (due == null) {
            return duty.isAfterWork() ? AfterWork.dates(d, duty) : Optional.empty();
        }
        return from(d, duty, due).map(due::dates);
    }

    /** How long a release waits for it from then on: as long as the duty says, and from when it is due if that is later. */
    static Instant until(Dossier d, Duty duty, Instant since) {
        return dates(d, duty)
                .map(Due.Dates::due)
                .filter(since::isBefore)
                .orElse(since)
                .plus(duty.within());
    }

    /** Those with a time that are still waited for, in the order of the policy; after its end all that are left. */
    static List<Duty> timed(Dossier d) {
        if (!goesOn(d)) {
            return AfterWork.open(d);
        }
        return Duties.all(d).stream()
                .filter(duty -> duty.due() != null
                        && !duty.isAfterWork()
                        && LeftOut.why(d, duty).isEmpty()
                        && !Duties.isDone(d, duty))
                .toList();
    }

    /** On its way back, or once nothing is asked of people any more, nobody is reminded of what it waited for. */
    private static boolean goesOn(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _ -> true;
            case ReleaseState.Unheard _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    /** When the next of them is more urgent than it was seen to be. */
    static Optional<Instant> next(Dossier d) {
        return timed(d).stream()
                .flatMap(duty -> mark(d, duty).stream()
                        .flatMap(mark -> dates(d, duty).stream().flatMap(dates -> next(dates, mark.state()).stream())))
                .min(Comparator.naturalOrder());
    }

    private static Optional<Mark> mark(Dossier d, Duty duty) {
        return schedule(d).marks().stream()
                .filter(mark -> mark.duty().equals(duty.id()))
                .findFirst();
    }

    // ---- what is written down, and told

    /** The same with how far each is by now; people whose turn it is hear of what is more urgent than they heard last. */
    Dossier seen(Dossier d, Instant now) {
        List<Mark> marks = new ArrayList<>();
        List<Duty> news = new ArrayList<>();
        List<Duty> awaited = d.state() instanceof ReleaseState.Ended ? AfterWork.open(d) : Duties.awaited(d);
        for (Duty duty : timed(d)) {
            dates(d, duty).map(dates -> seen(d, duty, dates, now)).ifPresent(mark -> {
                boolean tells = mark.isNews() && awaited.contains(duty);
                marks.add(tells ? mark.heard() : mark);
                if (tells) {
                    news.add(duty);
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
            remind(
                    change,
                    after,
                    news.stream()
                            .filter(duty -> mark(after, duty)
                                    .filter(mark -> mark.state() == state)
                                    .isPresent())
                            .toList(),
                    state);
        }
        return change.done();
    }

    /** With another time it begins anew. */
    private static Mark seen(Dossier d, Duty duty, Due.Dates dates, Instant now) {
        return mark(d, duty)
                .filter(mark -> mark.due().equals(dates.due()))
                .orElseGet(() -> new Mark(duty.id(), dates.due(), TimeState.OPEN, TimeState.OPEN))
                .at(state(dates, now));
    }

    private void remind(Change change, Dossier d, List<Duty> duties, TimeState state) {
        if (duties.isEmpty()) {
            return;
        }
        boolean escalates = state == TimeState.ESCALATED;
        String what = duties.stream().map(duty -> asked(d, duty)).collect(Collectors.joining("; "));
        change.milestone(
                escalates ? Milestone.Kind.DUTY_ESCALATED : Milestone.Kind.DUTY_REMINDED,
                Cause.of(
                        "duty-" + word(state).replace(' ', '-'),
                        "%s: %s. Answer: ./slipway release show %s says how.%s"
                                .formatted(sentence(state), what, d.id(), Staff.owned(d))),
                reminded(d, duties, state),
                milestonesMax);
    }

    private static String asked(Dossier d, Duty duty) {
        return "duty %s of %s, by %s (%s)"
                .formatted(
                        duty.id(),
                        Staff.whom(d, duty),
                        dates(d, duty).map(dates -> moment(duty, dates.due())).orElse("no day yet"),
                        Cells.progress(d, duty));
    }

    /** Whoever has not answered; where it is late the owner, too. */
    private static List<String> reminded(Dossier d, List<Duty> duties, TimeState state) {
        Staff staff = d.staff();
        String owner = state == TimeState.DUE_SOON || staff == null ? null : staff.owner();
        Stream<String> people = duties.stream().flatMap(duty -> waitedFor(d, duty).stream());
        return Stream.concat(people, Stream.ofNullable(owner)).distinct().toList();
    }

    /** Addresses of those who are asked for it and have something of it left to answer. */
    static List<String> waitedFor(Dossier d, Duty duty) {
        return Staff.people(d, duty).stream()
                .filter(email -> !Cells.openTo(d, duty, email).isEmpty())
                .toList();
    }

    private static String sentence(TimeState state) {
        return switch (state) {
            case DUE_SOON -> "Due soon";
            case LATE -> "Late";
            case ESCALATED -> "Late, and still not answered";
            case OPEN, OVER, UNKNOWN -> "To be answered";
        };
    }

    static String word(TimeState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** By the clock of the duty's calendar. */
    static String moment(Duty duty, Instant at) {
        Due due = duty.due();
        ZoneId zone = due == null ? ZoneId.of("UTC") : due.calendar().zone();
        return "%s %s".formatted(MOMENT.format(at.atZone(zone)), zone);
    }

    // ---- for whoever reads it

    /** When it is due, for a sentence: the moment, once that is known, and what it follows from. */
    static Optional<String> words(Dossier d, Duty duty) {
        return Optional.ofNullable(rule(duty))
                .map(rule -> dates(d, duty)
                        .map(dates -> moment(duty, dates.due()) + ", ")
                        .orElse("")
                        .concat(rule));
    }

    /** When it is due, as the policy says it; null where no time is set. */
    private static @Nullable String rule(Duty duty) {
        return duty.due() == null && duty.isAfterWork()
                ? Texts.words(duty.within()) + " after the end of the release"
                : duty.dueWords();
    }

    /** Which duties were seen to be more urgent than before, for the journal. */
    static Optional<String> news(Dossier before, Dossier after) {
        String urgent = schedule(after).marks().stream()
                .filter(mark -> mark.state() != TimeState.OPEN
                        && schedule(before).marks().stream()
                                .noneMatch(had -> had.duty().equals(mark.duty()) && had.state() == mark.state()))
                .map(mark -> "duty %s is %s".formatted(mark.duty(), word(mark.state())))
                .collect(Collectors.joining(", "));
        return urgent.isEmpty() ? Optional.empty() : Optional.of(urgent);
    }

    /** The same of one that is waited for, with how urgent it is, to follow a sentence. */
    static String urgency(Dossier d, Duty duty) {
        TimeState state = mark(d, duty).map(Mark::state).orElse(TimeState.OPEN);
        String how = state == TimeState.OPEN ? "" : "; it is " + word(state);
        return words(d, duty).map("; due "::concat).map(due -> due + how).orElse("");
    }

    static DutyView.@Nullable Timing view(Dossier d, Duty duty) {
        Due due = duty.due();
        String rule = rule(duty);
        if (rule == null) {
            return null;
        }
        Optional<Due.Dates> dates = dates(d, duty);
        boolean over = !timed(d).contains(duty);
        TimeState state = over ? TimeState.OVER : mark(d, duty).map(Mark::state).orElse(TimeState.OPEN);
        return new DutyView.Timing(
                state,
                rule,
                due == null ? null : from(d, duty, due).orElse(null),
                dates.map(Due.Dates::due).orElse(null),
                dates.map(Due.Dates::soon).orElse(null),
                dates.map(Due.Dates::escalates).orElse(null));
    }
}
