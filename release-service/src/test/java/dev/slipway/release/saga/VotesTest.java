package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vote on a release: how long it is open, whose no ends it, and what stands on record of it. */
final class VotesTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final String CY = "cy@example.test";
    private static final Instant TWO_DAYS_ON = Journey.START.plus(Duration.ofHours(48));
    private static final ReleaseInput AGAIN = new ReleaseInput.AskAgain();

    /** The demo's, with other approvals. */
    static Policy policy(String approvals) {
        return policy(approvals, "");
    }

    static Policy policy(String approvals, String more) {
        String yaml = Examples.demoYaml()
                        .replace("approvals: {required: 2, within: 72h}", "approvals: {%s}".formatted(approvals))
                + more;
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Journey journey(String approvals) {
        return new Journey(policy(approvals));
    }

    /** Two have said yes, and its vote is open for two days. */
    private static Journey open() {
        Journey journey = journey("required: 2, within: 72h, openFor: 48h").awaitingApproval();
        return journey.take(journey.approve(ADA)).take(journey.approve(BEN));
    }

    static ReleaseInput no(Journey journey, String email, String why) {
        return new ReleaseInput.SayNo(email, why, journey.triple(), null);
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static VoteView view(Journey journey) {
        return Objects.requireNonNull(Votes.view(journey.dossier()));
    }

    private static VoteTally tally(Journey journey) {
        return Objects.requireNonNull(Ballot.of(journey.dossier()).tally());
    }

    private static Cause cause(Journey journey) {
        return Objects.requireNonNull(journey.dossier().cause());
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal()).code();
    }

    // ---- how long it is open

    @Test
    void enough_are_not_enough_before_it_was_open_for_as_long_as_the_policy_says() {
        Journey journey = journey("required: 2, within: 72h, openFor: 48h").awaitingApproval();
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.VOTE, TWO_DAYS_ON));
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .contains("2 approvals are asked for.", "The vote is open until 2026-01-07T10:00:00Z at least.");

        journey.take(journey.approve(ADA)).take(journey.approve(BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).what()).isEqualTo("2 of 2 approvals; open until 2026-01-07T10:00:00Z");
        assertThat(waiting(journey).command()).contains("release object hello@1.0.0");
        assertThat(view(journey).openUntil()).isEqualTo(TWO_DAYS_ON);
        assertThat(view(journey).decided()).isNull();

        journey.after(Duration.ofHours(48).minusMillis(1)).take(AGAIN);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        journey.after(Duration.ofMillis(1)).take(AGAIN);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.VOTE));
        assertThat(tally(journey).openUntil()).isEqualTo(TWO_DAYS_ON);
    }

    @Test
    void it_waits_for_approvals_until_then_at_least_and_the_deadline_ends_it_as_the_timer_does() {
        Journey enough = journey("required: 1, within: 1h, openFor: 48h").awaitingApproval();
        assertThat(waiting(enough).until()).isEqualTo(TWO_DAYS_ON);
        enough.take(enough.approve(ADA)).overdue();
        assertThat(phase(enough)).isEqualTo(ReleasePhase.STAGING);

        Journey missing = journey("required: 2, within: 1h, openFor: 48h").awaitingApproval();
        missing.take(missing.approve(ADA)).overdue();
        assertThat(phase(missing)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(tally(missing).outcome()).isEqualTo(VoteView.Outcome.EXPIRED);
        assertThat(tally(missing).yes()).containsExactly(ADA);
    }

    @Test
    void a_duty_that_is_due_earlier_does_not_end_a_vote_that_is_open() {
        Policy policy = policy(
                "required: 1, within: 72h, openFor: 48h",
                "duties: [{id: try-it, text: Try it, by: devops, before: staging, within: 2h}]\n");
        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve(ADA)).after(Duration.ofHours(1));
        journey.take(journey.answer("try-it", BEN, DutyView.Result.PASSED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).until()).isAfterOrEqualTo(TWO_DAYS_ON);
        journey.after(Duration.ofHours(47)).take(AGAIN);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void a_vote_that_was_open_long_enough_waits_for_duties_alone() {
        Policy policy = policy(
                "required: 1, within: 72h, openFor: 2h",
                "duties: [{id: try-it, text: Try it, by: devops, before: staging, within: 10h}]\n");
        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve(ADA)).after(Duration.ofHours(2)).take(AGAIN);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).what()).isEqualTo("the duty try-it of devops");
        assertThat(tally(journey).outcome()).isEqualTo(VoteView.Outcome.PASSED);

        journey.take(journey.approve(CY));
        assertThat(tally(journey).yes()).as("whoever says yes later is in it").containsExactly(ADA, CY);
        journey.take(no(journey, ADA, "not yet"));
        assertThat(tally(journey).yes()).containsExactly(CY);
        assertThat(tally(journey).no()).containsExactly(ADA);
    }

    @ParameterizedTest
    @CsvSource({"major, AWAITING_APPROVAL", "'[major, hotfix]', AWAITING_APPROVAL", "patch, STAGING", "hotfix, STAGING"
    })
    void it_holds_for_the_kinds_of_release_that_the_policy_names(String kinds, ReleasePhase after) {
        Journey journey = journey("required: 1, openFor: {time: 48h, when: %s}".formatted(kinds))
                .awaitingApproval();

        journey.take(journey.approve(ADA));

        assertThat(phase(journey)).isEqualTo(after);
    }

    @Test
    void it_is_counted_by_the_working_days_of_a_calendar() {
        Policy policy = policy(
                "required: 1, openFor: {time: 120h, calendar: office}", "calendars: [{name: office, zone: UTC}]\n");
        Journey journey = new Journey(policy).awaitingApproval();

        assertThat(Votes.openUntil(journey.dossier())).contains(Instant.parse("2026-01-12T10:00:00Z"));
    }

    @Test
    void nobody_has_to_say_yes_where_a_vote_is_open_for_whoever_says_no() {
        Journey journey = journey("required: 0, openFor: 48h, veto: [devops]").awaitingApproval();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(journey.dossier().milestones().getLast().cause().text()).startsWith("No approval is needed");

        journey.after(Duration.ofHours(48)).take(AGAIN);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(tally(journey).outcome()).isEqualTo(VoteView.Outcome.PASSED);
    }

    // ---- whose no counts

    @Test
    void a_no_takes_the_place_of_a_yes_and_a_yes_that_of_a_no_and_all_stand_on_record() {
        Journey journey = journey("required: 2").awaitingApproval();
        journey.take(journey.approve(ADA)).after(Duration.ofMinutes(1));

        journey.take(no(journey, ADA, "the licence is unclear"));
        assertThat(journey.dossier().approvals()).isEmpty();
        assertThat(waiting(journey).what()).isEqualTo("0 of 2 approvals; 1 no: ada@example.test");
        assertThat(view(journey).objections()).singleElement().satisfies(no -> {
            assertThat(no.reason()).isEqualTo("the licence is unclear");
            assertThat(no.yesBefore()).isEqualTo(Journey.START);
            assertThat(no.counts()).isTrue();
            assertThat(no.veto()).isFalse();
        });
        assertThat(journey.reason()).isEqualTo("objected by ada@example.test: the licence is unclear");

        journey.after(Duration.ofMinutes(1)).take(journey.approve(ADA));
        assertThat(waiting(journey).what()).isEqualTo("1 of 2 approvals");
        assertThat(view(journey).objections())
                .singleElement()
                .satisfies(no -> assertThat(no.counts()).isFalse());

        journey.take(no(journey, CY, "why now?")).take(journey.approve(BEN));
        assertThat(phase(journey)).as("a no of others stops nothing").isEqualTo(ReleasePhase.STAGING);
        assertThat(tally(journey))
                .isEqualTo(new VoteTally(
                        journey.now(),
                        VoteView.Outcome.PASSED,
                        null,
                        2,
                        List.of(ADA, BEN),
                        List.of(CY),
                        List.of(),
                        journey.triple()));
    }

    @Test
    void one_person_has_one_vote_under_whichever_address() {
        Journey journey = journey("required: 2, people: [[%s, ben@home.test]]".formatted(BEN))
                .awaitingApproval();
        journey.take(journey.approve(BEN)).take(no(journey, "ben@home.test", "not yet"));
        assertThat(journey.dossier().approvals()).isEmpty();

        journey.take(no(journey, BEN, "still not"));
        assertThat(Votes.standing(journey.dossier()))
                .extracting(Ballot.Objection::reason)
                .containsExactly("still not");
        journey.take(no(journey, BEN, "still not"));
        assertThat(journey.effects()).as("the same no again changes nothing").isEmpty();
    }

    @Test
    void a_no_of_a_role_with_a_veto_rejects_it_with_the_reason() {
        Journey journey = journey("required: 2, veto: [devops]").awaitingApproval();
        journey.take(journey.approve(ADA)).take(no(journey, BEN, "it loses orders"));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).kind()).isEqualTo("vetoed");
        assertThat(cause(journey).text())
                .isEqualTo("ben@example.test of devops said no, whose no ends a release: it loses orders");
        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.REJECTED);
        assertThat(tally(journey).outcome()).isEqualTo(VoteView.Outcome.VETOED);
        assertThat(tally(journey).yes()).containsExactly(ADA);
        assertThat(tally(journey).no()).containsExactly(BEN);
    }

    @Test
    void until_production_begins_it_takes_staging_back_as_well() {
        Journey staging = journey("required: 2, veto: [devops]").staging();
        staging.take(no(staging, BEN, "it loses orders"));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.RESTORING);
        staging.take(staging.rollout("staging", Phase.RESTORED));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(staging).text()).contains("it loses orders");

        Journey candidate = journey("required: 2, veto: [devops]").candidate();
        candidate.take(no(candidate, BEN, "it loses orders"));
        assertThat(candidate.dossier().state())
                .as("what staging has verified it leaves after the end")
                .isEqualTo(new ReleaseState.Ended(ReleasePhase.REJECTED, "staging"));

        Journey begun = journey("required: 2, veto: [devops]").rollingOut();
        begun.take(no(begun, BEN, "it loses orders"));
        assertThat(refusal(begun)).isEqualTo("not-now");
        assertThat(Objects.requireNonNull(begun.refusal()).detail()).contains("./slipway release abort hello@1.0.0");
    }

    @Test
    void a_no_of_others_is_heard_while_people_are_asked_and_of_exactly_this() {
        Journey early = journey("required: 2, veto: [devops]").validating();
        early.take(no(early, BEN, "no"));
        assertThat(refusal(early)).isEqualTo("not-now");

        Journey late = journey("required: 2, veto: [devops]").staging();
        late.take(no(late, ADA, "no"));
        assertThat(refusal(late)).isEqualTo("not-now");
        assertThat(phase(late)).isEqualTo(ReleasePhase.STAGING);

        Journey other = journey("required: 2, veto: [devops]").awaitingApproval();
        other.take(new ReleaseInput.SayNo(
                BEN, "no", new ReleaseInput.Triple(Examples.SHA, other.triple().digests(), "another"), null));
        assertThat(refusal(other)).isEqualTo("another-triple");
    }

    @Test
    void a_veto_ends_a_vote_that_enough_have_said_yes_in() {
        Policy policy = policy("required: 2, openFor: 48h, veto: [support]");
        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve(ADA)).take(journey.approve(BEN));
        journey.after(Duration.ofHours(47)).take(no(journey, "support@example.test", "nobody is at the phones"));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(tally(journey).yes()).containsExactly(ADA, BEN);
    }

    // ---- who is wanted, and what is shown

    @Test
    void so_many_of_a_role_are_wanted_and_those_who_are_missing_are_named() {
        String another =
                "  - {role: devops, name: Eve, email: eve@example.test}\napprovals: {roles: {technical-lead: 1, devops: 2}}";
        String yaml = Examples.demoYaml().replace("approvals: {required: 2, within: 72h}", another);
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        Policy policy = ((PolicyReading.Accepted) reading).policy();
        assertThat(policy.approvals().required()).isEqualTo(3);
        assertThat(policy.approvals().roles()).containsExactly("devops", "devops", "technical-lead");

        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve(ADA)).take(journey.approve(BEN)).take(journey.approve(CY));
        assertThat(waiting(journey).what()).isEqualTo("3 of 3 approvals; still wanted: devops");
        assertThat(view(journey).roles())
                .containsExactly(new VoteView.Quorum("devops", 2, 1), new VoteView.Quorum("technical-lead", 1, 0));
        journey.take(journey.approve("eve@example.test"));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(tally(journey).yes()).containsExactly(ADA, BEN, CY, "eve@example.test");
    }

    @Test
    void a_line_of_the_guide_says_how_many_of_its_role_have_said_yes() {
        String another = "  - {role: devops, name: Eve, email: eve@example.test}\napprovals: {roles: {devops: 2}}";
        String yaml = Examples.demoYaml().replace("approvals: {required: 2, within: 72h}", another)
                + "guide: {lines: [{id: ops, text: Two of DevOps say yes, approval: devops}]}\n";
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        Journey journey = new Journey(((PolicyReading.Accepted) reading).policy()).awaitingApproval();
        assertThat(ops(journey).why()).isEqualTo("nobody of the role devops has said yes");

        journey.take(journey.approve(BEN));
        assertThat(ops(journey).state()).isEqualTo(GuideView.LineState.DUE);
        assertThat(ops(journey).why()).isEqualTo("1 of 2 said yes of the role devops");
        journey.take(journey.approve("eve@example.test"));
        assertThat(ops(journey).state()).isEqualTo(GuideView.LineState.PASSED);
    }

    private static GuideView.Line ops(Journey journey) {
        return GuideStates.of(journey.dossier()).lines().getFirst();
    }

    @Test
    void a_tally_names_whom_nobody_stood_for() {
        Journey journey = journey("required: 2, roles: [devops, support]").awaitingApproval();
        journey.take(journey.approve(BEN)).take(journey.approve(ADA));
        assertThat(view(journey).roles())
                .containsExactly(new VoteView.Quorum("devops", 1, 0), new VoteView.Quorum("support", 1, 1));

        journey.overdue();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(tally(journey).missing()).containsExactly("support");
        assertThat(Objects.requireNonNull(view(journey).decided()).missing()).containsExactly("support");
    }

    @Test
    void a_plan_says_how_long_it_is_open_and_whose_no_ends_it() {
        Journey journey = journey("required: 2, openFor: 48h, veto: [devops]").proposed();
        PlanView plan = ReleasePlan.of(journey.dossier(), journey.now());
        assertThat(plan.steps().stream().filter(step -> step.id().equals("people")))
                .singleElement()
                .satisfies(step -> assertThat(step.text())
                        .contains("The vote is open for 48 h at least", "A no of devops ends it as REJECTED"));

        Journey asked = open();
        PlanView now = ReleasePlan.of(asked.dossier(), asked.now());
        assertThat(now.steps().getFirst().text()).contains("open until 2026-01-07T10:00:00Z");
        assertThat(now.steps().getFirst().asked().getFirst().why())
                .contains("2 said yes; open until 2026-01-07T10:00:00Z");
    }

    @Test
    void what_is_on_record_is_read_as_it_was_written_and_absent_from_before_there_was_any() {
        Journey journey = open();
        journey.take(no(journey, ADA, "not yet"));
        Dossier dossier = journey.dossier();
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(dossier), Dossier.class))
                .isEqualTo(dossier);

        Journey plain = new Journey().validating();
        assertThat(MessagingJson.mapper().writeValueAsString(plain.dossier())).doesNotContain("ballot");
        assertThat(Votes.view(plain.dossier())).isNull();
    }

    @Test
    void a_gate_that_fails_meanwhile_ends_it() {
        Journey journey = open();
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.FAILED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.VOTE));
    }
}
