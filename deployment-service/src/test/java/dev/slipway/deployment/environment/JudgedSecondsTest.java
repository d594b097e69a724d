package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.baking;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the judge's word rests on is handed to the release with the rollout's answer. */
class JudgedSecondsTest {
    private static final JudgedSeconds STORED = new JudgedSeconds(96, Digest.of("96 lines"), 0);

    private static EnvironmentInput.Judged judged(long version, JudgementStatus status) {
        return new EnvironmentInput.Judged("validation-service/judgement/hello/production", version, status);
    }

    private static @Nullable JudgedSeconds handed(RolloutStatus status) {
        return Objects.requireNonNull(status.judgement()).seconds();
    }

    @Test
    void it_is_in_the_answer_for_good_also_where_it_is_stored_after_the_way_back_began() {
        Walk walk = stepping(1).worse();
        QuestionKey rollout = walk.active().question();

        walk.when(judged(99, Walk.status(rollout, true, 0, Walk.WORSE).over(STORED)));
        assertThat(walk.state()).isEqualTo("RESTORING");
        assertThat(walk.last.effects()).isEmpty();
        walk.restored();

        RolloutStatus answer = walk.status();
        assertThat(answer.phase()).isEqualTo(Phase.RESTORED);
        assertThat(handed(answer)).isEqualTo(STORED);
    }

    @Test
    void it_is_in_the_answer_of_a_version_that_was_verified() {
        Walk walk = baking();
        QuestionKey rollout = walk.active().question();

        walk.when(judged(98, Walk.status(rollout, true, 5, null)));
        walk.when(judged(99, Walk.status(rollout, true, 5, null).over(STORED))).confirm();

        assertThat(walk.sent(RolloutStatus.class))
                .filteredOn(status -> status.phase() == Phase.VERIFIED)
                .singleElement()
                .extracting(JudgedSecondsTest::handed)
                .isEqualTo(STORED);
    }

    @Test
    void a_word_that_comes_when_nobody_acts_on_it_any_more_changes_nothing_else() {
        Walk walk = stepping(1);
        QuestionKey rollout = walk.active().question();
        walk.when(new EnvironmentInput.AbortAsked(rollout, "enough", "user:op@example.test"));
        Environment before = walk.environment;

        walk.when(judged(99, Walk.status(rollout, true, 3, Walk.WORSE)));

        assertThat(walk.environment).isEqualTo(before);
    }
}
