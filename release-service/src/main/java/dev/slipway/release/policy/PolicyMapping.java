package dev.slipway.release.policy;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.policy.WhenBad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns a document that fits the schema into records, filling in what may be left out. Defaults stand in the schema too. */
final class PolicyMapping {
    private PolicyMapping() {}

    /** A value that the schema lets through but the records do not. */
    static final class OutOfRange extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String pointer;

        OutOfRange(String pointer, String message) {
            super(message);
            this.pointer = pointer;
        }

        String pointer() {
            return pointer;
        }
    }

    static Policy policy(JsonNode json) {
        JsonNode environments = json.path("environments");
        FrontMapping.requireHosts(json.path("application").asString(), environments);
        AskedPorts asked = AskedPorts.of(environments);
        List<Gate> gates = CheckMapping.with(
                list(json.path("gates"), "/gates", (gate, at) -> GateMapping.gate(gate, at, asked, environments)),
                json);
        Policy policy = within(
                "",
                () -> new Policy(
                        new ApplicationName(json.path("application").asString()),
                        source(json.path("source")),
                        list(json.path("contacts"), "/contacts", PolicyMapping::contact),
                        ApprovalRules.approvals(json),
                        CheckMapping.named(json),
                        gates,
                        new Policy.Environments(
                                staging(environments.path("staging"), "/environments/staging"),
                                production(environments.path("production"), "/environments/production")),
                        json.has("merge") ? merge(json.path("merge")) : null,
                        constant(Policy.OnPush.class, text(json, "onPush", "supersede")),
                        FreezeMapping.once(json.path("freeze")),
                        FreezeMapping.weekly(json.path("freeze")),
                        list(json.path("waivers"), "/waivers", PolicyMapping::waiver),
                        optional(json, "retention", PolicyMapping::retention),
                        GuideMapping.guide(json),
                        DutyMapping.duties(json),
                        StaffingRules.staffing(json),
                        list(json.path("announcements"), "/announcements", AnnouncingMapping::announcing),
                        DueMapping.timetable(json),
                        optional(json, "forwardOnly", PolicyMapping::forwardOnly)));
        CanaryMapping.requireProbeable(policy);
        return policy;
    }

    private static Policy.Source source(JsonNode json) {
        return within(
                "/source",
                () -> new Policy.Source(
                        json.path("repository").asString(),
                        branches(json.path("from")),
                        RefNames.require("source.to", text(json, "to", "main"))));
    }

    /** One branch, or a list. */
    private static List<String> branches(JsonNode from) {
        return from.isArray()
                ? list(from, "/source/from", (branch, at) -> within(at, () -> pattern(branch.asString())))
                : List.of(pattern(from.asString()));
    }

    private static String pattern(String branch) {
        return RefNames.requirePattern("source.from", branch);
    }

    private static Policy.Merge merge(JsonNode json) {
        return within("/merge", () -> new Policy.Merge(RefNames.require("merge.tag", text(json, "tag", "v{version}"))));
    }

    private static Policy.Contact contact(JsonNode json, String at) {
        return within(
                at,
                () -> new Policy.Contact(
                        json.path("role").asString(),
                        json.path("name").asString(),
                        optional(json, "email"),
                        optional(json, "slack")));
    }

    private static WaiverRule waiver(JsonNode json, String at) {
        return within(
                at,
                () -> new WaiverRule(
                        texts(json.path("gates"), at),
                        texts(json.path("roles"), at),
                        duration(json, "longest", "168h"),
                        duration(json, "wait", "24h")));
    }

    private static ForwardOnlyRule forwardOnly(JsonNode json) {
        return within(
                "/forwardOnly",
                () -> new ForwardOnlyRule(
                        texts(json.path("ask"), "/forwardOnly/ask"),
                        texts(json.path("declaredBy"), "/forwardOnly/declaredBy")));
    }

    private static Retention retention(JsonNode json) {
        return within("/retention", () -> {
            Duration evidence = duration(json, "evidence", "400d");
            Duration records = duration(json, "records", "3650d");
            boolean shorter = !json.has("records") && records.compareTo(evidence) < 0;
            return new Retention(evidence, shorter ? evidence : records);
        });
    }

    static List<String> texts(JsonNode array, String at) {
        return list(array, at, (text, _) -> text.asString());
    }

    private static Policy.Environments.Staging staging(JsonNode json, String at) {
        return within(
                at,
                () -> new Policy.Environments.Staging(
                        TargetMapping.target(json.path("target"), at + "/target"),
                        FrontMapping.front(json, at),
                        whenBad(json),
                        optional(json, "atLeast", atLeast -> Durations.parse(atLeast.asString()))));
    }

    private static Policy.Environments.Production production(JsonNode json, String at) {
        Strategy strategy = constant(Strategy.class, text(json, "strategy", "canary"));
        List<Step> steps =
                json.has("steps") ? list(json.path("steps"), at + "/steps", PolicyMapping::step) : steps(strategy);
        return within(
                at,
                () -> new Policy.Environments.Production(
                        TargetMapping.target(json.path("target"), at + "/target"),
                        strategy,
                        steps,
                        CanaryMapping.canary(json.path("canary"), steps, at + "/canary"),
                        duration(json, "bake", "10m"),
                        FrontMapping.front(json, at),
                        whenBad(json)));
    }

    private static WhenBad whenBad(JsonNode json) {
        return constant(WhenBad.class, text(json, "whenBad", "alert"));
    }

    private static List<Step> steps(Strategy strategy) {
        Step full = new Step(Step.FULL, Duration.ZERO);
        return switch (strategy) {
            case ALL_AT_ONCE, BLUE_GREEN -> List.of(full);
            case CANARY ->
                List.of(
                        new Step(10, Duration.ofMinutes(5)),
                        new Step(25, Duration.ofMinutes(5)),
                        new Step(50, Duration.ofMinutes(5)),
                        full);
        };
    }

    private static Step step(JsonNode json, String at) {
        int traffic = json.path("traffic").asInt();
        return within(at, () -> new Step(traffic, duration(json, "hold", traffic == Step.FULL ? "0s" : "5m")));
    }

    static <T> List<T> list(JsonNode array, String at, java.util.function.BiFunction<JsonNode, String, T> element) {
        List<T> all = new ArrayList<>();
        for (JsonNode json : array) {
            all.add(element.apply(json, at + "/" + all.size()));
        }
        return all;
    }

    static String text(JsonNode json, String name, String otherwise) {
        return json.path(name).asString(otherwise);
    }

    static @Nullable String optional(JsonNode json, String name) {
        return json.has(name) ? json.path(name).asString() : null;
    }

    static Duration duration(JsonNode json, String name, String otherwise) {
        return Durations.parse(text(json, name, otherwise));
    }

    /** {@code roll-back} is ROLL_BACK. */
    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** Says where a record refused its values; the innermost place wins. */
    static <T> T within(String pointer, Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException refused) {
            throw new OutOfRange(pointer, "is refused: " + refused.getMessage());
        }
    }

    static <T> @Nullable T optional(JsonNode json, String name, Function<JsonNode, T> read) {
        return json.has(name) ? read.apply(json.path(name)) : null;
    }
}
