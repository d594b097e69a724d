package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.ReleaseInput.HandOver;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who answers for a release and who is asked: found when it begins, pinned, and handed over by somebody's word alone. */
final class StaffTest {
    private static final String BEN = Examples.BEN;
    private static final String ADA = Examples.ADA;
    private static final String SUPPORT = "support@example.test";
    private static final String DUTY =
            "duties: [{id: try-it, text: Try it, by: devops, before: production, within: 2h}, {id: watch, text: Watch, by: devops, before: end}]\n";
    private static final String AWAY =
            "away: [{who: ben@example.test, from: \"2026-01-01T00:00:00Z\", to: \"2026-01-10T00:00:00Z\"}]\n";

    private static Policy policy(String more) {
        PolicyReading reading =
                new PolicyReader(100_000).read((Examples.demoYaml() + more).getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Journey journey(String more) {
        return new Journey(policy(more));
    }

    private static Staff staff(Journey journey) {
        return Objects.requireNonNull(journey.dossier().staff());
    }

    private static Cause cause(Journey journey) {
        return Objects.requireNonNull(journey.dossier().cause());
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal()).code();
    }

    private static Milestone last(Journey journey) {
        return journey.dossier().milestones().getLast();
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static HandOver handOver(String by, String to, @Nullable String from, boolean operator) {
        return new HandOver(by, to, from, null, "is ill", operator, null);
    }

    private static Proposal owned(String owner) {
        Proposal plain = Examples.proposal("1.0.0");
        return new Proposal(plain.application(), plain.version(), plain.sha(), plain.artifacts(), null, null, owner);
    }

    // ---- found when it begins

    @Test
    void the_owner_is_whom_the_policy_names_or_the_proposal_does() {
        assertThat(staff(journey("owner: technical-lead\n").proposed()).owner()).isEqualTo(ADA);
        assertThat(staff(journey("owner: Ben@example.test\n").proposed()).owner())
                .isEqualTo(BEN);
        assertThat(staff(journey("owner: technical-lead\n")
                                .proposing(owned("devops"))
                                .proposed())
                        .owner())
                .isEqualTo(BEN);
        assertThat(journey("").proposed().dossier().staff()).isNull();
    }

    @Test
    void whoever_is_away_when_it_begins_is_not_asked_and_who_stands_in_is() {
        Journey journey = journey(DUTY + AWAY + "deputies: {devops: support@example.test}\nowner: devops\n")
                .candidate();

        assertThat(staff(journey).owner()).isEqualTo(SUPPORT);
        assertThat(duty(journey).asked()).containsExactly(SUPPORT);
        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.DUTY_ASKED);
        assertThat(last(journey).asked()).containsExactly(SUPPORT);
        assertThat(last(journey).cause().text())
                .contains("try-it of support@example.test (Try it)", "The release is owned by support@example.test.");
        assertThat(refusal(journey.take(journey.answer("try-it", BEN, Result.PASSED))))
                .isEqualTo("not-your-role");
        assertThat(Objects.requireNonNull(journey.refusal()).detail()).contains("Ask Support.");
        journey.take(journey.answer("try-it", SUPPORT, Result.PASSED));
        assertThat(journey.refusal()).isNull();
    }

    @Test
    void a_deputy_of_one_person_stands_in_for_them_alone() {
        Journey journey = journey(DUTY + AWAY + "deputies: {ben@example.test: ada@example.test}\n")
                .proposed();

        assertThat(duty(journey).asked()).containsExactly(ADA);
        assertThat(duty(journey("deputies: {ben@example.test: ada@example.test}\n" + DUTY)
                                .proposed())
                        .asked())
                .containsExactly(BEN);
    }

    @Test
    void a_duty_that_nobody_is_there_for_keeps_the_release_from_beginning_and_names_the_line_and_what_helps() {
        Journey journey = journey(DUTY + AWAY + "guide: {lines: [{id: by-hand, text: Try it, duty: try-it}]}\n")
                .proposed();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).kind()).isEqualTo("nobody-there");
        assertThat(cause(journey).text())
                .contains(
                        "Duty try-it (line by-hand of the guide)",
                        "ben@example.test is away until 2026-01-10T00:00:00Z",
                        "deputies: {devops: EMAIL}");
        assertThat(journey.sent()).noneMatch(type -> type.contains("assessment"));
    }

    @Test
    void two_people_are_not_asked_where_one_is_there() {
        String contacts = Examples.demoYaml()
                .replaceFirst(
                        "(?m)^contacts:\\n", "contacts:\n  - {role: devops, name: Carl, email: carl@example.test}\n");
        String duty = "duties: [{id: try-it, text: Try it, by: devops, before: end, people: 2}]\n";
        PolicyReading both = new PolicyReader(100_000).read((contacts + duty + AWAY).getBytes(StandardCharsets.UTF_8));
        assertThat(both).as(both.toString()).isInstanceOf(PolicyReading.Accepted.class);

        Journey journey = new Journey(((PolicyReading.Accepted) both).policy()).proposed();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).observed()).isEqualTo("1 person");
        assertThat(cause(journey).limit()).isEqualTo("2 people");
    }

    @Test
    void one_that_does_not_apply_keeps_nothing_from_beginning() {
        String patches = DUTY.replace("before: production,", "before: production, when: patch,")
                .replace("before: end}", "before: end, when: patch}");

        assertThat(journey(patches + AWAY).proposed().dossier().state().phase()).isEqualTo(ReleasePhase.PROPOSED);
    }

    @Test
    void an_owner_whom_nobody_knows_or_who_is_away_keeps_it_from_beginning_too() {
        Journey unknown = journey("").proposing(owned("devop")).proposed();
        Journey away = journey(AWAY + "owner: devops\n").proposed();

        assertThat(cause(unknown).kind()).isEqualTo("unknown-owner");
        assertThat(cause(unknown).text()).contains("did you mean devops?", "--owner");
        assertThat(cause(away).kind()).isEqualTo("nobody-there");
        assertThat(cause(away).text()).contains("ben@example.test is away until", "deputies: {devops: EMAIL}");
    }

    @Test
    void a_way_back_asks_nobody_and_is_kept_from_beginning_by_nobody() {
        Journey journey = journey(DUTY + AWAY + "owner: devops\n").rollback();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(journey.dossier().staff()).isNull();
    }

    @Test
    void it_is_pinned_and_read_back_as_it_was_written() {
        Journey journey = journey(DUTY + "owner: technical-lead\n").candidate();
        journey.take(journey.handOver(BEN, ADA, null));

        Dossier dossier = journey.dossier();
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(dossier), Dossier.class))
                .isEqualTo(dossier);
    }

    // ---- handed over

    @Test
    void all_of_ones_own_that_is_open_is_anothers_who_is_told() {
        Journey journey = journey(DUTY + "owner: devops\n").candidate();

        journey.take(journey.handOver(BEN, ADA, null));

        assertThat(journey.refusal()).isNull();
        assertThat(staff(journey).owner()).isEqualTo(ADA);
        assertThat(staff(journey).asked())
                .allSatisfy(each -> assertThat(each.people()).containsExactly(ADA));
        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.HANDED_OVER);
        assertThat(last(journey).asked()).containsExactly(ADA);
        assertThat(last(journey).cause().text())
                .contains(
                        "ben@example.test hands the release itself, duty try-it, duty watch over to ada@example.test: on leave");
        assertThat(journey.reason()).contains("ben@example.test hands");
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("the duty try-it of ada@example.test");
        assertThat(refusal(journey.take(journey.answer("try-it", BEN, Result.PASSED))))
                .isEqualTo("not-your-role");
        assertThat(journey.take(journey.answer("try-it", ADA, Result.PASSED)).refusal())
                .isNull();
    }

    @Test
    void one_duty_is_handed_over_alone() {
        Journey journey = journey(DUTY + "owner: devops\n").candidate();

        journey.take(journey.handOver(BEN, SUPPORT, "watch"));

        assertThat(staff(journey).owner()).isEqualTo(BEN);
        assertThat(staff(journey).asked())
                .containsExactly(new Staff.Asked("try-it", List.of(BEN)), new Staff.Asked("watch", List.of(SUPPORT)));
    }

    @Test
    void whoever_has_two_addresses_is_one_person() {
        Journey journey = new Journey(((PolicyReading.Accepted) new PolicyReader(100_000)
                                .read((Examples.demoYaml()
                                                        .replace(
                                                                "approvals: {required: 2, within: 72h}",
                                                                "approvals: {required: 2, within: 72h, people: [[ben@example.test, support@example.test]]}")
                                                + "owner: support\n"
                                                + DUTY)
                                        .getBytes(StandardCharsets.UTF_8)))
                        .policy())
                .candidate();
        assertThat(staff(journey).owner()).isEqualTo(BEN);
        assertThat(duty(journey).asked()).containsExactly(BEN);

        journey.take(journey.handOver(SUPPORT, ADA, null));

        assertThat(staff(journey).owner()).isEqualTo(ADA);
        assertThat(duty(journey).asked()).containsExactly(ADA);
    }

    @Test
    void what_is_answered_is_not_handed_over() {
        Journey journey = journey(DUTY).candidate();
        journey.take(journey.answer("try-it", BEN, Result.PASSED));

        assertThat(refusal(journey.take(journey.handOver(BEN, ADA, "try-it")))).isEqualTo("nothing-to-hand-over");
        journey.take(journey.handOver(BEN, ADA, null));
        assertThat(staff(journey).handed().getLast().duties()).containsExactly("watch");
    }

    @Test
    void the_owner_and_an_operator_hand_over_what_is_anothers_and_nobody_else_does() {
        Journey journey = journey(DUTY + "owner: technical-lead\n").candidate();

        assertThat(refusal(journey.take(handOver(SUPPORT, SUPPORT, BEN, false))))
                .isEqualTo("not-yours");
        journey.take(handOver(ADA, SUPPORT, BEN, false));
        assertThat(duty(journey).asked()).containsExactly(SUPPORT);
        journey.take(handOver("op@example.test", BEN, SUPPORT, true));
        assertThat(duty(journey).asked()).containsExactly(BEN);
        assertThat(staff(journey).handed())
                .extracting(Staff.HandedOver::operator)
                .containsExactly(false, true);
    }

    @Test
    void it_goes_to_a_contact_who_is_there_and_is_somebody_else_for_a_reason() {
        Journey journey = journey(
                        DUTY
                                + "away: [{who: support@example.test, from: \"2026-01-01T00:00:00Z\", to: \"2026-01-10T00:00:00Z\"}]\n")
                .candidate();
        Dossier before = journey.dossier();

        assertThat(refusal(journey.take(journey.handOver(BEN, "adda@example.test", null))))
                .isEqualTo("unknown-person");
        assertThat(Objects.requireNonNull(journey.refusal()).detail()).contains("did you mean ada@example.test?");
        assertThat(refusal(journey.take(journey.handOver(BEN, SUPPORT, null)))).isEqualTo("away");
        assertThat(refusal(journey.take(journey.handOver(BEN, BEN, null)))).isEqualTo("same-person");
        assertThat(refusal(journey.take(journey.handOver(BEN, ADA, "try-its")))).isEqualTo("no-duty");
        assertThat(refusal(journey.take(new HandOver(BEN, ADA, null, null, " ", false, null))))
                .isEqualTo("no-reason");
        assertThat(journey.dossier().staff()).isEqualTo(before.staff());
    }

    @Test
    void a_release_that_has_ended_or_asks_nobody_has_nothing_to_hand_over() {
        Journey ended = journey("owner: devops\n").completed();
        assertThat(refusal(ended.take(ended.handOver(BEN, ADA, null)))).isEqualTo("not-now");
        Journey nobody = journey("").candidate();
        Refusal refusal = Objects.requireNonNull(
                nobody.take(nobody.handOver(BEN, ADA, null)).refusal());
        assertThat(refusal.code()).isEqualTo("nobody-asked");
    }
}
