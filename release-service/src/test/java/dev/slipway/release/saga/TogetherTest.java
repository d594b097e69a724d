package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.FixedBy;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Fixed;
import dev.slipway.release.saga.ReleaseInput.HoldChanged;
import dev.slipway.release.saga.ReleaseInput.Resume;
import dev.slipway.release.saga.ReleaseInput.Superseded;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A release among others: holds, freezes, what fixes it, what it goes back from, and bad news that comes too late. */
final class TogetherTest {
    private static final String OP = "user:op@example.test";
    private static final Sha OTHER = new Sha("9".repeat(40));
    private static final ReleaseId FIX = new ReleaseId("hello@1.0.1");

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static <T> T body(Journey journey, String type, Class<T> bodyType) {
        return bodyType.cast(journey.messages()
                .filter(message -> message.type().equals(type))
                .map(Message::body)
                .findFirst()
                .orElseThrow());
    }

    private static Milestone last(Journey journey) {
        return journey.dossier().milestones().getLast();
    }

    // ---- held after a rollback

    @Test
    void a_release_on_its_way_while_production_went_back_waits_for_a_person_before_production() {
        Journey journey = new Journey().staging().held(Hold.Kind.HELD);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);

        journey.take(journey.rollout("staging", Phase.FULL))
                .take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(waiting(journey).owner()).isEqualTo("people");
        assertThat(waiting(journey).what()).contains("hello@0.9.9", "may contain the same fault");
        assertThat(waiting(journey).command()).isEqualTo("./slipway release resume hello@1.0.0");
        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.PAUSED);
        assertThat(journey.sent()).doesNotContain(ValidationTypes.ASSESS, DeploymentTypes.PROVE_WAY_BACK);

        journey.take(new Resume(OP, "looked", null));

        assertThat(journey.sent()).contains(ValidationTypes.ASSESS, DeploymentTypes.PROVE_WAY_BACK);
        journey.take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void a_hold_that_comes_while_the_candidate_is_verified_holds_it_all_the_same() {
        Journey journey = new Journey().candidate();
        journey.take(journey.wayBack(true)).held(Hold.Kind.HELD);
        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED)).seen();
        assertThat(waiting(journey).command()).isEqualTo("./slipway release resume hello@1.0.0");

        journey.take(new Resume(OP, "looked", null));

        assertThat(phase(journey)).as("Git is asked once more").isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(phase(journey.seen())).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void who_is_held_is_told_again_and_not_given_up() {
        Journey journey = new Journey().confirmingStaging().held(Hold.Kind.HELD).candidateNow();
        int told = journey.dossier().milestones().size();

        journey.overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(journey.dossier().milestones()).hasSize(told + 1);
    }

    @Test
    void a_rollout_that_the_environment_holds_says_so_and_names_the_command() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.WAITING, null, true));

        assertThat(waiting(journey).what()).contains("held before it begins", "may contain the same fault");
        assertThat(waiting(journey).command()).isEqualTo("./slipway release resume hello@1.0.0");
        assertThat(journey.take(new Resume(OP, "looked", null)).sent()).contains(DeploymentTypes.RESUME);
    }

    @Test
    void a_release_that_needs_an_operator_blocks_the_others_until_it_is_dealt_with() {
        Journey journey =
                new Journey().confirmingStaging().held(Hold.Kind.BLOCKED).candidateNow();
        assertThat(waiting(journey).command()).isEqualTo("./slipway release show hello@0.9.9");
        journey.take(new Resume(OP, "anyway", null));
        assertThat(Objects.requireNonNull(journey.refusal()).detail()).contains("Deal with that one first");

        journey.held(Hold.Kind.LIFTED);

        assertThat(journey.sent()).contains(ValidationTypes.ASSESS);
        Journey held = new Journey().candidate().held(Hold.Kind.HELD).held(Hold.Kind.LIFTED);
        assertThat(held.dossier().hold()).isNotNull();
    }

    @Test
    void a_release_says_what_its_fate_means_for_the_others() {
        assertThat(body(new Journey().rollingBack(), LocalTypes.MOVED, Moved.class)
                        .wentBack())
                .isTrue();
        assertThat(body(new Journey().rollingOut().take(new Abort(OP, "", null)), LocalTypes.MOVED, Moved.class)
                        .wentBack())
                .isFalse();
        Moved needs = body(new Journey().needsOperatorForProduction(), LocalTypes.MOVED, Moved.class);
        assertThat(needs.blocks() && needs.wentBack()).isTrue();
        Moved merging = body(new Journey().merging(), LocalTypes.MOVED, Moved.class);
        assertThat(Objects.requireNonNull(merging.verified()).version()).isEqualTo("1.0.0");
        assertThat(merging.left()).isEqualTo(ReleasePhase.BAKING);
        assertThat(merging.lasted()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void after_a_rollback_a_release_on_its_way_has_a_later_order() {
        Journey journey = new Journey().candidate();
        journey.take(new HoldChanged(new Hold(new ReleaseId("hello@0.9.0~rollback-7"), Hold.Kind.HELD, 8)))
                .take(new Resume(OP, "", null))
                .take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();

        assertThat(body(journey, DeploymentTypes.START_ROLLOUT, StartRollout.class)
                        .ordinal())
                .isEqualTo(8);
    }

    // ---- freeze

    @Test
    void a_candidate_waits_for_the_end_of_a_freeze_and_is_verified_after_it() {
        Journey journey = new Journey(Journey.frozen()).candidate();
        assertThat(waiting(journey).what()).isEqualTo("the freeze to end: stocktaking");
        assertThat(waiting(journey).until()).isEqualTo(Journey.START.plus(Duration.ofDays(1)));
        assertThat(journey.sent()).doesNotContain(ValidationTypes.ASSESS);

        journey.after(Duration.ofDays(1)).take(new TimedOut());

        assertThat(journey.sent()).contains(ValidationTypes.ASSESS, DeploymentTypes.PROVE_WAY_BACK);
        journey.take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    // ---- superseded by a push

    @Test
    void a_push_of_another_revision_supersedes_and_one_of_its_own_does_not() {
        Journey own = new Journey().awaitingApproval().take(new Superseded(null, Examples.SHA));
        assertThat(phase(own)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);

        Journey other = new Journey().awaitingApproval().take(new Superseded(null, OTHER));
        assertThat(phase(other)).isEqualTo(ReleasePhase.SUPERSEDED);
        assertThat(Objects.requireNonNull(other.dossier().cause()).text())
                .isEqualTo("The source branch has moved on to 9999999999.");
        assertThat(new Journey().rollingOut().take(new Superseded(null, OTHER)).sent())
                .contains(DeploymentTypes.WITHDRAW);
    }

    // ---- gates that go back

    @Test
    void a_gate_that_goes_back_from_passed_counts_until_the_stage_is_left() {
        Journey candidate = new Journey().candidate();
        candidate
                .take(candidate.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .take(candidate.assessed(Steps.ASSESS_CANDIDATE, Outcome.FAILED));
        assertThat(phase(candidate)).isEqualTo(ReleasePhase.REJECTED);

        Journey waiting = new Journey().awaitingApproval();
        waiting.take(waiting.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.FAILED));
        assertThat(phase(waiting)).isEqualTo(ReleasePhase.REJECTED);

        Journey later = new Journey().staging();
        later.take(later.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.FAILED));
        assertThat(phase(later)).isEqualTo(ReleasePhase.STAGING);
    }

    // ---- bad news after the end of all judgement

    @Test
    void worse_after_production_has_verified_alerts_once_and_rolls_nothing_back() {
        for (Journey journey :
                List.of(new Journey().merging(), new Journey().needsOperatorForMerging(), new Journey().completed())) {
            ReleasePhase before = phase(journey);

            journey.take(journey.worse()).take(journey.worse());

            assertThat(phase(journey)).isEqualTo(before);
            assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.REGRESSED);
            assertThat(last(journey).cause().text()).contains("./slipway app rollback hello --reason WHY");
            assertThat(journey.dossier().milestones())
                    .filteredOn(each -> each.kind() == Milestone.Kind.REGRESSED)
                    .hasSize(1);
        }
    }

    @Test
    void worse_that_the_environment_missed_is_told_once_it_has_verified() {
        Journey journey = new Journey().confirmingProduction();
        journey.take(journey.worse());
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);

        journey.take(journey.rollout("production", Phase.VERIFIED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.REGRESSED);
    }

    @Test
    void a_release_that_everyone_was_told_about_changes_no_more() {
        Journey journey = new Journey().completed().told();
        Dossier before = journey.dossier();

        assertThat(journey.take(journey.worse()).dossier()).isEqualTo(before);
    }

    @Test
    void going_back_too_late_is_told_to_those_who_were_told_that_it_goes_back() {
        Journey journey = new Journey().rollingBack();
        journey.take(journey.rollout("production", Phase.VERIFIED));

        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.REGRESSED);
        assertThat(last(journey).cause().kind()).isEqualTo("too-late");
    }

    // ---- fixes

    @Test
    void a_fix_tells_the_release_that_it_fixes_when_it_needs_its_place() {
        Journey journey = new Journey().fixing().take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED))
                .held(Hold.Kind.BLOCKED)
                .take(journey.approve(Examples.ADA))
                .take(journey.approve(Examples.BEN));
        assertThat(body(journey, LocalTypes.FIXED_BY, FixedBy.class)).isEqualTo(new FixedBy(Journey.ID, "staging"));

        journey.take(journey.rollout("staging", Phase.FULL))
                .take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow()
                .take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(body(journey, LocalTypes.FIXED_BY, FixedBy.class)).isEqualTo(new FixedBy(Journey.ID, "production"));
        journey.take(journey.rollout("production", Phase.WAITING, null, true));
        assertThat(journey.sent()).contains(DeploymentTypes.RESUME);
    }

    @Test
    void a_release_that_needs_an_operator_goes_out_of_the_way_of_its_fix() {
        Journey production = new Journey().needsOperatorForProduction().take(new Fixed(FIX, "production"));
        assertThat(phase(production)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(Objects.requireNonNull(production.dossier().cause()).text())
                .endsWith("Release hello@1.0.1 fixes it.");

        Journey first = new Journey().nothingToRestore().take(new Fixed(FIX, "production"));
        assertThat(phase(first)).isEqualTo(ReleasePhase.ROLLED_BACK);

        Journey staging = new Journey().needsOperatorForStaging().take(new Fixed(FIX, "staging"));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.RESTORING);

        Journey merging = new Journey().needsOperatorForMerging().take(new Fixed(FIX, "staging"));
        assertThat(phase(merging)).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        assertThat(phase(merging.take(new Fixed(FIX, "production")))).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void an_environment_answers_one_thing_for_good() {
        Journey journey = new Journey().merging();
        journey.take(journey.rollout("production", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
    }

    @Test
    void a_judgement_about_a_release_that_nobody_proposed_makes_none() {
        Journey journey = new Journey();

        assertThat(journey.take(journey.worse()).dossier()).isEqualTo(new Journey().dossier());
    }

    // ---- a rollback

    @Test
    void a_rollback_goes_straight_to_production_all_at_once_under_guardrails_and_only_to_a_snapshot() {
        Journey journey = new Journey().rollback();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        StartRollout start = body(journey, DeploymentTypes.START_ROLLOUT, StartRollout.class);
        assertThat(start.keptOnly()).isTrue();
        assertThat(start.strategy()).isEqualTo(Strategy.ALL_AT_ONCE);
        assertThat(start.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.traffic()).isEqualTo(100));
        assertThat(start.canary())
                .isEqualTo(Journey.demo().environments().production().canary());
        assertThat(start.target())
                .isEqualTo(Journey.demo().environments().staging().target());
        assertThat(journey.dossier().milestones())
                .extracting(Milestone::kind)
                .containsExactly(Milestone.Kind.PROPOSED, Milestone.Kind.ROLLING_OUT);
    }

    @Test
    void a_rollback_is_baked_and_completed_without_a_merge() {
        Journey journey = new Journey().rollback();
        journey.take(journey.rollout("production", Phase.BAKING));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);
        journey.take(journey.rollout("production", Phase.FULL));
        journey.take(journey.rollout("production", Phase.VERIFIED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(last(journey).cause().text()).isEqualTo("Production runs 1.0.0 again.");
        Moved moved = body(journey, LocalTypes.MOVED, Moved.class);
        assertThat(Objects.requireNonNull(moved.verified()).rollback()).isTrue();
        assertThat(moved.wentBack()).isTrue();
    }

    @Test
    void a_rollback_to_what_production_keeps_no_snapshot_of_is_rejected() {
        Journey journey = new Journey().rollback();
        journey.take(journey.rollout("production", Phase.NOT_ADMITTED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void a_rollback_is_not_superseded() {
        Journey journey = new Journey().rollback().take(new Superseded(FIX, null));

        assertThat(journey.effects()).isEmpty();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    // ---- deadlines

    @Test
    void production_that_never_began_ends_as_expired() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.WAITING)).overdue();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);

        journey.take(journey.rollout("production", Phase.NOT_ADMITTED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
    }

    @Test
    void a_machine_that_slept_reads_and_merges_on() {
        for (Journey journey : List.of(new Journey().proposed(), new Journey().merging())) {
            ReleasePhase before = phase(journey);

            journey.after(Duration.ofHours(8)).take(new TimedOut());

            assertThat(phase(journey)).isEqualTo(before);
        }
    }
}
