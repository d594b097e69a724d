package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** README shows the events that matter; {@link FirstReleaseIT} sends them as they stand there. */
final class ReadmeEventsTest {
    private static JsonNode body(String line) {
        String typed = line.substring(line.indexOf(" -d '") + " -d '".length(), line.lastIndexOf('\''));
        return JsonMapper.shared()
                .readTree(typed.replace("'$sha'", "1".repeat(40))
                        .replace("'$digest'", "a".repeat(64))
                        .replace("'$PWD'", "/home/ada/shop"));
    }

    @Test
    void the_four_events_of_a_ci_stand_there_as_curl_lines() throws IOException {
        List<JsonNode> events = Transcript.of(Path.of("..", "..", "README.md"), "events").stream()
                .filter(line -> line.startsWith("curl "))
                .map(ReadmeEventsTest::body)
                .toList();

        assertThat(events)
                .extracting(event -> event.at("/context/type").asString().replaceFirst("(\\.\\d+){3}$", ""))
                .containsExactly(
                        "dev.cdevents.pipelinerun.finished",
                        "dev.cdevents.artifact.published",
                        "dev.cdevents.change.merged",
                        "dev.cdevents.branch.created");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/customData/application").asString()).isEqualTo("shop");
            assertThat(event.at("/customData/sha").asString()).hasSize(40);
        });
    }
}
