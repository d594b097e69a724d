package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.demo.StubGateway.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiClientTest {
    private static final ClientLimits QUICK =
            new ClientLimits(3, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(20));
    private static final CiEvent EVENT =
            new CiEvent("id-1", URI.create("/ci/hello"), "dev.cdevents.artifact.published.0.3.0", "{\"a\":1}");

    @TempDir
    Path folder;

    @Test
    void an_event_is_published_in_binary_mode() throws IOException {
        try (StubGateway gateway = new StubGateway(_ -> new Answer(202, ""));
                CiClient client = new CiClient(gateway.uri(), "publisher-token", QUICK)) {
            client.publish(EVENT);

            StubGateway.Asked asked = gateway.asked.getFirst();
            assertThat(asked.line()).isEqualTo("POST /api/v1/events");
            assertThat(asked.body()).isEqualTo("{\"a\":1}");
            assertThat(asked.header("ce-specversion")).isEqualTo("1.0");
            assertThat(asked.header("ce-id")).isEqualTo("id-1");
            assertThat(asked.header("ce-source")).isEqualTo("/ci/hello");
            assertThat(asked.header("ce-type")).isEqualTo("dev.cdevents.artifact.published.0.3.0");
            assertThat(asked.header("Content-Type")).isEqualTo("application/json");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer publisher-token");
            assertThat(asked.header("Idempotency-Key")).isEqualTo("id-1");
        }
    }

    @Test
    void a_busy_gateway_is_asked_again_with_the_same_key() throws IOException {
        Answer busy = new Answer(503, "", Map.of("Retry-After", "1"));
        try (StubGateway gateway = new StubGateway(n -> n < 3 ? busy : new Answer(202, ""));
                CiClient client = new CiClient(gateway.uri(), "token", QUICK)) {
            client.publish(EVENT);

            assertThat(gateway.asked)
                    .hasSize(3)
                    .allSatisfy(
                            asked -> assertThat(asked.header("Idempotency-Key")).isEqualTo("id-1"));
        }
    }

    @Test
    void a_gateway_that_stays_busy_is_given_up_and_a_later_try_may_help() throws IOException {
        try (StubGateway gateway = new StubGateway(_ -> new Answer(503, "{\"detail\":\"the broker is away\"}"));
                CiClient client = new CiClient(gateway.uri(), "token", QUICK)) {
            assertThatThrownBy(() -> client.publish(EVENT))
                    .isInstanceOfSatisfying(GatewayRefused.class, refused -> {
                        assertThat(refused.retryHelps()).isTrue();
                        assertThat(refused.status()).isEqualTo(503);
                    })
                    .hasMessageContaining("the broker is away");
            assertThat(gateway.asked).hasSize(3);
        }
    }

    @Test
    void a_refusal_is_not_repeated_and_says_what_the_gateway_said() throws IOException {
        String problem = "{\"title\":\"Forbidden\",\"detail\":\"the role publisher is needed\"}";
        try (StubGateway gateway = new StubGateway(_ -> new Answer(403, problem));
                CiClient client = new CiClient(gateway.uri(), "token", QUICK)) {
            assertThatThrownBy(() -> client.publish(EVENT))
                    .isInstanceOfSatisfying(
                            GatewayRefused.class,
                            refused -> assertThat(refused.retryHelps()).isFalse())
                    .hasMessage("POST /api/v1/events: 403 the role publisher is needed");
            assertThat(gateway.asked).hasSize(1);
        }
    }

    @Test
    void a_gateway_that_is_not_there_is_named() throws IOException {
        URI nobody;
        try (StubGateway gone = new StubGateway(_ -> new Answer(202, ""))) {
            nobody = gone.uri();
        }
        try (CiClient client = new CiClient(nobody, "token", QUICK)) {
            assertThatThrownBy(() -> client.publish(EVENT))
                    .isInstanceOfSatisfying(
                            GatewayRefused.class,
                            refused -> assertThat(refused.status()).isEqualTo(GatewayRefused.UNREACHABLE))
                    .hasMessageContaining(nobody.toString());
        }
    }

    @Test
    void where_one_gateway_is_away_the_next_is_told_at_once() throws IOException {
        URI nobody;
        try (StubGateway gone = new StubGateway(_ -> new Answer(202, ""))) {
            nobody = gone.uri();
        }
        ClientLimits once = new ClientLimits(1, Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(1));
        try (StubGateway gateway = new StubGateway(_ -> new Answer(202, ""));
                CiClient client = new CiClient(List.of(nobody, gateway.uri()), "token", once)) {
            client.publish(EVENT);

            assertThat(gateway.asked)
                    .singleElement()
                    .satisfies(
                            asked -> assertThat(asked.header("Idempotency-Key")).isEqualTo("id-1"));
        }
    }

    @Test
    void each_report_is_handed_in_for_itself() throws IOException {
        Path one = Files.writeString(folder.resolve("TEST-one.xml"), "<testsuite name='one'/>");
        Path two = Files.writeString(folder.resolve("scan 1.sarif"), "{}");
        Path jar = folder.resolve("hello.jar");
        Build build = new Build(
                "1.0.0",
                "a".repeat(40),
                jar,
                jar.toUri(),
                "sha256:" + "0".repeat(64),
                List.of(new Report("junit", "unit", one, 0), new Report("sarif", null, two, null)),
                new CiRun("sample-ci/aaaa", 2));
        try (StubGateway gateway = new StubGateway(_ -> new Answer(201, "{}"));
                CiClient client = new CiClient(gateway.uri(), "token", QUICK)) {
            client.putEvidence("hello", build);

            assertThat(gateway.asked)
                    .extracting(StubGateway.Asked::body)
                    .containsExactly("<testsuite name='one'/>", "{}");
            String begins = "POST /api/v1/applications/hello/evidence?sha=" + "a".repeat(40);
            assertThat(gateway.asked)
                    .extracting(StubGateway.Asked::line)
                    .containsExactly(
                            begins + "&kind=junit&run=sample-ci%2Faaaa&attempt=2&file=TEST-one.xml&suite=unit&exit=0",
                            begins + "&kind=sarif&run=sample-ci%2Faaaa&attempt=2&file=scan%201.sarif");
            assertThat(gateway.asked)
                    .extracting(asked -> asked.header("Idempotency-Key"))
                    .doesNotHaveDuplicates()
                    .doesNotContainNull();
        }
    }

    @Test
    void a_policy_is_put_with_the_administrators_token() throws IOException {
        try (StubGateway gateway = new StubGateway(_ -> new Answer(201, "{}"));
                CiClient client = new CiClient(gateway.uri(), "publisher-token", QUICK)) {
            client.putPolicy("hello", "kind: ReleasePolicy\n", "admin-token");

            StubGateway.Asked asked = gateway.asked.getFirst();
            assertThat(asked.line()).isEqualTo("PUT /api/v1/applications/hello/policy");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer admin-token");
            assertThat(asked.header("Content-Type")).isEqualTo("application/yaml");
            assertThat(asked.body()).isEqualTo("kind: ReleasePolicy\n");
        }
    }
}
