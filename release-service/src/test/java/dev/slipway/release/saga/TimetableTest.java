package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.ReleaseInput.SetDay;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When duties are due: what follows from a release day and from answers, and who is reminded once of what. */
final class TimetableTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final LocalDate DAY = LocalDate.parse("2026-01-14");
    private static final Instant SOON = Instant.parse("2026-01-09T17:00:00Z");
    private static final Instant DUE = Instant.parse("2026-01-12T17:00:00Z");
    private static final Instant ESCALATES = Instant.parse("2026-01-13T17:00:00Z");

    /** Two working days before the release day, which begins on a Monday; Ada owns it, Ben is asked. */
    private static Policy policy(String more) {
        String yaml = Examples.demoYaml() + """
                owner: technical-lead
                calendars: [{name: office, zone: UTC}]
                duties:
                  - {id: try-it, text: Try it, by: devops, before: production, due: {days: -2}}
                """ + more;
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Journey waiting() {
        return new Journey(policy("")).candidate();
    }

    private static SetDay day(String by, LocalDate day, boolean operator) {
        return new SetDay(by, day, "the fair is then", operator, null);
    }

    private static Journey planned() {
        return waiting().take(day(ADA, DAY, false));
    }

    private static Journey at(Journey journey, Instant when) {
        return journey.after(Duration.between(journey.now(), when)).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));
    }

    private static DutyView.Timing timing(Journey journey, int duty) {
        return Objects.requireNonNull(DutyStates.of(journey.dossier()).get(duty).timing());
    }

    private static List<Milestone> told(Journey journey, Milestone.Kind kind) {
        return journey.dossier().milestones().stream()
                .filter(milestone -> milestone.kind() == kind)
                .toList();
    }

    private static @Nullable String refusal(Journey journey) {
        return journey.refusal() == null
                ? null
                : Objects.requireNonNull(journey.refusal()).code();
    }

    private static String answer(Journey journey) {
        return Objects.requireNonNull(journey.dossier().notes().getLast().answer());
    }

    // ---- pure

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-01-09T16:59:59Z, OPEN
            2026-01-09T17:00:00Z, DUE_SOON
            2026-01-12T16:59:59Z, DUE_SOON
            2026-01-12T17:00:00Z, LATE
            2026-01-13T17:00:00Z, ESCALATED
            """)
    void where_a_duty_is_follows_from_its_moments_and_the_present_time(Instant now, TimeState state) {
        assertThat(Timetable.state(new Due.Dates(SOON, DUE, ESCALATES), now)).isEqualTo(state);
    }

    @Test
    void what_never_comes_is_passed_over() {
        Due.Dates alone = new Due.Dates(null, DUE, null);

        assertThat(Timetable.state(alone, SOON)).isEqualTo(TimeState.OPEN);
        assertThat(Timetable.state(alone, ESCALATES)).isEqualTo(TimeState.LATE);
        assertThat(Timetable.next(alone, TimeState.OPEN)).contains(DUE);
        assertThat(Timetable.next(alone, TimeState.LATE)).isEmpty();
    }

    // ---- the release day

    @Test
    void nothing_is_known_until_somebody_sets_the_release_day() {
        Journey journey = waiting();

        assertThat(timing(journey, 0))
                .isEqualTo(new DutyView.Timing(
                        TimeState.OPEN, "2 working days before the release day (office)", null, null, null, null));
        assertThat(Timetable.next(journey.dossier())).isEmpty();
    }

    @Test
    void the_release_day_sets_when_duties_are_due_and_says_whose_plans_change() {
        Journey journey = planned();

        assertThat(timing(journey, 0))
                .isEqualTo(new DutyView.Timing(
                        TimeState.OPEN, "2 working days before the release day (office)", DAY, DUE, SOON, ESCALATES));
        assertThat(answer(journey))
                .isEqualTo(
                        "The release day is 2026-01-14. Whose plans change: ben@example.test answers try-it by Mon 2026-01-12 17:00 UTC.");
        Milestone moved = told(journey, Milestone.Kind.DAY_MOVED).getFirst();
        assertThat(moved.asked()).containsExactly(BEN);
        assertThat(moved.cause().text())
                .startsWith("ada@example.test sets the release day to 2026-01-14: the fair is then.");
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.TIMETABLE, SOON));
        assertThat(journey.reason()).contains("release day 2026-01-14: the fair is then, by ada@example.test");
    }

    @Test
    void the_release_day_may_come_with_the_proposal_and_is_one_to_come() {
        Journey journey = new Journey(policy(""))
                .proposing(Examples.proposal("1.0.0").on(DAY))
                .candidate();
        assertThat(timing(journey, 0).due()).isEqualTo(DUE);
        assertThat(Timetable.next(journey.dossier())).contains(SOON);

        Journey over = new Journey(policy(""))
                .proposing(Examples.proposal("1.0.0").on(LocalDate.parse("2026-01-04")))
                .proposed();
        assertThat(over.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(over.dossier().cause()).text())
                .startsWith("The release day 2026-01-04 is over, today is 2026-01-05.");
    }

    @Test
    void a_moved_day_moves_what_hangs_on_it_and_begins_anew() {
        Journey journey = at(planned(), SOON);
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).hasSize(1);

        journey.take(day(ADA, LocalDate.parse("2026-01-16"), false));

        assertThat(answer(journey))
                .endsWith("ben@example.test answers try-it by Wed 2026-01-14 17:00 UTC, was Mon 2026-01-12 17:00 UTC.");
        assertThat(timing(journey, 0).state()).isEqualTo(TimeState.OPEN);
        Instant soon = Instant.parse("2026-01-13T17:00:00Z");
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.TIMETABLE, soon));
        at(journey, soon);
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).hasSize(2);
    }

    @Test
    void the_release_waits_as_long_as_the_duty_says_from_when_it_is_due() {
        Journey journey = waiting();
        Instant before =
                Objects.requireNonNull(journey.dossier().state().waits()).until();
        assertThat(before).isEqualTo(Journey.START.plus(Duration.ofHours(72)));

        journey.take(day(ADA, DAY, false));

        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .isEqualTo(DUE.plus(Duration.ofHours(72)));
        journey.after(Duration.between(journey.now(), DUE.plus(Duration.ofHours(72))))
                .overdue();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Timetable.next(journey.dossier())).isEmpty();
    }

    @Test
    void the_owner_and_operators_set_it_to_a_day_to_come_with_a_reason() {
        assertThat(refusal(waiting().take(day(BEN, DAY, false)))).isEqualTo("not-yours");
        assertThat(refusal(waiting().take(day(BEN, DAY, true)))).isNull();
        assertThat(refusal(waiting().take(day(ADA, LocalDate.parse("2026-01-04"), false))))
                .isEqualTo("no-such-day");
        assertThat(refusal(waiting().take(day(ADA, LocalDate.parse("2028-01-06"), false))))
                .isEqualTo("no-such-day");
        assertThat(refusal(waiting().take(new SetDay(ADA, DAY, " ", false, null))))
                .isEqualTo("no-reason");
        assertThat(refusal(new Journey().candidate().take(day(ADA, DAY, true)))).isEqualTo("no-timetable");

        Journey again = planned().take(day(ADA, DAY, false));
        assertThat(answer(again)).isEqualTo("2026-01-14 is the release day already.");
        assertThat(told(again, Milestone.Kind.DAY_MOVED)).hasSize(1);
    }

    // ---- reminders

    @Test
    void due_soon_late_and_escalated_are_told_once_each() {
        Journey journey = planned();

        at(journey, SOON);
        Milestone soon = told(journey, Milestone.Kind.DUTY_REMINDED).getLast();
        assertThat(soon.cause().kind()).isEqualTo("duty-due-soon");
        assertThat(soon.cause().text())
                .startsWith("Due soon: duty try-it of devops, by Mon 2026-01-12 17:00 UTC (0 of 1 person).")
                .contains("./slipway release show hello@1.0.0");
        assertThat(soon.asked()).containsExactly(BEN);
        assertThat(journey.reason()).isEqualTo("duty try-it is due soon");
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.TIMETABLE, DUE));
        at(journey, SOON.plusSeconds(60));
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).hasSize(1);

        at(journey, DUE);
        Milestone late = told(journey, Milestone.Kind.DUTY_REMINDED).getLast();
        assertThat(late.cause().kind()).isEqualTo("duty-late");
        assertThat(late.asked()).containsExactly(BEN, ADA);
        assertThat(DutyStates.of(journey.dossier()).getFirst().why())
                .isEqualTo(
                        "0 of 1 of the role devops has answered; due Mon 2026-01-12 17:00 UTC, 2 working days before the release day (office); it is late");

        at(journey, ESCALATES);
        Milestone escalated = told(journey, Milestone.Kind.DUTY_ESCALATED).getLast();
        assertThat(escalated.kind().alert()).isTrue();
        assertThat(timing(journey, 0).state()).isEqualTo(TimeState.ESCALATED);
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.TIMETABLE));
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).hasSize(2);
    }

    @Test
    void a_line_that_a_late_duty_answers_is_late_before_its_turn_and_in_it_until_it_is_answered() {
        Policy lines = policy("guide: {lines: [{id: a, text: Try it, duty: try-it}]}\n");
        Journey early = new Journey(lines).staging().take(day(ADA, DAY, false));
        assertThat(line(early)).isEqualTo(LineState.OPEN);
        at(early, DUE);
        assertThat(line(early)).isEqualTo(LineState.LATE);
        assertThat(DutyStates.of(early.dossier()).getFirst().state())
                .as("it cannot be answered yet")
                .isEqualTo(LineState.OPEN);

        Journey asked = new Journey(lines).candidate().take(day(ADA, DAY, false));
        at(asked, DUE);
        assertThat(line(asked)).isEqualTo(LineState.LATE);
        at(asked, ESCALATES);
        assertThat(line(asked)).isEqualTo(LineState.LATE);
        assertThat(DutyStates.of(asked.dossier()).getFirst().state()).isEqualTo(LineState.DUE);
        asked.take(asked.answer("try-it", BEN, Result.PASSED));
        assertThat(line(asked)).isEqualTo(LineState.PASSED);
    }

    private static LineState line(Journey journey) {
        return GuideStates.of(journey.dossier()).lines().getFirst().state();
    }

    @Test
    void an_answer_ends_the_reminders() {
        Journey journey = planned();

        journey.take(journey.answer("try-it", BEN, Result.PASSED));

        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.TIMETABLE));
        assertThat(timing(journey, 0).state()).isEqualTo(TimeState.OVER);
        at(journey, ESCALATES);
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).isEmpty();
        assertThat(told(journey, Milestone.Kind.DUTY_ESCALATED)).isEmpty();
    }

    @Test
    void whoever_cannot_answer_yet_is_reminded_once_it_is_their_turn() {
        Journey journey = new Journey(policy("")).staging().take(day(ADA, DAY, false));

        at(journey, DUE);
        assertThat(timing(journey, 0).state()).isEqualTo(TimeState.LATE);
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).isEmpty();

        journey.candidateNow();
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED))
                .extracting(milestone -> milestone.cause().kind())
                .containsExactly("duty-late");
    }

    @Test
    void what_is_written_down_is_all_that_reminders_hang_on() {
        Journey journey = at(planned(), SOON);
        String json = MessagingJson.mapper().writeValueAsString(journey.dossier());
        Dossier read = MessagingJson.mapper().readValue(json, Dossier.class);

        assertThat(read).isEqualTo(journey.dossier());
        assertThat(Timetable.next(read)).contains(DUE);
    }

    // ---- after another duty

    @Test
    void a_duty_may_be_due_after_the_answer_to_another() {
        Journey journey = new Journey(
                        policy(
                                "  - {id: watch, text: Watch, by: support, before: production, due: {days: 1, after: try-it}}\n"))
                .candidate();
        assertThat(timing(journey, 1).due()).isNull();

        journey.after(Duration.ofDays(1)).take(journey.answer("try-it", BEN, Result.PASSED));

        assertThat(timing(journey, 1).from()).isEqualTo("2026-01-06");
        assertThat(timing(journey, 1).due()).isEqualTo("2026-01-07T17:00:00Z");
        assertThat(journey.effects())
                .contains(Effect.startTimer(ReleaseSaga.TIMETABLE, Instant.parse("2026-01-06T17:00:00Z")));
    }
}
