package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.DrainDue;
import dev.slipway.deployment.environment.EnvironmentInput.Hangs;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedUnready;
import dev.slipway.deployment.environment.EnvironmentInput.WarmedUp;
import dev.slipway.deployment.watch.MemoryGuard;
import dev.slipway.messaging.MessagingJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What may only go forward is never taken back by itself: it is held where it is, and people are asked. */
class ForwardOnlyTest {
    private static final String EVE = "user:eve@example.test";
    private static final String WHY = "orders are rewritten";

    private static Plan forwardOnly(Plan plan) {
        return plan.onlyForward(WHY);
    }

    private static Walk at(int step) {
        Walk walk = established()
                .start(forwardOnly(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK))))
                .started()
                .warm();
        for (int passed = 0; passed < step; passed++) {
            walk.judged(passed);
        }
        return walk;
    }

    private static Walk baking() {
        return at(4).judged(4);
    }

    private static Walk full() {
        return baking().judged(5);
    }

    private static Walk resumed(Walk walk) {
        return walk.when(new ResumeAsked(question("1.1.0"), "we have looked", EVE, null));
    }

    private static Walk promoted(Walk walk) {
        return walk.when(new PromoteAsked(question("1.1.0"), "we have looked", EVE, false, null));
    }

    private static Map<String, UnaryOperator<Walk>> badNews() {
        Map<String, UnaryOperator<Walk>> all = new LinkedHashMap<>();
        all.put("the judge calls it worse", Walk::worse);
        all.put("it ended", walk -> walk.when(new ProcessGone(walk.active().key())));
        all.put(
                "it is unready",
                walk -> walk.when(new TurnedUnready(walk.active().key(), Trouble.of("GET /health answered 503"))));
        all.put("it hangs", walk -> walk.when(new Hangs(walk.active().key(), Trouble.of("GET /live gave no answer"))));
        all.put(
                "a guardrail is crossed",
                walk -> walk.when(new OverLimit(
                        walk.active().key(), new MemoryGuard.Crossed("memory", "too much", "600 MB", "< 512 MB"))));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> bad_news_holds_it_with_the_share_that_it_has_wherever_it_is() {
        Map<String, Supplier<Walk>> places = new LinkedHashMap<>();
        places.put("at its second step", () -> at(2));
        places.put("at its last step", () -> at(4));
        places.put("in the bake", ForwardOnlyTest::baking);
        places.put("when nothing but the confirmation is left", ForwardOnlyTest::full);
        return places.entrySet().stream()
                .flatMap(place -> badNews().entrySet().stream()
                        .map(news -> DynamicTest.dynamicTest(
                                news.getKey() + " " + place.getKey(),
                                () -> isHeld(place.getValue().get(), news.getValue()))));
    }

    private static void isHeld(Walk walk, UnaryOperator<Walk> news) {
        List<Integer> shares = walk.shares();
        Stage stage = walk.active().stage();

        var _ = news.apply(walk);

        RolloutStatus told = walk.status();
        assertThat(told.paused()).isTrue();
        assertThat(Objects.requireNonNull(told.cause()).text()).isNotEmpty();
        assertThat(told.notes()).anyMatch(note -> note.startsWith("held at ") && note.contains(WHY));
        assertThat(walk.shares()).as("no traffic is moved back").isEqualTo(shares);
        assertThat(walk.active().stage()).isEqualTo(stage);
        assertThat(walk.tasks()).noneMatch(task -> task.startsWith("restore/"));
        assertThat(walk.environment.retired()).isEmpty();
    }

    @Test
    void a_start_that_fails_and_one_that_gives_no_answer_wait_for_a_person_who_has_it_tried_again() {
        Walk failed = established().start(forwardOnly(plan("1.1.0", 2)));
        failed.when(new StartFailed(failed.active().key(), "start-failed", "exit 1"));
        assertThat(failed.status().phase()).isEqualTo(Phase.STARTING);
        assertThat(failed.status().paused()).isTrue();
        assertThat(failed.active().deadline()).isNull();

        resumed(failed);
        assertThat(failed.status().paused()).isFalse();
        assertThat(failed.tasks()).contains("start/hello@1.1.0/production/1");
        assertThat(failed.started().state()).isEqualTo("WARMING_UP");

        Walk silent =
                established().start(forwardOnly(plan("1.1.0", 2))).overdue().overdue();
        assertThat(silent.status().phase()).isEqualTo(Phase.STARTING);
        assertThat(silent.status().paused()).isTrue();
    }

    @Test
    void one_that_does_not_answer_its_smoke_requests_is_started_and_warmed_up_anew_on_a_persons_word() {
        Walk walk = established().start(forwardOnly(plan("1.1.0", 2))).started();
        walk.when(new WarmedUp(walk.active().key(), "", "GET /health: 500, expected 200"));
        assertThat(walk.status().phase()).isEqualTo(Phase.WARMING_UP);
        assertThat(walk.status().paused()).isTrue();

        resumed(walk);
        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.started().tasks()).contains("warm-up/hello@1.1.0/production/1");
    }

    @Test
    void nobody_can_know_holds_it_too_whatever_the_policy_says_of_that() {
        Walk walk = at(1).overdue().overdue();

        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);
        assertThat(Objects.requireNonNull(walk.status().cause()).kind()).isEqualTo("inconclusive");
    }

    @Test
    void the_same_news_again_is_told_once() {
        Walk walk = at(2).worse();

        walk.worse();

        assertThat(walk.sent(RolloutStatus.class)).isEmpty();
    }

    @Test
    void it_goes_on_by_promote_in_spite_of_the_judge_and_of_nothing_that_comes_after() {
        Walk walk = promoted(at(2).worse());
        assertThat(walk.status().step()).isEqualTo(3);
        assertThat(walk.status().paused()).isFalse();

        walk.worse();
        assertThat(walk.active().paused())
                .as("the judge says the same for good")
                .isFalse();

        walk.when(new TurnedUnready(walk.active().key(), Trouble.of("GET /health answered 503")));
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.status().step()).isEqualTo(3);
    }

    @Test
    void what_was_held_at_the_end_is_confirmed_only_after_a_persons_word() {
        Walk walk = full().worse();

        walk.confirm();
        assertThat(walk.status().phase()).isEqualTo(Phase.FULL);
        assertThat(walk.status().notes()).last().asString().contains("held until a person says what is done");

        for (UnaryOperator<Walk> word :
                List.<UnaryOperator<Walk>>of(ForwardOnlyTest::resumed, ForwardOnlyTest::promoted)) {
            Walk going = word.apply(full().worse());
            assertThat(going.active().paused()).isFalse();
            going.confirm();
            assertThat(going.status().phase()).isEqualTo(Phase.VERIFIED);
        }
    }

    @Test
    void worse_that_comes_with_the_confirmation_holds_it() {
        Walk walk = full();
        walk.environment = walk.environment.withJudgement(
                new Judgement("judge", 1_000, Walk.status(question("1.1.0"), true, 5, Walk.WORSE)));

        walk.confirm();

        assertThat(walk.status().phase()).isEqualTo(Phase.FULL);
        assertThat(walk.status().paused()).isTrue();
    }

    @Test
    void what_ended_is_started_again_once_while_a_person_is_asked_and_on_their_word_after_that() {
        Walk walk = at(2);
        String key = walk.active().key();

        walk.when(new ProcessGone(key));
        assertThat(walk.tasks()).contains("start/" + key);
        walk.started();
        walk.warm();
        assertThat(walk.environment.traffic().away(key)).isFalse();
        assertThat(walk.active().paused()).as("a person is asked all the same").isTrue();

        walk.when(new ProcessGone(key));
        assertThat(walk.tasks()).doesNotContain("start/" + key);
        assertThat(resumed(walk).tasks()).contains("start/" + key);
        walk.started();
        walk.warm();
        assertThat(walk.active().paused()).isFalse();
        assertThat(walk.status().step()).isEqualTo(2);
    }

    @Test
    void it_goes_back_when_a_person_says_so() {
        Walk walk = at(2).worse();

        walk.when(new AbortAsked(question("1.1.0"), "orders can be read all the same", EVE));

        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORING);
        assertThat(walk.shares()).containsExactly(100);
    }

    @Test
    void a_first_release_that_may_only_go_forward_keeps_its_traffic() {
        Walk walk = production()
                .start(forwardOnly(plan("1.0.0", 1)))
                .started()
                .warm()
                .judged(0);

        walk.worse();

        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.status().paused()).isTrue();
    }

    private static Plan repairing(Plan plan, String version) {
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                plan.target(),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                plan.bake(),
                plan.holdBack(),
                plan.front(),
                plan.care(),
                plan.sha(),
                plan.others(),
                plan.configuration(),
                plan.placeholders(),
                null,
                new ReleaseId("hello@" + version),
                false);
    }

    @Test
    void what_repairs_it_takes_its_place_and_its_share_and_no_traffic_moves_back_meanwhile() {
        Walk walk = at(2).worse();

        walk.start(repairing(plan("1.1.1", 3), "1.1.0"));

        RolloutStatus left = walk.sent(RolloutStatus.class).getFirst();
        assertThat(left.question()).isEqualTo(question("1.1.0"));
        assertThat(left.phase()).isEqualTo(Phase.DISPLACED);
        assertThat(Objects.requireNonNull(left.cause()).text())
                .contains("1.1.1, which repairs it")
                .contains("worse");
        assertThat(walk.status().question()).isEqualTo(question("1.1.1"));
        assertThat(walk.active().plan().steps()).extracting(Step::traffic).containsExactly(25, 50, 100);
        assertThat(walk.active().plan().forwardOnly()).isEqualTo(WHY);
        assertThat(walk.environment.traffic().percentOf("hello@1.1.0/production/1"))
                .isEqualTo(25);
        assertThat(walk.later(Duration.ofDays(1)).when(new DrainDue()).tasks())
                .as("it has users")
                .isEmpty();

        walk.started().warm().judged(0);
        assertThat(walk.table().shares())
                .extracting(TrafficTable.Share::version)
                .containsExactly("1.0.0", "1.1.1");
        assertThat(walk.shares()).containsExactly(75, 25);
        assertThat(walk.timers()).contains("drain");
        assertThat(walk.later(Duration.ofDays(1)).when(new DrainDue()).tasks())
                .containsExactly("stop/hello@1.1.0/production/1");
    }

    @Test
    void a_repair_that_fails_before_it_has_users_leaves_them_where_they_are() {
        Walk walk = at(2).worse().start(repairing(plan("1.1.1", 3), "1.1.0"));

        walk.when(new StartFailed(walk.active().key(), "start-failed", "exit 1"));
        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.environment.traffic().percentOf("hello@1.1.0/production/1"))
                .isEqualTo(25);

        walk.when(new AbortAsked(question("1.1.1"), "enough", EVE));
        assertThat(walk.shares()).as("a person has said so").containsExactly(100);
        assertThat(walk.environment.retired())
                .extracting(Retired::key)
                .contains("hello@1.1.0/production/1", "hello@1.1.1/production/1");
        assertThat(walk.environment.retired()).allMatch(retired -> retired.stopAt() != null);
    }

    @Test
    void what_repairs_another_waits_its_turn_and_so_does_what_repairs_one_that_can_go_back() {
        Walk other = at(2).worse().start(repairing(plan("1.1.1", 3), "1.0.9"));
        assertThat(other.status().phase()).isEqualTo(Phase.WAITING);

        Walk ordinary = Walk.stepping(2).start(repairing(plan("1.1.1", 3), "1.1.0"));
        assertThat(ordinary.status().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void it_is_kept_with_what_it_was_held_for_and_what_it_goes_on_in_spite_of() {
        Environment environment = promoted(at(2).worse()).environment;
        String json = MessagingJson.mapper().writeValueAsString(environment);

        assertThat(MessagingJson.mapper().readValue(json, Environment.class)).isEqualTo(environment);
        assertThat(MessagingJson.mapper().writeValueAsString(Walk.stepping(2).environment))
                .doesNotContain("forwardOnly", "overruled", "fixes");
    }
}
