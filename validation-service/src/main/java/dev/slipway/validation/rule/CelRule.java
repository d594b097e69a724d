package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.FactNames;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.rules.FactExpression;
import dev.slipway.rules.FactExpression.Answer;
import dev.slipway.rules.FactExpression.Compiled;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gate's CEL expression over facts. Only {@code true} passes; an error while it is compiled or evaluated leaves the gate
 * inconclusive. So does one that is not true only as no tests were run, where it expects some, and one that looks at all that
 * is said of tests together, true or not: nothing in it says that none were expected. Compiled expressions are kept, the
 * {@value #KEPT_MAX} used last.
 */
final class CelRule {
    private static final int KEPT_MAX = 500;
    private static final FactNames NONE = new FactNames(Map.of());

    /** What was compiled: the same text over the same names always is the same. */
    private record Asked(String expression, FactNames names) {}

    private static final Map<Asked, Compiled> KEPT = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Compiled> eldest) {
            return size() > KEPT_MAX;
        }
    };

    private CelRule() {}

    static Ruling judge(Gate gate, String expression, Facts facts) {
        return switch (compiled(expression, names(gate, facts))) {
            case Compiled.Refused refused ->
                new Ruling.Unknown("The expression %s has no answer: %s".formatted(brief(expression), refused));
            case Compiled.Ready ready -> judge(expression, ready.expression(), facts);
        };
    }

    private static Ruling judge(String text, FactExpression expression, Facts facts) {
        return switch (expression.ask(facts.values())) {
            case Answer.Said(boolean holds)
            when holds ->
                TestsExpected.noneRan(facts) && expression.looksAtAll(TestsExpected.ROOT)
                        ? new Ruling.Unknown(TestsExpected.said(brief(text)))
                        : new Ruling.Holds();
            case Answer.Said _ ->
                TestsExpected.noneRan(facts) && expression.hangsOn(TestsExpected.FACTS, facts.values())
                        ? new Ruling.Unknown(TestsExpected.said(brief(text)))
                        : new Ruling.Breaks("%s, expected %s".formatted(facts, text), false);
            case Answer.Unsayable(String why) ->
                new Ruling.Unknown("The expression %s has no answer: %s".formatted(brief(text), why));
        };
    }

    /** Those that its kind may say; what a policy asked for that was stored by an earlier version may be beyond them. */
    private static FactNames names(Gate gate, Facts facts) {
        FactNames known =
                EvidenceKinds.shipped().of(String.valueOf(gate.evidence())).orElse(NONE);
        Map<String, String> more = new TreeMap<>();
        for (Fact fact : facts.list()) {
            if (!known.knows(fact.name())) {
                more.put(fact.name(), fact.unit().name());
            }
        }
        return more.isEmpty() ? known : known.with(more);
    }

    private static Compiled compiled(String expression, FactNames names) {
        Asked asked = new Asked(expression, names);
        synchronized (KEPT) {
            Compiled kept = KEPT.get(asked);
            if (kept != null) {
                return kept;
            }
        }
        Compiled compiled = FactExpression.compile(expression, names);
        synchronized (KEPT) {
            KEPT.put(asked, compiled);
        }
        return compiled;
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
