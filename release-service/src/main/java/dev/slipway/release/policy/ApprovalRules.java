package dev.slipway.release.policy;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.OpenFor;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Staffing;
import dev.slipway.contracts.policy.WorkCalendar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Approvals: whether roles that say yes, and those whose no counts, are of contacts with an email, and whether a vote that stays
 * open is counted by a calendar of the policy, for releases that there are.
 */
final class ApprovalRules {
    private final JsonNode approvals;
    private final YamlDocument places;
    private final Map<String, Set<String>> filled = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private ApprovalRules(JsonNode document, YamlDocument places) {
        this.approvals = document.path("approvals");
        this.places = places;
        document.path("contacts")
                .valueStream()
                .filter(contact -> contact.has("email"))
                .forEach(contact -> filled.computeIfAbsent(contact.path("role").asString(), _ -> new HashSet<>())
                        .add(person(contact.path("email").asString())));
    }

    /** The first address of whoever has this one. */
    private String person(String email) {
        String address = Staffing.folded(email);
        return approvals
                .path("people")
                .valueStream()
                .map(group -> group.valueStream()
                        .map(each -> Staffing.folded(each.asString()))
                        .toList())
                .filter(group -> group.contains(address))
                .map(List::getFirst)
                .findFirst()
                .orElse(address);
    }

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        ApprovalRules rules = new ApprovalRules(document, places);
        rules.roles();
        for (int i = 0; i < rules.approvals.path("veto").size(); i++) {
            rules.filled(rules.approvals.path("veto").get(i).asString(), places.at("/approvals/veto/" + i, ""));
        }
        rules.paths();
        JsonNode openFor = rules.approvals.path("openFor");
        rules.calendar(openFor, document.path("calendars"));
        if (DutyRules.isExpression(openFor.path("when"))) {
            rules.findings.add(places.at(
                    "/approvals/openFor/when", "takes kinds of release, such as [major, minor], and no expression"));
        } else {
            DutyRules.when(openFor.path("when"), "/approvals/openFor/when", places, rules.findings);
        }
        return rules.findings;
    }

    private void roles() {
        JsonNode roles = approvals.path("roles");
        for (int i = 0; roles.isArray() && i < roles.size(); i++) {
            filled(roles.get(i).asString(), places.at("/approvals/roles/" + i, ""));
        }
        roles.properties()
                .forEach(role ->
                        filled(role.getKey(), places.atKey(YamlDocument.child("/approvals/roles", role.getKey()), "")));
        enough();
        int wanted = roles(approvals).size();
        if (approvals.has("required") && wanted > approvals.path("required").asInt()) {
            findings.add(places.at(
                    "/approvals/required",
                    "is fewer than the %d that approvals.roles want; say %d, or fewer roles"
                            .formatted(wanted, wanted)));
        }
    }

    /** Of a role of which contacts name fewer people than are wanted nobody could ever be enough. */
    private void enough() {
        List<String> all = roles(approvals);
        for (String role : new LinkedHashSet<>(all)) {
            int wanted = Collections.frequency(all, role);
            int named = filled.getOrDefault(role, Set.of()).size();
            if (named > 0 && named < wanted) {
                findings.add(places.at(
                        approvals.path("roles").isObject()
                                ? YamlDocument.child("/approvals/roles", role)
                                : "/approvals/roles/" + all.lastIndexOf(role),
                        "wants %d people of role %s, and the contacts name %d; name another one, or want fewer"
                                .formatted(wanted, Texts.shown(role), named)));
            }
        }
    }

    private void paths() {
        JsonNode paths = approvals.path("paths");
        if (!paths.isEmpty() && approvals.path("required").asInt(1) == 0) {
            findings.add(places.at(
                    "/approvals/required",
                    "asks nobody, and approvals.paths has changed files approved by somebody; say 1 or more"));
        }
        for (int i = 0; i < paths.size(); i++) {
            JsonNode by = paths.get(i).path("by");
            String at = "/approvals/paths/" + i + "/by";
            if (by.isString()) {
                reviewer(by.asString(), places.at(at, ""));
            }
            for (int j = 0; by.isArray() && j < by.size(); j++) {
                reviewer(by.get(j).asString(), places.at(at + "/" + j, ""));
            }
        }
    }

    /** A role, or somebody by their address: whoever is asked for it has to be told. */
    private void reviewer(String who, Finding place) {
        if (!PathReview.isAddress(who)) {
            filled(who, place);
        } else if (filled.values().stream().noneMatch(people -> people.contains(person(who)))) {
            findings.add(new Finding(
                    place.line(),
                    place.column(),
                    place.path(),
                    "is the email of no contact, so that nobody could ask them; name one of the contacts"));
        }
    }

    private void filled(String role, Finding place) {
        if (!filled.containsKey(role)) {
            findings.add(new Finding(
                    place.line(),
                    place.column(),
                    place.path(),
                    "no contact of role %s has an email, and people are known by theirs".formatted(Texts.shown(role))
                            + GuideRules.remedy(role, filled.keySet())));
        }
    }

    private void calendar(JsonNode openFor, JsonNode calendars) {
        Set<String> names = new LinkedHashSet<>();
        calendars.forEach(calendar -> names.add(calendar.path("name").asString()));
        String name = openFor.path("calendar").asString("");
        if (openFor.has("calendar") && names.isEmpty()) {
            findings.add(
                    places.at(
                            "/approvals/openFor/calendar",
                            "is no calendar, as this policy has none, such as calendars: [{name: office, zone: Europe/Berlin}]"));
        } else if (openFor.has("calendar") && !names.contains(name)) {
            findings.add(places.at(
                    "/approvals/openFor/calendar", "is no calendar of this policy" + GuideRules.remedy(name, names)));
        }
    }

    /** Roles that have to say yes, each as often as it has to; those that are given with a number in the order of the alphabet. */
    static List<String> roles(JsonNode approvals) {
        JsonNode roles = approvals.path("roles");
        if (!roles.isObject()) {
            return PolicyMapping.texts(roles, "/approvals/roles");
        }
        Map<String, Integer> wanted = new TreeMap<>();
        roles.properties()
                .forEach(role -> wanted.put(role.getKey(), role.getValue().asInt()));
        return wanted.entrySet().stream()
                .flatMap(role -> Collections.nCopies(role.getValue(), role.getKey()).stream())
                .toList();
    }

    /** What a document that has passed says of them. */
    static Policy.Approvals approvals(JsonNode document) {
        JsonNode json = document.path("approvals");
        List<String> roles = roles(json);
        return PolicyMapping.within(
                "/approvals",
                () -> new Policy.Approvals(
                        json.path("required").asInt(Math.max(1, roles.size())),
                        PolicyMapping.duration(json, "within", "72h"),
                        PolicyMapping.list(
                                json.path("people"),
                                "/approvals/people",
                                (person, at) -> PolicyMapping.list(person, at, (address, _) -> address.asString())),
                        roles,
                        PolicyMapping.optional(json, "openFor", openFor -> openFor(openFor, document)),
                        PolicyMapping.texts(json.path("veto"), "/approvals/veto"),
                        PolicyMapping.list(json.path("paths"), "/approvals/paths", ApprovalRules::review)));
    }

    private static PathReview review(JsonNode json, String at) {
        JsonNode by = json.path("by");
        return PolicyMapping.within(
                at,
                () -> new PathReview(
                        PolicyMapping.texts(json.path("files"), at + "/files"),
                        by.isString() ? List.of(by.asString()) : PolicyMapping.texts(by, at + "/by")));
    }

    private static OpenFor openFor(JsonNode json, JsonNode document) {
        return PolicyMapping.within(
                "/approvals/openFor",
                () -> json.isString()
                        ? new OpenFor(Durations.parse(json.asString()))
                        : new OpenFor(
                                Durations.parse(json.path("time").asString()),
                                named(json, document),
                                json.has("when") ? GuideMapping.kinds(json.path("when")) : List.of()));
    }

    private static @Nullable WorkCalendar named(JsonNode json, JsonNode document) {
        return DueMapping.calendars(document).stream()
                .filter(calendar -> calendar.name().equals(json.path("calendar").asString("")))
                .findFirst()
                .orElse(null);
    }
}
