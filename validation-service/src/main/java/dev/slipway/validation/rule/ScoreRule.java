package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;

/**
 * The score of Kayenta's judge: from {@code pass} on it passes, at or below {@code marginal} it fails at once. Between them it is
 * neither, and a further run may decide as long as the gate waits.
 */
final class ScoreRule {
    private ScoreRule() {}

    static Ruling judge(KayentaRule rule, Facts facts) {
        return facts.named(KayentaRule.SCORE)
                .map(score -> judge(rule, score))
                .orElseGet(() -> new Ruling.Unknown("Kayenta's judge has no score of these measurements"));
    }

    private static Ruling judge(KayentaRule rule, Fact score) {
        if (score.value().compareTo(BigDecimal.valueOf(rule.pass())) >= 0) {
            return new Ruling.Holds();
        }
        return score.value().compareTo(BigDecimal.valueOf(rule.marginal())) <= 0
                ? new Ruling.Breaks("%s, expected %s".formatted(score, rule.text()), false)
                : new Ruling.Unknown(
                        "%s is marginal, neither a pass nor a failure: expected %s. Measure again, or longer"
                                .formatted(score, rule.text()));
    }
}
