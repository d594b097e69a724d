package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.ReleaseKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The guide of a policy, whose lines {@link GuideRules} has found to be answered by what the policy has. */
final class GuideMapping {
    private static final String AT = "/guide";

    private GuideMapping() {}

    /** @param document the whole policy, whose values lines may name */
    static @Nullable Guide guide(JsonNode document) {
        JsonNode json = document.path("guide");
        if (json.isMissingNode()) {
            return null;
        }
        List<GuideLine> lines =
                PolicyMapping.list(json.path("lines"), AT + "/lines", (line, at) -> line(document, line, at));
        @Nullable String file = PolicyMapping.optional(json, "file");
        List<GuideHeading> headings =
                PolicyMapping.list(json.path("headings"), AT + "/headings", GuideMapping::heading);
        @Nullable String sha256 = PolicyMapping.optional(json, "sha256");
        return PolicyMapping.within(AT, () -> GuideHash.guide(file, sha256, lines, headings));
    }

    /** What a value says stands in the policy itself: the same policy otherwise spelled has the same hash. */
    static void withoutValue(JsonNode line) {
        if (line.path("answer") instanceof ObjectNode answer) {
            answer.remove("said");
        }
    }

    private static GuideHeading heading(JsonNode json, String at) {
        JsonNode when = json.path("when");
        boolean expression = DutyRules.isExpression(when);
        return PolicyMapping.within(
                at,
                () -> new GuideHeading(
                        json.path("under").asString(),
                        expression ? List.of() : kinds(when),
                        expression ? when.asString() : null));
    }

    private static GuideLine line(JsonNode document, JsonNode json, String at) {
        JsonNode when = json.path("when");
        boolean expression = DutyRules.isExpression(when);
        return PolicyMapping.within(
                at,
                () -> new GuideLine(
                        json.path("id").asString(),
                        json.path("text").asString(),
                        PolicyMapping.list(json.path("under"), at, (heading, _) -> heading.asString()),
                        json.has("line") ? json.path("line").asInt() : null,
                        expression ? List.of() : kinds(when),
                        answer(document, json),
                        expression ? when.asString() : null));
    }

    /** One word, or a list of them; none for all kinds. */
    static List<ReleaseKind> kinds(JsonNode when) {
        return when.isString()
                ? List.of(kind(when.asString()))
                : when.valueStream().map(word -> kind(word.asString())).toList();
    }

    private static ReleaseKind kind(String word) {
        return PolicyMapping.constant(ReleaseKind.class, word);
    }

    private static GuideAnswer answer(JsonNode document, JsonNode line) {
        for (String key : GuideRules.ANSWERS) {
            if (line.has(key)) {
                String name = line.path(key).asString();
                By by = By.valueOf(key.toUpperCase(Locale.ROOT));
                return by == By.VALUE && PolicyValue.at(document, name) instanceof PolicyValue.Said(String text)
                        ? new GuideAnswer(by, name, text)
                        : new GuideAnswer(by, name);
            }
        }
        return GuideAnswer.UNANSWERED;
    }
}
