package dev.slipway.release.policy;

import static dev.slipway.release.policy.PolicyMapping.duration;
import static dev.slipway.release.policy.PolicyMapping.list;
import static dev.slipway.release.policy.PolicyMapping.within;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.HostNames;
import dev.slipway.contracts.policy.TrafficLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How users come to an environment, as the policy writes it. Defaults stand in the schema too. */
final class FrontMapping {
    private FrontMapping() {}

    /** @param json of the environment */
    static Front front(JsonNode json, String at) {
        return within(
                at,
                () -> new Front(
                        list(json.path("hosts"), at + "/hosts", (host, _) -> host.asString()),
                        json.has("traffic") ? limits(json.path("traffic"), at + "/traffic") : TrafficLimits.DEFAULT,
                        PolicyMapping.optional(json, "cohort", cohort -> cohort(cohort, at + "/cohort"))));
    }

    private static TrafficLimits limits(JsonNode json, String at) {
        return within(
                at,
                () -> new TrafficLimits(
                        json.has("firstByteWithin")
                                ? duration(json, "firstByteWithin", "")
                                : TrafficLimits.FIRST_BYTE_WITHIN,
                        json.has("bodyMax")
                                ? Sizes.parse(json.path("bodyMax").asString())
                                : TrafficLimits.BODY_MAX_BYTES,
                        json.path("inFlightMax").asInt(TrafficLimits.IN_FLIGHT_MAX),
                        list(json.path("longPoll"), at + "/longPoll", (path, _) -> path.asString())));
    }

    private static Cohort cohort(JsonNode json, String at) {
        Cohort.Source source = json.has("header") ? Cohort.Source.HEADER : Cohort.Source.COOKIE;
        String name = json.has("header") ? "header" : "cookie";
        return within(
                at,
                () -> new Cohort(
                        source, json.path(name).asString(), json.path("value").asString()));
    }

    /** Refuses each host where it stands: what is no name of one, what is another application's, what stood before. */
    static void requireHosts(String application, JsonNode environments) {
        ApplicationName name = within("/application", () -> new ApplicationName(application));
        Set<String> seen = new HashSet<>();
        for (String environment : List.of(EnvironmentId.STAGING, EnvironmentId.PRODUCTION)) {
            JsonNode hosts = environments.path(environment).path("hosts");
            String at = "/environments/" + environment + "/hosts";
            List<String> named =
                    list(hosts, at, (host, here) -> within(here, () -> legal(name, host.asString(), seen)));
            if (named.isEmpty()) {
                seen.add(HostNames.byDefault(new EnvironmentId(name, environment)));
            }
        }
    }

    private static String legal(ApplicationName application, String host, Set<String> seen) {
        HostNames.require(host);
        HostNames.requireOwn(application, host);
        if (!seen.add(host)) {
            throw new IllegalArgumentException("hosts: each name may stand once in both environments; "
                    + Texts.shown(host) + " stands again, or is staging's by default");
        }
        return host;
    }
}
