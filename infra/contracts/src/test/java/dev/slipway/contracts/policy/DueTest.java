package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Working days of a calendar, and the moments that follow from them. */
final class DueTest {
    private static final LocalTime FIVE = LocalTime.of(17, 0);
    private static final WorkCalendar BERLIN = new WorkCalendar(
            "office",
            ZoneId.of("Europe/Berlin"),
            List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            List.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-24")));

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    /** 2026-12-24 and 25 are a Thursday and a Friday. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-12-23,   0, 2026-12-23
            2026-12-23,   1, 2026-12-28
            2026-12-23,   2, 2026-12-29
            2026-12-24,   0, 2026-12-28
            2026-12-26,   0, 2026-12-28
            2026-12-26,   1, 2026-12-28
            2026-12-28,  -1, 2026-12-23
            2026-12-27,  -1, 2026-12-23
            2026-12-30,  -3, 2026-12-23
            2026-01-02, 250, 2026-12-18
            """)
    void weekends_and_holidays_are_no_working_days(String from, int days, String to) {
        assertThat(BERLIN.plus(day(from), days)).isEqualTo(day(to));
    }

    @Test
    void a_calendar_without_days_off_counts_each_day() {
        WorkCalendar all = new WorkCalendar("all", ZoneId.of("UTC"), List.of(), List.of());

        assertThat(all.plus(day("2026-12-23"), 3)).isEqualTo(day("2026-12-26"));
        assertThat(all.plus(day("2026-03-01"), -1)).isEqualTo(day("2026-02-28"));
    }

    @Test
    void moments_are_by_the_clock_of_the_calendar_in_summer_and_winter() {
        Due due = new Due(-2, null, BERLIN, FIVE, 1, 2);

        assertThat(due.dates(day("2026-12-29")))
                .isEqualTo(new Due.Dates(
                        Instant.parse("2026-12-22T16:00:00Z"),
                        Instant.parse("2026-12-23T16:00:00Z"),
                        Instant.parse("2026-12-29T16:00:00Z")));
        assertThat(due.dates(day("2026-07-03")).due()).isEqualTo("2026-07-01T15:00:00Z");
    }

    @Test
    void a_time_in_the_hour_that_is_left_out_is_an_hour_later() {
        WorkCalendar all = new WorkCalendar("all", ZoneId.of("Europe/Berlin"), List.of(), List.of());
        Due due = new Due(0, null, all, LocalTime.of(2, 30), 0, 0);

        assertThat(due.dates(day("2026-03-29")))
                .isEqualTo(new Due.Dates(null, Instant.parse("2026-03-29T01:30:00Z"), null));
    }

    @Test
    void it_is_said_in_words_and_read_back_as_it_was_written() {
        Due due = new Due(-2, null, BERLIN, FIVE, 1, 1);

        assertThat(due.words()).isEqualTo("2 working days before the release day (office)");
        assertThat(new Due(1, "press", BERLIN, FIVE, 1, 1).words())
                .isEqualTo("1 working day after duty press is answered (office)");
        assertThat(new Due(0, null, BERLIN, FIVE, 1, 1).words()).isEqualTo("on the release day (office)");
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(due), Due.class))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            gate:docs,         1 working day after gate docs has passed (office)
            approval:required, 1 working day after the approvals are given (office)
            approval:support,  1 working day after the approval of support is given (office)
            phase:staging,     1 working day after phase staging is over (office)
            """)
    void what_is_no_duty_has_a_name_of_its_kind(String after, String words) {
        assertThat(new Due(1, after, BERLIN, FIVE, 1, 1).words()).isEqualTo(words);
    }

    @Test
    void the_answer_of_a_guide_s_line_says_which_date_is_its_own() {
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.GATE, "docs"))).contains("gate:docs");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.APPROVAL, "required")))
                .contains("approval:required");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.ACTION, "stage"))).contains("phase:staging");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.ACTION, "deploy"))).contains("phase:production");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.ACTION, "merge"))).contains("action:merge");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.ACTION, "notify"))).contains("action:notify");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.ACTION, "rollback")))
                .as("which is to be done by no day")
                .isEmpty();
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.DOCUMENT, "known-limitations")))
                .contains("document:known-limitations");
        assertThat(Dated.words("document:notes")).isEqualTo("document notes");
        assertThat(Dated.words("review:users")).isEqualTo("the review of users");
        assertThat(Dated.done("action:tag")).isEqualTo("action tag is done");
        assertThat(Dated.done("document:report")).isEqualTo("document report is complete");
        assertThat(Dated.name(new GuideAnswer(GuideAnswer.By.DUTY, "press"))).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> new Due(-1, "press", BERLIN, FIVE, 1, 1)).hasMessageStartingWith("due.days");
        assertThatThrownBy(() -> new Due(251, null, BERLIN, FIVE, 1, 1)).hasMessageStartingWith("due.days");
        assertThatThrownBy(() -> new Due(1, null, BERLIN, FIVE, 21, 1)).hasMessageStartingWith("due.soon");
        assertThatThrownBy(() -> new WorkCalendar("never", ZoneId.of("UTC"), List.of(DayOfWeek.values()), List.of()))
                .hasMessageContaining("calendars.weekend");
    }
}
