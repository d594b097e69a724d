package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.PlanView;
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
import org.junit.jupiter.api.Test;

/** Dates of what is no duty: told when they are near or missed, and never more than told. */
final class DatesTest {
    private static final String ADA = Examples.ADA;
    /** A Wednesday; releases here begin on the Monday of the week before. */
    private static final LocalDate DAY = LocalDate.parse("2026-01-14");

    private static final Instant APPROVALS_SOON = Instant.parse("2026-01-08T17:00:00Z");
    private static final Instant APPROVALS = Instant.parse("2026-01-09T17:00:00Z");
    private static final Instant APPROVALS_ESCALATE = Instant.parse("2026-01-12T17:00:00Z");
    private static final Instant STAGING = Instant.parse("2026-01-13T17:00:00Z");

    private static Policy policy() {
        String yaml = Examples.demoYaml() + """
                owner: technical-lead
                calendars: [{name: office, zone: UTC}]
                timetable:
                  - {approval: required, by: devops, due: {days: -3}}
                  - {phase: staging, by: support, due: {days: -1, soon: 0, escalate: 0}}
                  - {phase: production, by: devops, due: {days: 2, after: "phase:staging"}}
                  - {gate: unit-tests, by: devops, due: {days: -7, soon: 0, escalate: 0}}
                guide:
                  lines:
                    - {id: two, text: Two people say yes, approval: required}
                    - {id: stage, text: Deploy to staging, action: stage}
                    - {id: tests, text: Unit tests pass, gate: unit-tests}
                """;
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Journey approving() {
        return new Journey(policy()).awaitingApproval().take(new SetDay(ADA, DAY, "the fair is then", false, null));
    }

    private static Journey at(Journey journey, Instant when) {
        return journey.after(Duration.between(journey.now(), when)).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));
    }

    private static DateView date(Journey journey, String of) {
        return Timetable.dates(journey.dossier()).stream()
                .filter(date -> date.of().equals(of))
                .findFirst()
                .orElseThrow();
    }

    private static List<Milestone> told(Journey journey, Milestone.Kind kind) {
        return journey.dossier().milestones().stream()
                .filter(milestone -> milestone.kind() == kind)
                .toList();
    }

    private static GuideView.Line line(Journey journey, String line) {
        return GuideStates.of(journey.dossier()).lines().stream()
                .filter(each -> each.id().equals(line))
                .findFirst()
                .orElseThrow();
    }

    private static String why(Journey journey, String line) {
        return line(journey, line).why();
    }

    @Test
    void the_release_day_gives_each_its_moment_and_says_whose_plans_change() {
        Journey journey = approving();

        assertThat(date(journey, "approval:required").timing().due()).isEqualTo(APPROVALS);
        assertThat(date(journey, "approval:required").state()).isEqualTo(LineState.DUE);
        assertThat(date(journey, "phase:staging").timing().due()).isEqualTo(STAGING);
        assertThat(date(journey, "phase:staging").state()).isEqualTo(LineState.OPEN);
        assertThat(date(journey, "phase:production").timing().due())
                .as("counted from what has not been")
                .isNull();
        assertThat(date(journey, "gate:unit-tests").timing().state())
                .as("it has passed")
                .isEqualTo(TimeState.OVER);
        Milestone moved = told(journey, Milestone.Kind.DAY_MOVED).getFirst();
        assertThat(moved.asked()).containsExactly("devops", "support");
        assertThat(moved.cause().text())
                .contains(
                        "devops sees to the approvals by Fri 2026-01-09 17:00 UTC",
                        "support sees to phase staging by Tue 2026-01-13 17:00 UTC");
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.TIMETABLE, APPROVALS_SOON));
    }

    @Test
    void near_missed_and_long_missed_are_told_once_each_and_stop_nothing() {
        Journey journey = approving();
        Instant until =
                Objects.requireNonNull(journey.dossier().state().waits()).until();

        at(journey, APPROVALS_SOON);
        Milestone soon = told(journey, Milestone.Kind.DATE_REMINDED).getLast();
        assertThat(soon.cause().kind()).isEqualTo("date-due-soon");
        assertThat(soon.cause().text())
                .startsWith("Due soon: the approvals, which devops sees to, by Fri 2026-01-09 17:00 UTC (0 of 2")
                .contains("See: ./slipway release show hello@1.0.0.");
        assertThat(soon.asked()).containsExactly("devops");
        assertThat(journey.reason()).isEqualTo("the approvals are due soon");
        at(journey, APPROVALS_SOON.plusSeconds(60));
        assertThat(told(journey, Milestone.Kind.DATE_REMINDED)).hasSize(1);

        at(journey, APPROVALS);
        Milestone late = told(journey, Milestone.Kind.DATE_REMINDED).getLast();
        assertThat(late.cause().kind()).isEqualTo("date-late");
        assertThat(late.asked()).containsExactly("devops", ADA);
        assertThat(why(journey, "two"))
                .endsWith("; due Fri 2026-01-09 17:00 UTC, 3 working days before the release day (office); it is late");
        assertThat(line(journey, "two").state()).isEqualTo(LineState.LATE);
        assertThat(line(journey, "stage").state()).as("whose time is to come").isEqualTo(LineState.OPEN);
        assertThat(line(journey, "tests").state())
                .as("done, before it was dated")
                .isEqualTo(LineState.PASSED);

        at(journey, APPROVALS_ESCALATE);
        Milestone escalated = told(journey, Milestone.Kind.DATE_ESCALATED).getLast();
        assertThat(escalated.kind().alert()).isTrue();
        assertThat(escalated.cause().text()).startsWith("Late, and still not done: the approvals");
        assertThat(date(journey, "approval:required").timing().state()).isEqualTo(TimeState.ESCALATED);

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .isEqualTo(until);
        assertThat(told(journey, Milestone.Kind.DUTY_REMINDED)).isEmpty();
        assertThat(told(journey, Milestone.Kind.DUTY_ESCALATED)).isEmpty();
    }

    @Test
    void what_is_done_is_reminded_of_no_more_and_what_is_counted_from_it_has_its_day() {
        Journey journey = new Journey(policy()).candidate().take(new SetDay(ADA, DAY, "the fair is then", false, null));

        assertThat(date(journey, "approval:required").state()).isEqualTo(LineState.PASSED);
        assertThat(date(journey, "approval:required").timing().state()).isEqualTo(TimeState.OVER);
        assertThat(date(journey, "phase:staging").timing().state()).isEqualTo(TimeState.OVER);
        assertThat(date(journey, "phase:production").timing().from()).isEqualTo("2026-01-05");
        assertThat(date(journey, "phase:production").timing().due()).isEqualTo("2026-01-07T17:00:00Z");
        assertThat(why(journey, "two")).doesNotContain("due");
        assertThat(line(journey, "two").state()).isEqualTo(LineState.PASSED);
        assertThat(Timetable.next(journey.dossier())).contains(Instant.parse("2026-01-06T17:00:00Z"));

        at(journey, Instant.parse("2026-01-07T17:00:00Z"));
        assertThat(told(journey, Milestone.Kind.DATE_REMINDED))
                .extracting(milestone -> milestone.cause().kind())
                .containsExactly("date-late");
    }

    @Test
    void the_plan_says_when_each_is_to_be_done() {
        Journey journey = approving();

        PlanView plan = ReleasePlan.of(journey.dossier(), journey.now());

        assertThat(plan.steps().getFirst().asked())
                .anySatisfy(asked ->
                        assertThat(asked.text()).contains("; due Fri 2026-01-09 17:00 UTC, 3 working days before"));
        assertThat(plan.steps())
                .filteredOn(step -> step.id().equals("staging"))
                .singleElement()
                .extracting(PlanView.Step::text)
                .asString()
                .endsWith("Due Tue 2026-01-13 17:00 UTC, 1 working day before the release day (office).");
        assertThat(plan.steps())
                .filteredOn(step -> step.id().equals("keep"))
                .singleElement()
                .extracting(PlanView.Step::text)
                .asString()
                .endsWith("Due 2 working days after phase staging is over (office).");
    }

    @Test
    void what_is_written_down_is_all_that_it_hangs_on() {
        Journey journey = at(approving(), APPROVALS_SOON);
        String json = MessagingJson.mapper().writeValueAsString(journey.dossier());
        Dossier read = MessagingJson.mapper().readValue(json, Dossier.class);

        assertThat(read).isEqualTo(journey.dossier());
        assertThat(Timetable.next(read)).contains(APPROVALS);
    }

    @Test
    void at_its_end_nothing_is_reminded_of() {
        Journey journey = approving();

        journey.overdue();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Timetable.next(journey.dossier())).isEmpty();
        assertThat(date(journey, "approval:required").timing().state()).isEqualTo(TimeState.OVER);
    }
}
