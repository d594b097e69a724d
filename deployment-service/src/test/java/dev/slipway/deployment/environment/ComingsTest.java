package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.full;
import static dev.slipway.deployment.environment.Walk.instance;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.restoring;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.deployment.environment.EnvironmentInput.CameBack;
import dev.slipway.deployment.environment.EnvironmentInput.EndedByUs;
import dev.slipway.deployment.environment.EnvironmentInput.Hangs;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.deployment.environment.EnvironmentInput.TurnedUnready;
import dev.slipway.deployment.environment.EnvironmentInput.WarmedUp;
import dev.slipway.messaging.Effect;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is judged for what Slipway itself ended. */
class ComingsTest {
    private static final String OLD = question("1.0.0").toString();
    private static final String NEW = question("1.1.0").toString();
    private static final Instance ELSEWHERE = new Instance(URI.create("http://127.0.0.1:9999"), "pid 2");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_canary_that_ended_with_slipway_goes_on_at_the_step_where_it_was(int step) {
        Walk walk = stepping(step);
        long before = walk.judge().tableCounter();

        walk.when(new EndedByUs(OLD)).when(new EndedByUs(NEW));

        assertThat(walk.tasks()).containsExactly("start/" + NEW);
        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);
        assertThat(walk.table().shares()).allMatch(Share::away);
        assertThat(walk.table().sampled()).as("nobody counts meanwhile").isFalse();
        walk.when(new Started(OLD, ELSEWHERE)).when(new Started(NEW, instance("1.1.0")));
        assertThat(walk.tasks()).as("a cold version is warmed up again").containsExactly("warm-up/" + NEW);
        assertThat(walk.environment.traffic().away(OLD)).isFalse();
        assertThat(walk.environment.traffic().away(NEW)).isTrue();

        walk.when(new WarmedUp(NEW, "warm"));

        assertThat(walk.status().phase()).isEqualTo(Phase.STEPPING);
        assertThat(walk.status().step()).isEqualTo(step);
        assertThat(walk.status().cause()).isNull();
        TrafficTable table = walk.table();
        assertThat(table.sampled()).isTrue();
        assertThat(table.shares()).noneMatch(Share::away);
        assertThat(table.shares().getFirst().address()).isEqualTo(ELSEWHERE.address());
        assertThat(walk.judge().step()).isEqualTo(step);
        assertThat(walk.judge().tableCounter())
                .as("what was seen of this step before still counts")
                .isEqualTo(before);
        assertThat(walk.judged(step).state())
                .as("and what it passes counts on")
                .isEqualTo(step < 4 ? "STEPPING" : "BAKING");
    }

    @Test
    void the_bake_and_what_waits_to_be_confirmed_go_on_as_well() {
        Walk bake = cameBack(baking());
        assertThat(bake.state()).isEqualTo("BAKING");
        assertThat(bake.judged(5).state()).isEqualTo("FULL");

        Walk confirmed = cameBack(full()).confirm();
        assertThat(confirmed.state()).isEqualTo("IDLE");
        assertThat(Objects.requireNonNull(confirmed.environment.verified()).version())
                .isEqualTo("1.1.0");
    }

    @Test
    void no_table_sends_requests_to_one_that_ended_while_it_says_that_the_other_did() {
        Walk walk = stepping(2).when(new EndedByUs(List.of(NEW, OLD)));

        assertThat(walk.table().shares())
                .as("the last table of a decision is the one that is said")
                .hasSize(2)
                .allMatch(Share::away);
        assertThat(walk.tasks()).containsExactlyInAnyOrder("start/" + NEW, "start/" + OLD);
    }

    @Test
    void a_version_that_had_no_share_yet_begins_with_its_start_again() {
        Walk walk = established().start(plan("1.1.0", 2)).started().when(new EndedByUs(NEW));

        assertThat(walk.state()).isEqualTo("STARTING");
        assertThat(walk.tasks()).containsExactly("start/" + NEW);
        assertThat(walk.started().warm().judged(0).state()).isEqualTo("STEPPING");
    }

    @Test
    void nothing_advances_and_no_deadline_judges_while_it_is_away() {
        Walk walk = established()
                .start(plan("1.1.0", 2, canary(OnInconclusive.ROLL_BACK)))
                .started()
                .warm()
                .judged(0)
                .when(new EndedByUs(NEW));

        assertThat(walk.judged(1).active().stage().stepNumber()).isEqualTo(1);
        walk.overdue();
        assertThat(walk.state()).isEqualTo("STEPPING");
        assertThat(walk.tasks()).as("asked once more").containsExactly("start/" + NEW);
        Instant again = walk.now;
        walk.when(new Started(NEW, ELSEWHERE)).when(new WarmedUp(NEW, "warm"));

        assertThat(walk.status().step()).as("what had passed is seen now").isEqualTo(2);
        assertThat(Objects.requireNonNull(walk.active().deadline()).due())
                .as("with all the time that a step has")
                .isEqualTo(again.plus(walk.active().plan().within(2)));
    }

    @Test
    void one_that_does_not_come_up_again_goes_back_and_says_so() {
        Walk walk = stepping(2).when(new EndedByUs(NEW)).when(new StartFailed(NEW, "start-failed", "exit code 1"));

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(Objects.requireNonNull(walk.status().cause()).text())
                .isEqualTo("It does not come up again after Slipway was stopped: exit code 1");
        assertThat(stepping(2).when(new EndedByUs(NEW)).overdue().overdue().state())
                .isEqualTo("RESTORING");
        assertThat(stepping(2)
                        .when(new EndedByUs(NEW))
                        .when(new WarmedUp(NEW, "", "500"))
                        .state())
                .isEqualTo("RESTORING");
    }

    @Test
    void what_dies_by_itself_is_worse_as_ever() {
        assertThat(stepping(2).when(new ProcessGone(NEW)).state()).isEqualTo("RESTORING");
        assertThat(cameBack(stepping(2)).when(new ProcessGone(NEW)).state()).isEqualTo("RESTORING");
        assertThat(cameBack(stepping(2)).worse().state()).isEqualTo("RESTORING");
    }

    @Test
    void a_verified_version_is_started_anew_and_its_table_says_that_it_is_away() {
        Walk walk = established().when(new EndedByUs(OLD));

        assertThat(walk.tasks()).containsExactly("start/" + OLD);
        assertThat(walk.table().shares())
                .singleElement()
                .satisfies(share -> assertThat(share.away()).isTrue());
        long counter = walk.table().counter();
        assertThat(walk.when(new EndedByUs(OLD)).tasks())
                .as("asked for until it is there")
                .containsExactly("start/" + OLD);
        assertThat(walk.environment.traffic().counter()).isEqualTo(counter);

        walk.when(new Started(OLD, instance("1.0.0")));
        assertThat(walk.table().counter()).isEqualTo(counter + 1);
        assertThat(walk.table().shares()).noneMatch(Share::away);
    }

    @Test
    void where_it_goes_back_the_restore_brings_it_up_and_nothing_else_does() {
        Walk walk = restoring().when(new EndedByUs(OLD));

        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.table().shares()).allMatch(Share::away);
        assertThat(walk.restored().table().shares()).noneMatch(Share::away);
    }

    @Test
    void it_has_all_the_time_of_a_start_before_it_is_unready_or_hangs() {
        Trouble slow = Trouble.of("GET /health answered 503, 3 times in a row");

        Walk walk = stepping(2).when(new EndedByUs(OLD)).when(new EndedByUs(NEW));
        walk.when(new TurnedUnready(NEW, slow)).when(new Hangs(NEW, slow));
        assertThat(walk.state()).isEqualTo("STEPPING");
        walk.when(new TurnedUnready(OLD, slow)).when(new Hangs(OLD, slow));
        assertThat(walk.sent(IncidentStatus.class)).isEmpty();
        assertThat(walk.environment.watched()).isNull();

        assertThat(cameBack(stepping(2)).when(new TurnedUnready(NEW, slow)).state())
                .as("and not afterwards")
                .isEqualTo("RESTORING");
    }

    @Test
    void a_person_may_pause_meanwhile_and_no_deadline_runs_afterwards_either() {
        Walk walk = stepping(2)
                .when(new EndedByUs(NEW))
                .when(new EnvironmentInput.PauseAsked(question("1.1.0"), "lunch", "user:eve", null))
                .when(new Started(NEW, ELSEWHERE))
                .when(new WarmedUp(NEW, "warm"));

        assertThat(walk.status().paused()).isTrue();
        assertThat(walk.active().deadline()).isNull();
        assertThat(walk.table().shares()).noneMatch(Share::away);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_person_may_promote_meanwhile_and_it_comes_back_with_the_new_share(boolean startedAgain) {
        Walk walk = stepping(2).when(new EndedByUs(NEW));
        if (startedAgain) {
            walk.when(new Started(NEW, ELSEWHERE));
        }

        walk.when(new EnvironmentInput.PromoteAsked(question("1.1.0"), "in a hurry", "user:eve", false, null));

        assertThat(walk.last.effects()).noneMatch(Effect.DropTask.class::isInstance);
        assertThat(walk.environment.traffic().away(NEW)).isTrue();
        if (!startedAgain) {
            walk.when(new Started(NEW, ELSEWHERE));
        }
        walk.when(new WarmedUp(NEW, "warm"));
        assertThat(walk.status().step()).isEqualTo(3);
        assertThat(walk.table().shares()).noneMatch(Share::away);
        assertThat(walk.table().sampled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_confirmed_meanwhile_comes_back_as_a_verified_version_does(boolean startedAgain) {
        Walk walk = full().when(new EndedByUs(NEW));
        if (startedAgain) {
            walk.when(new Started(NEW, ELSEWHERE));
        }

        walk.confirm();

        assertThat(walk.tasks()).contains("start/" + NEW);
        walk.when(new WarmedUp(NEW, "warm")).when(new Started(NEW, ELSEWHERE));
        assertThat(walk.table().shares()).noneMatch(Share::away);
        assertThat(walk.table().shares().getFirst().address()).isEqualTo(ELSEWHERE.address());
    }

    @Test
    void a_deadline_is_later_by_as_much_as_nobody_looked() {
        Walk walk = stepping(1);
        Instant due = Objects.requireNonNull(walk.active().deadline()).due();

        walk.when(new CameBack(Duration.ofMinutes(7)));

        assertThat(Objects.requireNonNull(walk.active().deadline()).due()).isEqualTo(due.plus(Duration.ofMinutes(7)));
        assertThat(walk.timers()).containsExactly("deadline");
        assertThat(walk.status().notes())
                .last()
                .isEqualTo("Slipway was away for 7 min: its deadline is later by as much");
    }

    @Test
    void a_deadline_that_has_asked_already_asks_again_after_slipway_was_away() {
        Walk walk =
                stepping(1).overdue().when(new CameBack(Duration.ofSeconds(30))).overdue();

        assertThat(walk.sent(Judge.class)).hasSize(1);
        assertThat(walk.active().paused()).isFalse();
    }

    private static Walk cameBack(Walk walk) {
        return walk.when(new EndedByUs(OLD))
                .when(new EndedByUs(NEW))
                .when(new Started(OLD, instance("1.0.0")))
                .when(new Started(NEW, instance("1.1.0")))
                .when(new WarmedUp(NEW, "warm"));
    }
}
