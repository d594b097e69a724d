package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Days on which nobody works every year, or every few years: by a date, or by a weekday of a month. It is the part of RFC 5545's
 * recurrence rules that calendars of holidays have (ADR 69).
 *
 * @param first its first day of all
 * @param days how many in a row, 1 to 31
 * @param every how many years from one to the next, 1 to 100
 * @param month 1 to 12
 * @param dayOfMonth 1 to 31, or -1 for the last day to -31; a month without that day has none. Null where a weekday says it
 * @param week which one of that weekday in the month, 1 to 5, or -1 for the last to -5; null where the day says it
 * @param weekday null where the day says it
 * @param until the last day on which it may begin; null for good
 * @param except first days of those that are left out, at most 100, sorted, each once
 */
public record YearlyHoliday(
        LocalDate first,
        int days,
        int every,
        int month,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer dayOfMonth,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer week,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DayOfWeek weekday,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate until,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<LocalDate> except) {
    public static final int DAYS_MAX = 31;

    private static final int MONTHS = 12;
    private static final int EVERY_MAX = 100;
    private static final int EXCEPT_MAX = 100;
    private static final int WEEKS_MAX = 5;

    public YearlyHoliday {
        Texts.requirePresent("holidays: first", first);
        Ranges.require("holidays: days of an event", days, 1, DAYS_MAX);
        Ranges.require("holidays: years from one to the next", every, 1, EVERY_MAX);
        Ranges.require("holidays: month", month, 1, MONTHS);
        if (dayOfMonth != null) {
            Ranges.require(
                    "holidays: day of the month, from its end where it is negative", Math.abs(dayOfMonth), 1, 31);
        }
        if (week != null) {
            Ranges.require(
                    "holidays: week of the month, from its end where it is negative", Math.abs(week), 1, WEEKS_MAX);
        }
        if ((dayOfMonth == null) == (weekday == null) || (week == null) != (weekday == null)) {
            throw new IllegalArgumentException("holidays: a day of the month, or a weekday and which one of it");
        }
        except = except.stream().distinct().sorted().toList();
        Ranges.require("holidays: number of exceptions", except.size(), 0, EXCEPT_MAX);
    }

    /** On which day it begins in a year, by its rule alone; empty where the month has no such day. */
    public Optional<LocalDate> in(int year) {
        YearMonth of = YearMonth.of(year, month);
        if (weekday != null && week != null) {
            LocalDate any = week > 0
                    ? of.atDay(1)
                            .plusDays(Math.floorMod(
                                    weekday.getValue()
                                            - of.atDay(1).getDayOfWeek().getValue(),
                                    7))
                    : of.atEndOfMonth()
                            .minusDays(Math.floorMod(
                                    of.atEndOfMonth().getDayOfWeek().getValue() - weekday.getValue(), 7));
            LocalDate wanted = any.plusWeeks(week > 0 ? week - 1 : week + 1);
            return Optional.of(wanted).filter(day -> YearMonth.from(day).equals(of));
        }
        int day = dayOfMonth == null ? 1 : dayOfMonth > 0 ? dayOfMonth : of.lengthOfMonth() + 1 + dayOfMonth;
        return day > 0 && of.isValidDay(day) ? Optional.of(of.atDay(day)) : Optional.empty();
    }

    /** Whether nobody works on that day because of it. */
    public boolean covers(LocalDate day) {
        return begun(day, day.getYear()) || begun(day, day.getYear() - 1);
    }

    private boolean begun(LocalDate day, int year) {
        return (year - first.getYear()) % every == 0
                && in(year).filter(begins -> !begins.isBefore(first))
                        .filter(begins -> until == null || !begins.isAfter(until))
                        .filter(begins -> !except.contains(begins))
                        .filter(begins -> !day.isBefore(begins) && day.isBefore(begins.plusDays(days)))
                        .isPresent();
    }

    /**
     * The day on which it begins for the last time, where it does so a number of times.
     *
     * @param times 1 to 1,000; exceptions count
     * @throws IllegalArgumentException if there is no such day before the year 9999
     */
    public LocalDate last(int times) {
        Ranges.require("holidays: COUNT", times, 1, 1_000);
        int left = times;
        for (int year = first.getYear(); year < 9999; year += every) {
            Optional<LocalDate> begins = in(year).filter(day -> !day.isBefore(first));
            if (begins.isPresent() && --left == 0) {
                return begins.get();
            }
        }
        throw new IllegalArgumentException("holidays: COUNT=%d leads beyond all calendars".formatted(times));
    }
}
