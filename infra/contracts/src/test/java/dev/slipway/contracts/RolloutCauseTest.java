package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutCauseTest {
    @Test
    void what_the_judge_found_is_told_from_all_else() {
        assertThat(RolloutCause.judged(new Worse("guardrail", "p95", "2 s", "< 1 s"))
                        .saidByJudge())
                .isTrue();
        assertThat(RolloutCause.judged(new Worse("comparison", "errorRate", "9 %", "1 %"))
                        .saidByJudge())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The new version is unready. GET /health answered 503",
                "The new version hangs. ",
                "The new version is worse: guardrail memory, it takes 600 MB"
            })
    void what_is_worse_without_the_judge_is_not_his(String text) {
        assertThat(new RolloutCause("worse", text, "", "").saidByJudge()).isFalse();
    }
}
