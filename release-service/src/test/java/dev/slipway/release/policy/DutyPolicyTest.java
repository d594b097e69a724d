package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.WorkCalendar;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The duties of a policy: each is asked of somebody who can answer. */
final class DutyPolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);

    private static PolicyReading read(String more) {
        return READER.read((Examples.demoYaml() + more).getBytes(StandardCharsets.UTF_8));
    }

    private static Policy policy(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Finding refused(String more) {
        PolicyReading reading = read(more);
        assertThat(reading).as(more).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void a_duty_says_what_is_asked_of_whom_before_what_and_what_an_answer_says() {
        Policy policy = policy("""
                duties:
                  - {id: device-test, text: Try it on a device, by: devops, before: production, fields: [device, os], within: 24h}
                  - {id: dashboards, text: Look at the dashboards, by: support, before: end}
                """);

        assertThat(policy.duties())
                .containsExactly(
                        new Duty(
                                "device-test",
                                "Try it on a device",
                                "devops",
                                Duty.Before.PRODUCTION,
                                1,
                                List.of("device", "os"),
                                Duration.ofHours(24)),
                        new Duty(
                                "dashboards",
                                "Look at the dashboards",
                                "support",
                                Duty.Before.END,
                                1,
                                List.of(),
                                Duration.ofHours(72)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id: a, text: A, by: devop, before: end              | is no role of a contact with an email; did you mean devops?
            id: a, text: A, by: legal-department, before: end   | is no role of a contact with an email; legal are technical-lead, devops, support
            id: a, text: A, by: devops, before: ends            | must be one of staging, production, end; did you mean end?
            id: A b, text: A, by: devops, before: end           | must be lower-case letters and digits with single hyphens
            id: a, text: A, by: devops, before: end, people: 3  | people
            id: a, text: A, by: devops, before: end, people: 2  | a wants 2 people of role
            id: a, text: A, by: devops, before: end, fields: [1x] | must be letters, digits, dots, hyphens and underscores
            id: a, text: A, by: devops                          | says neither before what it is asked for
            id: a, text: A, by: devops, before: end, after: completed | stands beside before
            id: a, text: A, by: devops, after: complete         | must be one of completed, rolled-back, end; did you mean completed?
            id: a, text: A, by: devops, before: end, when: majr | is no kind of release; did you mean major?
            id: a, text: A, by: devops, before: end, when: [major, release.attempt > 1] | is no kind of release, and an expression stands alone
            id: a, text: A, by: devops, before: end, when: release.setings > 0 | cannot be used: release.setings is no such fact; did you mean release.settings?
            id: a, text: A, by: devops, before: end, when: release.settings | cannot be used
            id: a, text: A, by: devops, before: end, when: [major, major] | when
            id: a, text: A, by: devops, before: end, matrix: {}      | matrix
            id: a, text: A, by: devops, before: end, matrix: {os: []} | matrix
            id: a, text: A, by: devops, before: end, matrix: {os: [linux/x]} | must be letters, digits, dots, hyphens, underscores and plus signs
            id: a, text: A, by: devops, before: end, matrix: {os: [linux, linux]} | matrix
            id: a, text: A, by: devops, before: end, matrix: {a: [1a,2a,3a,4a,5a], b: [1a,2a,3a,4a,5a], c: [1a,2a,3a,4a,5a]} | duties.matrix: number of cells must be 1 to 100, is 125
            """)
    void what_nobody_could_answer_is_refused_with_the_nearest_name(String duty, String message) {
        assertThat(refused("duties: [{%s}]\n".formatted(duty)).toString()).contains(message);
    }

    @Test
    void a_duty_before_production_may_be_waived_and_what_is_asked_later_may_not() {
        String duties = """
                duties:
                  - {id: device-test, text: A, by: devops, before: production}
                  - {id: dashboards, text: A, by: support, before: end}
                """;

        assertThat(policy(duties + "waivers: [{gates: [smoke, duty-device-test], roles: [technical-lead]}]\n")
                        .waiver("duty-device-test"))
                .isPresent();
        Finding misspelt = refused(duties + "waivers:\n  - {roles: [devops], gates: [duty-devise-test]}\n");
        assertThat(misspelt.path()).isEqualTo("waivers[0].gates[0]");
        assertThat(misspelt.column()).isEqualTo("  - {roles: [devops], gates: [".length() + 1);
        assertThat(misspelt.toString()).contains("did you mean duty-device-test?");
        assertThat(refused(duties + "waivers: [{gates: [duty-dashboards], roles: [devops]}]\n")
                        .toString())
                .contains("is asked for when users have the version");
        assertThat(refused("waivers: [{gates: [duty-a], roles: [devops]}]\n").toString())
                .contains("this policy has none before production");
    }

    @Test
    void a_refusal_stands_at_the_line_and_the_column_of_the_role() {
        int before = (int) Examples.demoYaml().lines().count();

        Finding finding = refused("duties:\n  - {id: a, by: devop, text: A, before: end}\n");

        assertThat(finding.line()).isEqualTo(before + 2);
        assertThat(finding.column()).isEqualTo("  - {id: a, by: ".length() + 1);
        assertThat(finding.path()).isEqualTo("duties[0].by");
    }

    @Test
    void a_duty_is_of_kinds_of_release_or_of_those_that_an_expression_holds_for() {
        Policy policy = policy("""
                duties:
                  - {id: one, text: A, by: devops, before: end, when: major}
                  - {id: two, text: A, by: devops, before: end, when: [minor, first]}
                  - {id: by-facts, text: A, by: devops, before: end, when: release.settings > 0 || kind.hotfix == 1}
                  - {id: all, text: A, by: devops, before: end}
                """);

        assertThat(policy.duties())
                .extracting(Duty::when)
                .containsExactly(
                        List.of(ReleaseKind.MAJOR),
                        List.of(ReleaseKind.MINOR, ReleaseKind.FIRST),
                        List.of(),
                        List.of());
        assertThat(policy.duties())
                .extracting(Duty::rule)
                .containsExactly("major", "minor, first", "release.settings > 0 || kind.hotfix == 1", null);
    }

    @Test
    void an_expression_is_refused_at_the_column_of_the_fact_that_there_is_not() {
        int before = (int) Examples.demoYaml().lines().count();
        String line =
                "  - {id: a, by: devops, text: A, before: end, when: release.attempt > 1 && release.setings > 0}\n";

        Finding finding = refused("duties:\n" + line);

        assertThat(finding.line()).isEqualTo(before + 2);
        assertThat(finding.column()).isEqualTo(line.indexOf("release.setings") + 1);
        assertThat(finding.path()).isEqualTo("duties[0].when");
    }

    @Test
    void a_matrix_has_a_cell_for_each_combination_in_the_order_of_the_document() {
        String duty = "duties: [{id: a, text: A, by: devops, before: end, matrix: {%s}}]\n";
        Policy policy = policy(duty.formatted("platforms: [linux, macos], browsers: [firefox, chrome]"));
        Policy otherwise = policy(duty.formatted("browsers: [firefox, chrome], platforms: [linux, macos]"));

        assertThat(policy.duties().getFirst().cells())
                .containsExactly("linux/firefox", "linux/chrome", "macos/firefox", "macos/chrome");
        assertThat(policy.duties().getFirst().matrix())
                .containsExactly(
                        new MatrixAxis("platforms", List.of("linux", "macos")),
                        new MatrixAxis("browsers", List.of("firefox", "chrome")));
        assertThat(PolicyReader.hash(otherwise)).isNotEqualTo(PolicyReader.hash(policy));
    }

    private static final String OFFICE =
            "calendars: [{name: office, zone: Europe/Berlin}, {name: lab, zone: UTC, weekend: [fri, sat]}]\n";

    @Test
    void a_time_is_counted_in_working_days_of_a_calendar_of_the_policy() {
        Policy policy = policy("""
                calendars:
                  - name: office
                    zone: Europe/Berlin
                    holidays: |
                      BEGIN:VCALENDAR
                      BEGIN:VEVENT
                      DTSTART;VALUE=DATE:20261225
                      DTEND;VALUE=DATE:20261227
                      END:VEVENT
                      END:VCALENDAR
                  - {name: lab, zone: UTC, weekend: [fri, sat]}
                duties:
                  - {id: one, text: A, by: devops, before: end, due: {days: -2}}
                  - {id: two, text: A, by: devops, before: end, due: {days: 1, after: one, calendar: lab, at: "09:30", soon: 0, escalate: 3}}
                  - {id: three, text: A, by: devops, before: end}
                """);
        WorkCalendar office = new WorkCalendar(
                "office",
                ZoneId.of("Europe/Berlin"),
                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                List.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26")));
        WorkCalendar lab =
                new WorkCalendar("lab", ZoneId.of("UTC"), List.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), List.of());

        assertThat(policy.duties())
                .extracting(Duty::due)
                .containsExactly(
                        new Due(-2, null, office, LocalTime.of(17, 0), 1, 1),
                        new Due(1, "one", lab, LocalTime.of(9, 30), 0, 3),
                        null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            due: {days: 1, calendar: ofice}   | duties[0].due.calendar is no calendar of this policy; did you mean office?
            due: {days: 1, after: othr}       | duties[0].due.after is no duty of this policy; did you mean other?
            due: {days: 1, after: first}      | duties[0].due.after leads back to this duty
            due: {days: 1, after: back}       | duties[0].due.after leads back to this duty
            due: {days: 1, after: late}       | duties[0].due.after is answered later than this duty, before end
            due: {days: -1, after: other}     | duties[0].due.days must be 0 to 250, as it is counted from duty other, is -1
            due: {days: 251}                  | days
            due: {days: 1, at: "24:00"}       | must be a time of day such as "17:00"
            due: {soon: 1}                    | days
            """)
    void a_time_that_nobody_could_ever_know_is_refused(String due, String message) {
        String others = ", {id: other, text: A, by: devops, before: staging}"
                + ", {id: back, text: A, by: devops, before: staging, due: {days: 1, after: first}}"
                + ", {id: late, text: A, by: devops, before: end}";

        assertThat(refused(OFFICE
                                + "duties: [{id: first, text: A, by: devops, before: staging, %s}%s]\n"
                                        .formatted(due, others))
                        .toString())
                .contains(message);
    }

    @Test
    void a_calendar_has_a_zone_that_there_is_a_name_of_its_own_and_holidays_that_can_be_read() {
        String duty = "duties: [{id: a, text: A, by: devops, before: end, due: {days: 1}}]\n";

        assertThat(refused(duty).toString())
                .contains("duties[0].due is counted in working days, and this policy has no calendar");
        assertThat(refused("calendars: [{name: a, zone: Mars/Base}]\n").toString())
                .contains("There is no zone Mars/Base");
        assertThat(refused("calendars: [{name: a, zone: UTC}, {name: a, zone: UTC}]\n")
                        .toString())
                .contains("calendars[1].name stands at another calendar already");
        assertThat(refused("calendars: [{name: a, zone: UTC, holidays: 2026-12-25 is one}]\n")
                        .toString())
                .contains("BEGIN:VCALENDAR");
    }

    @Test
    void an_id_that_stands_twice_is_refused() {
        assertThat(refused(
                                "duties: [{id: a, text: A, by: devops, before: end}, {id: a, text: B, by: devops, before: end}]\n")
                        .toString())
                .contains("duties[1].id stands at another duty already");
    }

    @Test
    void a_line_of_the_guide_is_answered_by_a_duty_of_the_policy_alone() {
        String duties = "duties: [{id: device-test, text: A, by: devops, before: end}]\n";
        String guide = "guide: {lines: [{id: a, text: A, duty: %s}]}\n";

        assertThat(Objects.requireNonNull(
                                policy(duties + guide.formatted("device-test")).guide())
                        .lines()
                        .getFirst()
                        .answer())
                .isEqualTo(new GuideAnswer(GuideAnswer.By.DUTY, "device-test"));
        assertThat(refused(duties + guide.formatted("device-tst")).message())
                .isEqualTo("is no duty of this policy; did you mean device-test?");
    }

    @Test
    void a_policy_without_duties_has_the_hash_that_it_had() {
        String duty = "duties: [{id: a, text: A, by: devops, before: end}]\n";

        assertThat(PolicyReader.hash(policy("")))
                .isEqualTo(Examples.demoPolicy().hash());
        assertThat(PolicyReader.hash(policy(duty)))
                .isNotEqualTo(Examples.demoPolicy().hash());
    }

    @Test
    void an_answer_may_attest_what_users_are_told_and_nothing_else() {
        String duty = "duties: [{id: a, text: A, by: devops, before: production, attests: %s}]\n";

        assertThat(policy(duty.formatted("backup")).duties().getFirst().attests())
                .isEqualTo(Duty.Attests.BACKUP);
        assertThat(refused(duty.formatted("back-up")).toString()).contains("attests", "backup");
    }

    @Test
    void what_is_left_to_do_is_asked_for_after_an_end_and_counted_from_it() {
        String calendar = "calendars: [{name: office, zone: Europe/Berlin}]\n";
        Policy policy = policy(calendar + """
                duties:
                  - {id: merge-back, text: Merge it back, by: devops, after: completed, due: {days: 2}}
                  - {id: lessons, text: Write down what we learned, by: technical-lead, after: rolled-back, within: 5d}
                """);

        Duty back = policy.duty("merge-back").orElseThrow();
        assertThat(back.before()).isNull();
        assertThat(back.isAfterWork()).isTrue();
        assertThat(back.moment()).isEqualTo("after completed");
        assertThat(back.dueWords()).isEqualTo("2 working days after the end of the release (office)");
        assertThat(policy.duty("lessons").orElseThrow().after()).isEqualTo(Announcing.After.ROLLED_BACK);

        assertThat(policy("duties: [{id: lessons, text: Write it down, by: devops, after: end}]\n")
                        .duty("lessons")
                        .orElseThrow()
                        .moment())
                .isEqualTo("after end");
        assertThat(refused("announcements: [{id: a, channel: mail, to: [a@example.test], after: end}]\n")
                        .toString())
                .contains("must be one of completed, rolled-back");

        Finding early =
                refused(calendar + "duties:\n  - {id: a, text: A, by: devops, after: completed, due: {days: -1}}\n");
        assertThat(early.path()).isEqualTo("duties[0].due.days");
        assertThat(early.toString()).contains("is counted from the end of the release");
        assertThat(refused(calendar + """
                duties:
                  - {id: a, text: A, by: devops, after: completed}
                  - {id: b, text: B, by: devops, before: end, due: {days: 1, after: a}}
                """).toString()).contains("is answered later than this duty, after the release");
    }
}
