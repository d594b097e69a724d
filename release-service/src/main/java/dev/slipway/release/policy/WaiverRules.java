package dev.slipway.release.policy;

import dev.slipway.contracts.policy.WaiverRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether duties that people may waive are duties of the policy, asked for where nobody but people waits. */
final class WaiverRules {
    private static final String END = "end";

    private WaiverRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        Set<String> gates = new HashSet<>();
        document.path("gates").forEach(gate -> gates.add(gate.path("id").asString()));
        Set<String> all = new LinkedHashSet<>();
        Set<String> legal = new LinkedHashSet<>();
        for (JsonNode duty : document.path("duties")) {
            String name = WaiverRule.DUTY + duty.path("id").asString();
            all.add(name);
            if (!duty.path("before").asString("").equals(END)) {
                legal.add(name);
            }
        }
        List<Finding> findings = new ArrayList<>();
        JsonNode waivers = document.path("waivers");
        for (int i = 0; i < waivers.size(); i++) {
            JsonNode named = waivers.get(i).path("gates");
            for (int j = 0; j < named.size(); j++) {
                String name = named.get(j).asString();
                if (name.startsWith(WaiverRule.DUTY) && !gates.contains(name) && !legal.contains(name)) {
                    findings.add(places.at("/waivers/%d/gates/%d".formatted(i, j), why(name, all, legal)));
                }
            }
        }
        return findings;
    }

    private static String why(String name, Set<String> all, Set<String> legal) {
        if (all.contains(name)) {
            return "is asked for when users have the version, and what is decided then is never waived; answer it as not"
                    + " applicable, or ask for it before production";
        }
        return legal.isEmpty()
                ? "is no duty that people may waive: this policy has none before production"
                : "is no duty that people may waive" + GuideRules.remedy(name, legal);
    }
}
