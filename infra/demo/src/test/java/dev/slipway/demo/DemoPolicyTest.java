package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DemoPolicyTest {
    @TempDir
    Path folder;

    @Test
    void the_policy_names_the_repository_by_its_absolute_address() {
        Path repository = folder.resolve("demo/hello.git");

        JsonNode policy = YAMLMapper.shared().readTree(DemoPolicy.yaml(repository, 1));

        URI address = URI.create(policy.at("/source/repository").asString());
        assertThat(address.toString()).startsWith("file:/").doesNotStartWith("file://");
        assertThat(Path.of(address)).isEqualTo(repository);
        assertThat(policy.path("application").asString()).isEqualTo("hello");
    }

    @Test
    void a_folder_with_a_space_still_has_an_address() {
        Path repository = folder.resolve("my demo/hello.git");

        JsonNode policy = YAMLMapper.shared().readTree(DemoPolicy.yaml(repository, 1));

        assertThat(Path.of(URI.create(policy.at("/source/repository").asString())))
                .isEqualTo(repository);
    }

    @Test
    void the_policy_asks_for_what_the_ci_delivers() {
        JsonNode policy = YAMLMapper.shared().readTree(DemoPolicy.yaml(folder, 1));

        assertThat(policy.at("/source/from").asString()).isEqualTo(SampleRepository.SOURCE_BRANCH);
        assertThat(policy.at("/source/to").asString()).isEqualTo(SampleRepository.TARGET_BRANCH);
        assertThat(policy.at("/checks/named").valueStream().map(JsonNode::asString))
                .containsExactly("build", "unit-tests");
        assertThat(policy.at("/checks/atLeast").asInt())
                .as("both, and whatever else the CI may come to tell")
                .isEqualTo(policy.at("/checks/named").size());
        assertThat(policy.at("/gates/0/suite").asString()).isEqualTo("unit");
        assertThat(policy.path("gates")
                        .valueStream()
                        .filter(gate -> gate.has("evidence"))
                        .map(gate -> gate.path("evidence").asString()))
                .containsExactly("junit", "jacoco", "sarif", "cyclonedx", "jmh");
    }

    @Test
    void on_a_busy_machine_the_limits_of_latency_are_longer_and_nothing_else() {
        String quiet = DemoPolicy.yaml(folder, 1);

        String busy = DemoPolicy.yaml(folder, 4.2);

        assertThat(busy)
                .isEqualTo(quiet.replace("latency: 500ms", "latency: 2100ms")
                        .replace("p95: \"< 1000ms\"", "p95: \"< 4200ms\""));
    }
}
