package dev.slipway.cli.ci;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Facts of a report in a line for people: what is 0 is left out, but for what gates ask for. */
final class FactsText {
    private static final List<String> ALWAYS = List.of("failed", "skipped");
    private static final List<String> SELDOM = List.of("flaky", "expected", "disabled", "warnings");

    private FactsText() {}

    static String of(Map<String, BigDecimal> facts) {
        if (!facts.containsKey("tests.total")) {
            return facts.entrySet().stream()
                    .map(fact ->
                            "%s %s".formatted(fact.getKey(), fact.getValue().toPlainString()))
                    .collect(Collectors.joining(", "));
        }
        List<String> parts = new ArrayList<>();
        parts.add(value(facts, "total") + " tests");
        ALWAYS.forEach(name -> parts.add(value(facts, name) + " " + name));
        SELDOM.stream()
                .filter(name -> !value(facts, name).equals("0"))
                .forEach(name -> parts.add(value(facts, name) + " " + name));
        return String.join(", ", parts);
    }

    private static String value(Map<String, BigDecimal> facts, String name) {
        return facts.getOrDefault("tests." + name, BigDecimal.ZERO).toPlainString();
    }
}
