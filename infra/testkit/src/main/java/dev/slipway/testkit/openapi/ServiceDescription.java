package dev.slipway.testkit.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.web.AccessRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 description of one service: paths, parameters and schemas as springdoc finds them at the controllers,
 * roles as the service's own rules have them, the rest as it is told. Committed beside the contracts, from where the
 * gateway takes it; {@code -Dslipway.openapi.rewrite=true} writes it again after a controller has changed.
 */
public final class ServiceDescription {
    private static final Path FOLDER =
            Path.of("..", "infra", "contracts", "src", "main", "resources", "dev", "slipway", "contracts", "openapi");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private final String service;
    private final ObjectNode document;
    private final JsonMapper written;

    private ServiceDescription(String service, ObjectNode document, JsonMapper written) {
        this.service = service;
        this.document = document;
        this.written = written;
    }

    /**
     * Describes the controllers of a package and those below it.
     *
     * @param told each of their operations, and no other
     * @throws AssertionError if an operation is not told of, or is not there
     */
    public static ServiceDescription of(String service, String basePackage, AccessRules rules, List<Told> told) {
        return of(service, basePackage, rules, told, new Fields());
    }

    /** The same, with what fields of its records hold to. */
    public static ServiceDescription of(
            String service, String basePackage, AccessRules rules, List<Told> told, Fields fields) {
        return Controllers.look(
                basePackage,
                rules,
                looked -> new ServiceDescription(
                        service,
                        new Completing(looked, told, fields).document(service),
                        looked.found().json()));
    }

    /** The committed description, written again if that is asked for. */
    public String committed() {
        Path file = FOLDER.resolve(service + ".json");
        try {
            if (Boolean.getBoolean("slipway.openapi.rewrite")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, made());
            }
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The description as the controllers are now. */
    public String made() {
        return JSON.writeValueAsString(document) + "\n";
    }

    /** What the description has of it. */
    public JsonNode operation(String operation) {
        String[] words = operation.split(" ", 2);
        return document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    }

    /** A record's schema by its name. */
    public JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /**
     * What is wrong with an answer, if it is written as the service writes it: a field that is not described, or is not as
     * it is described, or is missing. Empty if it is as described.
     */
    public List<String> faults(String operation, Object answer) {
        JsonNode success = operation(operation).path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .findFirst()
                .orElseThrow()
                .getValue();
        return faults(success.path("content").path("application/json").path("schema"), answer);
    }

    /** The same of a request's body. */
    public List<String> bodyFaults(String operation, Object body) {
        JsonNode content = operation(operation).path("requestBody").path("content");
        return faults(content.path("application/json").path("schema"), body);
    }

    /**
     * What is wrong with the examples, of requests and of answers, by their own schemas; each with where it stands. Empty if
     * nothing is.
     */
    public List<String> exampleFaults() {
        List<String> faults = new ArrayList<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                List<JsonNode> contents = new ArrayList<>();
                operation.at("/requestBody/content").forEach(contents::add);
                operation
                        .path("responses")
                        .forEach(response -> response.path("content").forEach(contents::add));
                contents.stream()
                        .filter(content -> content.has("example"))
                        .forEach(content -> faults(content.path("schema"), content.path("example")).stream()
                                .map(fault -> operation.path("operationId").asString("") + ": " + fault)
                                .forEach(faults::add));
            }
        }
        return faults;
    }

    private List<String> faults(JsonNode schema, Object value) {
        if (schema.isMissingNode()) {
            throw new AssertionError("No JSON is described there");
        }
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        ObjectNode components = (ObjectNode) document.required("components").deepCopy();
        components.required("schemas").forEach(ServiceDescription::close);
        whole.set("components", components);
        JsonNode json = written.readTree(written.writeValueAsString(value));
        return validator(whole).validate(json).stream().map(Error::toString).toList();
    }

    /** Clients pass over what they do not know; here a field that is not described is a fault. */
    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    private static Schema validator(JsonNode schema) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .formatAssertionsEnabled(true)
                .build();
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(schema);
    }
}
