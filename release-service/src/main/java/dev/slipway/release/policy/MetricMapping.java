package dev.slipway.release.policy;

import static dev.slipway.release.policy.PolicyMapping.constant;
import static dev.slipway.release.policy.PolicyMapping.optional;
import static dev.slipway.release.policy.PolicyMapping.text;
import static dev.slipway.release.policy.PolicyMapping.within;

import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.Placeholders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a policy says of a program's own metrics. Defaults stand in the schema too. */
final class MetricMapping {
    private static final Pattern LIMIT = Pattern.compile("([<>])\\s*(-?[\\d.]+)\\s*(%|/\\s*s|times|)");
    private static final double PERCENT = 100;

    private MetricMapping() {}

    /** A side of a number, and what the number is of. */
    private record Bound(MetricRule.Sense sense, double number, String unit) {
        static Bound parse(String written) {
            Matcher matcher = LIMIT.matcher(written.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("a limit is written as \"< 100\", not " + written);
            }
            return new Bound(
                    matcher.group(1).equals("<") ? MetricRule.Sense.BELOW : MetricRule.Sense.ABOVE,
                    Double.parseDouble(matcher.group(2)),
                    matcher.group(3).replaceAll("\\s", ""));
        }

        /** The number as its kind counts it. */
        double of(MetricRule.As as) {
            boolean fits = switch (as) {
                case VALUE, QUANTILE -> unit.isEmpty();
                case RATE -> unit.equals("/s");
                case RATIO -> unit.isEmpty() || unit.equals("%");
            };
            if (!fits) {
                throw new IllegalArgumentException(
                        switch (as) {
                            case VALUE, QUANTILE ->
                                "the limit of a value or a quantile is a plain number, as in \"< 100\"";
                            case RATE -> "the limit of a rate is a number a second, as in \"< 2/s\"";
                            case RATIO -> "the limit of a ratio is a share or a number, as in \"< 5 %\" or \"< 0.05\"";
                        });
            }
            return unit.equals("%") ? number / PERCENT : number;
        }
    }

    /** What a program is asked for, of a list that may hold what servers are asked too. */
    static List<MetricRule> rules(JsonNode list, String at) {
        return each(list, at, false, MetricMapping::rule);
    }

    /** What servers that collect metrics are asked. */
    static List<MetricQuery> queries(JsonNode list, String at) {
        return each(list, at, true, MetricMapping::query);
    }

    private static <T> List<T> each(
            JsonNode list, String at, boolean queries, BiFunction<JsonNode, String, T> element) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).has("query") == queries) {
                all.add(element.apply(list.get(i), at + "/" + i));
            }
        }
        return all;
    }

    private static MetricQuery query(JsonNode json, String at) {
        String query = json.path("query").asString();
        Placeholders.faultOfArrival(query).ifPresent(fault -> {
            throw new PolicyMapping.OutOfRange(at + "/query", fault);
        });
        return within(at, () -> {
            Bound bound = Bound.parse(json.path("limit").asString());
            return new MetricQuery(
                    MetricQuery.requireWritten(query),
                    json.path("at").asString(),
                    bound.sense(),
                    bound.of(MetricRule.As.VALUE),
                    fresh(json));
        });
    }

    private static @Nullable Duration fresh(JsonNode json) {
        return optional(json, "freshWithin", within -> Durations.parse(within.asString()));
    }

    static MetricRule rule(JsonNode json, String at) {
        return within(at, () -> {
            boolean beside = json.has("beside");
            MetricRule.As as = constant(MetricRule.As.class, json.path("as").asString());
            Bound bound = Bound.parse(json.path(beside ? "beside" : "limit").asString());
            return new MetricRule(
                    json.path("name").asString(),
                    labels(json.path("labels")),
                    as,
                    optional(json, "of"),
                    labels(json.path("ofLabels")),
                    bound.sense(),
                    beside ? bound.number() : bound.of(as),
                    beside,
                    text(json, "absent", "no-data").equals("zero"),
                    json.has("quantile") ? json.path("quantile").asDouble() : null,
                    json.has("atLeast") ? json.path("atLeast").asInt() : null,
                    fresh(json));
        });
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new TreeMap<>();
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
