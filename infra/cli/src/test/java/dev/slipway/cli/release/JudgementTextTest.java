package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTextTest {
    @Test
    void the_statuses_that_differ_most_are_named() {
        SideCounts canary = new SideCounts(4_489, 0, 12, 2_644, Map.of("200", 1_840L, "401", 2_644L, "302", 5L));
        SideCounts baseline = new SideCounts(40_000, 40, 2_000, 80, Map.of("200", 39_880L, "401", 80L, "500", 40L));

        assertThat(JudgementText.lines(judged(canary, baseline, List.of("a note"))))
                .containsExactly(
                        "new: 4489 answers, 0 errors, 2644 refusals, 12 slow; old: 40000 answers, 40 errors, 80 refusals, 2000 slow",
                        "differs most: 200 41.0 % of the new, 99.7 % of the old, 401 58.9 % of the new, 0.2 % of the old,"
                                + " 302 0.1 % of the new, 0.0 % of the old",
                        "a note");
    }

    @Test
    void what_is_alike_is_not_named_and_what_was_not_judged_says_nothing() {
        SideCounts alike = new SideCounts(1_000, 1, 50, 0, Map.of("200", 999L, "500", 1L));

        assertThat(JudgementText.lines(judged(alike, alike, List.of())))
                .singleElement()
                .asString()
                .startsWith("new: 1000 answers, 1 errors");
        assertThat(JudgementText.lines(judged(SideCounts.NONE, SideCounts.NONE, List.of())))
                .isEmpty();
        assertThat(JudgementText.lines(null)).isEmpty();
        assertThat(JudgementText.lines(judged(alike, SideCounts.NONE, List.of())))
                .hasSize(1);
    }

    private static JudgementStatus judged(SideCounts canary, SideCounts baseline, List<String> notes) {
        return new JudgementStatus(
                QuestionKey.parse("hello@1.1.0/production/1"),
                EnvironmentId.parse("hello/production"),
                true,
                1,
                null,
                canary,
                baseline,
                "",
                notes,
                null,
                null,
                List.of(),
                false,
                List.of());
    }
}
