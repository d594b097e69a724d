package dev.slipway.release.policy;

import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What gates ask of Kayenta's judge. */
final class KayentaMapping {
    private KayentaMapping() {}

    static KayentaRule kayenta(JsonNode json, String at) {
        List<KayentaRule.Group> groups = json.path("groups").properties().stream()
                .map(group -> PolicyMapping.within(
                        YamlDocument.child(at + "/groups", group.getKey()),
                        () -> new KayentaRule.Group(
                                group.getKey(), group.getValue().asDouble())))
                .toList();
        List<KayentaRule.Metric> metrics = json.path("metrics").properties().stream()
                .map(metric -> PolicyMapping.within(
                        YamlDocument.child(at + "/metrics", metric.getKey()),
                        () -> metric(metric.getKey(), metric.getValue())))
                .toList();
        return PolicyMapping.within(
                at,
                () -> new KayentaRule(
                        json.path("pass").asDouble(KayentaRule.PASS_DEFAULT),
                        json.path("marginal").asDouble(KayentaRule.MARGINAL_DEFAULT),
                        groups,
                        metrics));
    }

    private static KayentaRule.Metric metric(String name, JsonNode json) {
        return new KayentaRule.Metric(
                name,
                PolicyMapping.optional(json, "group"),
                PolicyMapping.optional(
                        json, "direction", direction -> PolicyMapping.constant(Direction.class, direction.asString())),
                json.path("critical").asBoolean(false),
                json.path("mustHaveData").asBoolean(false),
                json.path("muted").asBoolean(false),
                number(json, "allowedIncrease"),
                number(json, "allowedDecrease"),
                PolicyMapping.constant(Effect.class, PolicyMapping.text(json, "effect", "mean-ratio")),
                PolicyMapping.constant(Missing.class, PolicyMapping.text(json, "missing", "remove")),
                PolicyMapping.constant(Outliers.class, PolicyMapping.text(json, "outliers", "keep")));
    }

    private static @Nullable Double number(JsonNode json, String name) {
        return json.has(name) ? json.path(name).asDouble() : null;
    }
}
