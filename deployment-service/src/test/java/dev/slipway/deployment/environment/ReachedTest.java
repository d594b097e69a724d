package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.back;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.reached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Protocol;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.messaging.MessagingJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** By what names, within what limits and in what protocol users reach a version, as the policy of its release says. */
class ReachedTest {
    private static final Front SHOP = new Front(
            List.of("shop.test"),
            new TrafficLimits(Duration.ofSeconds(5), 1024L, 7, List.of("/events*")),
            new Cohort(Cohort.Source.COOKIE, "beta", "1"));

    @Test
    void a_changed_policy_is_in_force_from_the_first_share_on_and_not_while_the_version_warms_up() {
        Walk walk = established().start(reached(SHOP, plan("1.1.0", 2))).started();
        assertThat(walk.table().sampled()).isTrue();
        requireDefault(walk.table());

        walk.warm().judged(0);

        assertThat(walk.shares()).containsExactly(90, 10);
        requireShop(walk.table());
        assertThat(walk.table().shares()).extracting(Share::protocol).containsExactly(Protocol.HTTP_1_1, Protocol.H2C);
    }

    @Test
    void when_a_version_goes_back_its_names_limits_and_cohort_go_back_with_it() {
        Walk walk = established()
                .start(reached(SHOP, plan("1.1.0", 2)))
                .started()
                .warm()
                .judged(0);
        requireShop(walk.table());

        walk.worse();

        assertThat(walk.shares()).containsExactly(100);
        requireDefault(walk.table());
        assertThat(walk.table().shares()).extracting(Share::protocol).containsExactly(Protocol.HTTP_1_1);
    }

    @Test
    void a_verified_version_keeps_them_and_a_rollback_after_it_brings_what_its_own_policy_says() {
        Walk walk = verified();
        requireShop(walk.table());
        assertThat(walk.table().shares()).extracting(Share::protocol).containsExactly(Protocol.H2C);
        assertThat(walk.environment.snapshots().getFirst().front()).isEqualTo(SHOP);

        walk.start(plan("1.2.0", 3)).started().warm().judged(0);
        requireDefault(walk.table());
        walk.worse();
        requireShop(walk.table());

        walk.restored().start(back("1.0.0", 4)).started().warm().judged(0);
        assertThat(walk.shares()).containsExactly(0, 100);
        requireDefault(walk.table());
    }

    @Test
    void a_first_version_that_fails_leaves_its_names_to_say_that_nothing_serves() {
        Walk walk = Walk.production()
                .start(reached(SHOP, plan("1.0.0", 1)))
                .started()
                .warm()
                .judged(0);
        requireShop(walk.table());

        walk.worse();

        assertThat(walk.table().shares()).isEmpty();
        assertThat(walk.table().hostNames()).containsExactly("shop.test");
    }

    @Test
    void staging_is_named_after_its_application_unless_its_policy_names_it() {
        assertThat(Walk.staging()
                        .start(Walk.unjudged("1.0.0", 1))
                        .started()
                        .table()
                        .hostNames())
                .containsExactly("staging.hello.localhost");
        assertThat(Walk.staging()
                        .start(reached(SHOP, Walk.unjudged("1.0.0", 1)))
                        .started()
                        .table()
                        .hostNames())
                .containsExactly("shop.test");
    }

    @Test
    void an_environment_stored_before_there_were_names_is_read_as_reached_by_default_and_written_as_it_was() {
        JsonNode stored = MessagingJson.mapper().valueToTree(established().environment);
        assertThat(stored.toString()).doesNotContain("\"front\"", "\"http2\"", "\"protocol\"");

        Environment read = MessagingJson.mapper().treeToValue(stored, Environment.class);

        assertThat(read.traffic().front()).isEqualTo(Front.DEFAULT);
        assertThat(read.snapshots()).extracting(Snapshot::front).containsExactly(Front.DEFAULT);
    }

    @Test
    void what_an_environment_knows_of_its_front_is_read_again_as_it_was_written() {
        Environment environment =
                verified().start(reached(SHOP, plan("1.2.0", 3))).started().environment;
        ObjectNode stored = MessagingJson.mapper().valueToTree(environment);

        assertThat(MessagingJson.mapper().treeToValue(stored, Environment.class))
                .isEqualTo(environment);
    }

    private static Walk verified() {
        Walk walk =
                established().start(reached(SHOP, plan("1.1.0", 2))).started().warm();
        for (int step = 0; step <= 5; step++) {
            walk.judged(step);
        }
        return walk.confirm();
    }

    private static void requireShop(TrafficTable table) {
        assertThat(table.hostNames()).containsExactly("shop.test");
        assertThat(table.limits()).isEqualTo(SHOP.limits());
        assertThat(table.cohort()).isEqualTo(SHOP.cohort());
    }

    private static void requireDefault(TrafficTable table) {
        assertThat(table.hostNames()).containsExactly("hello.localhost");
        assertThat(table.limits()).isEqualTo(TrafficLimits.DEFAULT);
        assertThat(table.cohort()).isNull();
    }
}
