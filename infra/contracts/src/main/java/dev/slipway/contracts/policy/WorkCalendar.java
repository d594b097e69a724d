package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * On which days people work, and by whose clock.
 *
 * @param name 1 to 60 characters
 * @param zone whose days and clock count
 * @param weekend weekdays on which nobody works, at most 6, each once
 * @param holidays days besides, at most 100, sorted, each once
 * @param yearly days besides that come again, at most 100 and together of at most as many days; fewer where people work on few
 *     weekdays. Empty in policies from before there were any
 */
public record WorkCalendar(
        String name,
        ZoneId zone,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<DayOfWeek> weekend,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<LocalDate> holidays,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<YearlyHoliday> yearly) {
    public static final int HOLIDAYS_MAX = 100;

    private static final int WEEKEND_MAX = 6;
    private static final int WEEKS = 52;
    private static final int WEEKDAYS = 7;

    public WorkCalendar {
        Texts.requireLength("calendars.name", name, 1, 60);
        Texts.requirePresent("calendars.zone", zone);
        weekend = List.copyOf(weekend);
        holidays = holidays.stream().distinct().sorted().toList();
        Ranges.require("calendars.weekend: number of weekdays", weekend.size(), 0, WEEKEND_MAX);
        Ranges.require("calendars.holidays: number of days", holidays.size(), 0, HOLIDAYS_MAX);
        if (weekend.stream().distinct().count() < weekend.size()) {
            throw new IllegalArgumentException("calendars.weekend: each weekday may stand once, is " + weekend);
        }
        yearly = List.copyOf(yearly);
        Ranges.require(
                "calendars.holidays: number of days that come again (some days of each year are left to work on)",
                yearly.stream().mapToInt(YearlyHoliday::days).sum(),
                0,
                Math.min(HOLIDAYS_MAX, WEEKS * (WEEKDAYS - weekend.size()) / 2 - 1));
    }

    /** None of whose holidays come again. */
    public WorkCalendar(String name, ZoneId zone, List<DayOfWeek> weekend, List<LocalDate> holidays) {
        this(name, zone, weekend, holidays, List.of());
    }

    /** Whether people work on that day. */
    public boolean works(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek())
                && !holidays.contains(day)
                && yearly.stream().noneMatch(holiday -> holiday.covers(day));
    }

    /**
     * So many working days later, or earlier where the number is negative. None is the day itself or, where nobody works on it,
     * the next on which somebody does.
     *
     * @param workingDays -1,000 to 1,000
     */
    public LocalDate plus(LocalDate day, int workingDays) {
        Ranges.require("working days", workingDays, -1_000, 1_000);
        int step = workingDays < 0 ? -1 : 1;
        LocalDate next = day;
        for (int left = Math.abs(workingDays); left > 0 || !works(next); ) {
            next = next.plusDays(step);
            if (left > 0 && works(next)) {
                left--;
            }
        }
        return next;
    }
}
