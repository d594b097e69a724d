package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** {@code -Dslipway.asyncapi.rewrite=true} writes the document again after a contract has changed. */
final class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");
    private static final String HEAD =
            "# Made from infra/contracts and held to it by AsyncApiTest; -Dslipway.asyncapi.rewrite=true writes it again.\n";

    @Test
    void the_document_says_what_the_contracts_say() throws IOException {
        String made = HEAD + yaml();
        if (Boolean.getBoolean("slipway.asyncapi.rewrite")) {
            Files.writeString(DOCUMENT, made);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(made);
    }

    @Test
    void every_topic_is_described_and_every_message_stands_on_one() {
        assertThat(AsyncApi.CHANNELS)
                .extracting(AsyncApi.Channel::topic)
                .containsExactlyInAnyOrderElementsOf(Topics.all(1).stream()
                        .map(Topics.Topic::name)
                        .filter(topic -> !topic.endsWith(Topics.DEAD_LETTER_SUFFIX))
                        .toList());
        assertThat(AsyncApi.CHANNELS.stream()
                        .map(AsyncApi.Channel::types)
                        .flatMap(List::stream)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(WireSamples.BODIES.keySet());
    }

    private static String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        Object sorted = JsonMapper.shared().convertValue(sortedKeys(new AsyncApi().document()), Object.class);
        return new Yaml(options).dump(sorted);
    }

    /** Small maps have no order of their own; the document must be the same every time. */
    private static Object sortedKeys(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = map instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
                map.forEach((key, nested) -> copy.put((String) key, sortedKeys(nested)));
                yield new LinkedHashMap<>(copy);
            }
            case List<?> list -> list.stream().map(AsyncApiTest::sortedKeys).toList();
            default -> value;
        };
    }
}
