package dev.slipway.release.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Whether somebody can be asked, and is known by an email, who says what becomes of a release that may only go forward. */
final class ForwardOnlyRules {
    private ForwardOnlyRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        Set<String> roles = new LinkedHashSet<>();
        document.path("contacts")
                .valueStream()
                .filter(contact -> contact.has("email"))
                .forEach(contact -> roles.add(contact.path("role").asString()));
        JsonNode asked = document.path("forwardOnly").path("ask");
        return IntStream.range(0, asked.size())
                .filter(i -> !roles.contains(asked.get(i).asString()))
                .mapToObj(i -> places.at(
                        "/forwardOnly/ask/" + i,
                        "is no role of a contact with an email"
                                + GuideRules.remedy(asked.get(i).asString(), roles)))
                .toList();
    }
}
