package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document against what is really written: every stored sample, as its record writes it. */
final class AsyncApiSamplesTest {
    private static final String SCHEMAS = "#/$defs/";

    static Set<String> types() {
        return WireSamplesTest.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void what_is_written_is_what_is_documented(String type) {
        Object body = WireSamples.parse(type, WireSamples.read(type));

        JsonNode written = WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(body));

        assertThat(schema(type).validate(written).stream().map(Error::toString)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void what_was_ever_written_is_still_what_is_documented(String type) {
        List<String> faults = schema(type).validate(WireSamples.read(type)).stream()
                .map(Error::toString)
                .toList();

        assertThat(faults).isEmpty();
    }

    /** Closed: a field that nobody documented is a fault, though readers pass over it. */
    private static Schema schema(String type) {
        JsonSchemas schemas = new JsonSchemas(SCHEMAS);
        ObjectNode whole =
                JsonMapper.shared().valueToTree(schemas.of(Objects.requireNonNull(WireSamples.BODIES.get(type))));
        ObjectNode named = JsonMapper.shared().valueToTree(schemas.named());
        named.forEach(each -> ((ObjectNode) each).put("additionalProperties", false));
        whole.set("$defs", named);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .formatAssertionsEnabled(true)
                .build();
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(whole);
    }
}
