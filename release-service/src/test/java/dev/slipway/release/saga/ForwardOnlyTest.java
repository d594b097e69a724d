package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.runbook.Runbook;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Fixed;
import dev.slipway.release.saga.ReleaseInput.Promote;
import dev.slipway.release.saga.ReleaseInput.Resume;
import dev.slipway.release.saga.ReleaseInput.Retry;
import dev.slipway.release.saga.ReleaseState.Part;
import dev.slipway.release.wiring.Examples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A release that cannot be undone: production is never taken back from it by itself, and people are asked instead. */
final class ForwardOnlyTest {
    private static final String OP = "user:op@example.test";
    private static final String WHY = "orders are rewritten";
    private static final RolloutCause WORSE =
            new RolloutCause("worse", "The new version is worse: comparison on errors", "9 %", "1 %");
    private static final RolloutCause ENDED = new RolloutCause("unhealthy", "The new version is gone. exit 1", "", "");

    /** The same, which says that the technical lead and DevOps are asked. */
    static Policy asking(Policy policy) {
        return new Policy(
                policy.application(),
                policy.source(),
                policy.contacts(),
                policy.approvals(),
                policy.checks(),
                policy.gates(),
                policy.environments(),
                policy.merge(),
                policy.onPush(),
                policy.freeze(),
                policy.weekly(),
                policy.waivers(),
                policy.retention(),
                policy.guide(),
                policy.duties(),
                policy.staffing(),
                policy.announcements(),
                policy.timetable(),
                new ForwardOnlyRule(List.of("technical-lead", "devops"), List.of()));
    }

    private static Journey journey(Policy policy) {
        return new Journey(asking(policy)).proposing(Examples.proposal("1.0.0").onlyForward(WHY));
    }

    private static Journey rollingOut(Policy policy) {
        Journey journey = journey(policy).candidate();
        return journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
    }

    static Journey stepping() {
        Journey journey = rollingOut(Journey.demo());
        return journey.take(journey.rollout("production", Phase.STEPPING));
    }

    /** Production holds it. */
    static Journey held(RolloutCause why) {
        Journey journey = stepping();
        return journey.take(status(journey, Phase.STEPPING, true, why));
    }

    static Journey held() {
        return held(WORSE);
    }

    private static ReleaseInput status(Journey journey, Phase phase, boolean paused, @Nullable RolloutCause cause) {
        RolloutStatus status = new RolloutStatus(
                journey.dossier().question("production"),
                new EnvironmentId(Journey.ID.application(), "production"),
                phase,
                25,
                2,
                4,
                paused,
                URI.create("http://127.0.0.1:1"),
                cause,
                null,
                null,
                null,
                List.of());
        return new ReleaseInput.RolloutChanged(
                "deployment-service/environment/hello/production", journey.next(), status);
    }

    private static Policy withProductionGate() {
        List<Gate> gates = new ArrayList<>(Journey.demo().gates());
        gates.add(new Gate(
                "live",
                "",
                Stage.PRODUCTION,
                null,
                null,
                List.of(),
                null,
                null,
                gates.get(2).http(),
                Duration.ofMinutes(5)));
        return Journey.policy(2, gates, Journey.demo().merge());
    }

    private static Journey baked(Policy policy) {
        Journey journey = rollingOut(policy);
        journey.take(journey.rollout("production", Phase.STEPPING));
        journey.after(Duration.ofSeconds(1)).take(journey.rollout("production", Phase.BAKING));
        return journey.after(Duration.ofSeconds(10)).take(journey.rollout("production", Phase.FULL));
    }

    /** What was asked of it in production did not pass. */
    static Journey heldByGates() {
        Journey journey = baked(withProductionGate());
        return journey.take(journey.assessed(Steps.ASSESS_PRODUCTION, Outcome.FAILED));
    }

    private static Milestone last(Journey journey) {
        return journey.dossier().milestones().getLast();
    }

    private static String refused(Journey journey) {
        Refusal refusal = Objects.requireNonNull(journey.refusal());
        return refusal.code() + " " + refusal.detail();
    }

    private static List<RolloutCommand> commands(Journey journey, String type) {
        return journey.messages()
                .filter(message -> message.type().equals(type))
                .map(message -> (RolloutCommand) message.body())
                .toList();
    }

    private static void assertHeld(Journey journey, String found) {
        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.PAUSED);
        assertThat(last(journey).asked()).containsExactly("technical-lead", "devops");
        assertThat(last(journey).cause().text())
                .contains(found, WHY, "production does not go back", "--fixes hello@1.0.0", "--although-forward-only");
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.ROLL_BACK, DeploymentTypes.ABORT);
        Waiting waiting = Objects.requireNonNull(Telling.waiting(journey.dossier()));
        assertThat(waiting.owner()).isEqualTo("people");
        assertThat(waiting.what()).contains("technical-lead, devops", WHY, found);
    }

    @Test
    void whoever_is_asked_to_approve_it_reads_that_it_cannot_be_undone_and_what_is_done_instead() {
        Journey journey = journey(Journey.demo()).awaitingApproval();

        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.APPROVAL_ASKED);
        assertThat(last(journey).cause().text())
                .contains("It may only go forward: " + WHY + ".")
                .contains("technical-lead, devops are asked");
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .contains("it may only go forward (" + WHY + ")");
        assertThat(new Journey()
                        .awaitingApproval()
                        .dossier()
                        .milestones()
                        .getLast()
                        .cause()
                        .text())
                .doesNotContain("forward");
    }

    @Test
    void the_proof_of_the_way_back_is_answered_by_its_reason_and_asked_of_nobody() {
        Journey journey = journey(Journey.demo()).candidate();
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.PROVE_WAY_BACK);

        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED)).seen();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLING_OUT);
        GateVerdict way = Telling.gates(journey.dossier()).stream()
                .filter(gate -> gate.gate().equals("way-back"))
                .findFirst()
                .orElseThrow();
        assertThat(way.observed()).isEqualTo("forward-only");
        assertThat(way.cause()).contains(WHY, "held", "technical-lead, devops", "on record");
    }

    @Test
    void production_is_told_not_to_go_back_and_staging_is_not() {
        Journey journey = journey(Journey.demo()).staging();
        assertThat(started(journey).forwardOnly()).isNull();

        assertThat(started(rollingOut(Journey.demo())).forwardOnly()).isEqualTo(WHY);
        assertThat(started(new Journey().rollingOut()).forwardOnly()).isNull();
        assertThat(started(new Journey().rollingOut()).fixes()).isNull();
    }

    private static StartRollout started(Journey journey) {
        return journey.messages()
                .filter(message -> message.type().equals(DeploymentTypes.START_ROLLOUT))
                .map(message -> (StartRollout) message.body())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_production_holds_is_asked_of_the_people_whom_the_policy_names_and_of_nobody_twice() {
        Journey journey = held();

        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
        assertHeld(journey, "worse: comparison on errors");
        int told = journey.dossier().milestones().size();
        journey.take(status(journey, Phase.STEPPING, true, WORSE));
        assertThat(journey.dossier().milestones()).hasSize(told);

        journey.take(status(journey, Phase.STEPPING, true, ENDED));
        assertHeld(journey, "gone");
    }

    @Test
    void what_a_person_has_paused_asks_nobody() {
        Journey journey = stepping();
        journey.take(status(journey, Phase.STEPPING, true, null));

        assertThat(last(journey).kind()).isEqualTo(Milestone.Kind.PAUSED);
        assertThat(last(journey).asked()).isEmpty();
        assertThat(last(journey).cause().text()).doesNotContain("forward");
    }

    @Test
    void people_are_reminded_and_nothing_goes_back_however_long_they_take() {
        Journey journey = held();
        int told = journey.dossier().milestones().size();

        journey.overdue().overdue();

        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
        assertThat(journey.dossier().milestones()).hasSize(told + 2);
        assertHeld(journey, "worse: comparison on errors");
    }

    @Test
    void a_production_that_says_nothing_any_more_takes_nothing_back() {
        for (Journey journey : List.of(rollingOut(Journey.demo()), stepping())) {
            journey.overdue();

            assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
            assertThat(last(journey).asked()).containsExactly("technical-lead", "devops");
            assertThat(last(journey).cause().text()).contains("did not get further in time", "does not go back");
            assertThat(journey.sent()).doesNotContain(DeploymentTypes.ROLL_BACK);
            assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                    .isAfter(journey.now());
        }
    }

    @Test
    void what_leaves_the_queue_of_a_production_that_does_not_answer_is_not_taken_back_either() {
        Journey journey = rollingOut(Journey.demo());
        journey.take(journey.rollout("production", Phase.WAITING, null, false))
                .after(Duration.ofDays(6))
                .take(journey.turn())
                .take(new ReleaseInput.RevisionRefused("Revision 1111111111 is not on branch production."));
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);

        journey.overdue();

        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
        assertThat(last(journey).asked()).containsExactly("technical-lead", "devops");
        assertThat(last(journey).cause().text()).contains("is not on branch production", "does not go back");
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW).doesNotContain(DeploymentTypes.ROLL_BACK);

        journey.take(journey.rollout("production", Phase.NOT_ADMITTED, null, false));

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
    }

    /** Production has begun although Git did not show its revision at its turn. */
    static Journey unshown(Phase phase) {
        Journey journey = rollingOut(Journey.demo());
        journey.take(journey.rollout("production", Phase.WAITING, null, false))
                .take(journey.turn())
                .take(new ReleaseInput.RevisionRefused("Revision 1111111111 is not on branch production."));
        return journey.take(status(journey, phase, false, null));
    }

    @Test
    void what_production_has_begun_with_although_git_does_not_show_it_is_stopped_where_it_is_and_asked_of_people() {
        for (Phase phase : List.of(Phase.STARTING, Phase.WARMING_UP, Phase.STEPPING, Phase.BAKING)) {
            Journey journey = unshown(phase);

            assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingOut.class);
            assertHeld(journey, "is not on branch production");
            assertThat(commands(journey, DeploymentTypes.PAUSE)).hasSize(1);
            assertThat(Answered.inFull(journey.dossier())).isFalse();
            int told = journey.dossier().milestones().size();

            journey.take(status(journey, phase, true, null));

            assertThat(journey.dossier().milestones()).hasSize(told);
            assertThat(journey.take(new ReleaseInput.AskAgain()).sent())
                    .doesNotContain(DeploymentTypes.PAUSE, DeploymentTypes.WITHDRAW);
            assertHeld(journey.overdue(), "is not on branch production");
        }
        Journey full = unshown(Phase.FULL);
        assertHeld(full, "is not on branch production");
        assertThat(full.sent()).doesNotContain(DeploymentTypes.PAUSE, DeploymentTypes.CONFIRM_VERIFIED);
    }

    @Test
    void a_person_has_what_git_does_not_show_go_on_or_takes_it_back() {
        for (ReleaseInput word : List.of(new Resume(OP, "known", null), new Promote(OP, "known", false, null))) {
            Journey journey = unshown(Phase.STEPPING).take(word);

            assertThat(journey.sent()).containsAnyOf(DeploymentTypes.RESUME, DeploymentTypes.PROMOTE);
            assertThat(ForwardOnly.held(journey.dossier())).isEmpty();
            journey.take(status(journey, Phase.STEPPING, false, null));
            assertThat(commands(journey, DeploymentTypes.PAUSE)).isEmpty();
            journey.take(journey.rollout("production", Phase.BAKING));
            assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Baking.class);
        }
        Journey full = unshown(Phase.FULL).take(new Resume(OP, "known", null));
        assertThat(full.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);

        Journey journey = unshown(Phase.STEPPING).take(new Abort(OP, "", null));
        assertThat(refused(journey)).contains("--although-forward-only REASON");
        journey.take(new Abort(OP, "", null, "the old version reads them"));
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingBack.class);
    }

    @Test
    void it_is_held_at_full_traffic_too_until_it_is_confirmed() {
        Journey journey = baked(Journey.demo());
        journey.take(status(journey, Phase.FULL, true, ENDED));
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Baking.class);
        assertHeld(journey, "gone");

        journey.overdue();
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Baking.class);
        assertHeld(journey, "gone");

        journey.take(new Resume(OP, "it is up again", null));
        assertThat(commands(journey, DeploymentTypes.RESUME)).hasSize(1);
        journey.take(status(journey, Phase.FULL, false, null)).take(status(journey, Phase.VERIFIED, false, null));
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Merging.class);
    }

    @Test
    void a_gate_that_fails_in_production_holds_it_and_a_person_has_it_go_on() {
        Journey journey = heldByGates();
        assertThat(journey.dossier().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Baking.class,
                        baking -> assertThat(baking.part()).isEqualTo(Part.VERIFYING));
        assertHeld(journey, "Gate live");

        journey.overdue();
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Baking.class);
        assertHeld(journey, "Gate live");

        for (ReleaseInput word : List.of(new Resume(OP, "known", null), new Promote(OP, "known", false, null))) {
            Journey going = heldByGates().take(word);
            assertThat(going.dossier().state())
                    .isInstanceOfSatisfying(
                            ReleaseState.Baking.class,
                            baking -> assertThat(baking.part()).isEqualTo(Part.CONFIRMING));
            assertThat(going.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);
            assertThat(going.dossier().cause()).isNull();
            assertThat(going.dossier().notes().getLast().answer()).contains("in spite of this: Gate live");
        }
    }

    @Test
    void gates_that_are_not_answered_in_production_hold_it_and_so_does_a_duty_that_failed_or_is_late() {
        assertHeld(baked(withProductionGate()).overdue(), "not answered in time");

        Policy dutiful = Journey.dutiful(Journey.duty("try-it", Duty.Before.END));
        Journey failed = baked(dutiful);
        failed.take(failed.answer("try-it", Examples.BEN, DutyView.Result.FAILED));
        assertHeld(failed, "try-it");
        assertHeld(baked(dutiful).overdue(), "try-it");
    }

    @Test
    void it_is_taken_back_only_by_a_person_who_says_that_they_know() {
        for (Journey journey : List.of(rollingOut(Journey.demo()), stepping(), held(), heldByGates())) {
            Dossier before = journey.dossier();

            journey.take(new Abort(OP, "orders are lost", null));

            assertThat(refused(journey)).contains("forward-only ", WHY, "--although-forward-only REASON");
            assertThat(journey.dossier().state()).isEqualTo(before.state());

            journey.take(new Abort(OP, "orders are lost", null, "the old version reads them"));

            assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.RollingBack.class);
            assertThat(journey.sent()).contains(DeploymentTypes.ABORT);
            assertThat(Objects.requireNonNull(journey.dossier().cause()).text())
                    .contains("orders are lost", WHY, "the old version reads them");
        }
    }

    @Test
    void before_production_it_is_stopped_like_any_other() {
        Journey journey = journey(Journey.demo()).candidate().take(new Abort(OP, "not today", null));

        assertThat(journey.refusal()).isNull();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ABORTED);
    }

    @Test
    void an_operators_retry_takes_nothing_back_either_unless_a_person_has_said_so() {
        Journey forgotten = stepping();
        forgotten.take(forgotten.rollout("production", Phase.UNKNOWN)).take(new Retry(OP, "", null));
        assertThat(refused(forgotten)).contains("--although-forward-only");
        assertThat(forgotten.dossier().state().phase()).isEqualTo(ReleasePhase.NEEDS_OPERATOR);

        Journey said = held().take(new Abort(OP, "", null, "we know")).overdue().take(new Retry(OP, "", null));
        assertThat(said.dossier().state()).isInstanceOf(ReleaseState.RollingBack.class);
    }

    @Test
    void a_release_that_fixes_it_makes_it_hand_over_and_not_go_back() {
        Journey journey = baked(Journey.demo()).overdue();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.NEEDS_OPERATOR);

        journey.take(new Fixed(Journey.BROKEN, "production"));

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        journey.take(status(journey, Phase.DISPLACED, false, null));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.SUPERSEDED);
    }

    @Test
    void others_are_held_while_it_is_and_a_repair_says_to_production_what_it_repairs() {
        Moved moved = held().messages()
                .filter(message -> message.type().equals(LocalTypes.MOVED))
                .map(message -> (Moved) message.body())
                .findFirst()
                .orElseThrow();
        assertThat(moved.blocks()).isTrue();
        assertThat(moved.wentBack()).isFalse();
        assertThat(moved.forwardOnly()).isEqualTo(WHY);

        Journey fix = new Journey().proposing(Examples.proposal("1.0.0"));
        fix.fixing().take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));
        fix.take(fix.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED))
                .take(fix.approve(Examples.ADA))
                .take(fix.approve(Examples.BEN))
                .take(fix.rollout("staging", Phase.FULL))
                .take(fix.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow()
                .take(fix.wayBack(true))
                .take(fix.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
        assertThat(started(fix).fixes()).isEqualTo(Journey.BROKEN);
    }

    @Test
    void going_on_after_the_judge_found_it_worse_says_that_a_person_passes_each_further_step() {
        Journey journey = held().take(new Resume(OP, "known", null));

        assertThat(journey.dossier().notes().getLast().answer()).contains("no step passes by itself", "promote");
        assertThat(commands(journey, DeploymentTypes.RESUME)).hasSize(1);
        assertThat(Objects.requireNonNull(Telling.waiting(held().dossier())).command())
                .isEqualTo("./slipway release promote hello@1.0.0");
        assertThat(Objects.requireNonNull(Telling.waiting(held(ENDED).dossier()))
                        .command())
                .isEqualTo("./slipway release resume hello@1.0.0");
    }

    @Test
    void a_line_of_the_guide_that_wants_production_to_go_back_by_itself_does_not_apply() {
        GuideStates.Standing standing = new GuideActions(held().dossier()).standing(GuideAnswer.Action.ROLLBACK);

        assertThat(standing.state()).isEqualTo(GuideView.LineState.DOES_NOT_APPLY);
        assertThat(standing.why()).contains(WHY, "technical-lead, devops are asked");
        assertThat(new GuideActions(new Journey().stepping().dossier())
                        .standing(GuideAnswer.Action.ROLLBACK)
                        .state())
                .isEqualTo(GuideView.LineState.OPEN);
    }

    @Test
    void plan_runbook_and_notes_say_what_is_done_instead_of_going_back() {
        Journey journey = journey(Journey.demo()).candidate();
        Dossier d = journey.dossier();

        String runbook = Runbook.of(d, journey.now()).toString();
        assertThat(runbook)
                .contains("it may only go forward (" + WHY, "--although-forward-only REASON", "It is held for ")
                .doesNotContain("Production goes back to", "It is taken back by");
        String notes = ReleaseNotes.of(d, null).knownLimitations().stream().collect(Collectors.joining(" "));
        assertThat(notes).contains(WHY);

        String ordinary =
                Runbook.of(new Journey().candidate().dossier(), journey.now()).toString();
        assertThat(ordinary).doesNotContain("forward-only", "may only go forward");
    }
}
