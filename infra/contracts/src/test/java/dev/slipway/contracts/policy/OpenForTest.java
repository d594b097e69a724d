package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.contracts.WireJson;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenForTest {
    private static final Duration THREE_DAYS = Duration.ofHours(72);

    private static WorkCalendar office(LocalDate... holidays) {
        return new WorkCalendar(
                "office", ZoneId.of("Europe/Berlin"), List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), List.of(holidays));
    }

    private static Instant end(OpenFor openFor, String asked) {
        return openFor.end(Instant.parse(asked));
    }

    @Test
    void all_time_counts_without_a_calendar() {
        assertThat(end(new OpenFor(THREE_DAYS), "2026-01-09T10:00:00Z"))
                .isEqualTo(Instant.parse("2026-01-12T10:00:00Z"));
    }

    @Test
    void with_one_its_working_days_alone_are_counted() {
        OpenFor openFor = new OpenFor(THREE_DAYS, office(), List.of());

        assertThat(end(openFor, "2026-01-05T10:00:00Z")).isEqualTo(Instant.parse("2026-01-08T10:00:00Z"));
        assertThat(end(openFor, "2026-01-09T10:00:00Z"))
                .as("over a weekend")
                .isEqualTo(Instant.parse("2026-01-14T10:00:00Z"));
        assertThat(end(openFor, "2026-01-10T10:00:00Z"))
                .as("asked on a Saturday, so counted from Monday's midnight in Berlin")
                .isEqualTo(Instant.parse("2026-01-14T23:00:00Z"));
        assertThat(end(
                        new OpenFor(THREE_DAYS, office(LocalDate.parse("2026-01-06")), List.of()),
                        "2026-01-05T10:00:00Z"))
                .as("over a holiday")
                .isEqualTo(Instant.parse("2026-01-09T10:00:00Z"));
    }

    @Test
    void a_day_of_another_length_counts_as_long_as_it_is() {
        WorkCalendar always = new WorkCalendar("always", ZoneId.of("Europe/Berlin"), List.of(), List.of());

        assertThat(end(new OpenFor(THREE_DAYS, always, List.of()), "2026-03-28T10:00:00Z"))
                .isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
    }

    @Test
    void it_holds_for_the_kinds_that_it_names_or_for_all() {
        OpenFor named = new OpenFor(THREE_DAYS, null, List.of(ReleaseKind.MAJOR, ReleaseKind.MINOR));

        assertThat(named.holds(EnumSet.of(ReleaseKind.FINAL, ReleaseKind.MINOR)))
                .isTrue();
        assertThat(named.holds(EnumSet.of(ReleaseKind.FINAL, ReleaseKind.HOTFIX, ReleaseKind.PATCH)))
                .isFalse();
        assertThat(new OpenFor(THREE_DAYS).holds(EnumSet.of(ReleaseKind.HOTFIX)))
                .isTrue();
    }

    @Test
    void it_has_a_range() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenFor(Duration.ofMillis(999)))
                .withMessageContaining("approvals.openFor.time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenFor(Duration.ofDays(31)))
                .withMessageContaining("30 d");
    }

    @Test
    void policies_from_before_it_are_written_as_they_were() {
        Policy.Approvals before = new Policy.Approvals(2, Duration.ofHours(72));

        assertThat(WireJson.mapper().writeValueAsString(before)).isEqualTo("{\"required\":2,\"within\":\"PT72H\"}");
        Policy.Approvals now = new Policy.Approvals(
                2,
                Duration.ofHours(72),
                List.of(),
                List.of("pmc", "pmc"),
                new OpenFor(THREE_DAYS, office(), List.of(ReleaseKind.MAJOR)),
                List.of("pmc"));
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(now), Policy.Approvals.class))
                .isEqualTo(now);
    }
}
