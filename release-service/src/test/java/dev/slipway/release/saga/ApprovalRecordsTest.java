package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReview;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Approvals gone over again by records alone: what the saga let happen agrees, and what it never would is named. */
final class ApprovalRecordsTest {
    private static final String PEOPLE = "[\"cy@example.test\"]";

    static JsonNode record(String actor, String input, String set) {
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

    static List<String> dutyFaults(Duty duty, String leftOut, JsonNode... afterStaging) {
        return dutyFaults(duty, begin -> begin.set("leftOut", WireJson.mapper().readTree(leftOut)), afterStaging);
    }

    private static List<String> dutyFaults(Duty duty, Consumer<ObjectNode> more, JsonNode... afterStaging) {
        return dutyFaults(Journey.dutiful(duty), more, afterStaging);
    }

    static List<String> dutyFaults(Policy policy, Consumer<ObjectNode> more, JsonNode... afterStaging) {
        return dutyCheck(policy, more, afterStaging).faults();
    }

    static ApprovalRecords.Checked dutyCheck(Policy policy, Consumer<ObjectNode> more, JsonNode... afterStaging) {
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
        return ApprovalRecords.check(records);
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
                .containsExactly(
                        "record 8: it went on with 0 of 1 answers to duty try-it",
                        "record 9: duty try-it was answered when it was not asked for");
        assertThat(dutyFaults(answer(ben, "PASSED", Examples.BEN), answer(ben, "PASSED", Examples.BEN, Examples.BEN)))
                .containsExactly("record 9: ben@example.test answered duty try-it twice");
    }

    @Test
    void what_is_left_to_do_is_answered_after_the_end_and_again_once_it_is_done() {
        Duty left = Journey.duty("try-it", Duty.Before.END).withAfter(Announcing.After.COMPLETED);
        String ben = "user:" + Examples.BEN;
        JsonNode ended =
                record("service:release", "Merged", "{\"state\":{\"type\":\"ENDED\",\"phase\":\"COMPLETED\"}}");
        JsonNode failed = answer(ben, "FAILED", Examples.BEN);
        String said = failed.at("/set/duties").toString();
        JsonNode done = record(
                ben,
                "AnswerDuty",
                "{\"duties\":[%s,%s]}"
                        .formatted(
                                said.substring(1, said.length() - 1),
                                said.substring(1, said.length() - 1).replace("FAILED", "PASSED")));

        assertThat(dutyFaults(left, "[]", phase("ROLLING_OUT"), ended, failed, done))
                .isEmpty();
        assertThat(dutyFaults(left, "[]", failed))
                .containsExactly("record 8: duty try-it was answered when it was not asked for");
    }

    @Test
    void what_is_asked_for_after_either_end_is_answered_after_one_that_went_back_too() {
        Duty left = Journey.duty("try-it", Duty.Before.END).withAfter(Announcing.After.END);
        JsonNode passed = answer("user:" + Examples.BEN, "PASSED", Examples.BEN);

        assertThat(dutyFaults(left, "[]", phase("ROLLING_OUT"), ended("COMPLETED"), passed))
                .isEmpty();
        assertThat(dutyFaults(left, "[]", phase("ROLLING_OUT"), ended("ROLLED_BACK"), passed))
                .isEmpty();
        assertThat(dutyFaults(left, "[]", phase("ROLLING_OUT"), ended("ABORTED"), passed))
                .contains("record 10: duty try-it was answered when it was not asked for");
    }

    private static JsonNode ended(String phase) {
        return record(
                "service:release", "Merged", "{\"state\":{\"type\":\"ENDED\",\"phase\":\"%s\"}}".formatted(phase));
    }

    static JsonNode waiver(String actor, String json) {
        return record(actor, "Waive", "{\"waivers\":[%s]}".formatted(json));
    }

    /** Asked for by this person, and confirmed by that one, if by any. */
    static String waiver(String by, String until, String second, boolean lapsed) {
        String confirmed = second.isEmpty()
                ? ""
                : ",\"confirmedBy\":\"%s\",\"confirmedAt\":\"2026-01-05T11:00:00Z\"".formatted(second);
        return "{\"gate\":\"duty-try-it\",\"reason\":\"known\",\"until\":\"%s\",\"by\":\"%s\",\"at\":\"2026-01-05T10:00:00Z\",\"lapsed\":%s%s}"
                .formatted(until, by, lapsed, confirmed);
    }

    private static List<String> waiverFaults(JsonNode... afterStaging) {
        WaiverRule rule = new WaiverRule(
                List.of("duty-try-it"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        Policy policy = Examples.demoPolicy(
                List.of(rule), Journey.demo().retention(), List.of(Journey.duty("try-it", Duty.Before.PRODUCTION)));
        return dutyFaults(policy, begin -> {}, afterStaging);
    }

    @Test
    void a_duty_is_waived_by_one_of_a_role_and_another_person_who_did_not_make_the_change() {
        String ada = "user:" + Examples.ADA;
        String ben = "user:" + Examples.BEN;
        String soon = "2026-01-06T10:00:00Z";
        JsonNode asked = waiver(ada, waiver(Examples.ADA, soon, "", false));
        JsonNode confirmed = waiver(ben, waiver(Examples.ADA, soon, Examples.BEN, false));
        JsonNode over = waiver("service:release", waiver(Examples.ADA, soon, Examples.BEN, true));

        assertThat(waiverFaults(asked, confirmed, phase("ROLLING_OUT"))).isEmpty();
        assertThat(waiverFaults(answer(ben, "FAILED", Examples.BEN), asked, confirmed, phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(waiverFaults(asked, phase("ROLLING_OUT")))
                .containsExactly("record 9: it went on with 0 of 1 answers to duty try-it");
        assertThat(waiverFaults(asked, confirmed, over, phase("ROLLING_OUT")))
                .containsExactly("record 11: it went on with 0 of 1 answers to duty try-it");
        assertThat(waiverFaults(waiver(ben, waiver(Examples.BEN, soon, "", false))))
                .containsExactly("record 8: ben@example.test asked to waive duty-try-it and has no role that may");
        assertThat(waiverFaults(waiver(ben, waiver(Examples.ADA, soon, "", false))))
                .containsExactly("record 8: a waiver by ada@example.test that user:ben@example.test asked for");
        assertThat(waiverFaults(waiver(ada, waiver(Examples.ADA, "2026-01-08T10:00:00Z", "", false))))
                .containsExactly("record 8: duty-try-it is waived for longer than its policy allows");
        assertThat(waiverFaults(asked, waiver(ada, waiver(Examples.ADA, soon, Examples.ADA, false))))
                .containsExactly("record 9: ada@example.test asked to waive duty-try-it and confirmed it");
        assertThat(waiverFaults(
                        asked, waiver("user:cy@example.test", waiver(Examples.ADA, soon, "cy@example.test", false))))
                .containsExactly(
                        "record 9: cy@example.test confirmed a waiver of duty-try-it for a change of their own");
        assertThat(waiverFaults(asked, confirmed, waiver(ben, "")))
                .containsExactly("record 10: the waiver of duty-try-it was taken out");
        assertThat(waiverFaults(asked, confirmed, over, confirmed))
                .containsExactly("record 11: a waiver of duty-try-it that was over counts again");
    }

    @Test
    void a_waiver_that_no_rule_of_the_policy_allows_is_named() {
        JsonNode asked = waiver("user:" + Examples.ADA, waiver(Examples.ADA, "2026-01-06T10:00:00Z", "", false));

        assertThat(dutyFaults(asked))
                .containsExactly("record 8: duty-try-it was waived, which its policy lets nobody do");
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

    /** The records of one whose policy has its users told, once support has said yes to the text. */
    private static List<String> announcementFaults(JsonNode... afterStaging) {
        Policy demo = Journey.demo();
        Policy policy = new Policy(
                demo.application(),
                demo.source(),
                demo.contacts(),
                demo.approvals(),
                demo.checks(),
                demo.gates(),
                demo.environments(),
                demo.merge(),
                demo.onPush(),
                demo.freeze(),
                demo.weekly(),
                demo.waivers(),
                demo.retention(),
                demo.guide(),
                demo.duties(),
                demo.staffing(),
                List.of(new Announcing(
                        "users",
                        Announcing.Over.MAIL,
                        List.of("users@example.test"),
                        Announcing.After.COMPLETED,
                        "devops")),
                List.of(),
                null);
        return dutyFaults(policy, begin -> {}, afterStaging);
    }

    private static JsonNode announced(String actor, Announcements said) {
        ObjectNode set = WireJson.mapper().createObjectNode();
        set.set("announcements", WireJson.mapper().valueToTree(said));
        return record(actor, "ReviewAnnouncement", set.toString());
    }

    @Test
    void what_is_sent_was_said_yes_to_by_somebody_of_the_role_to_the_letter() {
        Announced text =
                new Announced("users", Channel.EMAIL, List.of("users@example.test"), "hello 1.0.0", "It is out.");
        Announced other =
                new Announced("users", Channel.EMAIL, List.of("users@example.test"), "hello 1.0.0", "Buy it.");
        Announcements yes = Announcements.NONE.reviewed(
                "users", new AnnouncementReview(text.digest(), Examples.BEN, Instant.EPOCH));
        Announcements written = yes.written(List.of(text));
        DeliveryStatus delivered = new DeliveryStatus(
                Journey.ID,
                "announcement users",
                Channel.EMAIL,
                "users@example.test",
                0,
                1,
                0,
                new DeliveryStatus.Announcement("users", text.digest(), "<1@example.test>", Instant.EPOCH));
        Announcements sent = new Announcements(written.reviews(), written.written(), List.of(delivered));
        String ben = "user:" + Examples.BEN;
        String service = "service:notification";

        assertThat(announcementFaults(announced(ben, yes), announced(service, written), announced(service, sent)))
                .isEmpty();
        assertThat(announcementFaults(announced("user:" + Examples.ADA, yes)))
                .containsExactly("record 8: a review of ben@example.test that user:ada@example.test gave");
        Announcements adas = Announcements.NONE.reviewed(
                "users", new AnnouncementReview(text.digest(), Examples.ADA, Instant.EPOCH));
        assertThat(announcementFaults(announced("user:" + Examples.ADA, adas)))
                .containsExactly(
                        "record 8: ada@example.test reviewed announcement users and is nobody of the role devops");
        assertThat(announcementFaults(
                        announced(service, new Announcements(List.of(), List.of(text), List.of(delivered)))))
                .containsExactly(
                        "record 8: announcement users was sent to users@example.test, and nobody of the role devops had said yes to that text");
        assertThat(announcementFaults(
                        announced(ben, yes),
                        announced(service, written),
                        announced(service, yes.written(List.of(other)))))
                .containsExactly("record 10: what is announced was changed after it was written");
        assertThat(dutyFaults(announced(ben, yes)))
                .containsExactly("record 8: a review of announcement users, for which its policy asks nobody");
    }

    private static JsonNode dayed(String actor, Schedule schedule) {
        ObjectNode set = WireJson.mapper().createObjectNode();
        set.set("schedule", WireJson.mapper().valueToTree(schedule));
        return record(actor, "SetDay", set.toString());
    }

    @Test
    void the_release_day_is_set_by_the_owner_or_an_operator_by_a_word_of_their_own() {
        LocalDate first = LocalDate.of(2026, 2, 2);
        Schedule byAda = Schedule.NONE.on(new Schedule.DaySet(first, Examples.ADA, false, Instant.EPOCH, "agreed"));
        Schedule byOperator =
                byAda.on(new Schedule.DaySet(first.plusDays(1), Examples.BEN, true, Instant.EPOCH, "a strike"));
        Schedule silent = new Schedule(first.plusDays(5), List.of(), byAda.words());
        String ada = "user:" + Examples.ADA;
        String ben = "user:" + Examples.BEN;
        Staff owned = new Staff(Examples.ADA, List.of(), List.of());

        assertThat(dayFaults(owned, dayed(ada, byAda), dayed(ben, byOperator))).isEmpty();
        assertThat(dayFaults(owned, dayed(ben, byAda)))
                .contains("record 8: a release day of ada@example.test that user:ben@example.test set");
        assertThat(dayFaults(new Staff(null, List.of(), List.of()), dayed(ada, byAda)))
                .contains(
                        "record 8: ada@example.test set the release day, and neither owns the release nor is an operator");
        assertThat(dayFaults(owned, dayed(ada, byAda), dayed("service:release", silent)))
                .contains("record 9: the release day was moved without a word");
    }

    private static List<String> dayFaults(Staff staff, JsonNode... afterStaging) {
        return dutyFaults(
                        Journey.duty("try-it", Duty.Before.PRODUCTION),
                        begin -> begin.set("staff", WireJson.mapper().valueToTree(staff)),
                        afterStaging)
                .stream()
                .filter(fault -> !fault.contains("asked of others"))
                .toList();
    }

    static JsonNode phase(String type) {
        return record("service:validation", "Assessed", "{\"state\":{\"type\":\"%s\"}}".formatted(type));
    }

    /** Every gate of the policy has passed. */
    private static List<AssessmentStatus> passed(Policy policy) {
        return List.of(
                passed(Steps.ASSESS_PRE_RELEASE, Steps.preRelease(policy)),
                passed(Steps.ASSESS_STAGING, policy.gates(Stage.STAGING)),
                passed(Steps.ASSESS_CANDIDATE, Steps.candidate(policy)));
    }

    private static AssessmentStatus passed(String step, List<Gate> gates) {
        return new AssessmentStatus(
                QuestionKey.parse("hello@1.0.0/" + step + "/1"),
                Outcome.PASSED,
                gates.stream()
                        .map(gate -> new GateVerdict(
                                gate.id(),
                                gate.guide(),
                                gate.stage(),
                                Verdict.PASSED,
                                true,
                                gate.ruleText(),
                                "",
                                "",
                                "a".repeat(64),
                                null,
                                Instant.EPOCH))
                        .toList());
    }

    /** The records of a release that two people approve. */
    private static List<JsonNode> whole() {
        ObjectNode begin = WireJson.mapper().createObjectNode();
        begin.set("launch", WireJson.mapper().valueToTree(new Journey().launch(null)));
        begin.set("state", WireJson.mapper().readTree("{\"type\":\"PROPOSED\"}"));
        begin.set(
                "assessments",
                WireJson.mapper().valueToTree(passed(Examples.demoPolicy().policy())));
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

    private static List<String> gateFaults(Consumer<ArrayNode> change, JsonNode... more) {
        return faults(all -> {
            change.accept((ArrayNode) all.getFirst().at("/set/assessments"));
            all.addAll(List.of(more));
            return all;
        });
    }

    private static void say(ArrayNode assessments, int step, String verdict) {
        ((ObjectNode) assessments.get(step).path("gates").get(0)).put("verdict", verdict);
    }

    @Test
    void a_release_that_went_on_without_a_pass_of_each_gate_is_named_where_it_did() {
        Policy policy = Examples.demoPolicy().policy();
        String first = Steps.preRelease(policy).getFirst().id();
        String staging = policy.gates(Stage.STAGING).getFirst().id();

        assertThat(gateFaults(_ -> {}, phase("ROLLING_OUT"))).isEmpty();
        for (String verdict : List.of("FAILED", "INCONCLUSIVE", "nothing that is known")) {
            assertThat(gateFaults(all -> say(all, 0, verdict)))
                    .containsExactly("record 3: it went to AWAITING_APPROVAL without a pass of " + first);
            assertThat(gateFaults(all -> say(all, 1, verdict)))
                    .containsExactly("record 7: it went to CANDIDATE without a pass of " + staging);
        }
        assertThat(gateFaults(all -> ((ArrayNode) all.get(1).path("gates")).remove(0)))
                .as("a gate that was never asked")
                .containsExactly("record 7: it went to CANDIDATE without a pass of " + staging);
        assertThat(gateFaults(all -> ((ObjectNode) all.get(0).path("gates").get(0)).put("complete", false)))
                .as("a pass that might still have gone back")
                .containsExactly("record 3: it went to AWAITING_APPROVAL without a pass of " + first);
        assertThat(gateFaults(all -> ((ObjectNode) all.get(0).path("gates").get(0)).remove("rule")))
                .containsExactly("record 3: it went to AWAITING_APPROVAL, and what its gates had said cannot be read");
        JsonNode again =
                record("service:release", "Assessed", "{\"state\":{\"type\":\"ROLLING_OUT\"},\"assessments\":[]}");
        assertThat(gateFaults(_ -> {}, phase("ROLLING_OUT"), phase("CANDIDATE"), again))
                .as("after a freeze had taken it out of production's queue")
                .singleElement(STRING)
                .startsWith("record 10: it went to ROLLING_OUT without a pass of ");
        assertThat(gateFaults(_ -> {}, phase("ROLLING_OUT"), phase("CANDIDATE"), phase("ROLLING_OUT")))
                .isEmpty();
        assertThat(gateFaults(ArrayNode::removeAll)).hasSize(2).allMatch(fault -> fault.contains("without a pass of"));
    }

    @Test
    void who_jumps_over_what_was_to_be_asked_has_asked_nothing() {
        List<String> faults = faults(all -> {
            ((ArrayNode) all.getFirst().at("/set/assessments")).removeAll();
            List<JsonNode> jumped = new ArrayList<>(all.subList(0, 2));
            jumped.add(record("service:release", "Merged", "{\"state\":{\"type\":\"ENDED\",\"phase\":\"COMPLETED\"}}"));
            return jumped;
        });

        assertThat(faults)
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(fault -> fault.startsWith("record 3: it went to COMPLETED without a pass of "));
    }

    @Test
    void a_gate_that_two_people_waived_lets_it_go_on_and_one_persons_word_does_not() {
        String first =
                Steps.preRelease(Examples.demoPolicy().policy()).getFirst().id();
        for (boolean confirmed : List.of(true, false)) {
            List<String> faults = faults(all -> {
                ObjectNode begin = (ObjectNode) all.getFirst().path("set");
                say((ArrayNode) begin.path("assessments"), 0, "FAILED");
                ObjectNode waiver = begin.putArray("waivers").addObject().put("gate", first);
                if (confirmed) {
                    waiver.put("confirmedBy", Examples.BEN);
                }
                return all;
            });

            assertThat(faults.stream().filter(fault -> fault.contains("without a pass")))
                    .hasSize(confirmed ? 0 : 1);
        }
    }

    @Test
    void a_waived_verdict_that_nobody_gave_and_a_waiver_that_was_taken_back_let_nothing_go_on() {
        String first =
                Steps.preRelease(Examples.demoPolicy().policy()).getFirst().id();
        List<String> nobody = faults(all -> {
            say((ArrayNode) all.getFirst().path("set").path("assessments"), 0, "WAIVED");
            return all;
        });
        List<String> takenBack = faults(all -> {
            ObjectNode begin = (ObjectNode) all.getFirst().path("set");
            say((ArrayNode) begin.path("assessments"), 0, "FAILED");
            begin.putArray("waivers")
                    .addObject()
                    .put("gate", first)
                    .put("confirmedBy", Examples.BEN)
                    .put("lapsed", true);
            return all;
        });

        assertThat(nobody.stream().filter(fault -> fault.contains("without a pass")))
                .hasSize(1);
        assertThat(takenBack.stream().filter(fault -> fault.contains("without a pass")))
                .hasSize(1);
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
