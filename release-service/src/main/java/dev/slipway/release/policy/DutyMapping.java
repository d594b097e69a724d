package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.WorkCalendar;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The duties of a policy, which {@link DutyRules} has found to be asked of somebody, of releases that there are. */
final class DutyMapping {
    private DutyMapping() {}

    static List<Duty> duties(JsonNode document) {
        List<WorkCalendar> calendars = DueMapping.calendars(document);
        return PolicyMapping.list(document.path("duties"), "/duties", (json, at) -> duty(json, calendars, at));
    }

    private static Duty duty(JsonNode json, List<WorkCalendar> calendars, String at) {
        JsonNode when = json.path("when");
        boolean expression = DutyRules.isExpression(when);
        return PolicyMapping.within(
                at,
                () -> new Duty(
                        json.path("id").asString(),
                        json.path("text").asString(),
                        json.path("by").asString(),
                        PolicyMapping.optional(
                                json, "before", before -> PolicyMapping.constant(Duty.Before.class, before.asString())),
                        json.path("people").asInt(1),
                        PolicyMapping.texts(json.path("fields"), at),
                        WaitMapping.longest(json),
                        expression ? List.of() : GuideMapping.kinds(when),
                        expression ? when.asString() : null,
                        matrix(json.path("matrix"), at),
                        DueMapping.due(json.path("due"), calendars, at),
                        PolicyMapping.optional(
                                json,
                                "after",
                                after -> PolicyMapping.constant(Announcing.After.class, after.asString())),
                        PolicyMapping.optional(
                                json, "attests", what -> PolicyMapping.constant(Duty.Attests.class, what.asString())),
                        WaitMapping.waits(json, at)));
    }

    /** The names in the order in which the document has them, as cells are named by it. */
    private static List<MatrixAxis> matrix(JsonNode json, String at) {
        return json.properties().stream()
                .map(axis -> new MatrixAxis(axis.getKey(), PolicyMapping.texts(axis.getValue(), at)))
                .toList();
    }
}
