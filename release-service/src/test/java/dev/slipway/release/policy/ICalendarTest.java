package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holidays as iCalendar has them. */
final class ICalendarTest {
    private static List<LocalDate> days(String... lines) {
        return ICalendar.days(String.join("\r\n", lines), 100);
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
            RRULE:FREQ=YEARLY            | RRULE is not read; write each day out
            SUMMARY:Christmas            | an event has no DTSTART
            """)
    void what_would_be_read_otherwise_than_it_was_meant_is_refused(String property, String message) {
        assertThatThrownBy(() -> days(event(property))).hasMessageContaining(message);
    }

    @Test
    void lengths_are_bounded_and_what_is_no_calendar_is_refused() {
        assertThatThrownBy(() -> days(event("DTSTART:20260101", "DTEND:20260301")))
                .hasMessageContaining("an event has 1 to 31 days");
        assertThatThrownBy(() -> days(event("DTSTART:20260102", "DTEND:20260102")))
                .hasMessageContaining("an event has 1 to 31 days");
        assertThatThrownBy(() -> ICalendar.days(String.join("\n", event("DTSTART:20260101", "DTEND:20260112")), 10))
                .hasMessageContaining("at most 10 days");
        assertThatThrownBy(() -> days("2026-12-25")).hasMessageContaining("BEGIN:VCALENDAR");
        assertThatThrownBy(() -> days("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260101"))
                .hasMessageContaining("END:VEVENT is missing");
    }
}
