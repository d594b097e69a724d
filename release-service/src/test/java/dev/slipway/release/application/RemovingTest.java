package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.RemoveEnvironment;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.Remove;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RemovingTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApplicationCore CORE = new ApplicationCore(new ApplicationLimits(8, 8, 8, 4, 8));

    private Application application = CORE.initial("hello");
    private Decision<Application> last = Decision.stay(application);

    @Test
    void both_environments_are_told_once_more_if_it_is_said_once_more() {
        completed("1.0.0").take(new Remove("replaced", "ada"));

        assertThat(last.refusal()).isNull();
        assertThat(commands()).allSatisfy(message -> assertThat(message.topic()).isEqualTo(Topics.DEPLOYMENT_COMMANDS));
        assertThat(removals())
                .extracting(each -> each.environment().toString(), RemoveEnvironment::ordinal, RemoveEnvironment::actor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("hello/staging", 1L, "ada"),
                        org.assertj.core.groups.Tuple.tuple("hello/production", 1L, "ada"));
        Application before = application;
        take(new Remove("again", "ben"));
        assertThat(application).as("the record names who did it").isEqualTo(before);
        assertThat(removals()).hasSize(2);
    }

    @Test
    void its_history_is_kept_and_nothing_begins_or_goes_back_until_a_policy_is_put() {
        completed("1.0.0").take(new Remove("replaced", "ada"));

        assertThat(application.ordinal()).isEqualTo(1);
        assertThat(application.taken()).hasSize(1);
        assertThat(Objects.requireNonNull(application.removed()).reason()).isEqualTo("replaced");
        assertThat(application.earlierPolicies()).hasSize(1);
        String json = MessagingJson.mapper().writeValueAsString(application);
        assertThat(MessagingJson.mapper().readValue(json, Application.class)).isEqualTo(application);
        take(new RollBack(null, "why", "op", "back"));
        assertThat(Objects.requireNonNull(last.refusal()).code()).isEqualTo("unknown-application");

        take(new PutPolicy(POLICY, "h", "ada"));
        assertThat(application.removed()).isNull();
        take(new RollBack(null, "why", "op", "back"));
        assertThat(Objects.requireNonNull(last.refusal()).code())
                .as("what ran before is not there to go back to")
                .isEqualTo("nothing-to-roll-back");
        propose("1.1.0");
        assertThat(application.live()).containsExactly(new ReleaseId("hello@1.1.0"));
        assertThat(application.ordinal()).isEqualTo(2);
    }

    @Test
    void it_is_refused_while_a_release_is_on_its_way_and_where_nothing_is_known() {
        take(new Remove("replaced", "ada"));
        assertThat(Objects.requireNonNull(last.refusal()).code()).isEqualTo("unknown-application");

        take(new PutPolicy(POLICY, "h", "ada"));
        propose("1.0.0");
        take(new Remove("replaced", "ada"));

        Refusal refusal = Objects.requireNonNull(last.refusal());
        assertThat(refusal.code()).isEqualTo("release-under-way");
        assertThat(refusal.detail()).contains("./slipway release abort hello@1.0.0 --reason WHY");
        assertThat(last.effects()).isEmpty();
        assertThat(application.policy()).isNotNull();
    }

    private RemovingTest completed(String version) {
        take(new PutPolicy(POLICY, "h", "ada"));
        propose(version);
        ReleaseId id = new ReleaseId("hello@" + version);
        Verified verified = new Verified(
                id,
                Examples.proposal(version),
                POLICY.environments().production().target(),
                false);
        take(new ReleaseMoved(new Moved(id, ReleasePhase.COMPLETED, false, false, verified, null, null, false)));
        return this;
    }

    private void propose(String version) {
        take(new Propose(Examples.proposal(version, "a"), "ci", version, false));
    }

    private void take(ApplicationInput input) {
        last = CORE.decide(application, input, NOW);
        application = last.state();
    }

    private List<Message> commands() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
    }

    private List<RemoveEnvironment> removals() {
        return commands().stream()
                .map(Message::body)
                .map(RemoveEnvironment.class::cast)
                .toList();
    }
}
