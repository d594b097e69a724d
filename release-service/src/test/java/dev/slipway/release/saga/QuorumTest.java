package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where nobody is left who could be enough, a release is refused at its beginning, with names and what helps. */
final class QuorumTest {
    private static final String ROLES = "required: 2, within: 72h, roles: [technical-lead, devops]";
    private static final String ANNOUNCED =
            "announcements: [{id: users, channel: mail, to: [users@example.test], after: completed, reviewedBy: support}]\n";

    private static String away(String who, String until) {
        return "away: [{who: %s, from: \"2026-01-01T00:00:00Z\", to: \"%s\"}]\n".formatted(who, until);
    }

    private static Journey proposed(String approvals, String more) {
        return new Journey(VotesTest.policy(approvals, more)).proposed();
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Cause cause(Journey journey) {
        return Objects.requireNonNull(journey.dossier().cause());
    }

    @Test
    void a_role_whose_only_person_is_away_for_longer_than_approvals_are_waited_for_keeps_it_from_beginning() {
        Journey journey = proposed(ROLES, away(Examples.BEN, "2026-01-12T00:00:00Z"));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).kind()).isEqualTo(Staff.NOBODY);
        assertThat(cause(journey).text())
                .contains(
                        "Approvals want 1 person of devops",
                        "ben@example.test is away until 2026-01-12T00:00:00Z",
                        "another contact of the role");
        assertThat(cause(journey).observed()).isEqualTo("0 people");
        assertThat(cause(journey).limit()).isEqualTo("1 person");
    }

    @Test
    void one_who_is_back_in_time_does_not() {
        assertThat(phase(proposed(ROLES, away(Examples.BEN, "2026-01-08T09:59:59Z"))))
                .isEqualTo(ReleasePhase.PROPOSED);
        assertThat(phase(proposed(ROLES, away(Examples.BEN, "2026-01-08T10:00:00Z"))))
                .isEqualTo(ReleasePhase.REJECTED);
        assertThat(phase(proposed(ROLES + ", openFor: 96h", away(Examples.BEN, "2026-01-08T10:00:00Z"))))
                .as("a vote that is open for longer waits for longer")
                .isEqualTo(ReleasePhase.PROPOSED);
        assertThat(phase(proposed("required: 2", away(Examples.BEN, "2026-02-08T10:00:00Z"))))
                .as("where no role is wanted anybody may come")
                .isEqualTo(ReleasePhase.PROPOSED);
    }

    @Test
    void a_role_whose_only_person_wrote_it_does_so_once_that_is_known() {
        Journey journey = proposed(ROLES, "");
        journey.take(new ReleaseInput.RevisionRead(List.of(Examples.ADA)));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).text())
                .contains("Approvals want 1 person of technical-lead", "ada@example.test made the change");

        Journey another = proposed(ROLES, "");
        another.take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));
        assertThat(phase(another)).isEqualTo(ReleasePhase.VALIDATING);
    }

    @Test
    void who_is_away_and_who_made_it_are_named_together() {
        Policy policy = VotesTest.policy(
                "required: 2, roles: [devops, support], people: [[%s, ben@home.test]]".formatted(Examples.BEN),
                away("support@example.test", "2026-03-01T00:00:00Z"));
        Journey journey = new Journey(policy).proposed();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Quorum.missing(journey.launch(null), List.of("ben@home.test")))
                .hasValueSatisfying(cause -> assertThat(cause.text()).contains("ben@example.test made the change"));
    }

    @Test
    void an_announcement_that_nobody_is_there_to_review_keeps_it_from_beginning() {
        Journey journey = proposed("required: 2", ANNOUNCED + away("support@example.test", "2026-01-06T00:00:00Z"));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).text())
                .contains(
                        "Announcement users has nobody of support to review it",
                        "support@example.test is away until 2026-01-06T00:00:00Z");
        assertThat(phase(proposed("required: 2", ANNOUNCED))).isEqualTo(ReleasePhase.PROPOSED);
    }
}
