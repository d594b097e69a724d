package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The checks of a policy: names of some, or {@code all} that report, of which some may be named besides. */
final class CheckMapping {
    /** Id of the gate that asks for all of them. */
    static final String ALL = "checks";

    private CheckMapping() {}

    /** Names of those that have to be there and to succeed. */
    static List<String> named(JsonNode document) {
        JsonNode checks = document.path("checks");
        List<String> names = new ArrayList<>();
        (checks.isObject() ? checks.path("named") : checks).forEach(check -> names.add(check.asString()));
        return names;
    }

    /** Whether each that reports has to have passed. */
    static boolean isOfAll(JsonNode document) {
        return document.path("checks").isString() || document.path("checks").isObject();
    }

    /** The gates of a policy, and the one that asks for all checks where it does. */
    static List<Gate> with(List<Gate> gates, JsonNode document) {
        return isOfAll(document)
                ? Stream.concat(gates.stream(), Stream.of(all(document))).toList()
                : gates;
    }

    private static Gate all(JsonNode document) {
        int atLeast = document.path("checks").path("atLeast").asInt(1);
        return new Gate(
                ALL,
                "All checks passed",
                Stage.PRE_RELEASE,
                null,
                null,
                List.of(),
                null,
                Gate.allChecks(atLeast),
                List.of(),
                Gate.WITHIN_DEFAULT);
    }
}
