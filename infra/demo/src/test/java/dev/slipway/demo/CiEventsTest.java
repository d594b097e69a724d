package dev.slipway.demo;

import static dev.slipway.demo.People.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CiEventsTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final Build BUILD = new Build(
            "1.0.0",
            SHA,
            Path.of("/tmp/hello-1.0.0.jar"),
            URI.create("file:///tmp/hello-1.0.0.jar"),
            DIGEST,
            List.of(new Report("junit", "unit", Path.of("TEST-junit-jupiter.xml"), 0)),
            new CiRun("sample-ci/0123", 1));

    private final CiEvents events = new CiEvents(URI.create("/ci/hello"), "hello");

    @Test
    void a_published_artifact_says_which_version_of_which_commit_it_is_and_where() {
        JsonNode event = read(events.artifactPublished(BUILD, MONDAY));

        assertThat(event.at("/context/specversion").asString()).isEqualTo("0.5.1");
        assertThat(event.at("/context/type").asString()).isEqualTo("dev.cdevents.artifact.published.0.3.0");
        assertThat(event.at("/context/timestamp").asString()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(event.at("/subject/id").asString())
                .startsWith("pkg:generic/hello@1.0.0?checksum=" + DIGEST)
                .endsWith("&file_name=hello-1.0.0.jar");
        assertThat(event.at("/customData/application").asString()).isEqualTo("hello");
        assertThat(event.at("/customData/version").asString()).isEqualTo("1.0.0");
        assertThat(event.at("/customData/sha").asString()).isEqualTo(SHA);
        assertThat(event.at("/customData/artifacts/0/uri").asString()).isEqualTo("file:///tmp/hello-1.0.0.jar");
        assertThat(event.at("/customData/artifacts/0/digest").asString()).isEqualTo(DIGEST);
    }

    @Test
    void a_passed_check_says_which_check_of_which_commit() {
        JsonNode event = read(events.checkPassed(BUILD, "unit-tests", MONDAY));

        assertThat(event.at("/subject/content/outcome").asString()).isEqualTo("success");
        assertThat(event.at("/customData/application").asString()).isEqualTo("hello");
        assertThat(event.at("/customData/sha").asString()).isEqualTo(SHA);
        assertThat(event.at("/customData/check").asString()).isEqualTo("unit-tests");
        assertThat(event.at("/customData/attempt").intValue()).isEqualTo(1);
    }

    @Test
    void another_attempt_at_a_run_is_another_fact_about_the_same_run() {
        Build again = new Build(
                BUILD.version(),
                BUILD.sha(),
                BUILD.jar(),
                BUILD.uri(),
                BUILD.digest(),
                BUILD.reports(),
                new CiRun("sample-ci/0123", 2));
        CiEvent first = events.checkPassed(BUILD, "build", MONDAY);
        CiEvent second = events.checkPassed(again, "build", MONDAY);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(read(second).at("/subject/id")).isEqualTo(read(first).at("/subject/id"));
        assertThat(read(second).at("/customData/attempt").intValue()).isEqualTo(2);
    }

    @Test
    void the_same_fact_has_the_same_id_and_another_fact_another() {
        String id = events.checkPassed(BUILD, "build", MONDAY).id();

        assertThat(events.checkPassed(BUILD, "build", MONDAY.plusSeconds(60)).id())
                .isEqualTo(id);
        assertThat(events.checkPassed(BUILD, "unit-tests", MONDAY).id()).isNotEqualTo(id);
        assertThat(events.artifactPublished(BUILD, MONDAY).id()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"artifact-published, artifact", "pipelinerun-finished, check"})
    void events_obey_the_schemas_of_cdevents(String schema, String what) throws IOException {
        @Nullable Path schemas = schemas();
        assumeTrue(schemas != null, "no ../shared/vectors/cdevents/schemas beside the checkout");
        CiEvent event = what.equals("artifact")
                ? events.artifactPublished(BUILD, MONDAY)
                : events.checkPassed(BUILD, "build", MONDAY);

        assertThat(schema(schemas, schema).validate(event.json(), InputFormat.JSON))
                .as(event.json())
                .isEmpty();
        String spoilt = event.json().replace("\"context\"", "\"contents\"");
        assertThat(schema(schemas, schema).validate(spoilt, InputFormat.JSON)).isNotEmpty();
    }

    private static @Nullable Path schemas() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path schemas = at.resolve("shared/vectors/cdevents/schemas");
            if (Files.isDirectory(schemas)) {
                return schemas;
            }
        }
        return null;
    }

    private static Schema schema(@Nullable Path folder, String name) throws IOException {
        Map<String, String> byId = new HashMap<>();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                String text = Files.readString(file);
                JsonNode id = JsonMapper.shared().readTree(text).path("$id");
                if (id.isString()) {
                    byId.put(id.asString(), text);
                }
            }
        }
        String wanted = byId.keySet().stream()
                .filter(id -> id.endsWith("/" + name + "-event"))
                .findFirst()
                .orElseThrow();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(byId))
                .getSchema(SchemaLocation.of(wanted));
    }

    private static JsonNode read(CiEvent event) {
        JsonNode json = JsonMapper.shared().readTree(event.json());
        assertThat(json.at("/context/id").asString()).isEqualTo(event.id());
        assertThat(json.at("/context/type").asString()).isEqualTo(event.type());
        assertThat(json.at("/context/source").asString())
                .isEqualTo(event.source().toString());
        return json;
    }
}
