package dev.slipway.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whether the program of each environment gets the keys that the environment requires: by its {@code env}, as a text or a
 * secret, or as the variable of a port. All of that stands in the policy, so that it is refused here and never missed by a
 * release. Keys of configuration files are required by the schema of a gate.
 */
final class KeyRules {
    private KeyRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        List<Finding> findings = new ArrayList<>();
        for (String environment : List.of("staging", "production")) {
            String at = "/environments/" + environment;
            JsonNode required = document.at(at + "/requiredKeys");
            JsonNode target = document.at(at + "/target");
            Set<String> given = given(target);
            for (int i = 0; i < required.size(); i++) {
                String key = required.get(i).asString();
                String place = at + "/requiredKeys/" + i;
                if (target.path("env").has(key) && !given.contains(key)) {
                    findings.add(
                            places.at(place, "%s is required, and empty in the env of %s".formatted(key, environment)));
                } else if (!given.contains(key)) {
                    findings.add(places.at(
                            place,
                            "%s is required, and the program of %s does not get it: give it in target.env, as a text or {secret: NAME}%s"
                                    .formatted(key, environment, GuideRules.remedy(key, given))));
                }
            }
        }
        return findings;
    }

    private static Set<String> given(JsonNode target) {
        Set<String> given = new TreeSet<>();
        target.path("env").properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isObject() || !value.asString().isBlank()) {
                given.add(entry.getKey());
            }
        });
        given.add(target.path("portEnv").asString("PORT"));
        target.path("ports").forEach(port -> {
            if (port.has("env")) {
                given.add(port.path("env").asString());
            }
        });
        return given;
    }
}
