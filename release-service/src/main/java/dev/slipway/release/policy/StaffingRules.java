package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Staffing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who answers for releases, who is away and who stands in: whether all of them are contacts, who are known by an email. */
final class StaffingRules {
    private final Set<String> people = new LinkedHashSet<>();
    private final Set<String> roles = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final YamlDocument places;

    private StaffingRules(JsonNode document, YamlDocument places) {
        this.places = places;
        document.path("contacts")
                .valueStream()
                .filter(contact -> contact.has("email"))
                .forEach(contact -> {
                    people.add(Staffing.folded(contact.path("email").asString()));
                    roles.add(contact.path("role").asString());
                });
    }

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        StaffingRules rules = new StaffingRules(document, places);
        if (document.has("owner")) {
            rules.anybody(document.path("owner").asString(), places.at("/owner", ""));
        }
        for (Map.Entry<String, JsonNode> deputy : document.path("deputies").properties()) {
            String at = YamlDocument.child("/deputies", deputy.getKey());
            rules.anybody(deputy.getKey(), places.atKey(at, ""));
            rules.person(deputy.getValue().asString(), at);
            if (Staffing.folded(deputy.getKey())
                    .equals(Staffing.folded(deputy.getValue().asString()))) {
                rules.findings.add(places.at(at, "stands in for themselves; name another contact"));
            }
        }
        for (int i = 0; i < document.path("away").size(); i++) {
            rules.person(document.path("away").path(i).path("who").asString(), "/away/" + i + "/who");
        }
        return rules.findings;
    }

    private void anybody(String name, Finding place) {
        if (!roles.contains(name) && !people.contains(Staffing.folded(name))) {
            Set<String> legal = new LinkedHashSet<>(roles);
            legal.addAll(people);
            findings.add(new Finding(
                    place.line(),
                    place.column(),
                    place.path(),
                    "is no role and no email of a contact with an email" + GuideRules.remedy(name, legal)));
        }
    }

    private void person(String email, String at) {
        if (!people.contains(Staffing.folded(email))) {
            findings.add(places.at(at, "is no email of a contact" + GuideRules.remedy(email, people)));
        }
    }

    /** What a document that has passed says of it; null where it says nothing. */
    static @Nullable Staffing staffing(JsonNode document) {
        if (!document.has("owner")
                && document.path("deputies").isEmpty()
                && document.path("away").isEmpty()) {
            return null;
        }
        Map<String, String> deputies = new TreeMap<>();
        document.path("deputies")
                .properties()
                .forEach(deputy ->
                        deputies.put(deputy.getKey(), deputy.getValue().asString()));
        List<Staffing.Away> away = PolicyMapping.list(
                document.path("away"),
                "/away",
                (json, at) -> PolicyMapping.within(
                        at,
                        () -> new Staffing.Away(
                                json.path("who").asString(),
                                FreezeMapping.instant(json.path("from").asString()),
                                FreezeMapping.instant(json.path("to").asString()))));
        @Nullable String owner = PolicyMapping.optional(document, "owner");
        return PolicyMapping.within("", () -> new Staffing(owner, deputies, away));
    }
}
