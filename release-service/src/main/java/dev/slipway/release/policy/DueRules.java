package dev.slipway.release.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether the time of a duty can come to be known: its calendar is one of the policy, and what it is counted from is another
 * duty that is answered no later, or the release day.
 */
final class DueRules {
    private static final List<String> ORDER = List.of("staging", "production", "end");

    private final YamlDocument places;
    private final List<Finding> findings = new ArrayList<>();

    private DueRules(YamlDocument places) {
        this.places = places;
    }

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        DueRules rules = new DueRules(places);
        Set<String> calendars = rules.calendars(document.path("calendars"));
        JsonNode duties = document.path("duties");
        Map<String, JsonNode> byId = new HashMap<>();
        duties.forEach(duty -> byId.put(duty.path("id").asString(), duty));
        for (int i = 0; i < duties.size(); i++) {
            JsonNode due = duties.get(i).path("due");
            String at = "/duties/" + i + "/due";
            if (due.isObject()) {
                rules.calendar(due, at, calendars);
            }
            if (due.has("after")) {
                rules.after(duties.get(i), byId, at + "/after");
            }
        }
        return rules.findings;
    }

    private Set<String> calendars(JsonNode all) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (!names.add(all.get(i).path("name").asString())) {
                refuse("/calendars/" + i + "/name", "stands at another calendar already; each has its own");
            }
        }
        return names;
    }

    private void calendar(JsonNode due, String at, Set<String> calendars) {
        String name = due.path("calendar").asString("");
        if (calendars.isEmpty()) {
            refuse(
                    at,
                    "is counted in working days, and this policy has no calendar, as in calendars: [{name: office, zone: Europe/Berlin}]");
        } else if (due.has("calendar") && !calendars.contains(name)) {
            refuse(at + "/calendar", "is no calendar of this policy" + GuideRules.remedy(name, calendars));
        }
    }

    private void after(JsonNode duty, Map<String, JsonNode> byId, String at) {
        String id = duty.path("id").asString();
        String after = duty.path("due").path("after").asString();
        JsonNode other = byId.get(after);
        if (other == null) {
            Set<String> legal =
                    new LinkedHashSet<>(byId.keySet().stream().sorted().toList());
            legal.remove(id);
            refuse(at, "is no duty of this policy" + GuideRules.remedy(after, legal));
        } else if (circles(id, byId)) {
            refuse(at, "leads back to this duty, so nobody would ever know when it is due");
        } else if (place(other) > place(duty)) {
            refuse(
                    at,
                    "is answered later than this duty, "
                            + (other.has("before")
                                    ? "before " + other.path("before").asString()
                                    : "after the release"));
        }
    }

    private static int place(JsonNode duty) {
        return duty.has("before") ? ORDER.indexOf(duty.path("before").asString()) : ORDER.size();
    }

    private static boolean circles(String id, Map<String, JsonNode> byId) {
        Set<String> seen = new HashSet<>();
        String next = id;
        while (byId.containsKey(next) && seen.add(next)) {
            next = byId.get(next).path("due").path("after").asString("");
        }
        return next.equals(id);
    }

    private void refuse(String pointer, String message) {
        findings.add(places.at(pointer, message));
    }
}
