package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Isolated;
import dev.slipway.contracts.policy.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the check {@code isolated} compares by names that the policy gives. A name that nothing has would never be compared. */
final class IsolatedMapping {
    private static final String ENV = "env.";

    private IsolatedMapping() {}

    /** @param environments of the policy */
    static Isolated isolated(JsonNode json, String at, JsonNode environments) {
        List<String> variables = new ArrayList<>(
                environments.path("staging").path("target").path("env").propertyNames());
        List<String> keys = PolicyMapping.list(
                json.path("keys"), at + "/keys", (key, place) -> of(key.asString(), variables, place));
        Map<String, String> shared = new TreeMap<>();
        json.path("shared").properties().forEach(allowed -> {
            String name = allowed.getKey();
            if (name.startsWith(ENV)) {
                of(name.substring(ENV.length()), variables, YamlDocument.child(at + "/shared", name));
            }
            shared.put(name, allowed.getValue().asString());
        });
        return PolicyMapping.within(at, () -> new Isolated(keys, shared));
    }

    private static String of(String name, List<String> variables, String at) {
        if (!variables.contains(name)) {
            throw new PolicyMapping.OutOfRange(
                    at,
                    "names %s, which environments.staging.target.env does not have; %s"
                            .formatted(
                                    name,
                                    NearestName.to(name, variables)
                                            .map(nearest -> "did you mean " + nearest + "?")
                                            .orElse("name a variable that staging's program gets")));
        }
        return name;
    }
}
