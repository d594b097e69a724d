package dev.slipway.release.saga;

import static dev.slipway.release.saga.ApprovalRecordsTest.dutyCheck;
import static dev.slipway.release.saga.ApprovalRecordsTest.dutyFaults;
import static dev.slipway.release.saga.ApprovalRecordsTest.phase;
import static dev.slipway.release.saga.ApprovalRecordsTest.record;
import static dev.slipway.release.saga.ApprovalRecordsTest.waiver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Duties gone over again by records alone: what failed after it had passed, and cells that are waived by themselves. */
final class DutyRecordsTest {
    private static final String CARL = "carl@example.test";

    /** The records of one whose policy asks a duty of DevOps, who are Ben and Carl. */
    private static List<String> twoAnswer(Duty duty, JsonNode... afterStaging) {
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Carl", CARL, null));
        return dutyFaults(
                Examples.demoPolicy(contacts, Journey.demo().approvals(), List.of(duty)), begin -> {}, afterStaging);
    }

    /** Answers by Ben and then Carl, with what each says; the record of the last. */
    private static JsonNode answers(String by, String... results) {
        List<String> answers = new ArrayList<>();
        for (String each : results) {
            String[] said = each.split(" ", 2);
            answers.add(
                    "{\"duty\":\"try-it\",\"said\":{\"result\":\"%s\",\"by\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\",\"reason\":\"tried it\"}}"
                            .formatted(said[1], said[0]));
        }
        return record("user:" + by, "AnswerDuty", "{\"duties\":[%s]}".formatted(String.join(",", answers)));
    }

    @Test
    void one_that_passed_and_failed_later_stops_the_release_wherever_it_goes_on() {
        JsonNode passed = answers(Examples.BEN, Examples.BEN + " PASSED");
        JsonNode failed = answers(CARL, Examples.BEN + " PASSED", CARL + " FAILED");
        Duty before = Journey.duty("try-it", Duty.Before.PRODUCTION);
        Duty end = Journey.duty("try-it", Duty.Before.END);
        JsonNode baked = record(
                "service:deployment", "RolloutChanged", "{\"state\":{\"type\":\"BAKING\",\"part\":\"VERIFYING\"}}");
        JsonNode completed =
                record("service:release", "Merged", "{\"state\":{\"type\":\"ENDED\",\"phase\":\"COMPLETED\"}}");

        assertThat(twoAnswer(before, passed, failed, phase("ROLLING_OUT")))
                .containsExactly("record 10: it went on though duty try-it failed");
        assertThat(twoAnswer(before, passed, failed, baked))
                .as("two steps in one record")
                .containsExactly("record 10: it went on though duty try-it failed");
        for (JsonNode on : List.of(phase("MERGING"), completed)) {
            assertThat(twoAnswer(end, baked, passed, failed, on))
                    .as("without a record of its own for the confirmation")
                    .containsExactly("record 11: it went on though duty try-it failed");
            assertThat(twoAnswer(end, baked, passed, on)).isEmpty();
        }
        assertThat(twoAnswer(end, baked, passed, failed, phase("ROLLING_BACK"), phase("MERGING")))
                .as("going back came too late, which the release says")
                .isEmpty();
    }

    @Test
    void what_passed_and_failed_after_the_release_is_not_counted_as_answered_until_somebody_says_so_again() {
        Duty left = Journey.duty("try-it", Duty.Before.END).withAfter(Announcing.After.COMPLETED);
        JsonNode ended =
                record("service:release", "Merged", "{\"state\":{\"type\":\"ENDED\",\"phase\":\"COMPLETED\"}}");
        String ben = Examples.BEN;
        JsonNode passed = answers(ben, ben + " PASSED");
        JsonNode failed = answers(ben, ben + " PASSED", ben + " FAILED");
        JsonNode again = answers(ben, ben + " PASSED", ben + " FAILED", ben + " PASSED");
        JsonNode twice = answers(ben, ben + " PASSED", ben + " FAILED", ben + " PASSED", ben + " PASSED");

        assertThat(dutySaid(left, ended, passed)).contains("duties: 1 answered of 1");
        assertThat(dutySaid(left, ended, passed, failed)).contains("duties: 0 answered of 1");
        assertThat(dutySaid(left, ended, passed, failed, again)).contains("duties: 1 answered of 1");
        assertThat(dutyFaults(left, "[]", ended, passed, failed, again)).isEmpty();
        assertThat(dutyFaults(left, "[]", ended, passed, failed, again, twice))
                .containsExactly("record 12: ben@example.test answered duty try-it twice");
    }

    @Test
    void a_cell_that_is_waived_by_itself_covers_no_other_and_is_one_of_the_policy() {
        Duty duty = Journey.duty("try-it", Duty.Before.PRODUCTION)
                .withMatrix(List.of(new MatrixAxis("platforms", List.of("linux", "macos"))));
        WaiverRule rule = new WaiverRule(
                List.of("duty-try-it"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        Policy policy = Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(duty));
        Function<String, JsonNode[]> waived = cell -> {
            String soon = "2026-01-06T10:00:00Z";
            UnaryOperator<String> named = json -> json.replace("duty-try-it", "duty-try-it/" + cell);
            return new JsonNode[] {
                waiver("user:" + Examples.ADA, named.apply(waiver(Examples.ADA, soon, "", false))),
                waiver("user:" + Examples.BEN, named.apply(waiver(Examples.ADA, soon, Examples.BEN, false)))
            };
        };
        JsonNode linux = record(
                "user:" + Examples.BEN,
                "AnswerDuty",
                "{\"duties\":[{\"duty\":\"try-it\",\"said\":{\"result\":\"PASSED\",\"by\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\",\"reason\":\"tried it\",\"cells\":[\"linux\"]}}]}"
                        .formatted(Examples.BEN));
        JsonNode[] macos = waived.apply("macos");
        JsonNode[] solaris = waived.apply("solaris");

        assertThat(dutyFaults(policy, begin -> {}, linux, macos[0], macos[1], phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(dutyFaults(policy, begin -> {}, macos[0], macos[1], phase("ROLLING_OUT")))
                .containsExactly("record 10: it went on with 0 of 1 answers to cell linux of duty try-it");
        assertThat(dutyFaults(policy, begin -> {}, linux, macos[0], phase("ROLLING_OUT")))
                .containsExactly("record 10: it went on with 0 of 1 answers to cell macos of duty try-it");
        assertThat(dutyFaults(policy, begin -> {}, solaris[0]))
                .containsExactly("record 8: duty-try-it/solaris was waived, which its policy lets nobody do");
    }

    private static String dutySaid(Duty duty, JsonNode... afterStaging) {
        return dutyCheck(Journey.dutiful(duty), begin -> {}, afterStaging).said();
    }
}
