package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Votes gone over again by the records of releases alone: what the saga let happen agrees, and what it never would is named. */
final class VoteRecordsTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;

    private static Recorded voted(String approvals) {
        return new Recorded(VotesTest.policy(approvals)).awaitingApproval();
    }

    private static Function<Journey, ReleaseInput> yes(String email) {
        return journey -> journey.approve(email);
    }

    private static Function<Journey, ReleaseInput> no(String email, String why) {
        return journey -> VotesTest.no(journey, email, why);
    }

    private static ObjectNode set(List<JsonNode> all, int place) {
        return (ObjectNode) all.get(place - 1).path("set");
    }

    /** Up to staging: the launch, the revision, the gates, then people. */
    private static Recorded minded() {
        return voted("required: 2, openFor: 48h, veto: [support]")
                .take(yes(ADA))
                .after(Duration.ofMinutes(1))
                .take(no(ADA, "unclear"))
                .after(Duration.ofMinutes(1))
                .take(yes(ADA))
                .take(yes(BEN))
                .take(no("cy@example.test", "why now?"))
                .after(Duration.ofHours(48))
                .take(_ -> new ReleaseInput.AskAgain())
                .candidate();
    }

    @Test
    void a_vote_that_was_open_with_a_change_of_mind_and_a_no_agrees() {
        assertThat(minded().checked())
                .isEqualTo(new ApprovalRecords.Checked("2 of 2, rules applied again; 2 noes on record", List.of()));
    }

    @Test
    void so_does_one_that_a_no_ended_and_one_that_too_few_came_to() {
        assertThat(voted("required: 2, veto: [devops]")
                        .take(yes(ADA))
                        .take(no(BEN, "orders"))
                        .checked()
                        .faults())
                .isEmpty();
        assertThat(voted("required: 2, veto: [devops]")
                        .take(yes(ADA))
                        .take(yes(BEN))
                        .take(no(BEN, "orders"))
                        .checked()
                        .faults())
                .as("after it went to staging")
                .isEmpty();
        assertThat(voted("required: 2, within: 1h, roles: [support]")
                        .take(yes(ADA))
                        .after(Duration.ofHours(1))
                        .take(_ -> new ReleaseInput.TimedOut())
                        .checked()
                        .faults())
                .isEmpty();
    }

    @Test
    void what_went_on_before_its_vote_had_been_open_for_long_enough_is_named() {
        assertThat(minded().checked(all -> set(all, 9).put("since", "2026-01-06T10:00:00Z"))
                        .faults())
                .containsExactly("record 9: it went to STAGING at 2026-01-06T10:00:00Z, and its vote was open until"
                        + " 2026-01-07T10:00:00Z");
    }

    @Test
    void a_no_that_somebody_else_said_or_that_was_taken_away_is_named() {
        assertThat(minded().checked(all -> ((ObjectNode) all.get(7)).put("actor", "user:" + BEN))
                        .faults())
                .containsExactly("record 8: a no of cy@example.test that user:ben@example.test said");
        assertThat(minded().checked(all -> ((ObjectNode) set(all, 8).path("ballot")).remove("objections"))
                        .faults())
                .contains("record 8: a no was taken away, or changed");
        assertThat(minded().checked(all -> set(all, 5).remove("ballot")).faults())
                .contains("record 5: an approval was taken away");
    }

    @Test
    void a_no_that_ends_a_release_and_did_not_is_named() {
        Recorded vetoed = voted("required: 2, veto: [devops]").take(yes(ADA)).take(no(BEN, "orders"));

        assertThat(vetoed.checked(all -> ((ObjectNode) set(all, 5).path("state")).put("phase", "EXPIRED"))
                        .faults())
                .containsExactly("record 5: it went on after a no of ben@example.test, whose no ends a release");
    }

    @Test
    void a_tally_that_the_records_do_not_add_up_to_is_named() {
        assertThat(minded().checked(all -> ((ObjectNode) set(all, 9).at("/ballot/tally")).remove("no"))
                        .faults())
                .singleElement()
                .asString()
                .startsWith(
                        "record 9: the tally says yes of [ada@example.test, ben@example.test], no of [], missing [],"
                                + " and the records say");
        assertThat(minded().checked(all -> ((ObjectNode) set(all, 9).at("/ballot/tally/of")).put("sha", "9".repeat(40)))
                        .faults())
                .containsExactly("record 9: the tally is of another sha, other digests or another policy");
        assertThat(minded().checked(all -> ((ObjectNode) set(all, 9).at("/ballot/tally")).put("outcome", "VETOED"))
                        .faults())
                .containsExactly(
                        "record 9: the tally says that somebody's no ended it, and nobody said no whose no does");
    }

    /** A changed script, whose named reviewer says yes last. */
    private static Recorded reviewed() {
        Policy policy = VotesTest.policy("required: 1, paths: [{files: [\"deploy/**\"], by: devops}]");
        ChangedFiles changed = ChangedFiles.of(policy.approvals().paths(), List.of("deploy/run.sh"), null, false);
        return new Recorded(policy)
                .take(j -> new ReleaseInput.Launched(j.launch(null)))
                .take(_ -> new ReleaseInput.RevisionRead(
                        List.of(Examples.AUTHOR), List.of(), List.of(), null, null, changed))
                .take(j -> j.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED))
                .take(yes(ADA))
                .take(yes(BEN));
    }

    @Test
    void a_changed_file_that_nobody_approved_who_had_to_is_named() {
        assertThat(reviewed().checked().faults()).isEmpty();
        assertThat(reviewed()
                        .checked(all -> ((ObjectNode) set(all, 2).at("/changed/matches/0")).put("rule", 7))
                        .faults())
                .as("nobody had to")
                .isEmpty();
        assertThat(reviewed()
                        .checked(all -> {
                            ((ObjectNode) set(all, 5).path("approvals").get(1)).put("email", "cy@example.test");
                            ((ObjectNode) all.get(4)).put("actor", "user:cy@example.test");
                            set(all, 5).remove("ballot");
                        })
                        .faults())
                .containsExactly("record 5: it went to STAGING without an approval of devops for deploy/**");
        assertThat(reviewed()
                        .checked(all -> set(all, 4)
                                .set("changed", WireJson.mapper().readTree("{\"more\":false,\"matches\":[]}")))
                        .faults())
                .contains("record 4: other files have changed than before, whose change somebody had to approve");
    }

    @Test
    void how_long_staging_had_it_is_found_again() {
        Recorded stayed = new Recorded(StayTest.policy(""))
                .awaitingApproval()
                .take(yes(ADA))
                .take(yes(BEN))
                .candidate()
                .after(Duration.ofHours(24))
                .take(_ -> new ReleaseInput.TimedOut())
                .rollingOut();
        int begun = stayed.records.size();

        assertThat(stayed.journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
        assertThat(stayed.checked().faults()).isEmpty();
        assertThat(stayed.checked(all -> set(all, begun).put("since", "2026-01-06T09:59:59Z"))
                        .faults())
                .containsExactly(
                        "record %d: production began at 2026-01-06T09:59:59Z, and staging was to have it until 2026-01-06T10:00:00Z"
                                .formatted(begun));
    }
}
