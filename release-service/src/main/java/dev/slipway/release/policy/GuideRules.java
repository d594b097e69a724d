package dev.slipway.release.policy;

import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether lines of a guide are answered by what this policy has: a gate, an approval, a duty, an action or a value that it
 * has not would be answered by nothing, and nobody would see it.
 */
final class GuideRules {
    /** Keys that answer a line, as the schema has them. */
    static final List<String> ANSWERS = List.of("gate", "approval", "duty", "document", "action", "value", "nothing");

    private static final String WAY_BACK = "way-back";
    private static final String ANNOUNCEMENT = GuideAnswer.word(GuideAnswer.Document.ANNOUNCEMENT);
    private static final Set<String> OF_MERGE = Set.of("merge", "tag");
    private static final int LEGAL_SHOWN = 12;

    private final JsonNode document;
    private final YamlDocument places;
    private final List<Finding> findings = new ArrayList<>();

    private GuideRules(JsonNode document, YamlDocument places) {
        this.document = document;
        this.places = places;
    }

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        GuideRules rules = new GuideRules(document, places);
        JsonNode lines = document.path("guide").path("lines");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            String at = "/guide/lines/" + i;
            if (!ids.add(line.path("id").asString())) {
                rules.refuse(at + "/id", "stands at another line already; each line has its own");
            }
            rules.answer(line, at);
            DutyRules.when(line.path("when"), at + "/when", places, rules.findings);
        }
        rules.headings();
        return rules.findings;
    }

    /** What no line stands under would leave nothing out, and nobody would see it. */
    private void headings() {
        Set<String> legal = new LinkedHashSet<>();
        document.path("guide")
                .path("lines")
                .forEach(line -> line.path("under").forEach(heading -> legal.add(heading.asString())));
        JsonNode headings = document.path("guide").path("headings");
        Set<String> given = new HashSet<>();
        for (int i = 0; i < headings.size(); i++) {
            String at = "/guide/headings/" + i;
            String under = headings.get(i).path("under").asString();
            if (!given.add(under)) {
                refuse(at + "/under", "stands at another heading already; each says once of which releases it is");
            } else if (legal.isEmpty()) {
                refuse(at + "/under", "stands over no line: no line of this guide says under which headings it is");
            } else {
                known(under, at + "/under", "stands over no line of this guide", legal);
            }
            DutyRules.when(headings.get(i).path("when"), at + "/when", places, findings);
        }
    }

    private void answer(JsonNode line, String at) {
        List<String> given = ANSWERS.stream().filter(line::has).toList();
        if (given.size() > 1) {
            findings.add(places.atKey(
                    at + "/" + given.get(1),
                    "is a second answer beside %s: exactly one thing answers a line".formatted(given.getFirst())));
            return;
        }
        for (String key : given) {
            String name = line.path(key).asString();
            String pointer = at + "/" + key;
            switch (key) {
                case "gate" -> known(name, pointer, "is no gate of this policy", gates());
                case "approval" -> approval(name, pointer);
                case "duty" -> duty(name, pointer);
                case "action" -> action(name, pointer);
                case "value" -> value(name, pointer);
                case "document" -> document(name, pointer);
                default -> {} // the schema says all that there is to say of nothing
            }
        }
    }

    private Set<String> gates() {
        Set<String> gates = new LinkedHashSet<>();
        boolean back = false;
        for (JsonNode gate : document.path("gates")) {
            gates.add(gate.path("id").asString());
            back |= gate.path("check").asString("").equals(WAY_BACK);
        }
        CheckMapping.named(document).forEach(check -> gates.add("check-" + check));
        if (CheckMapping.isOfAll(document)) {
            gates.add(CheckMapping.ALL);
        }
        if (!back) {
            gates.add(WAY_BACK);
        }
        return gates;
    }

    private void approval(String name, String pointer) {
        JsonNode approvals = document.path("approvals");
        Set<String> legal = new LinkedHashSet<>(ApprovalRules.roles(approvals));
        if (approvals.path("required").asInt(1) > 0) {
            legal.add(GuideAnswer.REQUIRED);
        }
        if (!approvals.path("paths").isEmpty()) {
            legal.add(GuideAnswer.PATHS);
        }
        if (legal.isEmpty()) {
            refuse(pointer, "asks for an approval, and this policy requires none: say approvals.required");
        } else {
            known(name, pointer, "is no approval that this policy requires", legal);
        }
    }

    private void duty(String name, String pointer) {
        Set<String> legal = new LinkedHashSet<>();
        document.path("duties").forEach(duty -> legal.add(duty.path("id").asString()));
        if (legal.isEmpty()) {
            refuse(
                    pointer,
                    "is no duty: this policy has none, as in duties: [{id: %s, text: WHAT, by: ROLE, before: production}]"
                            .formatted(name));
        } else {
            known(name, pointer, "is no duty of this policy", legal);
        }
    }

    private void document(String name, String pointer) {
        if (name.equals(ANNOUNCEMENT) && document.path("announcements").isEmpty()) {
            refuse(
                    pointer,
                    "is made of nothing: this policy has no announcements, as in announcements: [{id: users, channel: mail, to: [ADDRESS]}]");
        }
    }

    private void action(String name, String pointer) {
        if (OF_MERGE.contains(name) && !document.has("merge")) {
            refuse(pointer, "is not done under this policy: it has no merge, as in merge: {tag: \"v{version}\"}");
        }
    }

    private void value(String path, String pointer) {
        if (PolicyValue.at(document, path) instanceof PolicyValue.Missing missing) {
            if (missing.legal().isEmpty()) {
                refuse(pointer, "is no value that this policy sets; nothing is below %s".formatted(missing.upTo()));
                return;
            }
            boolean section = missing.upTo().equals(path);
            String above = missing.upTo().isEmpty() ? "" : missing.upTo() + ".";
            String part =
                    path.startsWith(above) ? path.substring(above.length()).replaceFirst("[.\\[].*", "") : "";
            List<String> parts = missing.legal().stream()
                    .map(legal -> legal.substring(legal.startsWith(above) ? above.length() : 0))
                    .toList();
            Optional<String> nearest = part.isEmpty()
                    ? Optional.empty()
                    : NearestName.to(part, parts).map(above::concat);
            refuse(
                    pointer,
                    (section ? "is no single value of this policy" : "is no value that this policy sets")
                            + remedy(nearest, missing.legal()));
        }
    }

    private void known(String written, String pointer, String otherwise, Set<String> legal) {
        if (!legal.contains(written)) {
            refuse(pointer, otherwise + remedy(written, legal));
        }
    }

    /** The legal name that is nearest to what is written, or all of them. */
    static String remedy(String written, Set<String> legal) {
        List<String> all = List.copyOf(legal);
        return remedy(NearestName.to(written, all), all);
    }

    /** The nearest name, or all of them. */
    private static String remedy(Optional<String> nearest, List<String> legal) {
        return nearest.map(name -> "; did you mean %s?".formatted(name))
                .orElseGet(() -> "; legal are "
                        + String.join(", ", legal.subList(0, Math.min(legal.size(), LEGAL_SHOWN)))
                        + (legal.size() > LEGAL_SHOWN ? " and %d more".formatted(legal.size() - LEGAL_SHOWN) : ""));
    }

    private void refuse(String pointer, String message) {
        findings.add(places.at(pointer, message));
    }
}
