package dev.slipway.validation.rule;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * A CEL expression over facts (https://cel.dev): {@code tests.total >= 1 && tests.failed == 0}. Only {@code true} passes;
 * an error while it is compiled or evaluated leaves the gate inconclusive.
 */
final class CelRule {
    private static final int CHARS_MAX = 2_000;
    private static final int NODES_MAX = 500;
    private static final int DEPTH_MAX = 50;
    private static final int ITERATIONS_MAX = 1_000;
    private static final int CAUSE_CHARS_MAX = 200;
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(CHARS_MAX)
            .maxParseExpressionNodeCount(NODES_MAX)
            .maxParseRecursionDepth(DEPTH_MAX)
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    private CelRule() {}

    static Ruling judge(String expression, Facts facts) {
        Map<String, Map<String, Object>> variables = variables(facts);
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        variables.keySet().forEach(name -> compiler.addVar(name, MapType.create(SimpleType.STRING, SimpleType.DYN)));
        try {
            Object result = RUNTIME.createProgram(
                            compiler.build().compile(expression).getAst())
                    .eval(variables);
            if (!(result instanceof Boolean holds)) {
                return new Ruling.Unknown("The expression " + brief(expression) + " is neither true nor false");
            }
            return holds
                    ? new Ruling.Holds()
                    : new Ruling.Breaks("%s, expected %s".formatted(facts, expression), false);
        } catch (CelValidationException | CelEvaluationException unsayable) {
            return new Ruling.Unknown("The expression " + brief(expression) + " has no answer: "
                    + brief(String.valueOf(unsayable.getMessage())));
        }
    }

    /** {@code tests.failed} becomes the entry {@code failed} of the variable {@code tests}. */
    private static Map<String, Map<String, Object>> variables(Facts facts) {
        Map<String, Map<String, Object>> variables = new HashMap<>();
        for (Fact fact : facts.list()) {
            int dot = fact.name().indexOf('.');
            if (dot > 0) {
                variables
                        .computeIfAbsent(fact.name().substring(0, dot), _ -> new HashMap<>())
                        .put(fact.name().substring(dot + 1), number(fact.value()));
            }
        }
        return variables;
    }

    private static Object number(BigDecimal value) {
        boolean whole = value.scale() <= 0 && value.precision() <= 18;
        return whole ? (Object) value.longValueExact() : (Object) value.doubleValue();
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > CAUSE_CHARS_MAX ? line.substring(0, CAUSE_CHARS_MAX) + "…" : line;
    }
}
