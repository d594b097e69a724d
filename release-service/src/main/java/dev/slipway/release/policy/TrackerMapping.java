package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.TrackerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What gates ask of a tracker, and whether what they count can be told. */
final class TrackerMapping {
    /** Facts that are told only where the tracker says which labels are meant, with the key that says so. */
    private static final Map<String, String> NEED_LABELS =
            Map.of(TrackerRule.HIGH, "high", TrackerRule.UNMERGED, "backports");

    private static final List<String> NEED_MILESTONE =
            List.of(TrackerRule.ISSUES, TrackerRule.CLOSED, TrackerRule.DONE);

    private TrackerMapping() {}

    /** Nothing where the gate looks at something else. */
    static @Nullable TrackerRule tracker(JsonNode gate, String gateAt) {
        if (!gate.has("tracker")) {
            return null;
        }
        JsonNode json = gate.path("tracker");
        String at = gateAt + "/tracker";
        @Nullable String milestone = PolicyMapping.optional(json, "milestone");
        if (milestone != null) {
            Placeholders.faultOfArrival(milestone).ifPresent(fault -> {
                throw new PolicyMapping.OutOfRange(at + "/milestone", fault);
            });
        }
        @Nullable String github = PolicyMapping.optional(json, "github");
        return PolicyMapping.within(
                at,
                () -> new TrackerRule(
                        server(json),
                        github == null ? PolicyMapping.optional(json, "gitlab") : github,
                        PolicyMapping.optional(json, "at"),
                        milestone,
                        labels(json, "labels"),
                        labels(json, "high"),
                        labels(json, "backports"),
                        json.has("every")
                                ? Durations.parse(json.path("every").asString())
                                : TrackerRule.EVERY_DEFAULT));
    }

    private static TrackerRule.@Nullable Server server(JsonNode json) {
        if (json.has("github")) {
            return TrackerRule.Server.GITHUB;
        }
        return json.has("gitlab") ? TrackerRule.Server.GITLAB : null;
    }

    private static List<String> labels(JsonNode json, String key) {
        JsonNode labels = json.path(key);
        return labels.isString()
                ? List.of(labels.asString().strip())
                : labels.valueStream().map(label -> label.asString().strip()).toList();
    }

    /** For a document that fits the schema: what would be told of nothing, and so never pass or always. */
    static List<Finding> check(JsonNode gate, String at, YamlDocument places) {
        List<Finding> findings = new ArrayList<>();
        JsonNode tracker = gate.path("tracker");
        boolean exports = gate.path("evidence").asString("").equals(TrackerRule.EVIDENCE);
        boolean asks = tracker.has("github") || tracker.has("gitlab");
        if (exports && tracker.isMissingNode()) {
            findings.add(
                    places.at(
                            at + "/evidence",
                            "needs tracker, which says which issues count, as in tracker: {milestone: \"{version}\", high: [critical]}"));
        } else if (exports && asks) {
            findings.add(places.at(
                    at + "/tracker", "names a server that is asked, and evidence is handed in; leave one of them out"));
        } else if (!exports && !tracker.isMissingNode() && !asks) {
            findings.add(
                    places.at(
                            at + "/tracker",
                            "names no server, such as github: OWNER/NAME or gitlab: GROUP/NAME; what is handed in has evidence: tracker beside"));
        }
        if (tracker.isMissingNode()) {
            return findings;
        }
        if (gate.path("rule").isEmpty() && !gate.has("cel")) {
            findings.add(
                    places.at(at + "/tracker", "needs a rule beside, as in rule: {%s: 0}".formatted(TrackerRule.OPEN)));
        }
        gate.path("rule").propertyNames().forEach(fact -> {
            String pointer = YamlDocument.child(at + "/rule", fact);
            String key = NEED_LABELS.get(fact);
            if (key != null && tracker.path(key).isMissingNode()) {
                findings.add(places.atKey(
                        pointer,
                        "counts what tracker does not name: say which labels are meant, as in tracker: {%s: [LABEL]}"
                                .formatted(key)));
            } else if (asks && NEED_MILESTONE.contains(fact) && !tracker.has("milestone")) {
                findings.add(
                        places.atKey(
                                pointer,
                                "counts closed issues, which are asked for of a milestone alone: say which, as in tracker: {milestone: \"{version}\"}"));
            }
        });
        return findings;
    }
}
