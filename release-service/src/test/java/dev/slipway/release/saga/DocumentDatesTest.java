package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Effect;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.ReleaseNotes;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dates of documents, actions and reviews, some of which are done only once the release has ended (ADR 61). */
final class DocumentDatesTest {
    private static final String SUPPORT = "support@example.test";
    /** A Wednesday; releases here begin on the Monday of the week before. */
    private static final LocalDate DAY = LocalDate.parse("2026-01-14");

    private static Policy policy() {
        String yaml = Examples.demoYaml() + """
                owner: technical-lead
                calendars: [{name: office, zone: UTC}]
                announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: support}]
                timetable:
                  - {document: runbook, by: devops, due: {days: -5}}
                  - {review: users, by: support, due: {days: -2}}
                  - {action: merge, by: devops, due: {days: 1, after: "phase:production", soon: 0}}
                  - {document: announcement, by: support, due: {days: 1, after: "action:merge"}}
                guide:
                  lines:
                    - {id: merge, text: Merged by the day after, action: merge}
                    - {id: announce, text: Announce it the day after, document: announcement}
                """;
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
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

    private static Milestone reminded(Journey journey) {
        return journey.dossier().milestones().stream()
                .filter(told -> told.kind() == Milestone.Kind.DATE_REMINDED)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static LineState line(Journey journey, String id) {
        return GuideStates.of(journey.dossier()).lines().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static Instant due(Journey journey, String of) {
        return Objects.requireNonNull(date(journey, of).timing().due());
    }

    private static Announced text(Journey journey) {
        Dossier d = journey.dossier();
        return AnnouncementTexts.of(
                d, ReleaseNotes.of(d, null), Announcements.all(d).getFirst());
    }

    private static Journey reviewed(Journey journey) {
        return journey.take(new ReleaseInput.ReviewAnnouncement(
                SUPPORT, "users", text(journey).digest(), journey.triple(), null));
    }

    private static ReleaseInput accepted(Digest digest) {
        return new ReleaseInput.Told(
                "notification-service/conversation/users",
                1,
                new DeliveryStatus(
                        Journey.ID,
                        "announcement users",
                        Channel.EMAIL,
                        "users@example.test",
                        0,
                        1,
                        0,
                        new DeliveryStatus.Announcement(
                                "users", digest, "<1@example.test>", Instant.parse("2026-01-06T10:00:00Z"))));
    }

    @Test
    void what_is_to_be_reviewed_before_the_day_is_reminded_of_until_somebody_has_said_yes_to_it() {
        Journey journey =
                new Journey(policy()).awaitingApproval().take(new SetDay(Examples.ADA, DAY, "the fair", false, null));
        assertThat(date(journey, "document:runbook").state())
                .as("it is rendered when the release begins")
                .isEqualTo(LineState.PASSED);
        assertThat(due(journey, "review:users")).isEqualTo("2026-01-12T17:00:00Z");

        at(journey, Instant.parse("2026-01-09T17:00:00Z"));
        assertThat(reminded(journey).cause().text())
                .startsWith("Due soon: the review of users, which support sees to, by Mon 2026-01-12 17:00 UTC (nobody"
                        + " has said yes to its text: slipway release announcements hello@1.0.0)");
        assertThat(reminded(journey).asked()).containsExactly("support");
        at(journey, Instant.parse("2026-01-12T17:00:00Z"));
        assertThat(date(journey, "review:users").timing().state()).isEqualTo(TimeState.LATE);

        reviewed(journey);

        assertThat(date(journey, "review:users").state()).isEqualTo(LineState.PASSED);
        assertThat(date(journey, "review:users").why()).isEqualTo(SUPPORT + " has said yes to its text");
        assertThat(date(journey, "review:users").timing().state()).isEqualTo(TimeState.OVER);
    }

    @Test
    void a_merge_that_is_not_done_by_its_day_is_late_and_over_once_it_is_done() {
        Journey journey = new Journey(policy()).merging();
        assertThat(date(journey, "action:merge").state()).isEqualTo(LineState.DUE);

        at(journey, due(journey, "action:merge"));

        assertThat(line(journey, "merge")).isEqualTo(LineState.LATE);
        assertThat(reminded(journey).cause().text()).startsWith("Late: action merge, which devops sees to, by ");
        assertThat(reminded(journey).asked()).containsExactly("devops", Examples.ADA);

        Journey done = new Journey(policy()).completed();
        assertThat(date(done, "action:merge").timing().state()).isEqualTo(TimeState.OVER);
        assertThat(line(done, "merge")).isEqualTo(LineState.PASSED);
    }

    @Test
    void what_is_told_after_the_end_is_reminded_of_until_it_is_told() {
        Journey journey = new Journey(policy()).completed();
        journey.take(new ReleaseInput.AnnouncementsWritten(List.of(text(journey))));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        Instant due = due(journey, "document:announcement");
        assertThat(Telling.status(journey.dossier()).asksOn())
                .as("whoever is reminded has to hear of it")
                .isTrue();
        assertThat(Timetable.next(journey.dossier()))
                .hasValueSatisfying(next -> assertThat(next).isBefore(due));

        at(journey, due);
        assertThat(line(journey, "announce")).isEqualTo(LineState.LATE);
        assertThat(reminded(journey).cause().text())
                .startsWith("Late: ")
                .contains("document announcement, which support sees to")
                .contains("somebody has to review it");

        Digest digest = text(journey).digest();
        reviewed(journey);
        assertThat(date(journey, "review:users").state()).isEqualTo(LineState.PASSED);
        journey.take(accepted(digest));

        assertThat(line(journey, "announce")).isEqualTo(LineState.PASSED);
        assertThat(Timetable.next(journey.dossier())).isEmpty();
        assertThat(Telling.status(journey.dossier()).asksOn()).isFalse();
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.TIMETABLE));
    }

    @Test
    void of_an_end_that_is_not_announced_nothing_is_left_to_be_told_by_a_day() {
        Journey journey =
                new Journey(policy()).awaitingApproval().take(new SetDay(Examples.ADA, DAY, "the fair", false, null));

        journey.overdue();

        assertThat(date(journey, "document:announcement").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(date(journey, "review:users").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(Timetable.next(journey.dossier())).isEmpty();
    }

    @Test
    void the_plan_says_when_each_of_them_is_due_at_the_step_that_does_it() {
        Journey journey =
                new Journey(policy()).awaitingApproval().take(new SetDay(Examples.ADA, DAY, "the fair", false, null));

        PlanView plan = ReleasePlan.of(journey.dossier(), journey.now());

        String text = plan.steps().stream().map(PlanView.Step::text).collect(Collectors.joining("\n"));
        assertThat(text)
                .contains("Action merge is due 1 working day after phase production is over (office).")
                .contains("Document announcement is due 1 working day after action merge is done (office).")
                .contains(
                        "The review of users is due Mon 2026-01-12 17:00 UTC, 2 working days before the release day (office).");
    }
}
