package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.WorkCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holidays as iCalendar has them. */
final class ICalendarTest {
    private static List<LocalDate> days(String... lines) {
        return ICalendar.read(String.join("\r\n", lines), 100).days();
    }

    private static String[] event(String... properties) {
        String[] lines = new String[properties.length + 4];
        lines[0] = "BEGIN:VCALENDAR";
        lines[1] = "BEGIN:VEVENT";
        System.arraycopy(properties, 0, lines, 2, properties.length);
        lines[lines.length - 2] = "END:VEVENT";
        lines[lines.length - 1] = "END:VCALENDAR";
        return lines;
    }

    @Test
    void whole_days_are_read_the_end_is_exclusive_and_folded_lines_go_on() {
        assertThat(days(
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "BEGIN:VEVENT",
                        "SUMMARY:Christmas\\, both days: a text with DTSTART:20200101 that is folded",
                        " DTSTART;VALUE=DATE:20210101",
                        "DTSTART;VALUE=DATE:20261",
                        " 225",
                        "DTEND;VALUE=DATE:20261227",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "DTSTART:20260501",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "DTSTART;VALUE=DATE:20260601",
                        "STATUS:CANCELLED",
                        "END:VEVENT",
                        "END:VCALENDAR"))
                .containsExactly(
                        LocalDate.parse("2026-05-01"), LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26"));
        assertThat(days("BEGIN:VCALENDAR", "END:VCALENDAR")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART:20261225T090000Z     | events are of whole days
            DTSTART;VALUE=DATE:20261325  | there is no day 20261325
            RDATE:20261225               | RDATE is not read; write each day out
            RECURRENCE-ID:20261225       | name the day that was moved in EXDATE
            RRULE:FREQ=YEARLY            | an event has no DTSTART
            SUMMARY:Christmas            | an event has no DTSTART
            """)
    void what_would_be_read_otherwise_than_it_was_meant_is_refused(String property, String message) {
        assertThatThrownBy(() -> days(event(property))).hasMessageContaining(message);
    }

    private static WorkCalendar working(String... properties) {
        ICalendar read = ICalendar.read(String.join("\r\n", event(properties)), 100);
        return new WorkCalendar("office", ZoneId.of("Europe/Berlin"), List.of(), read.days(), read.yearly());
    }

    private static List<String> off(WorkCalendar calendar, String from, String to) {
        return LocalDate.parse(from)
                .datesUntil(LocalDate.parse(to))
                .filter(day -> !calendar.works(day))
                .map(LocalDate::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART:20201225 | FREQ=YEARLY                              | 2026-12-25, 2027-12-25, 2028-12-25
            DTSTART:20200101 | FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1       | 2026-01-01, 2027-01-01, 2028-01-01
            DTSTART:20201126 | FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;WKST=SU | 2026-11-26, 2027-11-25, 2028-11-23
            DTSTART:20201126 | FREQ=YEARLY;BYDAY=TH;BYMONTH=11;BYSETPOS=4 | 2026-11-26, 2027-11-25, 2028-11-23
            DTSTART:20200525 | freq=yearly;bymonth=5;byday=-1mo         | 2026-05-25, 2027-05-31, 2028-05-29
            DTSTART:20200131 | FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1      | 2026-01-31, 2027-01-31, 2028-01-31
            DTSTART:20200229 | FREQ=YEARLY                              | 2028-02-29
            DTSTART:20241225 | FREQ=YEARLY;INTERVAL=2                   | 2026-12-25, 2028-12-25
            DTSTART:20241225 | FREQ=YEARLY;COUNT=3                      | 2026-12-25
            DTSTART:20241225 | FREQ=YEARLY;UNTIL=20271225T000000Z       | 2026-12-25, 2027-12-25
            DTSTART:20271225 | FREQ=YEARLY                              | 2027-12-25, 2028-12-25
            """)
    void what_comes_again_every_year_is_a_holiday_in_each(String start, String rule, String days) {
        assertThat(off(working(start, "RRULE:" + rule), "2026-01-01", "2029-01-01"))
                .containsExactly(days.split(", "));
    }

    @Test
    void several_days_in_a_row_reach_into_the_next_year_and_exceptions_are_left_out() {
        WorkCalendar calendar = working(
                "DTSTART;VALUE=DATE:20201231",
                "DTEND;VALUE=DATE:20210102",
                "RRULE:FREQ=YEARLY",
                "EXDATE;VALUE=DATE:20261231,20281231");

        assertThat(off(calendar, "2026-01-01", "2029-02-01")).containsExactly("2026-01-01", "2027-12-31", "2028-01-01");
        assertThat(calendar.plus(LocalDate.parse("2027-12-30"), 1)).isEqualTo("2028-01-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=MONTHLY                               | only FREQ=YEARLY is read
            FREQ=YEARLY;BYWEEKNO=20                    | BYWEEKNO is not read
            FREQ=YEARLY;BYMONTH=11;BYDAY=TH            | such as 4TH or -1MO
            FREQ=YEARLY;BYMONTH=11;BYDAY=1TU,2TU       | such as 4TH or -1MO
            FREQ=YEARLY;BYDAY=4TH                      | with the month that is meant
            FREQ=YEARLY;BYMONTH=1,7                    | one number is read
            FREQ=YEARLY;BYMONTH=11;BYDAY=1TU;BYMONTHDAY=2 | BYDAY together with BYMONTHDAY
            FREQ=YEARLY;BYSETPOS=1                     | BYSETPOS is read with BYDAY alone
            FREQ=YEARLY;BYMONTH=11;BYDAY=2TU;BYSETPOS=1 | such as 4TH or -1MO
            FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=26       | DTSTART 2026-12-25 is no day of it
            FREQ=YEARLY;COUNT=2;UNTIL=20281225         | either COUNT or UNTIL
            FREQ=YEARLY;UNTIL=20251225                 | UNTIL is before DTSTART
            FREQ=YEARLY;INTERVAL=0                     | years from one to the next
            FREQ=YEARLY;COUNT=0                        | COUNT
            FREQ=YEARLY;YEARLY                         | is no part of a rule
            """)
    void rules_of_other_kinds_are_refused_with_the_part_that_is_not_read(String rule, String message) {
        assertThatThrownBy(() -> working("DTSTART:20261225", "RRULE:" + rule)).hasMessageContaining(message);
    }

    @Test
    void a_cancelled_row_is_none_and_rows_count_towards_the_limit() {
        assertThat(working("DTSTART:20261225", "RRULE:FREQ=YEARLY", "STATUS:CANCELLED")
                        .yearly())
                .isEmpty();
        assertThatThrownBy(() -> ICalendar.read(
                        String.join("\n", event("DTSTART:20260101", "DTEND:20260112", "RRULE:FREQ=YEARLY")), 10))
                .hasMessageContaining("at most 10 days");
        assertThatThrownBy(() -> working("DTSTART:20261225", "RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY;INTERVAL=2"))
                .hasMessageContaining("an event has one RRULE");
    }

    @Test
    void lengths_are_bounded_and_what_is_no_calendar_is_refused() {
        assertThatThrownBy(() -> days(event("DTSTART:20260101", "DTEND:20260301")))
                .hasMessageContaining("an event has 1 to 31 days");
        assertThatThrownBy(() -> days(event("DTSTART:20260102", "DTEND:20260102")))
                .hasMessageContaining("an event has 1 to 31 days");
        assertThatThrownBy(() -> ICalendar.read(String.join("\n", event("DTSTART:20260101", "DTEND:20260112")), 10))
                .hasMessageContaining("at most 10 days");
        assertThatThrownBy(() -> days("2026-12-25")).hasMessageContaining("BEGIN:VCALENDAR");
        assertThatThrownBy(() -> days("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260101"))
                .hasMessageContaining("END:VEVENT is missing");
    }
}
