package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Approvals gone over again by records alone: what the saga let happen agrees, and what it never would is named. */
final class ApprovalRecordsTest {
    private static final String PEOPLE = "[\"cy@example.test\"]";

    private static JsonNode record(String actor, String input, String set) {
        ObjectNode record =
                WireJson.mapper().createObjectNode().put("actor", actor).put("input", input);
        record.set("set", WireJson.mapper().readTree(set));
        record.set("unset", WireJson.mapper().createArrayNode());
        return record;
    }

    private static JsonNode approve(String actor, String... emails) {
        List<String> approvals = new ArrayList<>();
        for (String email : emails) {
            approvals.add("{\"email\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\"}".formatted(email));
        }
        return record(actor, "Approve", "{\"approvals\":[%s]}".formatted(String.join(",", approvals)));
    }

    private static JsonNode answer(String actor, String result, String... emails) {
        List<String> answers = new ArrayList<>();
        for (String email : emails) {
            answers.add(
                    "{\"duty\":\"try-it\",\"said\":{\"result\":\"%s\",\"by\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\",\"reason\":\"tried it\"}}"
                            .formatted(result, email));
        }
        return record(actor, "AnswerDuty", "{\"duties\":[%s]}".formatted(String.join(",", answers)));
    }

    /** The records of one whose policy asks a duty of DevOps before production. */
    private static List<String> dutyFaults(JsonNode... afterStaging) {
        return dutyFaults(Journey.duty("try-it", Duty.Before.PRODUCTION), "[]", afterStaging);
    }

    private static List<String> dutyFaults(Duty duty, String leftOut, JsonNode... afterStaging) {
        return dutyFaults(duty, begin -> begin.set("leftOut", WireJson.mapper().readTree(leftOut)), afterStaging);
    }

    private static List<String> dutyFaults(Duty duty, Consumer<ObjectNode> more, JsonNode... afterStaging) {
        Policy policy = Journey.dutiful(duty);
        Launch plain = new Journey(policy).launch(null);
        Launch launch = new Launch(
                plain.id(),
                plain.ordinal(),
                plain.proposal(),
                plain.publisher(),
                policy,
                PolicyReader.hash(policy),
                plain.at(),
                null,
                null,
                null,
                1);
        List<JsonNode> records = whole();
        ObjectNode begin = (ObjectNode) records.getFirst().path("set");
        begin.set("launch", WireJson.mapper().valueToTree(launch));
        more.accept(begin);
        records.addAll(List.of(afterStaging));
        return ApprovalRecords.check(records).faults();
    }

    @Test
    void a_duty_is_answered_by_somebody_of_its_role_before_what_waits_for_it() {
        String ben = "user:" + Examples.BEN;

        assertThat(dutyFaults(answer(ben, "PASSED", Examples.BEN), phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(dutyFaults(phase("ROLLING_OUT")))
                .containsExactly("record 8: it went on with 0 of 1 answers to duty try-it");
        assertThat(dutyFaults(answer(ben, "FAILED", Examples.BEN), phase("ROLLING_OUT")))
                .containsExactly("record 9: it went on with 0 of 1 answers to duty try-it");
        assertThat(dutyFaults(answer("user:" + Examples.ADA, "PASSED", Examples.BEN)))
                .containsExactly("record 8: an answer of ben@example.test that user:ada@example.test gave");
        assertThat(dutyFaults(answer("user:" + Examples.ADA, "PASSED", Examples.ADA)))
                .containsExactly("record 8: ada@example.test answered duty try-it, which was not asked of them");
        assertThat(dutyFaults(phase("BAKING"), answer(ben, "PASSED", Examples.BEN)))
                .containsExactly("record 9: duty try-it was answered when it was not asked for");
        assertThat(dutyFaults(answer(ben, "PASSED", Examples.BEN), answer(ben, "PASSED", Examples.BEN, Examples.BEN)))
                .containsExactly("record 9: ben@example.test answered duty try-it twice");
    }

    @Test
    void each_cell_of_a_matrix_is_answered_and_by_nobody_twice() {
        Duty matrix = Journey.duty("try-it", Duty.Before.PRODUCTION)
                .withMatrix(List.of(new MatrixAxis("platforms", List.of("linux", "macos"))));
        String said =
                "{\"duty\":\"try-it\",\"said\":{\"result\":\"PASSED\",\"by\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\",\"reason\":\"tried it\"%s}}";
        String linux = said.formatted(Examples.BEN, ",\"cells\":[\"linux\"]");
        String macos = said.formatted(Examples.BEN, ",\"cells\":[\"macos\"]");
        String both = said.formatted(Examples.BEN, ",\"cells\":[\"macos\",\"linux\"]");
        String solaris = said.formatted(Examples.BEN, ",\"cells\":[\"solaris\"]");
        String whole = said.formatted(Examples.BEN, "");
        Function<String, JsonNode> duties =
                all -> record("user:" + Examples.BEN, "AnswerDuty", "{\"duties\":[" + all + "]}");

        assertThat(dutyFaults(
                        matrix, "[]", duties.apply(linux), duties.apply(linux + "," + macos), phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(dutyFaults(matrix, "[]", duties.apply(both), phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(dutyFaults(matrix, "[]", duties.apply(linux), phase("ROLLING_OUT")))
                .containsExactly("record 9: it went on with 0 of 1 answers to cell macos of duty try-it");
        assertThat(dutyFaults(matrix, "[]", duties.apply(linux), duties.apply(linux + "," + both)))
                .containsExactly("record 9: ben@example.test answered cell linux of duty try-it twice");
        assertThat(dutyFaults(matrix, "[]", duties.apply(solaris)))
                .containsExactly("record 8: an answer to cell solaris of duty try-it, which its policy has not");
        assertThat(dutyFaults(matrix, "[]", duties.apply(whole)))
                .containsExactly("record 8: an answer to duty try-it as a whole, which its policy has not");
    }

    @Test
    void what_was_left_out_was_so_by_its_rule_and_nothing_else_was() {
        Duty plain = Journey.duty("try-it", Duty.Before.PRODUCTION);
        Duty patches = new Duty(
                plain.id(),
                plain.text(),
                plain.by(),
                plain.before(),
                1,
                List.of(),
                plain.within(),
                List.of(ReleaseKind.PATCH),
                null);
        String leftOut = "[{\"duty\":\"try-it\",\"why\":\"because\"}]";

        assertThat(dutyFaults(patches, leftOut, phase("ROLLING_OUT"))).isEmpty();
        assertThat(dutyFaults(plain, leftOut, phase("ROLLING_OUT")))
                .containsExactly("record 1: duty try-it was left out, and its rule does not leave it out");
        assertThat(dutyFaults(patches, "[]"))
                .containsExactly("record 1: duty try-it was not left out, as its rule says");
        assertThat(dutyFaults(patches, leftOut, answer("user:" + Examples.BEN, "PASSED", Examples.BEN)))
                .containsExactly("record 8: duty try-it was answered, and does not apply");
    }

    @Test
    void that_there_is_nothing_to_do_is_said_by_nobody_who_made_the_change() {
        String ben = "user:" + Examples.BEN;

        assertThat(dutyFaults(answer(ben, "NOT_APPLICABLE", Examples.BEN), phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(dutyFaults(
                        record(ben, "Begin", "{\"people\":[\"%s\"]}".formatted(Examples.BEN)),
                        answer(ben, "NOT_APPLICABLE", Examples.BEN)))
                .containsExactly("record 9: ben@example.test made the change and said that duty try-it does not apply");
    }

    @Test
    void who_is_asked_is_whom_the_policy_names_until_it_is_handed_over_by_whose_it_was() {
        Staff before = Objects.requireNonNull(
                Staff.of(new Journey(Journey.dutiful(Journey.duty("try-it", Duty.Before.PRODUCTION))).launch(null)));
        Staff.HandedOver word = new Staff.HandedOver(
                Examples.BEN, Examples.ADA, false, List.of("try-it"), Examples.BEN, false, Instant.EPOCH, "on leave");
        Staff after = before.after(word);
        String ben = "user:" + Examples.BEN;
        JsonNode begun = staffed("service:release", before);

        assertThat(staffFaults(before, staffed(ben, after), answer("user:" + Examples.ADA, "PASSED", Examples.ADA)))
                .isEmpty();
        assertThat(staffFaults(before, staffed(ben, after), answer(ben, "PASSED", Examples.BEN)))
                .containsExactly("record 9: ben@example.test answered duty try-it, which was not asked of them");
        assertThat(staffFaults(before, staffed("user:" + Examples.ADA, after)))
                .containsExactly("record 8: a word of ben@example.test that user:ada@example.test gave");
        assertThat(staffFaults(after))
                .containsExactly("record 1: it was asked of others than those whom its policy names");
        assertThat(staffFaults(before, begun)).containsExactly("record 8: who is asked was changed without a word");
    }

    private static JsonNode staffed(String actor, Staff staff) {
        ObjectNode set = WireJson.mapper().createObjectNode();
        set.set("staff", WireJson.mapper().valueToTree(staff));
        return record(actor, "HandOver", set.toString());
    }

    /** The records of one whose policy asks a duty of DevOps before production, and which began with these people. */
    private static List<String> staffFaults(Staff begins, JsonNode... afterStaging) {
        return dutyFaults(
                Journey.duty("try-it", Duty.Before.PRODUCTION),
                begin -> begin.set("staff", WireJson.mapper().valueToTree(begins)),
                afterStaging);
    }

    private static JsonNode phase(String type) {
        return record("service:validation", "Assessed", "{\"state\":{\"type\":\"%s\"}}".formatted(type));
    }

    /** The records of a release that two people approve. */
    private static List<JsonNode> whole() {
        ObjectNode begin = WireJson.mapper().createObjectNode();
        begin.set("launch", WireJson.mapper().valueToTree(new Journey().launch(null)));
        begin.set("state", WireJson.mapper().readTree("{\"type\":\"PROPOSED\"}"));
        return new ArrayList<>(List.of(
                record("user:publisher@example.test", "Begin", begin.toString()),
                record(
                        "service:release",
                        "RevisionRead",
                        "{\"people\":%s,\"state\":{\"type\":\"VALIDATING\"}}".formatted(PEOPLE)),
                phase("AWAITING_APPROVAL"),
                approve("user:" + Examples.ADA, Examples.ADA),
                approve("user:" + Examples.BEN, Examples.ADA, Examples.BEN),
                phase("STAGING"),
                phase("CANDIDATE")));
    }

    private static List<String> faults(UnaryOperator<List<JsonNode>> change) {
        return ApprovalRecords.check(change.apply(whole())).faults();
    }

    private static List<JsonNode> with(List<JsonNode> records, int place, JsonNode record) {
        records.set(place - 1, record);
        return records;
    }

    private static List<JsonNode> without(List<JsonNode> records, int place) {
        records.remove(place - 1);
        return records;
    }

    @Test
    void what_two_others_approved_before_staging_agrees() {
        assertThat(ApprovalRecords.check(whole()))
                .isEqualTo(new ApprovalRecords.Checked("2 of 2, rules applied again", List.of()));
        assertThat(ApprovalRecords.check(whole().subList(0, 4)).said())
                .isEqualTo("1 of 2, rules applied again; it never went to staging");
    }

    @Test
    void too_few_approvals_before_staging_are_named_where_it_went_on() {
        assertThat(faults(all -> without(all, 5)))
                .containsExactly("record 5: it went to STAGING with 1 of 2 approvals");
        assertThat(faults(all -> without(without(all, 5), 4)))
                .containsExactly("record 4: it went to STAGING with 0 of 2 approvals");
    }

    @Test
    void an_approval_that_came_after_staging_began_counts_for_nothing() {
        assertThat(faults(all -> {
                    JsonNode late = all.remove(4);
                    all.add(late);
                    return all;
                }))
                .containsExactly(
                        "record 5: it went to STAGING with 1 of 2 approvals",
                        "record 7: an approval of ben@example.test when none was asked for");
    }

    @Test
    void an_approval_by_who_made_the_change_by_somebody_else_or_twice_is_named() {
        assertThat(faults(all -> with(all, 5, approve("user:cy@example.test", Examples.ADA, "cy@example.test"))))
                .containsExactly("record 5: cy@example.test approved a change of their own");
        assertThat(faults(all -> with(all, 5, approve("user:" + Examples.ADA, Examples.ADA, Examples.BEN))))
                .containsExactly("record 5: an approval of ben@example.test that user:ada@example.test gave");
        assertThat(faults(all -> with(all, 5, approve("user:" + Examples.ADA, Examples.ADA))))
                .containsExactly("record 6: it went to STAGING with 1 of 2 approvals");
        assertThat(faults(all -> with(all, 5, approve("user:" + Examples.BEN, Examples.BEN))))
                .containsExactly("record 5: an approval was taken away");
    }

    @Test
    void what_is_released_may_not_change_and_its_policy_is_the_one_of_its_hash() {
        assertThat(faults(all -> {
                    ObjectNode launch =
                            (ObjectNode) all.getFirst().at("/set/launch").deepCopy();
                    ((ObjectNode) launch.path("proposal")).put("sha", "9".repeat(40));
                    ObjectNode again = WireJson.mapper().createObjectNode();
                    again.set("launch", launch);
                    all.add(5, record("service:release", "Assessed", again.toString()));
                    return all;
                }))
                .containsExactly(
                        "record 6: what is released is another sha, other digests or another policy than before");
        assertThat(faults(all -> {
                    ((ObjectNode) all.getFirst().at("/set/launch/policy/approvals")).put("required", 1);
                    return without(all, 5);
                }))
                .containsExactly("record 1: its policy is not the one that its hash was made of");
    }

    @Test
    void where_the_policy_names_roles_each_is_filled() {
        List<JsonNode> records = whole();
        ObjectNode launch = (ObjectNode) records.getFirst().at("/set/launch");
        ((ObjectNode) launch.at("/policy/approvals"))
                .set("roles", WireJson.mapper().readTree("[\"technical-lead\",\"support\"]"));

        assertThat(ApprovalRecords.check(records).faults())
                .containsExactly(
                        "record 1: its policy is not the one that its hash was made of",
                        "record 6: it went to STAGING without an approval of support");
    }
}
