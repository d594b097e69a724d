package dev.slipway.testkit.asyncapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An AsyncAPI 3 document, read as those do who know nothing else of Slipway. It says what is wrong with a record: a header
 * that is missing, a type that its topic does not have, a body that is not as described. A field that is not described is a
 * fault too, but in the CDEvents of others.
 */
public final class PublishedDocument {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ANY_VERSION = "*";

    private final ObjectNode document;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private PublishedDocument(ObjectNode document) {
        this.document = document;
    }

    /** Reads a document in YAML. */
    public static PublishedDocument of(Path file) throws IOException {
        Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return new PublishedDocument(JSON.valueToTree(yaml));
    }

    /** Addresses of its channels. */
    public List<String> topics() {
        return document.path("channels")
                .valueStream()
                .map(channel -> channel.path("address").asString(""))
                .toList();
    }

    /** Names of the messages that a topic has. */
    public Set<String> types(String topic) {
        return new TreeSet<>(
                document.path("channels").path(topic).path("messages").propertyNames());
    }

    /** Name of the message that a type belongs to on a topic. */
    public Optional<String> message(String topic, String type) {
        return types(topic).stream().filter(name -> matches(name, type)).findFirst();
    }

    private boolean matches(String name, String type) {
        String told = described(name).path("name").asString(name);
        return told.endsWith(ANY_VERSION)
                ? type.startsWith(told.substring(0, told.length() - ANY_VERSION.length()))
                : type.equals(told);
    }

    /**
     * What is wrong with a record; empty if it is as documented.
     *
     * @param headers as text
     */
    public List<String> faults(String topic, Map<String, String> headers, byte[] body) {
        List<String> faults = new ArrayList<>();
        document.path("components")
                .path("messageTraits")
                .path("cloudEvent")
                .path("headers")
                .path("required")
                .forEach(header -> {
                    if (!headers.containsKey(header.asString(""))) {
                        faults.add(topic + ": header " + header + " is missing");
                    }
                });
        String type = headers.getOrDefault("ce_type", "");
        Optional<String> message = message(topic, type);
        if (message.isEmpty()) {
            faults.add(topic + ": no type " + type + " is documented");
            return faults;
        }
        try {
            schema(message.get()).validate(JSON.readTree(body)).stream()
                    .map(Error::toString)
                    .forEach(fault -> faults.add(topic + ", " + type + ": " + fault));
        } catch (JacksonException broken) {
            faults.add(topic + ", " + type + ": no JSON: " + broken.getOriginalMessage());
        }
        return faults;
    }

    private JsonNode described(String name) {
        return document.path("components").path("messages").path(name);
    }

    private Schema schema(String name) {
        return schemas.computeIfAbsent(name, _ -> {
            ObjectNode whole = (ObjectNode) described(name).path("payload").deepCopy();
            ObjectNode components = (ObjectNode) document.path("components").deepCopy();
            components.path("schemas").forEach(PublishedDocument::close);
            whole.set("components", components);
            SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                    .locale(Locale.ROOT)
                    .formatAssertionsEnabled(true)
                    .build();
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                    .getSchema(whole);
        });
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }
}
