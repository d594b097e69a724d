package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WeeklyFreeze;
import dev.slipway.release.application.Freezes.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FreezesTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T00:00:00Z");

    private static Policy.Freeze once(String from, String to, String reason) {
        return new Policy.Freeze(Instant.parse(from), Instant.parse(to), reason);
    }

    private static WeeklyFreeze weekly(String from, String to, String reason) {
        return new WeeklyFreeze(
                List.of(DayOfWeek.MONDAY), LocalTime.parse(from), LocalTime.parse(to), ZoneId.of("UTC"), reason);
    }

    @Test
    void times_of_a_day_in_which_a_freeze_is_on_come_in_their_order() {
        Freezes freezes = new Freezes(
                List.of(once("2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", "audit")),
                List.of(weekly("20:00", "06:00", "night"), weekly("12:00", "13:00", "lunch")));

        assertThat(freezes.between(MONDAY, TUESDAY))
                .containsExactly(
                        new Window(
                                Instant.parse("2026-01-05T08:00:00Z"), Instant.parse("2026-01-05T09:00:00Z"), "audit"),
                        new Window(
                                Instant.parse("2026-01-05T12:00:00Z"), Instant.parse("2026-01-05T13:00:00Z"), "lunch"),
                        new Window(
                                Instant.parse("2026-01-05T20:00:00Z"), Instant.parse("2026-01-06T06:00:00Z"), "night"));
    }

    @Test
    void what_began_before_and_what_follows_without_a_gap_is_one_time() {
        Freezes freezes = new Freezes(
                List.of(
                        once("2026-01-01T00:00:00Z", "2026-01-05T08:00:00Z", "holidays"),
                        once("2026-01-05T08:00:00Z", "2026-01-07T00:00:00Z", "stocktaking")),
                List.of());

        assertThat(freezes.between(MONDAY, TUESDAY))
                .containsExactly(new Window(MONDAY, Instant.parse("2026-01-07T00:00:00Z"), "holidays"));
    }

    @Test
    void a_day_without_a_freeze_has_none_and_neither_has_one_that_a_freeze_only_touches() {
        Freezes freezes = new Freezes(
                List.of(
                        once("2026-01-04T00:00:00Z", "2026-01-05T00:00:00Z", "before"),
                        once("2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z", "after")),
                List.of());

        assertThat(freezes.between(MONDAY, TUESDAY)).isEmpty();
        assertThat(new Freezes(List.of(), List.of()).between(MONDAY, TUESDAY)).isEmpty();
    }
}
