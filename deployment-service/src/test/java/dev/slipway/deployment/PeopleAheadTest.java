package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Environments;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Recipe.Subscription;
import dev.slipway.messaging.WireRecord;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say, and what takes traffic away, is heard by the service's own consumers for it, however much waits elsewhere. */
class PeopleAheadTest {
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");

    private final ServiceInMemory service = new ServiceInMemory("deployment-service");
    private final Aggregates<Environment, EnvironmentInput> environments =
            Environments.of(service.recipe()).build();

    @BeforeEach
    void aCanaryAtItsFirstStep() {
        DeploymentWiring.listen(service.recipe(), environments);
        Environments.steppingInputs()
                .forEach(input -> environments.submit(PRODUCTION.toString(), input, Cause.of("user:test")));
        service.settle();
        assertThat(last().phase()).isEqualTo(Phase.STEPPING);
    }

    private RolloutStatus last() {
        return statuses().getLast();
    }

    private List<RolloutStatus> statuses() {
        return service.sent(Topics.DEPLOYMENT_EVENTS, DeploymentTypes.ROLLOUT_STATUS, RolloutStatus.class);
    }

    /** The consumers that hear nothing else. */
    private Subscription people() {
        return service.recipe().subscriptions().stream()
                .filter(each -> each.group().equals("deployment-service.people"))
                .findFirst()
                .orElseThrow();
    }

    /** They alone hear it; in the queue of all commands it still waits. */
    private void hear(String type) {
        RolloutCommand command =
                new RolloutCommand(last().question(), PRODUCTION, "too slow", "user:eve@example.test", false);
        WireRecord record = new WireRecord(
                Topics.DEPLOYMENT_COMMANDS,
                PRODUCTION.toString(),
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        "1",
                        "ce_source",
                        "release-service/release/hello@1.1.0",
                        "ce_type",
                        type,
                        "ce_time",
                        service.clock().instant().toString(),
                        "ce_correlationid",
                        "hello@1.1.0",
                        "ce_sourceversion",
                        "9"),
                MessagingJson.mapper().writeValueAsString(command).getBytes(StandardCharsets.UTF_8));
        service.recipe().hear(people(), record, "0:0");
        service.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {DeploymentTypes.ABORT, DeploymentTypes.ROLL_BACK})
    void what_takes_traffic_away_is_done_at_once(String type) {
        hear(type);

        assertThat(last().phase()).isEqualTo(Phase.RESTORING);
    }

    @ParameterizedTest
    @ValueSource(strings = {DeploymentTypes.PAUSE, DeploymentTypes.RESUME, DeploymentTypes.PROMOTE})
    void what_steers_is_answered_at_once(String type) {
        int before = statuses().size();

        hear(type);

        assertThat(statuses()).hasSizeGreaterThan(before);
        assertThat(last().paused()).isEqualTo(type.equals(DeploymentTypes.PAUSE));
    }

    @ParameterizedTest
    @ValueSource(strings = {DeploymentTypes.CONFIRM_VERIFIED, DeploymentTypes.WITHDRAW})
    void what_services_say_waits_its_turn(String type) {
        int before = statuses().size();

        hear(type);

        assertThat(statuses()).hasSize(before);
    }

    @Test
    void they_hear_the_same_topic_in_a_group_of_their_own() {
        assertThat(people().topics()).containsExactly(Topics.DEPLOYMENT_COMMANDS);
        assertThat(service.recipe().subscriptions())
                .extracting(Subscription::group)
                .containsExactly("deployment-service", "deployment-service.results", "deployment-service.people");
    }
}
