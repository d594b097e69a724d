package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The timetable of a policy: dates of what is there, seen to by somebody, counted from what comes no later. */
final class DatedPolicyTest {
    private static final PolicyReader READER = new PolicyReader(1_000_000);
    private static final String CALENDAR = "calendars: [{name: office, zone: UTC}]\n";

    private static PolicyReading read(String more) {
        return READER.read((Examples.demoYaml() + CALENDAR + more).getBytes(StandardCharsets.UTF_8));
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
    void approvals_gates_and_phases_have_dates_and_are_counted_from_one_another() {
        Policy policy = policy("""
                duties:
                  - {id: try-it, text: Try it, by: devops, before: production, due: {days: 1, after: "phase:staging"}}
                timetable:
                  - {approval: required, by: technical-lead, due: {days: -3, at: "12:00"}}
                  - {gate: unit-tests, by: devops, due: {days: -5}}
                  - {gate: check-build, by: devops, due: {days: 0, after: "gate:unit-tests"}}
                  - {gate: way-back, by: devops, due: {days: 1, after: try-it}}
                  - {phase: staging, by: devops, due: {days: -2}}
                  - {phase: candidate, by: devops, due: {days: 2, after: "phase:staging"}}
                  - {phase: production, by: support, due: {days: 0, soon: 0}}
                """);

        assertThat(policy.timetable())
                .extracting(Dated::of)
                .containsExactly(
                        "approval:required",
                        "gate:unit-tests",
                        "gate:check-build",
                        "gate:way-back",
                        "phase:staging",
                        "phase:candidate",
                        "phase:production");
        Dated approvals = policy.dated("approval:required").orElseThrow();
        assertThat(approvals.by()).isEqualTo("technical-lead");
        assertThat(approvals.due().at()).isEqualTo(LocalTime.NOON);
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(policy), Policy.class))
                .isEqualTo(policy);
        assertThat(PolicyReader.hash(policy)).isNotEqualTo(PolicyReader.hash(policy("")));
    }

    @Test
    void documents_actions_and_reviews_have_dates_too() {
        Policy policy = policy("""
                announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: support}]
                timetable:
                  - {document: runbook, by: devops, due: {days: -3}}
                  - {review: users, by: support, due: {days: -2}}
                  - {action: merge, by: devops, due: {days: 1, after: "document:runbook"}}
                  - {action: tag, by: devops, due: {days: 0, after: "action:merge"}}
                  - {document: announcement, by: support, due: {days: 1, after: "phase:production"}}
                  - {action: notify, by: support, due: {days: 1, after: "action:tag"}}
                  - {document: report, by: devops, due: {days: 2}}
                """);

        assertThat(policy.timetable())
                .extracting(Dated::of)
                .containsExactly(
                        "document:runbook",
                        "review:users",
                        "action:merge",
                        "action:tag",
                        "document:announcement",
                        "action:notify",
                        "document:report");
        assertThat(policy.timetable())
                .filteredOn(Dated::isAfterwards)
                .extracting(Dated::of)
                .containsExactly("review:users", "document:announcement", "action:notify");
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(policy), Policy.class))
                .isEqualTo(policy);
    }

    @Test
    void what_is_merged_under_no_policy_has_no_date() {
        String yaml = Examples.demoYaml().replace("merge: {tag: \"v{version}\"}\n", "") + CALENDAR
                + "timetable: [{action: merge, by: devops, due: {days: 0}}]\n";

        assertThat(READER.read(yaml.getBytes(StandardCharsets.UTF_8)).toString())
                .contains("timetable[0].action is no action of this policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gate: unit-test, by: devops, due: {days: 0}                | timetable[0].gate is no gate of this policy; did you mean unit-tests?
            approval: legal, by: devops, due: {days: 0}                | timetable[0].approval is no approval of this policy
            phase: stagin, by: devops, due: {days: 0}                  | must be one of staging, candidate, production; did you mean staging?
            by: devops, due: {days: 0}                                 | gives a date to nothing: say one of approval, gate, phase, document, action, review
            gate: merge, phase: staging, by: devops, due: {days: 0}    | is a second one beside gate: a date is of one of approval, gate, phase, document, action, review
            phase: staging, by: devop, due: {days: 0}                  | timetable[0].by is no role of contacts; did you mean devops?
            document: note, by: devops, due: {days: 0}                 | did you mean notes?
            document: announcement, by: devops, due: {days: 0}         | is no document of this policy; legal are
            action: rollback, by: devops, due: {days: 0}               | must be one of merge, tag, notify
            review: users, by: devops, due: {days: 0}                  | is no review of this policy: it has none, as in announcements: [
            action: tag, by: devops, due: {days: 0, after: "document:notes"} | is done later than action tag
            phase: staging, by: devops                                 | due
            phase: staging, due: {days: 0}                             | by
            phase: staging, by: devops, due: {days: 0, after: press}   | is no duty of this policy
            phase: staging, by: devops, due: {days: 0, after: "gate:performance-of-nights"} | is nothing of this policy; legal are approval:required
            phase: staging, by: devops, due: {days: 0, after: "phase:production"} | is done later than phase staging
            phase: staging, by: devops, due: {days: 0, after: "phase:staging"} | leads back to phase staging
            phase: staging, by: devops, due: {days: 0, calendar: offic} | is no calendar of this policy; did you mean office?
            phase: staging, by: devops, due: {days: 0, latest: 1}      | is not a known key
            """)
    void a_date_that_could_not_come_to_be_known_is_refused_with_the_nearest_name(String dated, String message) {
        assertThat(refused("timetable: [{%s}]\n".formatted(dated)).toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gate: unit-tests, by: devops, due: {days: 251}                        | days: 251     | timetable[0].due.days
            approval: required, by: devops, due: {days: 0, soon: 21}              | soon: 21      | timetable[0].due.soon
            phase: staging, by: devops, due: {days: 0, escalate: -1}              | escalate: -1  | timetable[0].due.escalate
            phase: candidate, by: devops, due: {days: -1, after: "phase:staging"} | days: -1      | timetable[0].due.days must be 0 to 250, as it is counted from phase staging, is -1
            """)
    void a_date_out_of_its_range_names_the_key_that_was_written_at_its_line_and_column(
            String dated, String written, String message) {
        int before = (int) (Examples.demoYaml() + CALENDAR).lines().count();

        Finding finding = refused("timetable:\n  - {%s}\n".formatted(dated));

        assertThat(finding.toString()).contains(message).doesNotContain("duties");
        assertThat(finding.line()).isEqualTo(before + 2);
        int value = ("  - {" + dated).indexOf(written) + written.indexOf(": ") + 2;
        assertThat(finding.column()).isEqualTo(value + 1);
    }

    @Test
    void a_second_date_of_the_same_is_refused_at_its_line() {
        int before = (int) (Examples.demoYaml() + CALENDAR).lines().count();

        Finding finding = refused("""
                timetable:
                  - {phase: staging, by: devops, due: {days: 0}}
                  - {phase: staging, by: devops, due: {days: 1}}
                """);

        assertThat(finding.line()).isEqualTo(before + 3);
        assertThat(finding.toString()).contains("gives phase staging a second date");
    }
}
