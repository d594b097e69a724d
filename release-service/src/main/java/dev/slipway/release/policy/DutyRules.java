package dev.slipway.release.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether duties are asked of somebody: of a role of contacts who are known by an email. */
final class DutyRules {
    private DutyRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        Set<String> roles = new LinkedHashSet<>();
        document.path("contacts")
                .valueStream()
                .filter(contact -> contact.has("email"))
                .forEach(contact -> roles.add(contact.path("role").asString()));
        List<Finding> findings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        JsonNode duties = document.path("duties");
        for (int i = 0; i < duties.size(); i++) {
            String at = "/duties/" + i;
            if (!ids.add(duties.get(i).path("id").asString())) {
                findings.add(places.at(at + "/id", "stands at another duty already; each has its own"));
            }
            String by = duties.get(i).path("by").asString();
            if (!roles.contains(by)) {
                findings.add(
                        places.at(at + "/by", "is no role of a contact with an email" + GuideRules.remedy(by, roles)));
            }
        }
        return findings;
    }
}
