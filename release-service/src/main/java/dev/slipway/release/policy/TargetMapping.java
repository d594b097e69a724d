package dev.slipway.release.policy;

import static dev.slipway.release.policy.PolicyMapping.constant;
import static dev.slipway.release.policy.PolicyMapping.list;
import static dev.slipway.release.policy.PolicyMapping.optional;
import static dev.slipway.release.policy.PolicyMapping.text;
import static dev.slipway.release.policy.PolicyMapping.within;

import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Limits;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a program gets, as the policy writes it. Defaults stand in the schema too. */
final class TargetMapping {
    private static final String HEALTH = "/health";

    private TargetMapping() {}

    static Target target(JsonNode json, String at) {
        Map<String, NamedPort> ports = byName(json.path("ports"), at + "/ports", TargetMapping::port);
        Set<String> names = ports.keySet();
        Map<String, EnvValue> env = byName(json.path("env"), at + "/env", (value, here) -> value(value, here, names));
        List<String> command =
                list(json.path("command"), at + "/command", (part, here) -> known(part.asString(), here, names));
        JsonNode health = json.path("health");
        @Nullable HealthChecks checks = health.isObject() ? checks(health, at + "/health", names) : null;
        return within(
                at,
                () -> new Target(
                        json.path("type").asString(),
                        command,
                        text(json, "portEnv", "PORT"),
                        checks == null ? known(health.asString(HEALTH), at + "/health", names) : checks.ready(),
                        json.path("http2").asBoolean(false),
                        optional(json, "port", JsonNode::asInt),
                        ports,
                        env,
                        checks,
                        optional(json, "startWithin", within -> Durations.parse(within.asString())),
                        optional(json, "stop", stop -> stop(stop, at + "/stop")),
                        optional(json, "limits", limits -> limits(limits, at + "/limits")),
                        optional(json, "metrics", metrics -> metrics(metrics, at + "/metrics", names))));
    }

    private static NamedPort port(JsonNode json, String at) {
        return within(at, () -> new NamedPort(optional(json, "env"), optional(json, "port", JsonNode::asInt)));
    }

    private static EnvValue value(JsonNode json, String at, Collection<String> ports) {
        return json.isObject()
                ? within(at, () -> EnvValue.secretNamed(json.path("secret").asString()))
                : within(at, () -> EnvValue.of(known(json.asString(), at, ports)));
    }

    private static HealthChecks checks(JsonNode json, String at, Collection<String> ports) {
        return within(
                at,
                () -> new HealthChecks(
                        known(text(json, "ready", HEALTH), at + "/ready", ports),
                        optional(json, "live", live -> known(live.asString(), at + "/live", ports)),
                        optional(json, "started", started -> known(started.asString(), at + "/started", ports)),
                        optional(json, "port"),
                        PolicyMapping.duration(json, "every", "5s"),
                        PolicyMapping.duration(json, "within", "2s"),
                        json.path("up").asInt(HealthChecks.UP),
                        json.path("down").asInt(HealthChecks.DOWN)));
    }

    private static Stop stop(JsonNode json, String at) {
        return within(
                at,
                () -> new Stop(
                        constant(Stop.Signal.class, text(json, "signal", "TERM")),
                        PolicyMapping.duration(json, "grace", "10s")));
    }

    private static Limits limits(JsonNode json, String at) {
        return within(
                at,
                () -> new Limits(
                        optional(json, "memory", memory -> Sizes.parse(memory.asString())),
                        optional(json, "processes", JsonNode::asInt),
                        optional(json, "openFiles", JsonNode::asInt),
                        optional(json, "cpuWeight", JsonNode::asInt)));
    }

    private static MetricsAddress metrics(JsonNode json, String at, Collection<String> ports) {
        return within(
                at,
                () -> new MetricsAddress(
                        known(text(json, "path", "/metrics"), at + "/path", ports), optional(json, "port")));
    }

    /**
     * The text, once all its placeholders are known.
     *
     * @param ports names of the target's ports
     */
    static String known(String text, String at, Collection<String> ports) {
        Placeholders.fault(text, ports).ifPresent(fault -> {
            throw new PolicyMapping.OutOfRange(at, fault);
        });
        return text;
    }

    private static <T> Map<String, T> byName(JsonNode object, String at, BiFunction<JsonNode, String, T> value) {
        Map<String, T> all = new TreeMap<>();
        object.properties()
                .forEach(entry ->
                        all.put(entry.getKey(), value.apply(entry.getValue(), YamlDocument.child(at, entry.getKey()))));
        return all;
    }
}
