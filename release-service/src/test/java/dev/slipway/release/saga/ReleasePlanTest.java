package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of a release, asked on each part of its way. */
final class ReleasePlanTest {
    private static final String WHOLE =
            "read gates people staging staging-gates candidate start step-1 step-2 step-3 step-4 bake keep merge end";

    /** After one that production has verified. */
    private static Journey journey() {
        return later(Journey.demo());
    }

    private static Journey later(Policy policy) {
        return new Journey(policy)
                .take(new ReleaseInput.Launched(new Launch(
                        Journey.ID,
                        3,
                        Examples.proposal("1.0.0"),
                        Examples.PUBLISHER,
                        policy,
                        Examples.demoPolicy().hash(),
                        Journey.START,
                        null,
                        null,
                        null,
                        1,
                        null,
                        List.of(),
                        new Baseline(Journey.BROKEN, "0.9.0", Examples.SHA))));
    }

    /** The first gates have passed. */
    private static Journey awaiting() {
        Journey journey = journey().take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));
        return journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
    }

    private static PlanView plan(Journey journey) {
        return ReleasePlan.of(journey.dossier(), journey.now());
    }

    private static PlanView whole(Journey journey) {
        return ReleasePlan.whole(journey.dossier(), journey.now());
    }

    private static String ids(PlanView plan) {
        return String.join(" ", plan.steps().stream().map(Step::id).toList());
    }

    private static Step step(PlanView plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is none of " + ids(plan)));
    }

    private static Asked asked(Step step, String name) {
        return step.asked().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void at_its_beginning_the_plan_is_the_whole_way_of_the_saga() {
        PlanView plan = plan(journey());

        assertThat(ids(plan)).isEqualTo(WHOLE);
        assertThat(plan.steps().getFirst().progress()).isEqualTo(Progress.NOW);
        assertThat(plan.steps().subList(1, plan.steps().size()))
                .allSatisfy(step -> assertThat(step.progress()).isEqualTo(Progress.AHEAD));
        assertThat(plan.says()).isEqualTo("14 steps come after this one.");
        assertThat(plan.policyHash()).isEqualTo(Examples.demoPolicy().hash());
        assertThat(plan.guideHash()).isNull();
    }

    static List<Arguments> ways() {
        return List.of(
                on("validating", Journey::validating, "gates"),
                on("awaiting approval", Journey::awaitingApproval, "people"),
                on("staging", Journey::staging, "staging"),
                on("verifying staging", Journey::verifyingStaging, "staging-gates"),
                on("confirming staging", Journey::confirmingStaging, "staging-gates"),
                on("candidate", Journey::candidate, "candidate"),
                on("rolling out", Journey::rollingOut, "start"),
                on("stepping", Journey::stepping, "step-1"),
                on("baking", Journey::baking, "bake"),
                on("confirming production", Journey::confirmingProduction, "keep"),
                on("merging", Journey::merging, "merge"),
                on("restoring", Journey::restoring, "back"),
                on("rolling back", Journey::rollingBack, "back"),
                on("staging needs an operator", Journey::needsOperatorForStaging, "operator"),
                on("production needs an operator", Journey::needsOperatorForProduction, "operator"),
                on("nothing to restore", Journey::nothingToRestore, "operator"),
                on("confirming needs an operator", Journey::needsOperatorForConfirming, "operator"),
                on("merging needs an operator", Journey::needsOperatorForMerging, "operator"));
    }

    private static Arguments on(String name, UnaryOperator<Journey> way, String now) {
        return Arguments.of(name, way, now);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void a_release_on_its_way_is_in_exactly_one_step_and_each_says_its_way_back(
            String name, UnaryOperator<Journey> way, String now) {
        Journey journey = way.apply(new Journey());

        PlanView plan = plan(journey);

        assertThat(plan.steps().stream()
                        .filter(step -> step.progress() == Progress.NOW)
                        .map(Step::id))
                .as(name)
                .containsExactly(now);
        assertThat(plan.steps().getFirst().id()).isEqualTo(now);
        assertThat(plan.steps().getLast().id()).isEqualTo("end");
        assertThat(plan.waiting()).isNotNull();
        assertThat(whole(journey).steps()).containsSubsequence(plan.steps()).allSatisfy(step -> {
            assertThat(step.title()).isNotBlank();
            assertThat(step.text()).isNotBlank().doesNotContain("null");
            assertThat(step.back()).isNotBlank().doesNotContain("null");
        });
    }

    @Test
    void what_is_behind_a_release_stands_in_the_whole_plan_alone() {
        assertThat(ids(plan(awaiting()))).isEqualTo(WHOLE.replace("read gates ", ""));
        assertThat(ids(whole(awaiting()))).isEqualTo(WHOLE);
        assertThat(step(whole(awaiting()), "gates").progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void gates_say_what_they_wait_for_and_where_the_release_is_in_them() {
        Step before = step(plan(journey()), "gates");
        Step after = step(whole(awaiting()), "gates");

        assertThat(before.asked())
                .extracting(Asked::name)
                .containsExactly("unit-tests", "merge", "check-build", "check-unit-tests");
        assertThat(asked(before, "unit-tests").text())
                .startsWith("a report of kind junit of suite unit: tests.total >= 1");
        assertThat(asked(before, "unit-tests").within()).isEqualTo(Duration.ofMinutes(30));
        assertThat(asked(before, "check-build").text()).contains("CI says that build succeeded");
        assertThat(asked(before, "unit-tests").state()).isEqualTo(LineState.OPEN);
        assertThat(asked(after, "unit-tests").state()).isEqualTo(LineState.PASSED);
        assertThat(asked(step(plan(new Journey().validating()), "gates"), "merge")
                        .state())
                .isEqualTo(LineState.DUE);
    }

    @Test
    void a_gate_that_is_asked_twice_is_open_before_production_though_it_has_passed_before() {
        PlanView plan = whole(awaiting());

        assertThat(asked(step(plan, "gates"), "merge").state()).isEqualTo(LineState.PASSED);
        assertThat(asked(step(plan, "candidate"), "merge").state()).isEqualTo(LineState.OPEN);
        assertThat(asked(step(plan, "candidate"), "way-back").kind()).isEqualTo(AskedKind.GATE);
    }

    @Test
    void the_end_says_how_a_person_goes_back_from_it_and_what_happens_where_it_goes_bad_later() {
        assertThat(step(plan(journey()), "end").back())
                .isEqualTo("Where it goes bad later, everybody is told. A person goes back to 0.9.0 by: slipway app"
                        + " rollback hello --reason WHY");
        assertThat(step(plan(new Journey().proposed()), "end").back())
                .endsWith("There is no version to go back to; a new one goes forward.");
        assertThat(asked(step(plan(journey()), "candidate"), "way-back").text())
                .isEqualTo("production shows that it can go back");
    }

    @Test
    void a_gate_that_people_may_waive_says_by_whom_and_how() {
        Step gates = step(plan(later(Journey.waivable("unit-tests"))), "gates");

        assertThat(asked(gates, "unit-tests").text()).endsWith("; technical-lead may ask to waive it");
        assertThat(gates.back()).contains("slipway release waive hello@1.0.0 GATE");
        assertThat(step(plan(journey()), "gates").back()).doesNotContain("waive");
    }

    @Test
    void people_are_named_who_are_asked() {
        Journey journey = later(Journey.dutiful(
                Journey.duty("try-it", Duty.Before.STAGING, "device"),
                Journey.duty("look", Duty.Before.PRODUCTION),
                Journey.duty("graphs", Duty.Before.END)));
        PlanView plan = plan(journey);

        assertThat(step(plan, "people").asked())
                .extracting(Asked::kind, Asked::name)
                .containsExactly(tuple(AskedKind.APPROVAL, "required"), tuple(AskedKind.DUTY, "try-it"));
        assertThat(asked(step(plan, "people"), "try-it").of()).containsExactly("Ben (devops)");
        assertThat(asked(step(plan, "people"), "try-it").text()).isEqualTo("Try it; the answer says device");
        assertThat(asked(step(plan, "duties"), "look").within()).isEqualTo(Duration.ofHours(2));
        assertThat(asked(step(plan, "keep"), "graphs").of()).containsExactly("Ben (devops)");
    }

    @Test
    void a_candidate_is_in_its_duties_until_they_are_answered() {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("look", Duty.Before.PRODUCTION))).candidate();
        assertThat(plan(journey).steps().getFirst().id()).isEqualTo("duties");
        assertThat(plan(journey).steps().getFirst().asked().getFirst().state()).isEqualTo(LineState.DUE);

        journey.take(journey.answer("look", Examples.BEN, Result.PASSED));

        assertThat(plan(journey).steps().getFirst().id()).isEqualTo("candidate");
        assertThat(asked(step(whole(journey), "duties"), "look").state()).isEqualTo(LineState.PASSED);
    }

    @Test
    void each_share_says_its_hold_and_what_takes_it_back() {
        PlanView plan = plan(journey());

        assertThat(step(plan, "step-1").title()).isEqualTo("10 % of traffic");
        assertThat(step(plan, "step-1").text())
                .isEqualTo("Step 1 of 4: 10 % of requests, for at least 10 s, and until each side has given 40 answers."
                        + " It is taken back by more errors, refusals or slow answers than 0.9.0 gives (alpha"
                        + " 0.01); an error rate of 5 % or more; p95 of 1 s or more; a version that ends or turns"
                        + " unready. Where nobody can know within 30 min it waits for a person: slipway release"
                        + " promote hello@1.0.0");
        assertThat(step(plan, "step-1").back())
                .startsWith("Production goes back to 0.9.0 by itself")
                .contains("slipway release abort hello@1.0.0 --reason WHY");
        assertThat(step(plan, "step-4").text()).startsWith("Step 4 of 4: all traffic, for no time of its own");
        assertThat(step(plan, "bake").text()).contains("watched for 10 s", "5 % of traffic stays on 0.9.0");
    }

    @Test
    void a_first_release_has_one_share_and_nothing_to_go_back_to() {
        PlanView plan = plan(new Journey().proposed());

        assertThat(ids(plan)).contains("start step-1 bake").doesNotContain("step-2");
        assertThat(step(plan, "step-1").title()).isEqualTo("100 % of traffic");
        assertThat(step(plan, "step-1").text()).doesNotContain("than", "each side");
        assertThat(step(plan, "step-1").back()).startsWith("There is no version before it");
    }

    @Test
    void a_freeze_is_said_before_it_is_reached_and_a_hold_with_how_it_ends() {
        Journey frozen = new Journey(Journey.frozen()).candidate();
        assertThat(plan(frozen).steps().getFirst().id()).isEqualTo("hold-2");
        assertThat(plan(frozen).steps().getFirst().text())
                .isEqualTo("Nothing begins production until 2026-01-06T10:00:00Z: stocktaking. It goes on by itself"
                        + " afterwards.");
        assertThat(ids(plan(new Journey(Journey.frozen()).proposed()))).contains("staging-gates hold-2 candidate");

        Journey held = new Journey().confirmingStaging().held(Hold.Kind.HELD).candidateNow();
        assertThat(plan(held).steps().getFirst().id()).isEqualTo("hold-1");
        assertThat(plan(held).steps().getFirst().text()).contains("slipway release resume hello@1.0.0");
    }

    @Test
    void a_hold_that_comes_while_a_candidate_is_looked_at_comes_after_that() {
        PlanView plan = plan(new Journey().candidate().held(Hold.Kind.HELD));

        assertThat(ids(plan)).startsWith("candidate then-hold-1 start");
        assertThat(plan.steps().getFirst().progress()).isEqualTo(Progress.NOW);
    }

    @Test
    void the_next_freeze_is_said_where_production_begins() {
        String yaml = Examples.demoYaml()
                + "freeze: [{from: 2026-01-07T00:00:00Z, to: 2026-01-08T00:00:00Z, reason: stocktaking}]\n";
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        Journey journey = later(((PolicyReading.Accepted) reading).policy());

        assertThat(step(plan(journey), "start").text()).contains("The next freeze begins at 2026-01-07T00:00:00Z");
        assertThat(step(plan(journey()), "start").text()).doesNotContain("freeze");
    }

    @Test
    void of_an_ended_release_nothing_comes_any_more() {
        PlanView plan = plan(new Journey().completed());

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.says()).startsWith("Nothing comes any more. It ended as COMPLETED");
        assertThat(plan.waiting()).isNull();
        assertThat(whole(new Journey().completed()).steps())
                .allSatisfy(step -> assertThat(step.progress()).isEqualTo(Progress.DONE));
    }

    private static final String ANNOUNCING = """
            announcements:
              - {id: users, channel: mail, to: [users@example.test], reviewedBy: devops}
              - {id: text, channel: release-text, to: ["https://api.github.com/repos/team/shop"]}
              - {id: status, channel: chat, to: ["#status"], after: rolled-back}
            """;

    private static Policy announcing() {
        PolicyReading reading =
                new PolicyReader(100_000).read((Examples.demoYaml() + ANNOUNCING).getBytes(StandardCharsets.UTF_8));
        return ((PolicyReading.Accepted) reading).policy();
    }

    @Test
    void its_last_step_is_what_is_announced_of_the_end_that_it_comes_to_with_who_reviews_that() {
        PlanView plan = plan(later(announcing()));
        assertThat(ids(plan)).isEqualTo(WHOLE + " announce");
        Step announce = step(plan, "announce");
        assertThat(announce.progress()).isEqualTo(Progress.AHEAD);
        assertThat(announce.text())
                .isEqualTo("What is told of it is written of what is known by then, and sent: users by mail to"
                        + " users@example.test; text as the text of the release at"
                        + " https://api.github.com/repos/team/shop/releases/tags/v1.0.0. 1 text is reviewed first, word"
                        + " for word, and sent to nobody before that: slipway release announcements hello@1.0.0"
                        + " --approve ID --as EMAIL");
        assertThat(announce.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.kind()).isEqualTo(AskedKind.REVIEW);
            assertThat(asked.of()).containsExactly("Ben (devops)");
            assertThat(asked.state()).isEqualTo(LineState.OPEN);
        });

        assertThat(step(plan(new Journey(announcing()).rollingBack()), "announce")
                        .text())
                .contains("status in #status")
                .doesNotContain("users");
    }

    @Test
    void what_is_announced_of_another_end_is_due_at_none_of_its_steps() {
        PolicyReading reading =
                new PolicyReader(100_000).read((Examples.demoYaml() + """
                        owner: technical-lead
                        calendars: [{name: office, zone: UTC}]
                        announcements:
                          - {id: users, channel: mail, to: [users@example.test], reviewedBy: devops}
                          - {id: back, channel: mail, to: [users@example.test], after: rolled-back, reviewedBy: devops}
                        timetable:
                          - {review: users, by: devops, due: {days: 1}}
                          - {review: back, by: devops, due: {days: 2}}
                        """).getBytes(StandardCharsets.UTF_8));
        Policy policy = ((PolicyReading.Accepted) reading).policy();

        assertThat(step(plan(later(policy)), "announce").text())
                .contains("1 working day after the release day")
                .doesNotContain("2 working days after");
        assertThat(step(plan(new Journey(policy).rollingBack()), "announce").text())
                .contains("2 working days after the release day")
                .doesNotContain("1 working day after");
    }

    @Test
    void a_release_that_has_ended_is_in_that_step_until_each_text_is_reviewed_and_sent() {
        Journey journey = new Journey(announcing()).completed();
        assertThat(ids(plan(journey))).isEqualTo("announce");
        assertThat(plan(journey).says()).startsWith("It is being announced, and nothing else comes. It ended as");

        List<Announced> texts = Announcements.due(journey.dossier()).stream()
                .map(each -> AnnouncementTexts.of(journey.dossier(), ReleaseNotes.of(journey.dossier(), null), each))
                .toList();
        journey.take(new ReleaseInput.AnnouncementsWritten(texts));
        assertThat(asked(step(plan(journey), "announce"), "users").state()).isEqualTo(LineState.DUE);
        journey.take(new ReleaseInput.ReviewAnnouncement(
                Examples.BEN, "users", texts.getFirst().digest(), journey.triple(), null));
        assertThat(asked(step(plan(journey), "announce"), "users").why())
                .isEqualTo(Examples.BEN + " has said yes to it");
    }

    @Test
    void a_release_that_was_rejected_says_how_far_it_came() {
        Journey rejected = new Journey().unwaived();
        PlanView whole = whole(rejected);

        assertThat(whole.state()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(plan(rejected).says()).contains("Gate unit-tests", "can be proposed again");
        assertThat(step(whole, "read").progress()).isEqualTo(Progress.DONE);
        assertThat(step(whole, "gates").progress()).isEqualTo(Progress.STOPPED);
        assertThat(step(whole, "staging").progress()).isEqualTo(Progress.NEVER);
        assertThat(step(whole, "end").title()).isEqualTo("It ends as REJECTED");
    }

    @Test
    void a_release_that_goes_back_says_where_it_was_and_what_production_does() {
        PlanView whole = whole(new Journey().rollingBack());

        assertThat(step(whole, "candidate").progress()).isEqualTo(Progress.DONE);
        assertThat(step(whole, "start").progress()).isNotEqualTo(Progress.AHEAD);
        assertThat(step(whole, "merge").progress()).isEqualTo(Progress.NEVER);
        assertThat(step(whole, "back").text()).isEqualTo("Production goes back to 0.9.0.");
        assertThat(step(whole, "end").title()).isEqualTo("It ends as ROLLED_BACK");
        assertThat(ids(plan(new Journey().rollingBack()))).isEqualTo("back end");
    }

    @Test
    void an_operator_who_is_needed_for_the_merge_puts_it_back_on_its_way() {
        PlanView plan = plan(new Journey().needsOperatorForMerging());

        assertThat(ids(plan)).isEqualTo("operator merge end");
        assertThat(step(plan, "operator").text()).contains("conflicts with the release", "retry hello@1.0.0");
        assertThat(step(plan, "end").title()).isEqualTo("It ends as COMPLETED");
        assertThat(ids(plan(new Journey().nothingToRestore()))).isEqualTo("operator end");
    }

    @Test
    void a_way_back_goes_to_production_at_once_and_is_merged_nowhere() {
        PlanView plan = plan(new Journey().rollback());

        assertThat(plan.kind()).isEqualTo("ROLLBACK");
        assertThat(ids(plan)).isEqualTo("start step-1 bake keep end");
        assertThat(step(plan, "step-1").text()).startsWith("Step 1 of 1: all traffic");
    }

    @Test
    void a_started_rollout_says_itself_how_many_shares_it_takes() {
        PlanView plan = plan(journeyAt(Phase.STEPPING));

        assertThat(plan.steps().getFirst().id()).isEqualTo("step-1");
        assertThat(ids(plan)).isEqualTo("step-1 step-2 step-3 step-4 bake keep merge end");
    }

    private static Journey journeyAt(Phase phase) {
        Journey journey = new Journey().rollingOut();
        return journey.take(journey.rollout("production", phase));
    }
}
