package dev.slipway.validation.evidence.own;

import dev.slipway.validation.evidence.Fact;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts that somebody says in our own form: {@code {"slipway":"facts/1","facts":{"bundle.size":{"value":123,"unit":"bytes"},
 * "lint.warnings":3}}}. Its JSON schema is {@code facts.schema.json} of the contracts.
 *
 * @param list 1 to {@value #FACTS_MAX}, names unique
 */
public record SentFacts(List<Sent> list) {
    public static final String FORM = "facts/1";
    public static final int FACTS_MAX = 100;

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+");

    private static final int NAME_CHARS_MAX = 100;
    private static final int UNIT_CHARS_MAX = 20;
    private static final Pattern WRITTEN =
            Pattern.compile("([^=]{1,100})=(-?[0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*([A-Za-z%/]{0,20})");

    /** The units, and what is said of several reports: {@link Fact.Unit}. */
    enum Unit {
        COUNT(Fact.Unit.COUNT),
        SECONDS(Fact.Unit.SECONDS, "s"),
        PERCENT(Fact.Unit.PERCENT, "%"),
        SCORE(Fact.Unit.SCORE),
        LATENCY(Fact.Unit.LATENCY),
        RATE(Fact.Unit.RATE, "/s"),
        BYTES(Fact.Unit.NUMBER, "b"),
        NUMBER(Fact.Unit.NUMBER);

        private static final Map<String, Unit> WRITTEN = byName();
        private final Fact.Unit unit;
        private final String also;

        Unit(Fact.Unit unit) {
            this(unit, "");
        }

        Unit(Fact.Unit unit, String also) {
            this.unit = unit;
            this.also = also;
        }

        static Optional<Unit> of(String written) {
            return Optional.ofNullable(WRITTEN.get(written.toLowerCase(Locale.ROOT)));
        }

        private static Map<String, Unit> byName() {
            Map<String, Unit> units = new HashMap<>();
            for (Unit unit : values()) {
                units.putIfAbsent(unit.written(), unit);
                units.putIfAbsent(unit.also, unit);
            }
            return Map.copyOf(units);
        }

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        static String legal() {
            return String.join(", ", Arrays.stream(values()).map(Unit::written).toList());
        }
    }

    /**
     * One fact as it is said.
     *
     * @param name lower case, with at least one dot, 3 to 100 characters
     * @param unit as its sender writes it
     */
    public record Sent(String name, BigDecimal value, String unit) {
        public Sent {
            Optional<Unit> known = unit.length() > UNIT_CHARS_MAX ? Optional.empty() : Unit.of(unit);
            if (name.length() > NAME_CHARS_MAX
                    || !name.contains(".")
                    || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "\"%s\" is no name of a fact: write lower case with a dot, as bundle.size, at most %d characters"
                                .formatted(name, NAME_CHARS_MAX));
            }
            if (known.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s has the unit \"%s\"; there is %s".formatted(name, unit, Unit.legal()));
            }
            fact(name, value, known.get());
        }

        public Fact fact() {
            return fact(name, value, Unit.of(unit).orElseThrow());
        }

        private static Fact fact(String name, BigDecimal value, Unit unit) {
            return new Fact(name, value, unit.unit);
        }
    }

    public SentFacts {
        list = list.stream().sorted(Comparator.comparing(Sent::name)).toList();
        if (list.isEmpty() || list.size() > FACTS_MAX) {
            throw new IllegalArgumentException("Say 1 to %d facts, not %d".formatted(FACTS_MAX, list.size()));
        }
        if (list.stream().map(Sent::name).distinct().count() != list.size()) {
            throw new IllegalArgumentException("A fact is said once");
        }
    }

    /** As somebody writes it by hand: {@code bundle.size=123bytes}, {@code lint.warnings=3}. */
    public static Sent parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no fact: write NAME=NUMBER, or with a unit NAME=NUMBERunit, as bundle.size=123bytes"
                            .formatted(written));
        }
        String unit = matcher.group(3);
        return new Sent(
                matcher.group(1), new BigDecimal(matcher.group(2)), unit.isEmpty() ? Unit.NUMBER.written() : unit);
    }

    /** The same facts always have the same bytes. */
    public byte[] bytes() {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Sent sent : list) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", sent.fact().value());
            one.put("unit", Unit.of(sent.unit()).orElseThrow().written());
            facts.put(sent.name(), one);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("slipway", FORM);
        document.put("facts", facts);
        return JsonMapper.shared().writeValueAsBytes(document);
    }
}
