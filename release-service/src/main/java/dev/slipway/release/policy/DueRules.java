package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether each time of the policy can come to be known: its calendar is one of the policy, and what it is counted from is
 * something of the policy that is done no later, or the release day. What the timetable gives a date has to be there, and
 * somebody to see to it.
 */
final class DueRules {
    private final JsonNode document;
    private final YamlDocument places;
    private final DuePlaces order;
    private final Set<String> calendars;
    private final List<Finding> findings = new ArrayList<>();

    private DueRules(JsonNode document, YamlDocument places) {
        this.document = document;
        this.places = places;
        this.order = new DuePlaces(document);
        this.calendars = calendars(document.path("calendars"));
    }

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        DueRules rules = new DueRules(document, places);
        Map<String, JsonNode> dues = new LinkedHashMap<>();
        Map<String, String> at = new LinkedHashMap<>();
        rules.duties(dues, at);
        rules.timetable(dues, at);
        dues.forEach((name, due) -> rules.due(name, due, at.getOrDefault(name, ""), dues));
        return rules.findings;
    }

    private void duties(Map<String, JsonNode> dues, Map<String, String> at) {
        JsonNode duties = document.path("duties");
        for (int i = 0; i < duties.size(); i++) {
            if (duties.get(i).path("due").isObject()) {
                String id = duties.get(i).path("id").asString();
                dues.put(id, duties.get(i).path("due"));
                at.put(id, "/duties/" + i + "/due");
            }
        }
    }

    private void timetable(Map<String, JsonNode> dues, Map<String, String> at) {
        JsonNode timetable = document.path("timetable");
        Set<String> roles = new LinkedHashSet<>();
        document.path("contacts")
                .forEach(contact -> roles.add(contact.path("role").asString()));
        for (int i = 0; i < timetable.size(); i++) {
            JsonNode dated = timetable.get(i);
            String here = "/timetable/" + i;
            named(dated, here).ifPresent(name -> {
                if (dues.put(name, dated.path("due")) != null) {
                    refuse(here, "gives %s a second date".formatted(Dated.words(name)));
                }
                at.put(name, here + "/due");
            });
            String by = dated.path("by").asString();
            if (!roles.contains(by)) {
                refuse(here + "/by", "is no role of contacts" + GuideRules.remedy(by, roles));
            }
        }
    }

    /** What it is of, if that is one thing that there is. */
    private Optional<String> named(JsonNode dated, String here) {
        List<String> given = Dated.KINDS.stream().filter(dated::has).toList();
        if (given.size() != 1) {
            String kinds = String.join(", ", Dated.KINDS);
            if (given.isEmpty()) {
                refuse(here, "gives a date to nothing: say one of " + kinds);
            } else {
                findings.add(places.atKey(
                        here + "/" + given.get(1),
                        "is a second one beside %s: a date is of one of %s".formatted(given.getFirst(), kinds)));
            }
            return Optional.empty();
        }
        String kind = given.getFirst();
        String what = dated.path(kind).asString();
        String name = Dated.name(kind, what);
        if (order.place(name).isEmpty()) {
            Set<String> legal = order.named(kind);
            refuse(
                    here + "/" + kind,
                    legal.isEmpty()
                            ? "is no %s of this policy: it has none%s".formatted(kind, how(kind))
                            : "is no %s of this policy".formatted(kind) + GuideRules.remedy(what, legal));
            return Optional.empty();
        }
        return Optional.of(name);
    }

    /** How a policy comes to have one. */
    private static String how(String kind) {
        return switch (kind) {
            case Dated.ACTION -> ", as it has no merge: merge: {tag: \"v{version}\"}";
            case Dated.REVIEW -> ", as in announcements: [{id: users, channel: mail, to: [ADDRESS], reviewedBy: ROLE}]";
            default -> "";
        };
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

    private void due(String name, JsonNode due, String at, Map<String, JsonNode> dues) {
        String calendar = due.path("calendar").asString("");
        if (calendars.isEmpty()) {
            refuse(
                    at,
                    "is counted in working days, and this policy has no calendar, as in calendars: [{name: office, zone: Europe/Berlin}]");
        } else if (due.has("calendar") && !calendars.contains(calendar)) {
            refuse(at + "/calendar", "is no calendar of this policy" + GuideRules.remedy(calendar, calendars));
        }
        if (due.has("after")) {
            after(name, due.path("after").asString(), dues, at + "/after");
            days(due, at + "/days");
        }
    }

    private void after(String name, String after, Map<String, JsonNode> dues, String at) {
        Optional<Integer> there = order.place(after);
        if (there.isEmpty()) {
            Set<String> legal = order.legal(after);
            legal.remove(name);
            String kind = after.contains(":") ? "is nothing of this policy" : "is no duty of this policy";
            refuse(at, kind + GuideRules.remedy(after, legal));
        } else if (circles(name, dues)) {
            refuse(
                    at,
                    "leads back to %s, so nobody would ever know when it is due"
                            .formatted(name.contains(":") ? Dated.words(name) : "this duty"));
        } else if (there.get() > order.place(name).orElse(DuePlaces.LAST)) {
            refuse(at, order.later(after, name));
        }
    }

    /** What it is counted from has to be over first. */
    private void days(JsonNode due, String at) {
        int days = due.path("days").asInt();
        if (days < 0) {
            refuse(
                    at,
                    "must be 0 to %d, as it is counted from %s, is %d"
                            .formatted(
                                    Due.DAYS_MAX, Dated.words(due.path("after").asString()), days));
        }
    }

    private static boolean circles(String name, Map<String, JsonNode> dues) {
        Set<String> seen = new HashSet<>();
        String next = name;
        while (dues.containsKey(next) && seen.add(next)) {
            next = dues.get(next).path("after").asString("");
        }
        return next.equals(name);
    }

    private void refuse(String pointer, String message) {
        findings.add(places.at(pointer, message));
    }
}
