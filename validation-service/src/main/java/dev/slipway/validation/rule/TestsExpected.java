package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.FactNames;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.rules.FactExpression;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.util.Map;
import java.util.Set;

/** Where tests are expected and none were run, nobody can know how they would have ended. */
public final class TestsExpected {
    static final String TOTAL = "tests.total";
    static final String PASSED = "tests.passed";
    private static final String FAILED = "tests.failed";

    /** By which a rule expects that there are tests. */
    static final Set<String> FACTS = Set.of(TOTAL, PASSED);

    static final String ROOT = "tests";

    private static final FactNames NAMES = new FactNames(Map.of(TOTAL, "", PASSED, ""));

    private TestsExpected() {}

    /** There are none, or none that passed and none that failed: all were skipped or are disabled. */
    static boolean noneRan(Facts facts) {
        return isZero(facts, FAILED) && (isZero(facts, PASSED) || isZero(facts, TOTAL));
    }

    static String said(String expected) {
        return "No tests were run, expected %s; none that failed says nothing".formatted(expected);
    }

    /** Whether the rule of a gate asks for tests that passed, or its expression for any, whatever way it names them. */
    public static boolean by(Gate gate) {
        return gate.rule().stream().anyMatch(part -> part.fact().equals(PASSED))
                || (gate.cel() != null && FactExpression.asks(gate.cel(), NAMES));
    }

    private static boolean isZero(Facts facts, String fact) {
        return facts.named(fact)
                .map(Fact::value)
                .filter(value -> value.signum() == 0)
                .isPresent();
    }
}
