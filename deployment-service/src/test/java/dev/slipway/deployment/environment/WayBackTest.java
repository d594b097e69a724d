package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.production;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.deployment.environment.EnvironmentInput.ProveDue;
import dev.slipway.deployment.environment.EnvironmentInput.WayBackAsked;
import dev.slipway.deployment.environment.EnvironmentInput.WayBackTried;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WayBackTest {
    private static final QuestionKey QUESTION = new QuestionKey(new ReleaseId("hello@1.1.0"), "way-back", 1);

    @Test
    void a_first_release_passes_on_record_at_once() {
        WayBackStatus status = production()
                .when(new WayBackAsked(QUESTION))
                .sent(WayBackStatus.class)
                .getFirst();

        assertThat(status.proven()).isTrue();
        assertThat(status.kind()).isEqualTo("first-release");
        assertThat(status.to()).isNull();
    }

    @Test
    void a_snapshot_is_proven_by_work_once_however_often_it_is_asked() {
        Walk walk = established().when(new WayBackAsked(QUESTION));
        assertThat(walk.tasks()).containsExactly("prove/hello@1.1.0/way-back/1");
        assertThat(walk.sent(WayBackStatus.class)).isEmpty();
        assertThat(walk.when(new WayBackAsked(QUESTION)).last.effects()).isEmpty();

        walk.when(new WayBackTried(QUESTION, true, "a second instance was healthy"));
        WayBackStatus status = walk.sent(WayBackStatus.class).getFirst();
        assertThat(status.proven()).isTrue();
        assertThat(status.kind()).isEqualTo("snapshot");
        assertThat(status.to()).isEqualTo(Walk.digest("1.0.0"));

        walk.when(new WayBackAsked(QUESTION));
        assertThat(walk.sent(WayBackStatus.class)).containsExactly(status);
        assertThat(walk.tasks()).isEmpty();
    }

    @Test
    void a_proof_that_takes_too_long_is_none() {
        Walk walk = established().when(new WayBackAsked(QUESTION));
        walk.later(Duration.ofSeconds(120)).when(new ProveDue());

        assertThat(walk.sent(WayBackStatus.class))
                .singleElement()
                .satisfies(status -> assertThat(status.proven()).isFalse());
        Environment before = walk.environment;
        assertThat(walk.when(new WayBackTried(QUESTION, true, "late")).environment)
                .isEqualTo(before);
    }
}
