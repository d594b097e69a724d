package dev.slipway.rules;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts as an expression sees them: {@code tests.failed} by its whole name, as the entry {@code failed} of the map {@code
 * tests}, and of longer names as maps within maps, unless a fact stands there itself.
 */
final class Values {
    private static final int LONG_DIGITS = 18;

    private Values() {}

    /** @param facts numbers, and whatever else stands in the place of one */
    static Map<String, Object> of(Map<String, ?> facts, List<String> roots) {
        Map<String, Object> values = new HashMap<>();
        roots.forEach(root -> values.put(root, new HashMap<String, Object>()));
        facts.forEach((name, value) -> {
            Object number = value instanceof BigDecimal decimal ? number(decimal) : value;
            values.put(name, number);
            int dot = name.indexOf('.');
            if (dot > 0) {
                put(map(values, name.substring(0, dot)), name.substring(dot + 1), number);
            }
        });
        return values;
    }

    private static void put(Map<String, Object> map, String rest, Object number) {
        map.put(rest, number);
        int dot = rest.indexOf('.');
        if (dot > 0 && !(map.get(rest.substring(0, dot)) instanceof Number)) {
            put(map(map, rest.substring(0, dot)), rest.substring(dot + 1), number);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String name) {
        return in.get(name) instanceof Map<?, ?> known ? (Map<String, Object>) known : fresh(in, name);
    }

    private static Map<String, Object> fresh(Map<String, Object> in, String name) {
        Map<String, Object> map = new HashMap<>();
        in.put(name, map);
        return map;
    }

    private static Object number(BigDecimal value) {
        boolean whole = value.scale() <= 0 && value.precision() <= LONG_DIGITS;
        return whole ? (Object) value.longValueExact() : (Object) value.doubleValue();
    }
}
