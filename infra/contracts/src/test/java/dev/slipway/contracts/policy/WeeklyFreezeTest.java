package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeeklyFreezeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static WeeklyFreeze weekend(String from, String to) {
        return new WeeklyFreeze(
                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                LocalTime.parse(from),
                LocalTime.parse(to),
                BERLIN,
                "rest");
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-01-10 is a Saturday, Berlin is an hour ahead of UTC
        "2026-01-10T16:59:59Z, ",
        "2026-01-10T17:00:00Z, 2026-01-11T07:00:00Z",
        "2026-01-11T06:59:59Z, 2026-01-11T07:00:00Z",
        "2026-01-11T07:00:00Z, ",
        "2026-01-12T06:00:00Z, 2026-01-12T07:00:00Z", // begun on Sunday
        "2026-01-12T17:00:00Z, ", // a Monday
        "2026-07-11T16:00:00Z, 2026-07-12T06:00:00Z" // in summer two hours
    })
    void a_window_begins_on_its_weekdays_and_ends_on_the_next_day_by_the_clock_of_its_zone(String at, String until) {
        assertThat(weekend("18:00", "08:00").until(Instant.parse(at)).map(Instant::toString))
                .isEqualTo(java.util.Optional.ofNullable(until));
    }

    @Test
    void a_window_that_ends_when_it_began_is_a_whole_day_of_23_24_or_25_hours() {
        WeeklyFreeze whole = weekend("00:00", "00:00");

        // the clock is put forward on Sunday, 2026-03-29, and back on Sunday, 2026-10-25
        assertThat(whole.until(Instant.parse("2026-03-28T23:00:00Z"))).contains(Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(whole.until(Instant.parse("2026-10-24T22:00:00Z"))).contains(Instant.parse("2026-10-25T23:00:00Z"));
        assertThat(whole.until(Instant.parse("2026-10-25T22:59:59Z"))).isPresent();
        assertThat(whole.until(Instant.parse("2026-10-25T23:00:00Z"))).isEmpty();
    }

    @Test
    void what_the_clock_skips_is_the_moment_at_which_it_skips() {
        WeeklyFreeze untilHalfPastTwo = weekend("20:00", "02:30");
        assertThat(untilHalfPastTwo.until(Instant.parse("2026-03-29T00:30:00Z")))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));

        WeeklyFreeze fromHalfPastTwo = weekend("02:30", "05:00");
        assertThat(fromHalfPastTwo.until(Instant.parse("2026-03-29T00:59:59Z"))).isEmpty();
        assertThat(fromHalfPastTwo.until(Instant.parse("2026-03-29T01:00:00Z")))
                .contains(Instant.parse("2026-03-29T03:00:00Z"));
    }

    @Test
    void an_hour_that_comes_twice_is_frozen_both_times() {
        WeeklyFreeze window = weekend("02:15", "02:45");

        assertThat(window.until(Instant.parse("2026-10-25T00:15:00Z"))).contains(Instant.parse("2026-10-25T01:45:00Z"));
        assertThat(window.until(Instant.parse("2026-10-25T01:44:59Z"))).isPresent();
        assertThat(window.until(Instant.parse("2026-10-25T01:45:00Z"))).isEmpty();
    }

    @Test
    void it_is_the_same_after_it_was_written_as_json() {
        WeeklyFreeze window = weekend("18:00", "08:00");

        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(window), WeeklyFreeze.class))
                .isEqualTo(window);
    }

    @Test
    void the_next_one_begins_after_the_moment_asked_about_over_changes_of_the_clock() {
        WeeklyFreeze evenings = weekend("20:00", "22:00");

        assertThat(evenings.next(Instant.parse("2026-03-27T12:00:00Z")))
                .contains(Instant.parse("2026-03-28T19:00:00Z"));
        assertThat(evenings.next(Instant.parse("2026-03-28T19:00:00Z")))
                .contains(Instant.parse("2026-03-29T18:00:00Z"));
        assertThat(evenings.next(Instant.parse("2026-03-29T18:00:00Z")))
                .contains(Instant.parse("2026-04-04T18:00:00Z"));
        assertThat(weekend("02:30", "05:00").next(Instant.parse("2026-03-28T23:00:00Z")))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }
}
