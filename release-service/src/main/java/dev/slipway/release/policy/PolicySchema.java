package dev.slipway.release.policy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Holds a document against the policy's JSON Schema, which is the contract, and says what is wrong in plain words. */
final class PolicySchema {
    private static final String RESOURCE = "/dev/slipway/contracts/release-policy.schema.json";
    private static final int VALUE_CHARACTERS_SHOWN = 60;

    private final JsonNode root;
    private final Schema schema;

    PolicySchema() {
        try (InputStream resource = Policy.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar of the contracts lacks " + RESOURCE);
            }
            root = JsonMapper.shared().readTree(resource);
        } catch (IOException broken) {
            throw new UncheckedIOException("The policy's schema cannot be read", broken);
        }
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .errorMessageKeyword("errorMessage")
                .build();
        schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(root);
    }

    List<Finding> check(JsonNode document, YamlDocument places) {
        return schema.validate(document).stream()
                .map(error -> finding(error, places))
                .distinct()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }

    private Finding finding(Error error, YamlDocument places) {
        String pointer = pointer(error);
        @Nullable String property = error.getProperty();
        if (error.getKeyword().equals("additionalProperties") && property != null) {
            return unknownKey(pointer, property, names(error, "properties"), places);
        }
        if (error.getKeyword().equals("propertyNames")) {
            return places.at(pointer, "has a key that is not allowed: " + error.getMessage());
        }
        String shown = shown(error.getInstanceNode());
        if (error.getKeyword().equals("enum") && error.getInstanceNode() instanceof StringNode written) {
            return places.at(pointer, oneOf(written.asString(), legal(error)) + ", is " + shown);
        }
        return places.at(pointer, error.getMessage() + (shown.isEmpty() ? "" : ", is " + shown));
    }

    private static String oneOf(String written, List<String> legal) {
        return "must be one of " + String.join(", ", legal)
                + NearestName.to(written, legal)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
    }

    /** The values that the failed enumeration lists. */
    private List<String> legal(Error error) {
        return StreamSupport.stream(parent(error).path("enum").spliterator(), false)
                .map(value -> value.asString(""))
                .toList();
    }

    private static Finding unknownKey(String pointer, String property, Collection<String> legal, YamlDocument places) {
        String meant = NearestName.to(property, legal)
                .map(name -> "did you mean " + name + "?")
                .orElse("legal are " + String.join(", ", legal));
        return places.atKey(YamlDocument.child(pointer, property), "is not a known key; " + meant);
    }

    /** The error's place as a JSON pointer. */
    private static String pointer(Error error) {
        StringBuilder pointer = new StringBuilder();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer.append(YamlDocument.child("", String.valueOf(location.getElement(i))));
        }
        return pointer.toString();
    }

    /** The names that the object schema next to the failed keyword defines. */
    private List<String> names(Error error, String keyword) {
        return StreamSupport.stream(parent(error).path(keyword).propertyNames().spliterator(), false)
                .toList();
    }

    /** The schema in which the failed keyword stands. */
    private JsonNode parent(Error error) {
        List<String> parts = new ArrayList<>();
        var fragment = error.getSchemaLocation().getFragment();
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            parts.add(String.valueOf(fragment.getElement(i)));
        }
        JsonNode at = root;
        for (String part : parts) {
            at = at.isArray() ? at.path(Integer.parseInt(part)) : at.path(part);
        }
        return at;
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isContainer()) {
            return "";
        }
        String text = value.toString();
        return text.length() > VALUE_CHARACTERS_SHOWN ? text.substring(0, VALUE_CHARACTERS_SHOWN) + "…" : text;
    }
}
