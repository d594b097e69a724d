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
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    /** The unit of what has none. */
    static final String NUMBER = "number";

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

        static @Nullable Unit of(String written) {
            Unit unit = WRITTEN.get(written);
            return unit == null ? WRITTEN.get(written.toLowerCase(Locale.ROOT)) : unit;
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
            fact(name, value, unit);
        }

        public Fact fact() {
            return fact(name, value, unit);
        }

        private static Fact fact(String name, BigDecimal value, String unit) {
            requireName(name);
            return SentFacts.fact(name, value, SentFacts.unit(name, unit));
        }
    }

    public SentFacts {
        list = list.stream().sorted(Comparator.comparing(Sent::name)).toList();
        requireFew(list.size());
        if (list.stream().map(Sent::name).distinct().count() != list.size()) {
            throw new IllegalArgumentException("A fact is said once");
        }
    }

    private static void requireFew(int facts) {
        if (facts == 0 || facts > FACTS_MAX) {
            throw new IllegalArgumentException("Say 1 to %d facts, not %d".formatted(FACTS_MAX, facts));
        }
    }

    static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name of a fact: write lower case with a dot, as bundle.size, at most %d characters"
                            .formatted(name, NAME_CHARS_MAX));
        }
    }

    static Unit unit(String name, String unit) {
        Unit known = unit.length() > UNIT_CHARS_MAX ? null : Unit.of(unit);
        if (known == null) {
            throw new IllegalArgumentException(
                    "%s has the unit \"%s\"; there is %s".formatted(name, unit, Unit.legal()));
        }
        return known;
    }

    /** @param name one that {@link #requireName} lets pass */
    static Fact fact(String name, BigDecimal value, Unit unit) {
        return new Fact(name, value, unit.unit);
    }

    /** {@code [a-z][a-z0-9]*([.-][a-z0-9]+)+} with a dot in it. */
    static boolean isName(String name) {
        int length = name.length();
        if (length == 0 || length > NAME_CHARS_MAX || name.charAt(0) < 'a') {
            return false;
        }
        boolean dot = false;
        boolean separated = true;
        for (int i = 0; i < length; i++) {
            char each = name.charAt(i);
            if (each >= 'a' ? each <= 'z' : each >= '0' && each <= '9') {
                separated = false;
            } else if (separated || (each != '.' && each != '-')) {
                return false;
            } else {
                separated = true;
                dot |= each == '.';
            }
        }
        return dot && !separated;
    }

    /** The same by name; they are in that order where {@link #bytes} has written them. */
    static List<Fact> inOrder(List<Fact> facts) {
        requireFew(facts.size());
        for (int i = 1; i < facts.size(); i++) {
            if (facts.get(i - 1).name().compareTo(facts.get(i).name()) > 0) {
                return facts.stream().sorted(Comparator.comparing(Fact::name)).toList();
            }
        }
        return facts;
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
        return new Sent(matcher.group(1), new BigDecimal(matcher.group(2)), unit.isEmpty() ? NUMBER : unit);
    }

    /** The same facts always have the same bytes. */
    public byte[] bytes() {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Sent sent : list) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", sent.fact().value());
            one.put("unit", Objects.requireNonNull(Unit.of(sent.unit())).written());
            facts.put(sent.name(), one);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("slipway", FORM);
        document.put("facts", facts);
        return JsonMapper.shared().writeValueAsBytes(document);
    }
}
