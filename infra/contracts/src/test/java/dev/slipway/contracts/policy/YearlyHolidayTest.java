package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days on which nobody works every year. */
class YearlyHolidayTest {
    private static final LocalDate CHRISTMAS = LocalDate.parse("2020-12-25");

    private static YearlyHoliday christmas(int days) {
        return new YearlyHoliday(CHRISTMAS, days, 1, 12, 25, null, null, null, List.of());
    }

    private static WorkCalendar calendar(List<DayOfWeek> weekend, YearlyHoliday... yearly) {
        return new WorkCalendar("office", ZoneId.of("UTC"), weekend, List.of(), List.of(yearly));
    }

    @Test
    void it_is_read_as_it_was_written_and_calendars_from_before_have_none() {
        WorkCalendar calendar = calendar(
                List.of(DayOfWeek.SUNDAY),
                christmas(2),
                new YearlyHoliday(
                        LocalDate.parse("2020-11-26"), 1, 1, 11, null, 4, DayOfWeek.THURSDAY, null, List.of()));
        String json = WireJson.mapper().writeValueAsString(calendar);

        assertThat(WireJson.mapper().readValue(json, WorkCalendar.class)).isEqualTo(calendar);
        WorkCalendar before = new WorkCalendar("office", ZoneId.of("UTC"), List.of(), List.of());
        String plain = WireJson.mapper().writeValueAsString(before);
        assertThat(plain).doesNotContain("yearly");
        assertThat(WireJson.mapper().readValue(plain, WorkCalendar.class)).isEqualTo(before);
    }

    @Test
    void a_calendar_on_which_nobody_would_ever_work_is_refused() {
        List<DayOfWeek> six = Arrays.stream(DayOfWeek.values())
                .filter(day -> day != DayOfWeek.MONDAY)
                .toList();
        YearlyHoliday january =
                new YearlyHoliday(LocalDate.parse("2020-01-01"), 31, 1, 1, 1, null, null, null, List.of());

        assertThatThrownBy(() -> calendar(six, january)).hasMessageContaining("some days of each year are left");
        assertThat(calendar(six, christmas(25)).plus(LocalDate.parse("2026-12-20"), 3))
                .isAfter("2026-12-20");
        assertThatThrownBy(() -> calendar(List.of(), january, january, january, january))
                .hasMessageContaining("some days of each year are left");
    }

    @Test
    void a_day_or_a_weekday_says_when_and_each_within_its_limits() {
        assertThatThrownBy(() -> new YearlyHoliday(CHRISTMAS, 1, 1, 12, 25, 4, DayOfWeek.THURSDAY, null, List.of()))
                .hasMessageContaining("a day of the month, or a weekday");
        assertThatThrownBy(() -> new YearlyHoliday(CHRISTMAS, 1, 1, 12, null, null, null, null, List.of()))
                .hasMessageContaining("a day of the month, or a weekday");
        assertThatThrownBy(() -> new YearlyHoliday(CHRISTMAS, 1, 1, 13, 25, null, null, null, List.of()))
                .hasMessageContaining("month");
        assertThatThrownBy(() -> new YearlyHoliday(CHRISTMAS, 1, 1, 12, 0, null, null, null, List.of()))
                .hasMessageContaining("day of the month");
        assertThatThrownBy(() -> new YearlyHoliday(CHRISTMAS, 1, 1, 12, null, 6, DayOfWeek.THURSDAY, null, List.of()))
                .hasMessageContaining("week of the month");
    }

    @Test
    void a_month_without_a_fifth_weekday_has_none() {
        YearlyHoliday fifth = new YearlyHoliday(
                LocalDate.parse("2020-07-29"), 1, 1, 7, null, 5, DayOfWeek.WEDNESDAY, null, List.of());

        assertThat(fifth.in(2026)).contains(LocalDate.parse("2026-07-29"));
        assertThat(fifth.in(2027)).isEmpty();
    }
}
