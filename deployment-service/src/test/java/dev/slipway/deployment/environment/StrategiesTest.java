package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.by;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.environment.EnvironmentInput.WarmedUp;
import dev.slipway.messaging.Effect;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What canary, blue-green and all-at-once do differently, and what they have in common. */
class StrategiesTest {
    private static final String KEY = "hello@1.1.0/production/1";

    @Test
    void blue_green_warms_and_checks_the_new_version_while_the_old_one_has_all_traffic() {
        Walk walk = started(Strategy.BLUE_GREEN);

        assertThat(warmUp(walk).checks()).isTrue();
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.environment.traffic().serves(KEY)).isFalse();
        assertThat(walk.judged(0).state()).as("not before it was checked").isEqualTo("WARMING_UP");
    }

    @Test
    void blue_green_switches_all_traffic_in_one_table_and_keeps_the_old_version_beside_it() {
        Walk walk = started(Strategy.BLUE_GREEN).judged(0).warm();

        assertThat(walk.sent(TrafficTable.class)).hasSize(1);
        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.judge().baseline())
                .as("what it answered before is the measure")
                .isEqualTo(KEY_BEFORE);
        assertThat(walk.judge().trafficPercent()).isEqualTo(100);

        walk.judged(1);
        assertThat(walk.status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.environment.retired()).isEmpty();
        assertThat(walk.environment.expectedToRun())
                .extracting(Environment.Expected::key)
                .containsExactly(KEY_BEFORE, KEY);

        walk.worse();
        assertThat(walk.shares()).as("the way back is one table").containsExactly(100);
        assertThat(walk.table().verified()).isEqualTo(KEY_BEFORE);
    }

    @Test
    void blue_green_goes_back_before_any_traffic_where_the_new_version_answers_otherwise_than_it_should() {
        Walk walk = started(Strategy.BLUE_GREEN).judged(0);
        walk.when(new WarmedUp(KEY, "warm after 3 s", "GET /health: 500, expected 200"));

        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.environment.traffic().serves(KEY)).isFalse();
        assertThat(walk.status().cause()).satisfies(cause -> {
            assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("unhealthy");
            assertThat(cause.observed()).isEqualTo("GET /health: 500, expected 200");
        });
    }

    @Test
    void all_at_once_checks_nothing_and_compares_with_nothing() {
        Walk walk = started(Strategy.ALL_AT_ONCE);
        assertThat(warmUp(walk).checks()).isFalse();
        assertThat(walk.judge().baseline()).isNull();

        walk.judged(0).warm();
        assertThat(walk.shares()).containsExactly(0, 100);
        assertThat(walk.judge().baseline()).isNull();
        assertThat(walk.status().notes())
                .first()
                .asString()
                .contains("guardrails alone judge", "1.0.0 runs on beside it until it is verified");
        assertThat(walk.judged(1).status().phase()).isEqualTo(Phase.BAKING);
        assertThat(walk.environment.expectedToRun())
                .extracting(Environment.Expected::key)
                .containsExactly(KEY_BEFORE, KEY);
    }

    @Test
    void a_canary_is_checked_by_its_share_and_compared_beside_the_old_version() {
        Walk walk = started(Strategy.CANARY);
        assertThat(warmUp(walk).checks()).isFalse();

        walk.judged(0).warm();
        assertThat(walk.shares()).containsExactly(90, 10);
        assertThat(walk.judge().baseline()).isEqualTo(KEY_BEFORE);
    }

    private static final String KEY_BEFORE = question("1.0.0").toString();

    private static Walk started(Strategy strategy) {
        return established().start(by(strategy, plan("1.1.0", 2))).started();
    }

    private static Work.WarmUp warmUp(Walk walk) {
        return walk.last.effects().stream()
                .filter(Effect.StartTask.class::isInstance)
                .map(effect -> ((Effect.StartTask) effect).body())
                .filter(Work.WarmUp.class::isInstance)
                .map(Work.WarmUp.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
