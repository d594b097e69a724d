package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The build has CycloneDX's Maven plugin make the sample's bill of materials of the sample's pom, into this jar, from which
 * it comes into the sample's repository.
 */
class SamplePartsTest {
    @TempDir
    Path folder;

    @Test
    void the_parts_are_the_very_libraries_that_the_sample_is_compiled_with() throws IOException {
        JsonNode parts = JsonMapper.shared().readTree(SampleSources.resource("hello/bom.json"));

        assertThat(SampleTools.in(folder).libraries()).singleElement().satisfies(library -> {
            JsonNode part = parts.path("components").path(0);
            assertThat(part.path("hashes")
                            .valueStream()
                            .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                            .map(hash -> hash.path("content").asString()))
                    .containsExactly(sha256(library));
        });
        assertThat(parts.path("components")).hasSize(1);
        assertThat(parts.at("/metadata/tools/components/0/name").asString()).isEqualTo("cyclonedx-maven-plugin");
    }

    @Test
    void every_build_makes_the_same_bytes_so_that_a_newer_slipway_changes_nothing_in_a_repository_that_is_there() {
        JsonNode parts = JsonMapper.shared().readTree(SampleSources.resource("hello/bom.json"));

        assertThat(parts.has("serialNumber")).isFalse();
        assertThat(parts.path("metadata").has("timestamp")).isFalse();
    }

    @Test
    void they_are_those_of_the_pom() {
        JsonNode part = JsonMapper.shared()
                .readTree(SampleSources.resource("hello/bom.json"))
                .path("components")
                .path(0);

        assertThat(SampleSources.resource("hello/pom.xml"))
                .containsOnlyOnce("<dependency>")
                .contains(
                        "<groupId>%s</groupId>".formatted(part.path("group").asString()),
                        "<artifactId>%s</artifactId>"
                                .formatted(part.path("name").asString()),
                        "<version>%s</version>".formatted(part.path("version").asString()));
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
