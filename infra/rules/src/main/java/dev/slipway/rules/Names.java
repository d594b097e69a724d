package dev.slipway.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.slipway.contracts.policy.FactNames;
import dev.slipway.rules.FactExpression.Compiled.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which facts an expression names, and whether there are such. */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']{1,100})'.*");
    private static final String INDEX = "_[_]";
    private static final String MEMBER = "@in";
    /** What the parser takes for itself; a fact with such a word in its name is an entry. */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "package",
            "namespace",
            "null",
            "return",
            "true",
            "var",
            "void",
            "while");

    private Names() {}

    /**
     * Those that no map of maps can hold, as a shorter name is a fact itself. Any other is not declared by its whole name:
     * {@code has()} would not take it.
     */
    static List<String> covered(FactNames names) {
        List<String> known = names.known();
        return known.stream()
                .filter(Names::plain)
                .filter(name -> known.stream().anyMatch(shorter -> name.startsWith(shorter + ".")))
                .toList();
    }

    /** Whether the name can be written as it is. */
    private static boolean plain(String name) {
        return PLAIN.matcher(name).matches() && RESERVED.stream().noneMatch(List.of(name.split("\\."))::contains);
    }

    /** The first name that is no fact's, if there is one. */
    static Optional<Refused> check(CelAbstractSyntaxTree tree, FactNames names) {
        List<CelNavigableExpr> named = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> isWhole(node) && name(node.expr(), names).isPresent())
                .toList();
        if (named.isEmpty()) {
            return Optional.of(new Refused("It asks for no fact, so it would always say the same", 1, 1));
        }
        if (named.getFirst().parent().isEmpty() && !isAsked(named.getFirst().expr())) {
            return Optional.of(new Refused("It is a number, neither true nor false", 1, 1));
        }
        return named.stream()
                .filter(node -> !known(node, names))
                .min(Comparator.comparing(node -> place(tree, node.expr())))
                .map(node -> refused(tree, node.expr(), names));
    }

    /**
     * The roots that it looks at as a whole, whatever is done with them: {@code size(tests)}, {@code tests.exists(...)},
     * {@code tests[name]}. No name says which of their facts it goes by.
     */
    static Set<String> wholes(CelAbstractSyntaxTree tree, FactNames names) {
        return whole(tree, names)
                .filter(name -> names.roots().contains(name) && !names.known().contains(name))
                .collect(Collectors.toSet());
    }

    /** Whether it looks at one of these facts, by its name or with others of its root. */
    static boolean areAsked(CelAbstractSyntaxTree tree, FactNames names) {
        return whole(tree, names)
                .anyMatch(name -> names.known().contains(name) || names.roots().contains(name));
    }

    private static Stream<String> whole(CelAbstractSyntaxTree tree, FactNames names) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(Names::isWhole)
                .flatMap(node -> asked(node, names).stream());
    }

    /** Its name, also where it is asked whether the root has it: {@code "total" in tests}. */
    private static Optional<String> asked(CelNavigableExpr node, FactNames names) {
        Optional<CelExpr> member = node.parent()
                .map(CelNavigableExpr::expr)
                .filter(above -> above.getKind() == ExprKind.Kind.CALL
                        && above.call().function().equals(MEMBER)
                        && above.call().args().get(1).id() == node.expr().id()
                        && isText(above.call().args().getFirst()));
        return name(node.expr(), names)
                .map(name -> member.map(above -> name + "."
                                + above.call().args().getFirst().constant().stringValue())
                        .orElse(name));
    }

    private static boolean known(CelNavigableExpr node, FactNames names) {
        String name = name(node.expr(), names).orElseThrow();
        return names.knows(name) || names.roots().contains(name) || (isAsked(node.expr()) && names.knowsBelow(name));
    }

    private static boolean isAsked(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.SELECT
                && expression.select().testOnly();
    }

    private static Refused refused(CelAbstractSyntaxTree tree, CelExpr expression, FactNames names) {
        String name = name(expression, names).orElseThrow();
        CelSourceLocation place = place(tree, first(expression));
        return new Refused(
                "%s is no such fact; %s".formatted(name, names.remedy(name)),
                Math.max(1, place.getLine()),
                Math.max(0, place.getColumn()) + 1);
    }

    /** Not merely the beginning of a longer name. */
    private static boolean isWhole(CelNavigableExpr node) {
        return node.parent()
                .map(CelNavigableExpr::expr)
                .filter(above -> above.getKind() == ExprKind.Kind.SELECT
                        || (isEntry(above)
                                && above.call().args().getFirst().id()
                                        == node.expr().id()))
                .isEmpty();
    }

    /** The fact that is meant; nothing where it is no name. */
    private static Optional<String> name(CelExpr expression, FactNames names) {
        return switch (expression.getKind()) {
            case IDENT ->
                Optional.of(expression.ident().name())
                        .filter(name ->
                                names.known().contains(name) || names.roots().contains(name));
            case SELECT ->
                name(expression.select().operand(), names)
                        .map(above -> above + "." + expression.select().field());
            case CALL ->
                isEntry(expression)
                        ? name(expression.call().args().getFirst(), names)
                                .map(above -> above + "."
                                        + expression
                                                .call()
                                                .args()
                                                .get(1)
                                                .constant()
                                                .stringValue())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isEntry(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.CALL
                && expression.call().function().equals(INDEX)
                && isText(expression.call().args().get(1));
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    /** Where the name begins: of a longer one the parser tells the last dot. */
    private static CelExpr first(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> first(expression.select().operand());
            case CALL -> first(expression.call().args().getFirst());
            default -> expression;
        };
    }

    private static CelSourceLocation place(CelAbstractSyntaxTree tree, CelExpr expression) {
        return Optional.ofNullable(
                        tree.getSource().getPositionsMap().get(first(expression).id()))
                .flatMap(tree.getSource()::getOffsetLocation)
                .orElse(CelSourceLocation.of(1, 0));
    }

    /** The name that the compiler does not know, if that is what it says. */
    static Optional<String> undeclared(String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        return undeclared.matches() ? Optional.of(undeclared.group(1)) : Optional.empty();
    }

    /** What it says of such a name, in our words. */
    static Optional<String> undeclared(String message, FactNames names) {
        Optional<String> unknown = undeclared(message);
        if (unknown.isEmpty()) {
            return unknown;
        }
        String written = unknown.get();
        List<String> hyphens = names.known().stream()
                .filter(name ->
                        name.contains("-") && List.of(name.split("[-.]")).contains(written))
                .map(Names::entry)
                .toList();
        if (!hyphens.isEmpty()) {
            return Optional.of("there is no " + written + "; a fact whose name has a hyphen is written "
                    + hyphens.stream().limit(3).collect(Collectors.joining(" or ")));
        }
        return Optional.of("there is no %s; facts begin with %s"
                .formatted(
                        written,
                        String.join(
                                ", ",
                                names.roots().stream().map(root -> root + ".").toList())));
    }

    private static String entry(String name) {
        int dot = name.indexOf('.');
        return "%s[\"%s\"]".formatted(name.substring(0, dot), name.substring(dot + 1));
    }
}
