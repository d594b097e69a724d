package dev.slipway.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
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
import dev.slipway.contracts.policy.FactNames;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CEL expression over facts (https://cel.dev), compiled once and asked as often as wished, by several threads at a time:
 * {@code tests.total >= 1 && tests.failed == 0}. A fact whose name has a hyphen, or that a report names, is an entry:
 * {@code load["error-rate"] < 1}. A fact that no report has said is an error, and {@code has(tests.flaky)} says whether it
 * was said.
 *
 * <p>What it may cost is bounded by its length, its nodes and their depth, and by the rounds that all its comprehensions
 * take together; regular expressions take linear time.
 */
public final class FactExpression {
    private static final int CHARS_MAX = 2_000;
    private static final int NODES_MAX = 500;
    private static final int DEPTH_MAX = 50;
    private static final int ROUNDS_MAX = 1_000;
    private static final int PATTERN_SIZE_MAX = 1_000;
    private static final int OPEN_ROOTS_MAX = 20;
    private static final int CAUSE_CHARS_MAX = 200;
    private static final String UNKNOWN = "unknown"; // no number, so that nothing can be counted with it
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(CHARS_MAX)
            .maxParseExpressionNodeCount(NODES_MAX)
            .maxParseRecursionDepth(DEPTH_MAX)
            .comprehensionMaxIterations(ROUNDS_MAX)
            .maxRegexProgramSize(PATTERN_SIZE_MAX)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final CelRuntime.Program program;
    private final List<String> roots;
    private final Set<String> wholes;

    private FactExpression(CelRuntime.Program program, List<String> roots, Set<String> wholes) {
        this.program = program;
        this.roots = roots;
        this.wholes = wholes;
    }

    /** What came of compiling. */
    public sealed interface Compiled {
        /** It can be asked. */
        record Ready(FactExpression expression) implements Compiled {}

        /**
         * It can never say anything.
         *
         * @param why in words for whoever wrote it
         * @param line from 1
         * @param column from 1, in characters of that line
         */
        record Refused(String why, int line, int column) implements Compiled {
            @Override
            public String toString() {
                return "%s, at line %d, column %d of the expression".formatted(why, line, column);
            }
        }
    }

    /** What it says about facts. */
    public sealed interface Answer {
        /** It is true, or it is not. */
        record Said(boolean holds) implements Answer {}

        /** It has no answer. */
        record Unsayable(String why) implements Answer {}
    }

    /**
     * @param names of the facts that there may be; any other name is refused, with the nearest one. Where reports may say
     *     any name, each that the expression asks for is one
     */
    public static Compiled compile(String text, FactNames names) {
        FactNames known = names;
        for (int rounds = 0; names.open() && rounds < OPEN_ROOTS_MAX; rounds++) {
            Optional<String> root = undeclared(text, known);
            if (root.isEmpty()) {
                break;
            }
            known = known.with(Map.of(root.get() + ".*", ""));
        }
        try {
            CelAbstractSyntaxTree tree = tree(text, known);
            Optional<Compiled.Refused> unknown = Names.check(tree, known);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            return new Compiled.Ready(
                    new FactExpression(RUNTIME.createProgram(tree), known.roots(), Names.wholes(tree, known)));
        } catch (CelValidationException invalid) {
            return refused(invalid, known);
        } catch (CelEvaluationException impossible) {
            return new Compiled.Refused(brief(String.valueOf(impossible.getMessage())), 1, 1);
        }
    }

    private static CelAbstractSyntaxTree tree(String text, FactNames names) throws CelValidationException {
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        names.roots().forEach(root -> compiler.addVar(root, MapType.create(SimpleType.STRING, SimpleType.DYN)));
        Names.covered(names).forEach(name -> compiler.addVar(name, SimpleType.DYN));
        return compiler.build().compile(text).getAst();
    }

    private static Optional<String> undeclared(String text, FactNames names) {
        try {
            tree(text, names);
            return Optional.empty();
        } catch (CelValidationException invalid) {
            return invalid.getErrors().stream()
                    .flatMap(issue -> Names.undeclared(issue.getMessage()).stream())
                    .findFirst();
        }
    }

    private static Compiled.Refused refused(CelValidationException invalid, FactNames names) {
        return invalid.getErrors().stream()
                .min(Comparator.comparing(CelIssue::getSourceLocation))
                .map(issue -> new Compiled.Refused(
                        Names.undeclared(issue.getMessage(), names).orElseGet(() -> brief(issue.getMessage())),
                        Math.max(1, issue.getSourceLocation().getLine()),
                        Math.max(0, issue.getSourceLocation().getColumn()) + 1))
                .orElseGet(() -> new Compiled.Refused(brief(String.valueOf(invalid.getMessage())), 1, 1));
    }

    /** Only true is a yes. */
    public Answer ask(Map<String, BigDecimal> facts) {
        try {
            return program.eval(Values.of(facts, roots)) instanceof Boolean holds
                    ? new Answer.Said(holds)
                    : new Answer.Unsayable("it is neither true nor false");
        } catch (CelEvaluationException unsayable) {
            return new Answer.Unsayable(brief(String.valueOf(unsayable.getMessage())));
        }
    }

    /**
     * Whether an expression looks at one of these facts: by its name, however that is written, or with all others of its root,
     * as {@code tests.exists(name, tests[name] > 0)} does. It is told from the parsed expression; of one that cannot be parsed it
     * is no.
     */
    public static boolean asks(String text, FactNames names) {
        try {
            CelAbstractSyntaxTree parsed = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .build()
                    .parse(text)
                    .getAst();
            return Names.areAsked(parsed, names);
        } catch (CelValidationException invalid) {
            return false;
        }
    }

    /** Whether it looks at all facts of this root together, so that nobody can say by which it goes. */
    public boolean looksAtAll(String root) {
        return wholes.contains(root);
    }

    /**
     * Whether it is not true only as these facts are what they are: it has no answer where nobody has said them, or where
     * nobody can compare them; where it looks at all facts of their root together, also where there is no such root. What is not
     * true whatever they are does not hang on them.
     *
     * @param facts over which it is not true
     * @param names of some of them
     */
    public boolean hangsOn(Set<String> names, Map<String, BigDecimal> facts) {
        Map<String, Object> unsaid = new HashMap<>(facts);
        unsaid.keySet().removeAll(names);
        Map<String, Object> unknown = new HashMap<>(unsaid); // for has(), which is content with anything
        names.forEach(name -> unknown.put(name, UNKNOWN));
        Set<String> without = names.stream().map(FactExpression::root).collect(Collectors.toSet());
        without.retainAll(wholes);
        return !(isFalse(unsaid, roots) && isFalse(unknown, roots) && (without.isEmpty() || isFalse(facts, without)));
    }

    private boolean isFalse(Map<String, BigDecimal> facts, Set<String> without) {
        Map<String, Object> others = new HashMap<>(facts);
        others.keySet().removeIf(name -> without.contains(root(name)));
        return isFalse(
                others, roots.stream().filter(root -> !without.contains(root)).toList());
    }

    private static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private boolean isFalse(Map<String, Object> facts, List<String> known) {
        try {
            return Boolean.FALSE.equals(program.eval(Values.of(facts, known)));
        } catch (CelEvaluationException unsayable) {
            return false;
        }
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > CAUSE_CHARS_MAX ? line.substring(0, CAUSE_CHARS_MAX) + "…" : line;
    }
}
