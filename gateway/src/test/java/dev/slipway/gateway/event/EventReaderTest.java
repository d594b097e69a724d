package dev.slipway.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.gateway.event.EventRefused.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    private static final Path VECTORS = Path.of("../../shared/vectors/cdevents/conformance");
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String PUBLISHED = "dev.cdevents.artifact.published.0.3.0";
    private static final String FINISHED = "dev.cdevents.pipelinerun.finished.0.3.0";
    private static final String PROPOSAL = """
            {"application":"hello","version":"1.0.0","sha":"%s",
             "artifacts":[{"uri":"file:/tmp/hello.jar","digest":"sha256:%s"}]}""".formatted("a".repeat(40), "b".repeat(64));

    private final EventReader reader = new EventReader(new EventLimits(4096, 3));

    @Test
    void every_conformance_event_is_read_in_each_mode() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "the shared vectors are not here: " + VECTORS);
        try (Stream<Path> files = Files.list(VECTORS)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> {
                byte[] event = Files.readAllBytes(file);
                CiEvent bare = one("application/json", Map.of(), event);
                CiEvent binary = one("application/json", headers(bare.id(), bare.source(), bare.type()), event);
                CiEvent structured =
                        one(STRUCTURED, Map.of(), envelope(bare, new String(event, StandardCharsets.UTF_8)));

                assertThat(bare.type()).startsWith("dev.cdevents.");
                assertThat(bare.key()).isEqualTo(bare.source()).isNotBlank();
                assertThat(bare.body()).isEqualTo(event);
                assertThat(List.of(binary, structured))
                        .allSatisfy(same -> assertThat(same)
                                .extracting(CiEvent::id, CiEvent::source, CiEvent::type, CiEvent::key)
                                .containsExactly(bare.id(), bare.source(), bare.type(), bare.key()));
            });
        }
    }

    @Test
    void the_application_keeps_its_events_in_order() {
        assertThat(one("application/json", Map.of(), cdEvent(PUBLISHED, PROPOSAL))
                        .key())
                .isEqualTo("hello");
    }

    @Test
    void both_ways_to_write_the_version_of_cdevents_are_read() {
        for (String version :
                List.of("\"version\":\"0.4.1\"", "\"specversion\":\"0.5.1\"", "\"specversion\":\"0.6.0-draft\"")) {
            String event = new String(cdEvent(PUBLISHED, PROPOSAL), StandardCharsets.UTF_8)
                    .replace("\"specversion\":\"0.5.1\"", version);

            assertThat(one("application/json", Map.of(), bytes(event)).type()).isEqualTo(PUBLISHED);
        }
    }

    @Test
    void a_header_is_percent_decoded_and_unquoted() {
        Map<String, String> headers =
                Map.of("specversion", "1.0", "id", "%E2%82%AC+1", "source", "\"/ci\"", "type", "com.example.built");

        assertThat(one("application/json", headers, bytes("{}")))
                .extracting(CiEvent::id, CiEvent::source)
                .containsExactly("€+1", "/ci");
    }

    @Test
    void a_batch_is_read_in_order_and_base64_data_too() {
        String data = Base64.getEncoder().encodeToString(cdEvent(PUBLISHED, PROPOSAL));
        String first =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/ci\",\"type\":\"%s\",\"data_base64\":\"%s\"}"
                        .formatted(PUBLISHED, data);
        String second = "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/ci\",\"type\":\"com.example.built\","
                + "\"time\":\"2026-01-31T10:00:00+01:00\",\"data\":{\"a\":1}}";

        List<CiEvent> events = reader.read(BATCH, Map.of(), bytes("[" + first + "," + second + "]"));

        assertThat(events).extracting(CiEvent::id).containsExactly("1", "2");
        assertThat(events.getFirst().key()).isEqualTo("hello");
        assertThat(events.getLast().time()).isEqualTo(Instant.parse("2026-01-31T09:00:00Z"));
    }

    @Test
    void a_proposal_to_repair_a_release_is_marked() {
        String repair = PROPOSAL.replace("{\"application\"", "{\"fixes\":\"hello@0.9.0\",\"application\"");

        assertThat(one("application/json", Map.of(), cdEvent(PUBLISHED, repair)).repairs())
                .isTrue();
        assertThat(one("application/json", Map.of(), cdEvent(PUBLISHED, PROPOSAL))
                        .repairs())
                .isFalse();
    }

    @Test
    void customdata_of_others_is_taken_as_it_comes() {
        assertThat(one("application/json", Map.of(), cdEvent(PUBLISHED, "\"theirs\""))
                        .key())
                .isEqualTo("/ci");
        assertThat(one("application/json", Map.of(), cdEvent(FINISHED, "{\"stage\":3}"))
                        .key())
                .isEqualTo("/ci");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"application":"hello"}                                                                     | customData.version is missing
            {"application":"hello","version":"1.0","sha":"SHA","artifacts":[{"uri":"file:/x","digest":"DIGEST"}]} | SemVer
            {"application":"hello","version":"1.0.0","sha":"xyz","artifacts":[{"uri":"file:/x","digest":"DIGEST"}]} | sha is 40
            {"application":"hello","version":"1.0.0","sha":"SHA","artifacts":[]}                        | artifacts: 1 to 20
            {"application":"hello","version":"1.0.0","sha":"SHA","artifacts":[{"uri":"file:/x"}]}          | digest is missing
            {"application":"hello","version":"1.0.0","sha":"SHA","artifacts":[7]}                       | must be an object
            {"application":"Hello!","version":"1.0.0","sha":"SHA","artifacts":[{"uri":"file:/x","digest":"DIGEST"}]} | application name
            """)
    void a_broken_proposal_is_refused_with_what_is_wrong(String customData, String message) {
        String data = customData.replace("SHA", "a".repeat(40)).replace("DIGEST", "sha256:" + "b".repeat(64));

        refused("application/json", Map.of(), cdEvent(PUBLISHED, data), Why.MALFORMED, message);
    }

    @Test
    void a_broken_check_is_refused() {
        refused(
                "application/json",
                Map.of(),
                cdEvent(FINISHED, "{\"application\":\"hello\",\"sha\":\"" + "a".repeat(40) + "\"}"),
                Why.MALFORMED,
                "customData.check is missing");
    }

    @Test
    void what_is_not_json_or_has_no_envelope_is_refused() {
        refused("application/json", Map.of(), bytes("{\"a\":"), Why.MALFORMED, "not JSON");
        refused("application/json", Map.of(), bytes("{} {}"), Why.MALFORMED, "not JSON");
        refused("application/json", Map.of(), bytes("{\"a\":1,\"a\":2}"), Why.MALFORMED, "not JSON");
        refused("application/json", Map.of(), bytes(""), Why.MALFORMED, "empty");
        refused("application/json", Map.of(), bytes("{}"), Why.MALFORMED, "context");
        refused("application/json", Map.of(), bytes("[]"), Why.MALFORMED, "JSON object");
        refused(
                STRUCTURED,
                Map.of(),
                bytes("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/ci\"}"),
                Why.MALFORMED,
                "no type");
        refused("application/json", headers("", "/ci", "a.b"), bytes("{}"), Why.MALFORMED, "no id");
        refused("application/json", headers("1", "a b", "a.b"), bytes("{}"), Why.MALFORMED, "URI reference");
        refused(
                "application/json",
                headers("1", "/ci", "dev.slipway.release.propose.v1"),
                bytes("{}"),
                Why.MALFORMED,
                "own");
        refused("application/json", headers("1", "/ci", PUBLISHED), bytes("{}"), Why.MALFORMED, "context is missing");
        refused("text/plain", Map.of(), bytes("x"), Why.UNSUPPORTED, "application/cloudevents+json");
    }

    @Test
    void too_large_and_too_many_are_refused() {
        byte[] large = bytes("{\"a\":\"" + "x".repeat(5000) + "\"}");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/ci\",\"type\":\"a.b\",\"data\":"
                + new String(large, StandardCharsets.UTF_8) + "}";

        refused("application/json", headers("1", "/ci", "a.b"), large, Why.TOO_LARGE, "4096");
        refused(BATCH, Map.of(), bytes("[" + event + "]"), Why.TOO_LARGE, "4096");
        refused(BATCH, Map.of(), bytes("[1,2,3,4]"), Why.MALFORMED, "at most 3");
    }

    private void refused(String contentType, Map<String, String> headers, byte[] body, Why why, String message) {
        assertThatThrownBy(() -> reader.read(contentType, headers, body))
                .isInstanceOfSatisfying(
                        EventRefused.class, refused -> assertThat(refused.why()).isEqualTo(why))
                .hasMessageContaining(message);
    }

    private CiEvent one(String contentType, Map<String, String> headers, byte[] body) {
        List<CiEvent> events = reader.read(contentType, headers, body);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static Map<String, String> headers(String id, String source, String type) {
        return Map.of("specversion", "1.0", "id", id, "source", source, "type", type);
    }

    private static byte[] envelope(CiEvent event, String data) {
        return bytes("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"%s\",\"type\":\"%s\",\"data\":%s}"
                .formatted(event.id(), event.source(), event.type(), data));
    }

    private static byte[] cdEvent(String type, String customData) {
        return bytes("""
                {"context":{"specversion":"0.5.1","id":"17","source":"/ci","type":"%s","timestamp":"2026-01-31T10:00:00Z"},
                 "subject":{"id":"pkg:generic/hello@1.0.0","content":{}},"customData":%s}""".formatted(type, customData));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
