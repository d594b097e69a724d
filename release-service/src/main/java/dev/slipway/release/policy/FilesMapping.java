package dev.slipway.release.policy;

import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.SchemaFiles;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import dev.slipway.rules.LinePattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What gates ask of files at the released revision. */
final class FilesMapping {
    private FilesMapping() {}

    /** Nothing where the gate looks at something else. */
    static @Nullable FilesRule files(JsonNode gate, String at) {
        if (gate.has("versions")) {
            VersionStrings versions = versions(gate.path("versions"), at + "/versions");
            return FilesRule.of(versions);
        }
        if (gate.has("schema")) {
            List<SchemaFiles> entries = PolicyMapping.list(gate.path("schema"), at + "/schema", FilesMapping::schema);
            return FilesRule.ofSchema(entries);
        }
        return gate.has("links")
                ? PolicyMapping.within(
                        at + "/links/files",
                        () -> FilesRule.ofLinks(texts(gate.path("links").path("files"))))
                : null;
    }

    private static VersionStrings versions(JsonNode json, String at) {
        List<VersionString> places = PolicyMapping.list(json.path("files"), at + "/files", FilesMapping::place);
        return PolicyMapping.within(
                at,
                () -> new VersionStrings(
                        places,
                        PolicyMapping.constant(
                                VersionStrings.Candidates.class, PolicyMapping.text(json, "candidates", "exact")),
                        VersionStrings.EXPECTED_DEFAULT));
    }

    private static VersionString place(JsonNode json, String at) {
        @Nullable String pattern = PolicyMapping.optional(json, "pattern");
        if (pattern != null) {
            LinePattern.fault(pattern).ifPresent(fault -> {
                throw new PolicyMapping.OutOfRange(at + "/pattern", fault);
            });
        }
        return PolicyMapping.within(
                at,
                () -> new VersionString(
                        json.path("path").asString(),
                        PolicyMapping.optional(json, "at"),
                        PolicyMapping.optional(json, "xml"),
                        pattern));
    }

    private static SchemaFiles schema(JsonNode json, String at) {
        JsonNode schema = json.path("schema");
        return PolicyMapping.within(
                at,
                () -> new SchemaFiles(
                        texts(json.path("files")),
                        schema.isString() ? schema.asString() : null,
                        schema.isString() ? null : sorted(schema).toString()));
    }

    /** The order of keys makes no difference to the policy's hash. */
    private static JsonNode sorted(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> array.add(sorted(element)));
            return array;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        json.propertyNames().stream().sorted().forEach(name -> object.set(name, sorted(json.path(name))));
        return object;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
