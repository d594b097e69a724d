package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One threshold: {@code 0}, {@code >= 1}, {@code < 5%}. Exact decimal arithmetic. A limit in percent is compared only with
 * a fact that is a percentage, and the other way round: nobody can know what else was meant. Where tests are expected and none were
 * run, nobody can know how they would have ended. A change that is more than allowed, but not more than runs differ by chance,
 * is one of which nobody can know whether it is a change ({@link Chance}).
 */
record ThresholdRule(String fact, Comparison comparison, BigDecimal limit, boolean percent, String text) {
    private static final Pattern LEGAL =
            Pattern.compile("\\s*(>=|<=|==|!=|>|<)?\\s*(-?[0-9]{1,18}(?:\\.[0-9]{1,18})?)\\s*(%)?\\s*");

    private enum Comparison {
        AT_LEAST,
        AT_MOST,
        ABOVE,
        BELOW,
        EQUAL,
        OTHER_THAN;

        static Comparison of(String sign) {
            return switch (sign) {
                case ">=" -> AT_LEAST;
                case "<=" -> AT_MOST;
                case ">" -> ABOVE;
                case "<" -> BELOW;
                case "!=" -> OTHER_THAN;
                default -> EQUAL;
            };
        }

        boolean holds(int order) {
            return switch (this) {
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
                case ABOVE -> order > 0;
                case BELOW -> order < 0;
                case EQUAL -> order == 0;
                case OTHER_THAN -> order != 0;
            };
        }

        /** Sums, and the largest of several, only rise; of rates and other numbers several say nothing: whether a rule that does not hold may hold for a larger value. */
        boolean mendable(int order) {
            return switch (this) {
                case AT_LEAST, ABOVE, OTHER_THAN -> true;
                case AT_MOST, BELOW -> false;
                case EQUAL -> order < 0;
            };
        }
    }

    /** The threshold, or nothing if it is none. */
    static Optional<ThresholdRule> parse(Threshold threshold) {
        Matcher matcher = LEGAL.matcher(threshold.expects());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String sign = Optional.ofNullable(matcher.group(1)).orElse("==");
        return Optional.of(new ThresholdRule(
                threshold.fact(),
                Comparison.of(sign),
                new BigDecimal(matcher.group(2)),
                matcher.group(3) != null,
                threshold.toString()));
    }

    Ruling judge(Facts facts) {
        return facts.named(fact)
                .map(observed -> judge(observed, facts, Chance.of(fact, facts)))
                .orElseGet(() -> new Ruling.Unknown("The report says nothing about " + fact));
    }

    private Ruling judge(Fact observed, Facts facts, Optional<Chance> chance) {
        if (percent != (observed.unit() == Fact.Unit.PERCENT)) {
            return new Ruling.Unknown(fact + (percent ? " is no percentage: " : " is a percentage: ") + text);
        }
        int order = observed.value().compareTo(limit);
        if (comparison.holds(order)) {
            return new Ruling.Holds(
                    chance.map(known -> known.beside(limit, text)).orElse(""));
        }
        if (chance.isPresent() && comparison.holds(chance.get().beyond().compareTo(limit))) {
            return new Ruling.Unknown(chance.get().doubting(observed, text));
        }
        boolean anew = fact.equals(KayentaRule.SCORE); // is made of all reports, whatever one of them said
        boolean rises = anew || observed.unit().mayRise();
        boolean mendable = rises && comparison.mendable(order);
        if (mendable && observed.value().signum() == 0 && noneRan(facts)) {
            return new Ruling.Unknown(TestsExpected.said(text));
        }
        return new Ruling.Breaks(
                "%s, expected %s%s"
                        .formatted(
                                observed,
                                text,
                                chance.map(known -> known.exceeded(observed)).orElse("")),
                mendable);
    }

    private boolean noneRan(Facts facts) {
        return fact.equals(TestsExpected.TOTAL) || (fact.equals(TestsExpected.PASSED) && TestsExpected.noneRan(facts));
    }
}
