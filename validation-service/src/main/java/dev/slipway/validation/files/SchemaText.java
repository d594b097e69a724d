package dev.slipway.validation.files;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.rules.LinePattern;
import dev.slipway.validation.files.Located.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema that nobody has looked at before: one that refers to nothing outside itself and whose patterns take linear
 * time, so that what a repository holds neither fetches anything nor holds up the service.
 */
final class SchemaText {
    private static final Pattern DIALECT =
            Pattern.compile("https?://json-schema\\.org/(draft-0[467]|draft/2019-09|draft/2020-12)/schema#?");

    /** Keywords whose values are data, or prose. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples");

    private static final int SHOWN_MAX = 200;

    private final Schema schema;
    private final KnownKeys keys;

    private SchemaText(Schema schema, KnownKeys keys) {
        this.schema = schema;
        this.keys = keys;
    }

    /**
     * Something about a value.
     *
     * @param pointer JSON Pointer of it, or of a key
     */
    record Said(int line, String pointer, String what) {
        @Override
        public String toString() {
            return "line %d, %s: %s".formatted(line, pointer.isEmpty() ? "the whole" : pointer, what);
        }
    }

    /** @throws Unreadable if it is not used, with the reason */
    static SchemaText of(JsonNode root) throws Unreadable {
        if (!root.isObject() && !root.isBoolean()) {
            throw Unreadable.beyond("is no JSON Schema, which is an object");
        }
        String dialect = root.path("$schema").asString("");
        if (!dialect.isEmpty() && !DIALECT.matcher(dialect).matches()) {
            throw Unreadable.beyond("is written for %s, and there is draft-04, draft-06, draft-07, 2019-09 and 2020-12"
                    .formatted(Texts.shown(dialect)));
        }
        require(root);
        KnownKeys keys = new KnownKeys(root);
        SchemaCost.require(root, keys::referred);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .regularExpressionFactory(expression -> LinePattern.ofText(expression)::isIn)
                .build();
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            builder -> builder.schemaRegistryConfig(config)
                                    .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                    .getSchema(root);
            return new SchemaText(schema, keys);
        } catch (RuntimeException unusable) {
            throw unusable(unusable);
        }
    }

    private static Unreadable unusable(RuntimeException why) {
        return Unreadable.beyond(
                "cannot be used as a schema: " + Texts.brief(String.valueOf(why.getMessage()), SHOWN_MAX));
    }

    private static void require(JsonNode part) throws Unreadable {
        if (part.isArray()) {
            for (JsonNode element : part) {
                require(element);
            }
        }
        if (!part.isObject()) {
            return;
        }
        for (String reference : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
            String to = part.path(reference).asString("#");
            if (!to.startsWith("#")) {
                throw Unreadable.beyond(
                        "refers to %s, which is not part of it, and nothing is fetched".formatted(Texts.shown(to)));
            }
        }
        if (part.path("pattern").isString()) {
            requirePattern(part.path("pattern").asString());
        }
        for (String pattern : part.path("patternProperties").propertyNames()) {
            requirePattern(pattern);
        }
        for (String name : part.propertyNames()) {
            if (!DATA.contains(name)) {
                require(part.path(name));
            }
        }
    }

    private static void requirePattern(String pattern) throws Unreadable {
        try {
            LinePattern.ofText(pattern);
        } catch (IllegalArgumentException illegal) {
            throw Unreadable.beyond(
                    "has the pattern %s, which %s".formatted(Texts.shown(pattern), illegal.getMessage()));
        }
    }

    /** What of a document does not fit, by line. */
    List<Said> errors(Located document) throws Unreadable {
        try {
            return schema.validate(document.json()).stream()
                    .map(error -> said(error, document))
                    .distinct()
                    .sorted(Comparator.comparingInt(Said::line).thenComparing(Said::pointer))
                    .toList();
        } catch (RuntimeException unusable) {
            throw unusable(unusable);
        }
    }

    /** Keys of a document that no properties of the schema know, by line. */
    List<Said> unknown(Located document) throws Unreadable {
        List<Said> said = new ArrayList<>();
        for (KnownKeys.Unknown unknown : keys.unknown(document.json())) {
            said.add(new Said(document.line(unknown.pointer()), unknown.pointer(), "is not known; " + meant(unknown)));
        }
        said.sort(Comparator.comparingInt(Said::line).thenComparing(Said::pointer));
        return said;
    }

    private static String meant(KnownKeys.Unknown unknown) {
        Optional<String> nearest = NearestName.to(unknown.name(), unknown.known());
        return nearest.map(name -> "did you mean %s?".formatted(name))
                .orElseGet(() -> "known are " + Texts.brief(String.join(", ", unknown.known()), SHOWN_MAX));
    }

    private static Said said(Error error, Located document) {
        StringBuilder pointer = new StringBuilder();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer.append(Located.child("", String.valueOf(location.getElement(i))));
        }
        @Nullable String property = error.getProperty();
        if (property != null && error.getKeyword().equals("additionalProperties")) {
            pointer.append(Located.child("", property));
        }
        String at = pointer.toString();
        return new Said(
                document.line(at), at, Texts.brief(String.valueOf(error.getMessage()), SHOWN_MAX) + value(error));
    }

    private static String value(Error error) {
        JsonNode value = error.getInstanceNode();
        return value == null || value.isContainer() ? "" : ", is " + Texts.brief(value.toString(), 60);
    }
}
