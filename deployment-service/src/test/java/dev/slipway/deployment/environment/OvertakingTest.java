package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.deployment.environment.EnvironmentInput.AbortAsked;
import dev.slipway.deployment.environment.EnvironmentInput.PauseAsked;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.ResumeAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import dev.slipway.deployment.environment.EnvironmentInput.StartAsked;
import org.junit.jupiter.api.Test;

/** What people say is heard ahead of what waits, and again in its turn. */
class OvertakingTest {
    private static final QuestionKey ABOUT = question("1.1.0");
    private static final String EVE = "user:eve@example.test";

    @Test
    void an_abort_of_the_rollout_at_work_overtakes_and_is_nothing_new_in_its_turn() {
        Walk walk = stepping(1);
        AbortAsked abort = new AbortAsked(ABOUT, "orders are lost", EVE);
        assertThat(Rollout.mayOvertake(walk.environment, abort)).isTrue();

        walk.when(abort);
        assertThat(walk.active().stage()).isInstanceOf(Stage.Restoring.class);
        Environment goingBack = walk.environment;
        for (int repeated = 0; repeated < 40; repeated++) {
            walk.when(new StartAsked(plan("1.1.0", 2))).when(abort);
        }

        assertThat(walk.environment).isEqualTo(goingBack);
    }

    @Test
    void a_pause_and_a_resume_that_overtook_count_once() {
        Walk walk = stepping(1);
        PauseAsked pause = new PauseAsked(ABOUT, "a look", EVE, "message-1");
        ResumeAsked resume = new ResumeAsked(ABOUT, "well", EVE, "message-2");
        walk.when(pause).when(resume);
        assertThat(walk.active().paused()).isFalse();

        walk.when(pause);
        assertThat(walk.active().paused()).as("in its turn it is old").isFalse();
        walk.when(resume);
        assertThat(walk.active().paused()).isFalse();
    }

    @Test
    void an_abort_before_its_start_was_heard_overtakes_and_the_start_never_starts() {
        Walk walk = established();
        AbortAsked abort = new AbortAsked(ABOUT, "a typo", EVE);
        assertThat(Rollout.mayOvertake(walk.environment, abort)).isTrue();
        assertThat(Rollout.mayOvertake(walk.environment, new RollBackAsked(ABOUT, "overdue", EVE)))
                .isTrue();

        walk.when(abort).start(plan("1.1.0", 2));

        assertThat(walk.environment.active()).isNull();
        assertThat(walk.environment.waiting()).isNull();
    }

    @Test
    void what_depends_on_a_start_that_may_be_on_its_way_waits_its_turn() {
        Walk walk = established();

        assertThat(Rollout.mayOvertake(walk.environment, new PauseAsked(ABOUT, "a look", EVE, "m")))
                .isFalse();
        assertThat(Rollout.mayOvertake(walk.environment, new ResumeAsked(ABOUT, "well", EVE, "m")))
                .isFalse();
        assertThat(Rollout.mayOvertake(walk.environment, new PromoteAsked(ABOUT, "well", EVE, true, "m")))
                .isFalse();
    }
}
