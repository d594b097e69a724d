package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WeeklyFreeze;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.FreezesChanged;
import dev.slipway.release.saga.ReleaseInput.Resolve;
import dev.slipway.release.saga.ReleaseInput.RevisionRead;
import dev.slipway.release.saga.ReleaseInput.RevisionRefused;
import dev.slipway.release.saga.ReleaseInput.Superseded;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.wiring.Examples;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is looked at again, waited for and told before production, and what a release leaves behind that never got there. */
final class BeforeProductionTest {
    private static final String OP = "user:op@example.test";
    private static final Sha OTHER = new Sha("9".repeat(40));

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static boolean traffic(Journey journey) {
        return journey.messages()
                .filter(message -> message.type().equals(LocalTypes.MOVED))
                .map(message -> ((Moved) message.body()).traffic())
                .reduce((_, latest) -> latest)
                .orElseThrow();
    }

    // ---- the revision, once more

    private static final Effect LOOK = new Effect.StartTask(
            "read-revision-again",
            Work.READ,
            new Work.ReadRevision(Journey.demo().source(), Examples.SHA, false, "v1.0.0"));

    private static Instant until(Journey journey) {
        return Objects.requireNonNull(journey.dossier().state().waits()).until();
    }

    @Test
    void the_revision_is_looked_at_again_when_nothing_else_is_waited_for_on_any_of_its_branches() {
        Journey journey = new Journey().candidate();
        assertThat(Work.of(journey.dossier())).isEmpty();
        journey.take(journey.wayBack(true));
        assertThat(Work.of(journey.dossier())).isEmpty();

        journey.after(Duration.between(journey.now(), until(journey)).minusSeconds(1));
        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED));

        assertThat(journey.effects()).contains(LOOK);
        assertThat(until(journey))
                .as("Git has its time, whatever the gates have left")
                .isEqualTo(journey.now().plus(Examples.SAGA_LIMITS.readWithin()));
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("Git to show the revision once more");
        assertThat(phase(journey.seen())).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void what_git_showed_before_a_gate_was_waived_or_went_back_is_not_what_counts() {
        Journey waived = new Journey(Journey.waivable("merge")).candidate();
        waived.take(waived.wayBack(true)).take(waived.onlyFailed(Steps.ASSESS_CANDIDATE, "merge"));
        assertThat(waived.seen().dossier().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Candidate.class,
                        state -> assertThat(state.seen()).isFalse());
        waived.after(Duration.ofHours(3)).take(waived.waive("merge", Examples.ADA));
        assertThat(Work.of(waived.dossier())).isEmpty();
        waived.take(waived.confirm("merge", Examples.BEN));
        assertThat(waived.effects()).contains(LOOK);
        assertThat(phase(waived.take(new RevisionRefused("gone")))).isEqualTo(ReleasePhase.REJECTED);

        Journey wentBack = new Journey().looking();
        wentBack.take(wentBack.assessed(Steps.ASSESS_CANDIDATE, Outcome.PENDING));
        assertThat(wentBack.effects()).contains(new Effect.DropTask("read-revision-again"));
        wentBack.seen().take(wentBack.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED));
        assertThat(phase(wentBack)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(wentBack.effects()).contains(LOOK);
    }

    // ---- the revision, after a time in production's queue

    private static Journey turn() {
        Journey journey = queued().after(Duration.ofDays(6));
        return journey.take(journey.turn());
    }

    private static boolean asksFirst(Journey journey) {
        return journey.messages()
                .map(Message::body)
                .filter(StartRollout.class::isInstance)
                .map(body -> ((StartRollout) body).asksFirst())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_has_waited_in_productions_queue_is_looked_at_again_at_its_turn_and_begins_then() {
        assertThat(asksFirst(new Journey().rollingOut())).isTrue();
        assertThat(asksFirst(new Journey().rollback())).isFalse();
        assertThat(Work.of(queued().dossier())).isEmpty();

        Journey journey = turn();
        assertThat(journey.effects()).contains(LOOK);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("Git to show the revision once more");
        assertThat(until(journey)).isEqualTo(journey.now().plus(Examples.SAGA_LIMITS.readWithin()));

        journey.seen();
        assertThat(asksFirst(journey)).as("it may begin").isFalse();
        assertThat(Answered.inFull(journey.dossier()))
                .as("said until it has begun")
                .isFalse();
        journey.take(journey.rollout(QUEUE, Phase.STARTING));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(Answered.inFull(journey.dossier())).isTrue();
    }

    @Test
    void what_git_does_not_show_any_more_at_its_turn_leaves_the_queue_and_is_rejected() {
        Journey journey = turn().take(new RevisionRefused("Revision 1111111111 is not on branch production."));
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .contains("let it out of its queue", "Git does not show its revision");

        journey.take(journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("revision-gone");
        assertThat(traffic(journey)).isFalse();
        assertThat(journey.sent()).as("staging leaves it").contains(DeploymentTypes.ROLL_BACK);
    }

    @Test
    void what_production_has_begun_with_all_the_same_is_taken_back() {
        for (Phase heard : List.of(Phase.STARTING, Phase.STEPPING, Phase.BAKING, Phase.FULL)) {
            Journey journey = turn().take(new RevisionRefused("gone"));

            journey.take(journey.rollout(QUEUE, heard));

            assertThat(phase(journey)).as("of %s", heard).isEqualTo(ReleasePhase.ROLLING_BACK);
            assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("revision-gone");
        }
    }

    @Test
    void what_leaves_the_queue_is_rejected_also_where_production_answers_late() {
        Journey journey = turn().take(new RevisionRefused("gone")).overdue();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("revision-gone");

        journey.take(journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void what_leaves_the_queue_for_something_newer_says_so_until_production_has_answered() {
        Journey journey = queued().take(new Superseded(null, OTHER, List.of("production"), false));

        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("production to let it out of its queue, as its source branch has moved on");

        journey = queued().take(new Superseded(Journey.BROKEN, null, List.of(), false));

        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("production to let it out of its queue, as %s is newer", Journey.BROKEN);
    }

    @Test
    void what_git_does_not_show_in_time_leaves_the_queue_and_expires() {
        Journey journey = turn().overdue();
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);

        journey.take(journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text()).contains("Git did not show in time");
    }

    @Test
    void what_a_person_holds_at_its_turn_is_looked_at_once_more_when_it_has_its_turn_again() {
        Journey journey = turn().seen();
        journey.take(journey.rollout(QUEUE, Phase.WAITING, null, true));
        assertThat(asksFirst(journey)).isTrue();

        journey.take(journey.turn());

        assertThat(journey.effects()).contains(LOOK);
    }

    @Test
    void a_revision_that_is_gone_is_rejected_and_does_not_reach_production() {
        Journey journey = new Journey().candidate();
        journey.take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .take(new RevisionRefused("Revision 1111111111 is not on branch production."));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text())
                .isEqualTo(
                        "The revision was looked at once more before production. Revision 1111111111 is not on branch production.");
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.START_ROLLOUT);
    }

    @Test
    void a_late_answer_about_the_revision_changes_nothing_once_production_has_begun() {
        Journey journey = new Journey().rollingOut();
        Dossier before = journey.dossier();

        assertThat(journey.take(new RevisionRefused("gone")).dossier()).isEqualTo(before);
    }

    // ---- branches

    @Test
    void a_push_to_another_branch_does_not_concern_a_release() {
        Journey journey = new Journey().proposed();
        journey.take(new RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of("main", "hotfix/1")));

        journey.take(new Superseded(null, OTHER, List.of("hotfix/2"), false));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);
        journey.take(new Superseded(null, OTHER, List.of("hotfix/1"), false));
        assertThat(phase(journey)).as("it is still the head of main").isEqualTo(ReleasePhase.VALIDATING);
        journey.take(new Superseded(null, OTHER, List.of("main"), false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.SUPERSEDED);
    }

    // ---- freezes

    private static Freezes nights() {
        return new Freezes(
                List.of(),
                List.of(new WeeklyFreeze(
                        List.of(DayOfWeek.MONDAY),
                        LocalTime.of(11, 0),
                        LocalTime.of(12, 0),
                        ZoneId.of("Europe/Berlin"),
                        "peak hours")));
    }

    @Test
    void the_freezes_of_the_present_policy_count_and_not_those_that_the_release_began_with() {
        Journey declared = new Journey().awaitingApproval().take(new FreezesChanged(nights()));
        declared.take(declared.approve(Examples.ADA)).take(declared.approve(Examples.BEN));
        declared.take(declared.rollout("staging", Phase.FULL))
                .take(declared.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow();
        assertThat(Objects.requireNonNull(Telling.waiting(declared.dossier())).what())
                .isEqualTo("the freeze to end: peak hours");
        assertThat(Objects.requireNonNull(Telling.waiting(declared.dossier())).until())
                .isEqualTo(Instant.parse("2026-01-05T11:00:00Z"));

        Journey ended = new Journey(Journey.frozen()).candidate();
        ended.take(new FreezesChanged(new Freezes(List.of(), List.of())));
        assertThat(ended.sent()).contains(ValidationTypes.ASSESS, DeploymentTypes.PROVE_WAY_BACK);
    }

    @Test
    void a_freeze_that_is_declared_while_the_candidate_is_verified_holds_it() {
        Journey journey = new Journey().candidate();
        journey.take(journey.wayBack(true)).take(new FreezesChanged(nights()));

        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED)).seen();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).owner())
                .isEqualTo("policy");
    }

    @Test
    void a_freeze_stops_no_rollout_no_bake_no_way_back_and_no_abort() {
        List<Supplier<Journey>> begun = List.of(
                () -> new Journey().rollback(),
                () -> new Journey().stepping(),
                () -> new Journey().baking(),
                () -> new Journey().rollingBack());
        for (Supplier<Journey> each : begun) {
            Journey journey = each.get();
            Dossier before = journey.dossier();

            assertThat(journey.take(new FreezesChanged(nights())).dossier()).isEqualTo(before);
            assertThat(journey.take(new Abort(OP, "", null)).refusal()).isNull();
        }
        Journey frozen = new Journey(Journey.frozen()).candidate().take(new Abort(OP, "", null));
        assertThat(phase(frozen)).isEqualTo(ReleasePhase.ABORTED);
    }

    private static final String QUEUE = "production";

    private static Journey queued() {
        Journey journey = new Journey().rollingOut();
        return journey.take(journey.rollout(QUEUE, Phase.WAITING));
    }

    @Test
    void a_freeze_that_is_declared_while_it_waits_in_the_queue_of_production_takes_it_out() {
        Journey journey = queued().take(new FreezesChanged(Journey.freezes()));
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .contains("let it out of its queue");

        journey.take(journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("the freeze to end: inventory");
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .isEqualTo(Journey.START.plus(Duration.ofDays(2)));
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .isEqualTo(
                        "It left the queue of production before it had begun, for a freeze: inventory. It goes on by itself afterwards.");
    }

    @Test
    void after_the_freeze_it_asks_for_its_place_anew_and_what_was_said_of_the_old_one_counts_no_more() {
        Journey journey = queued().take(new FreezesChanged(Journey.freezes()));
        ReleaseInput out = journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false);
        journey.take(out).overdue().seen();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(journey.messages().map(Message::body))
                .filteredOn(StartRollout.class::isInstance)
                .extracting(body -> ((StartRollout) body).question())
                .containsExactly(new QuestionKey(Journey.ID, QUEUE, 2));
        journey.take(out);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        journey.take(journey.rollout(QUEUE, Phase.STEPPING));
        assertThat(traffic(journey)).isTrue();
    }

    @Test
    void a_weekly_freeze_that_begins_while_it_waits_in_the_queue_takes_it_out_when_it_begins() {
        Freezes later = new Freezes(
                List.of(),
                List.of(new WeeklyFreeze(
                        List.of(DayOfWeek.MONDAY),
                        LocalTime.of(14, 30),
                        LocalTime.of(16, 0),
                        ZoneId.of("Europe/Berlin"),
                        "peak hours")));
        Journey journey = queued().take(new FreezesChanged(later));
        Instant begins = Instant.parse("2026-01-05T13:30:00Z");
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.FREEZE, begins));
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.WITHDRAW);

        journey.after(Duration.between(journey.now(), begins));
        journey.take(ReleaseSaga.onTimer(ReleaseSaga.FREEZE));
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);
        journey.take(journey.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .isEqualTo(Instant.parse("2026-01-05T15:00:00Z"));
    }

    @Test
    void what_production_has_begun_with_by_then_goes_on() {
        Journey journey = queued().take(new FreezesChanged(Journey.freezes()));

        journey.take(journey.rollout(QUEUE, Phase.STARTING));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(journey.take(new ReleaseInput.AskAgain()).sent()).doesNotContain(DeploymentTypes.WITHDRAW);
    }

    @Test
    void a_newer_release_supersedes_it_even_where_a_freeze_took_it_out_and_a_freeze_that_was_lifted_only_delays() {
        Journey both = queued().take(new FreezesChanged(Journey.freezes())).take(new Superseded(Journey.BROKEN, null));
        assertThat(phase(both.take(both.rollout(QUEUE, Phase.NOT_ADMITTED, null, false))))
                .isEqualTo(ReleasePhase.SUPERSEDED);

        Journey lifted = queued().take(new FreezesChanged(Journey.freezes()))
                .take(new FreezesChanged(new Freezes(List.of(), List.of())));
        lifted.take(lifted.rollout(QUEUE, Phase.NOT_ADMITTED, null, false));
        assertThat(phase(lifted)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(phase(lifted.seen())).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void freezes_that_follow_each_other_are_waited_for_as_one() {
        WeeklyFreeze weekend = new WeeklyFreeze(
                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                ZoneId.of("UTC"),
                "weekend");
        Policy.Freeze monday =
                new Policy.Freeze(Instant.parse("2026-01-12T00:00:00Z"), Instant.parse("2026-01-12T06:00:00Z"), "move");
        Freezes freezes = new Freezes(List.of(monday), List.of(weekend));

        assertThat(freezes.at(Instant.parse("2026-01-10T12:00:00Z")))
                .contains(new Freezes.Frozen(Instant.parse("2026-01-12T06:00:00Z"), "weekend"));
        assertThat(freezes.at(Instant.parse("2026-01-09T12:00:00Z"))).isEmpty();
        assertThat(freezes.neverEnd(Journey.START)).isFalse();
        WeeklyFreeze always = new WeeklyFreeze(
                List.of(DayOfWeek.values()), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"), "never");
        assertThat(new Freezes(List.of(), List.of(always)).neverEnd(Journey.START))
                .isTrue();
    }

    // ---- deadlines

    @Test
    void a_deadline_that_comes_much_too_late_begins_again_once_then_asks_then_acts() {
        Journey journey = new Journey().validating();
        Duration whole = Duration.between(
                Journey.START,
                Objects.requireNonNull(journey.dossier().state().waits()).until());

        journey.after(whole.plus(Duration.ofHours(8))).take(new TimedOut());
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .isEqualTo(journey.now().plus(whole));
        journey.after(whole).take(new TimedOut());
        assertThat(journey.sent()).as("asked once more").contains(ValidationTypes.ASSESS);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);
        journey.after(Duration.ofMinutes(2)).take(new TimedOut());

        assertThat(phase(journey)).as("it begins again only once").isEqualTo(ReleasePhase.EXPIRED);
    }

    @Test
    void people_get_their_time_again_when_the_machine_slept_over_it() {
        Journey journey = new Journey().awaitingApproval();

        journey.after(Duration.ofDays(4)).take(new TimedOut());
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        journey.after(Duration.ofHours(72)).take(new TimedOut());

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
    }

    @Test
    void a_deadline_has_lost_work_done_again_before_it_acts() {
        Journey journey = new Journey().proposed();
        Wait wait = Objects.requireNonNull(journey.dossier().state().waits());

        journey.after(Duration.between(Journey.START, wait.until())).take(new TimedOut());

        assertThat(journey.effects())
                .anyMatch(effect ->
                        effect instanceof Effect.StartTask(String id, String _, Object _) && id.equals(Work.READ));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.PROPOSED);
    }

    // ---- whether production had traffic of it

    @Test
    void a_version_is_used_up_by_traffic_and_not_by_a_start() {
        assertThat(traffic(new Journey().rollingOut())).isFalse();
        Journey started = new Journey().rollingOut();
        started.take(started.rollout("production", Phase.STARTING))
                .take(started.rollout("production", Phase.RESTORING))
                .take(started.rollout("production", Phase.RESTORED));
        assertThat(phase(started)).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(traffic(started)).isFalse();
        assertThat(Telling.next(started.dossier()))
                .isEqualTo(
                        "production had no traffic of it, so 1.0.0 can be proposed again: ./slipway release create 1.0.0 --artifact FILE"
                                + "; staging is asked to go back to what production runs");

        Journey stepped = new Journey().rollingBack();
        stepped.take(stepped.rollout("production", Phase.RESTORED));
        assertThat(traffic(stepped)).as("it once had a share").isTrue();
        assertThat(Telling.next(stepped.dossier())).contains("used up", "propose a higher one");
    }

    @Test
    void where_nobody_can_say_it_counts_as_used() {
        Journey journey = new Journey().rollingOut();
        journey.take(new Abort(OP, "", null)).overdue().take(new Resolve(OP, "by hand", null));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(traffic(journey)).isTrue();
    }

    // ---- what is said

    @Test
    void an_abort_says_what_production_goes_back_to_or_that_there_is_nothing() {
        assertThat(answer(new Journey().stepping().take(new Abort(OP, "", null))))
                .isEqualTo("Aborted. Production goes back to 0.9.0.");
        assertThat(answer(new Journey().rollingOut().take(new Abort(OP, "", null))))
                .isEqualTo("Aborted. Production is asked to drop it, and goes on with 0.9.0.");
        Journey first = new Journey().candidate();
        first.take(first.firstRelease())
                .take(first.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen()
                .take(first.rollout("production", Phase.STEPPING))
                .take(new Abort(OP, "", null));
        assertThat(answer(first)).contains("taken away", "no version before it");
    }

    private static String answer(Journey journey) {
        return Objects.requireNonNull(journey.dossier().notes().getLast().answer());
    }

    @Test
    void one_approval_is_asked_for() {
        Journey one = new Journey(Journey.policy(1, Journey.demo().gates(), null)).awaitingApproval();

        assertThat(one.dossier().milestones().getLast().cause().text()).isEqualTo("1 approval is asked for.");
        assertThat(Objects.requireNonNull(Telling.waiting(one.dossier())).what())
                .isEqualTo("0 of 1 approval");
        one.take(one.approve(Examples.ADA));
        assertThat(one.dossier().milestones().getLast().cause().text()).isEqualTo("1 person has approved.");
    }

    @Test
    void where_answers_are_missing_promote_is_named_and_resume_says_that_it_only_waits() {
        Journey journey = new Journey().stepping();
        journey.take(journey.inconclusive());

        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).command())
                .isEqualTo("./slipway release promote hello@1.0.0");
        journey.take(new ReleaseInput.Resume(OP, "", null));
        assertThat(answer(journey)).contains("wait for answers once more", "release promote hello@1.0.0");
        assertThat(journey.messages().map(Message::type)).contains(DeploymentTypes.RESUME);
    }
}
