package dev.slipway.release.api;

import dev.slipway.contracts.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The policy's JSON Schema as components of the API's description, which keep its parts by names of their own. */
final class PolicyComponents {
    static final String NAME = "ReleasePolicy";

    private static final String PARTS = "$defs";
    private static final JsonMapper JSON = JsonMapper.shared();

    private PolicyComponents() {}

    static Map<String, JsonNode> schemas() {
        try (InputStream in = Objects.requireNonNull(
                Policy.class.getResourceAsStream("/dev/slipway/contracts/release-policy.schema.json"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("#/" + PARTS + "/", "#/components/schemas/" + NAME + ".");
            ObjectNode whole = (ObjectNode) JSON.readTree(text);
            Map<String, JsonNode> schemas = new LinkedHashMap<>();
            whole.remove(PARTS).properties().forEach(part -> schemas.put(NAME + "." + part.getKey(), part.getValue()));
            whole.remove(List.of("$schema", "$id"));
            schemas.put(NAME, whole);
            return schemas;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The demo's. */
    static String example() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource("policies/demo.yaml"));
        return JSON.writeValueAsString(yaml.getObject());
    }
}
