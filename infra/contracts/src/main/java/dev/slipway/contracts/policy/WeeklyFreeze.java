package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A time of each week in which no release begins production, by the clock on the wall of its zone: where that clock is put
 * forward over an end of the window, the window ends there; where an hour comes twice, the window has it twice.
 *
 * @param every weekdays on which the window begins, 1 to 7, each once
 * @param from when it begins on those days
 * @param to when it ends: on the same day if that is later than {@code from}, else on the next day
 * @param zone whose clock counts
 * @param reason for people, 1 to 200 characters
 */
public record WeeklyFreeze(List<DayOfWeek> every, LocalTime from, LocalTime to, ZoneId zone, String reason) {
    public WeeklyFreeze {
        Texts.requirePresent("freeze.every", every);
        Texts.requirePresent("freeze.from", from);
        Texts.requirePresent("freeze.to", to);
        Texts.requirePresent("freeze.zone", zone);
        Texts.requireLength("freeze.reason", reason, 1, 200);
        every = List.copyOf(every);
        Ranges.require("freeze.every: number of weekdays", every.size(), 1, 7);
        if (every.stream().distinct().count() < every.size()) {
            throw new IllegalArgumentException("freeze.every: each weekday may stand once, is " + every);
        }
    }

    /** When the window that covers this moment ends; empty if none does. */
    public Optional<Instant> until(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .filter(day -> every.contains(day.getDayOfWeek()))
                .filter(day -> !at.isBefore(begins(day)))
                .map(this::ends)
                .filter(at::isBefore)
                .max(Instant::compareTo);
    }

    /** When the window begins next. */
    public Optional<Instant> next(Instant after) {
        LocalDate today = after.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(0, 7)
                .mapToObj(today::plusDays)
                .filter(day -> every.contains(day.getDayOfWeek()))
                .map(this::begins)
                .filter(after::isBefore)
                .findFirst();
    }

    private Instant begins(LocalDate day) {
        return moment(day.atTime(from), false);
    }

    private Instant ends(LocalDate day) {
        return moment((to.isAfter(from) ? day : day.plusDays(1)).atTime(to), true);
    }

    /** A wall clock skips some times of the year and shows others twice. */
    private Instant moment(LocalDateTime shown, boolean last) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(shown);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        var offsets = rules.getValidOffsets(shown);
        return shown.toInstant(last ? offsets.getLast() : offsets.getFirst());
    }
}
