package dev.slipway.release.policy;

import dev.slipway.contracts.policy.ReleaseFacts;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.rules.FactExpression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Whether duties are asked of somebody, a role of contacts who are known by an email, and of releases that there are: of kinds,
 * or by an expression over facts that are known when a release begins.
 */
final class DutyRules {
    private static final Pattern WORD = Pattern.compile("[A-Za-z-]*");

    private DutyRules() {}

    /** Whether {@code when} is an expression: a text that is more than a word. */
    static boolean isExpression(JsonNode when) {
        return when.isString() && !WORD.matcher(when.asString().strip()).matches();
    }

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
            moment(duties.get(i), at, places, findings);
            when(duties.get(i).path("when"), at + "/when", places, findings);
        }
        return findings;
    }

    /** What waits for it, or after which end it is asked for: one of both. */
    private static void moment(JsonNode duty, String at, YamlDocument places, List<Finding> findings) {
        if (!duty.has("before") && !duty.has("after")) {
            findings.add(
                    places.at(
                            at,
                            "says neither before what it is asked for (before: staging, production or end) nor after which end of the release (after: completed, rolled-back or end)"));
        } else if (duty.has("before") && duty.has("after")) {
            findings.add(
                    places.at(
                            at + "/after",
                            "stands beside before: what something waits for is not asked for after the release; say one of them"));
        } else if (duty.has("after")
                && !duty.path("due").has("after")
                && duty.path("due").path("days").asInt(0) < 0) {
            findings.add(places.at(
                    at + "/due/days",
                    "is counted from the end of the release, as the duty is asked for after that; say 0 or more"));
        }
    }

    /** Of which releases something is: kinds that there are, or an expression that can be answered when one begins. */
    static void when(JsonNode when, String at, YamlDocument places, List<Finding> findings) {
        if (isExpression(when)) {
            String text = when.asString();
            if (FactExpression.compile(text, ReleaseFacts.NAMES) instanceof FactExpression.Compiled.Refused refused) {
                findings.add(places.within(
                        at,
                        refused.line(),
                        refused.column(),
                        "cannot be used: " + refused.why(),
                        "cannot be used: " + refused));
            }
        } else if (when.isString()) {
            kind(when.asString(), at, places, findings);
        } else {
            for (int i = 0; i < when.size(); i++) {
                kind(when.get(i).asString(), at + "/" + i, places, findings);
            }
        }
    }

    private static void kind(String word, String at, YamlDocument places, List<Finding> findings) {
        Set<String> legal = new LinkedHashSet<>(ReleaseKind.words());
        if (!legal.contains(word)) {
            String alone = WORD.matcher(word).matches() ? "" : ", and an expression stands alone";
            findings.add(places.at(at, "is no kind of release" + alone + GuideRules.remedy(word, legal)));
        }
    }
}
