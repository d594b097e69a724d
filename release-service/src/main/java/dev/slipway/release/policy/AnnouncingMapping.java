package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Announcing;
import tools.jackson.databind.JsonNode;

/** Whom a policy has releases announced to. */
final class AnnouncingMapping {
    private AnnouncingMapping() {}

    static Announcing announcing(JsonNode json, String at) {
        return PolicyMapping.within(
                at,
                () -> new Announcing(
                        json.path("id").asString(),
                        PolicyMapping.constant(
                                Announcing.Over.class, json.path("channel").asString()),
                        PolicyMapping.texts(json.path("to"), at),
                        PolicyMapping.constant(Announcing.After.class, PolicyMapping.text(json, "after", "completed")),
                        PolicyMapping.optional(json, "reviewedBy")));
    }
}
