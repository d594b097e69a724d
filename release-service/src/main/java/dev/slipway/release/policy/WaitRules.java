package dev.slipway.release.policy;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.WaitsOn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whether what is for others to do says nothing that holds of people's duties alone, and can end by what it says. */
final class WaitRules {
    private static final String STEP = "wait-";

    private WaitRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        List<String> gates = document.path("gates")
                .valueStream()
                .map(gate -> gate.path("id").asString(""))
                .toList();
        List<Finding> findings = new ArrayList<>();
        JsonNode duties = document.path("duties");
        for (int i = 0; i < duties.size(); i++) {
            if (duties.get(i).has("waits")) {
                check(duties.get(i), "/duties/" + i, gates, places, findings);
            }
        }
        return findings;
    }

    private static void check(
            JsonNode duty, String at, List<String> gates, YamlDocument places, List<Finding> findings) {
        for (String name : List.of("within", "people", "matrix", "due")) {
            if (duty.has(name)) {
                String remedy = name.equals("within") || name.equals("due")
                        ? "say waits: {expected: 24h, longest: 72h}"
                        : "leave it out, or make it a wait each";
                findings.add(
                        places.atKey(at + "/" + name, "is of what people do, and this waits on others: " + remedy));
            }
        }
        JsonNode waits = duty.path("waits");
        Duration expected = Durations.parse(waits.path("expected").asString());
        Duration longest = Durations.parse(waits.path("longest").asString());
        if (expected.compareTo(longest) > 0) {
            findings.add(places.at(
                    at + "/waits/longest",
                    "is shorter than what is expected, %s: say %s or more"
                            .formatted(
                                    Texts.words(expected),
                                    waits.path("expected").asString())));
        }
        if (waits.path("ends").has("poll")) {
            poll(duty, at, gates, places, findings);
        }
    }

    private static void poll(
            JsonNode duty, String at, List<String> gates, YamlDocument places, List<Finding> findings) {
        String id = duty.path("id").asString();
        if (id.length() > WaitsOn.POLLED_ID_CHARACTERS_MAX) {
            findings.add(places.at(
                    at + "/id",
                    "has at most %d characters where a poll ends the wait, is %d"
                            .formatted(WaitsOn.POLLED_ID_CHARACTERS_MAX, id.length())));
        }
        if (gates.contains(STEP + id)) {
            findings.add(places.at(
                    at + "/id", "is asked as %s%s by its poll, which a gate is called already".formatted(STEP, id)));
        }
        if (duty.has("fields")) {
            findings.add(places.atKey(
                    at + "/fields", "are what people and callbacks say, and a poll ends this: leave them out"));
        }
        if (duty.has("after")) {
            findings.add(
                    places.atKey(
                            at + "/waits/ends/poll",
                            "is asked while the release goes on; after it say callback or person, or look for what was published by a gate with arrival"));
        }
    }
}
