package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The compose files say what the contracts and the build script say. */
final class ContainersTest {
    private static final Path CONTAINERS = Path.of("..", "containers");

    @Test
    void every_topic_is_created_in_kafka_and_compacted_where_it_must_be() throws IOException {
        JsonNode topics = services("compose.yaml").path("topics").path("environment");
        int partitions = topics.path("PARTITIONS").asInt();

        assertThat(topics.path("TOPICS").asString("").strip().split("\\s+"))
                .containsExactlyInAnyOrder(Topics.all(partitions).stream()
                        .map(topic -> topic.name() + (topic.compacted() ? ":compact" : ""))
                        .toArray(String[]::new));
    }

    @Test
    void every_topic_is_created_on_the_embedded_platform() throws IOException {
        String command = services("compose.embedded.yaml")
                .path("platform")
                .path("command")
                .asString("");
        List<String> topics = Arrays.stream(command.split("--topic "))
                .skip(1)
                .map(topic -> topic.strip().split(" ")[0])
                .toList();

        assertThat(topics)
                .containsExactlyInAnyOrderElementsOf(Topics.all(6).stream()
                        .map(topic -> topic.name() + ":" + topic.partitions() + (topic.compacted() ? ":compact" : ""))
                        .toList());
    }

    @Test
    void each_service_runs_the_image_that_the_script_builds() throws IOException {
        Matcher built = Pattern.compile("all=\\((.*)\\)").matcher(Files.readString(CONTAINERS.resolve("build")));
        assertThat(built.find()).isTrue();
        List<String> names = List.of(built.group(1).split(" "));

        Map<String, String> images = new TreeMap<>();
        services("compose.yaml")
                .properties()
                .forEach(service -> images.put(
                        service.getKey(), service.getValue().path("image").asString("")));

        assertThat(names).contains("platform");
        assertThat(names.stream().filter(name -> !name.equals("platform")))
                .hasSize(5)
                .allSatisfy(name -> assertThat(images.get(name)).startsWith("slipway/" + name + ":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.embedded.yaml"})
    void nothing_is_reached_from_outside_the_machine(String file) throws IOException {
        services(file)
                .values()
                .forEach(service -> service.path("ports")
                        .forEach(port -> assertThat(port.asString("")).startsWith("127.0.0.1:")));
        assertThat(services("compose.yaml").path("gateway").path("ports"))
                .as("page and API, and applications")
                .hasSize(2);
    }

    @Test
    void applications_are_reached_at_the_port_that_the_gateway_tells_people() throws IOException {
        JsonNode gateway = services("compose.yaml").path("gateway");
        String port = gateway.path("environment").path("SLIPWAY_FRONT_PORT").asString();

        assertThat(port).isEqualTo("${SLIPWAY_FRONT_PORT:-8000}");
        assertThat(gateway.path("ports").path(1).asString()).isEqualTo("127.0.0.1:%s:%s".formatted(port, port));
        assertThat(gateway.path("environment").path("SLIPWAY_FRONT_ADDRESS").asString())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void every_setting_of_mail_that_the_service_knows_is_passed_on() throws IOException {
        Map<String, Object> known = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("../../notification-service/src/main/resources/application.yml")));
        JsonNode mail =
                JsonMapper.shared().<JsonNode>valueToTree(known).path("slipway").path("mail");
        assertThat(mail.propertyNames()).contains("from", "security");

        JsonNode passed = services("compose.yaml").path("notification-service").path("environment");

        assertThat(passed.propertyNames())
                .containsAll(mail.propertyNames().stream()
                        .map(name ->
                                "SLIPWAY_MAIL_" + name.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .toList());
    }

    private static JsonNode services(String file) throws IOException {
        Map<String, Object> read =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(CONTAINERS.resolve(file)));
        return JsonMapper.shared().<JsonNode>valueToTree(read).path("services");
    }
}
