package dev.slipway.notification;

import static dev.slipway.contracts.release.Milestone.Kind.APPROVAL_ASKED;
import static dev.slipway.contracts.release.Milestone.Kind.PROPOSED;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLED_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_BACK;
import static dev.slipway.contracts.release.Milestone.Kind.ROLLING_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class NotificationIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM =
            PlatformExtension.withTopics(Topics.RELEASE_EVENTS, Topics.NOTIFICATION_EVENTS);

    @TempDir
    static Path folder;

    @Autowired
    @SuppressWarnings("NullAway.Init") // set by Spring
    private Aggregates<ConversationState, ConversationInput> conversations;

    private long version;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) throws IOException, NoSuchAlgorithmException {
        PlatformExtension.properties(registry);
        Path key = folder.resolve("issuer.pub.pem");
        byte[] encoded = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        Files.writeString(
                key,
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END PUBLIC KEY-----\n");
        registry.add("slipway.identity.public-key", () -> key.toUri().toString());
        registry.add("slipway.slack.url", () -> PlatformExtension.slackUrl() + "/api");
        registry.add("slipway.slack.token", () -> "xoxb-test");
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", PlatformExtension::smtpPort);
    }

    @Test
    void a_rolled_back_release_reaches_every_contact_once_over_each_channel() {
        tell(Statuses.status(ReleasePhase.AWAITING_APPROVAL, PROPOSED, APPROVAL_ASKED));
        tell(Statuses.status(ReleasePhase.ROLLING_OUT, PROPOSED, APPROVAL_ASKED, ROLLING_OUT));
        ReleaseStatus bad =
                Statuses.status(ReleasePhase.ROLLING_BACK, PROPOSED, APPROVAL_ASKED, ROLLING_OUT, ROLLING_BACK);
        tell(bad);
        sendAgain(bad);
        tell(Statuses.status(
                ReleasePhase.ROLLED_BACK, PROPOSED, APPROVAL_ASKED, ROLLING_OUT, ROLLING_BACK, ROLLED_BACK));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode inbox = inbox();
            assertThat(mailsTo(inbox, "support@example.test")).hasSize(2);
            assertThat(mailsTo(inbox, "ada@example.test")).hasSize(3);
            assertThat(mailsTo(inbox, "ben@example.test")).hasSize(3);
            assertThat(slackIn(inbox, "#hello")).hasSize(4);
            assertThat(slackIn(inbox, "#ops")).hasSize(4);
        });
        JsonNode inbox = inbox();
        List<JsonNode> hello = slackIn(inbox, "#hello");
        assertThat(hello.getFirst().path("text").asString())
                .as("the card shows the present state")
                .contains("rolled back");
        assertThat(hello.subList(1, 4))
                .as("alerts are replies in the card's thread")
                .allSatisfy(reply -> assertThat(reply.path("threadTs").asString())
                        .isEqualTo(hello.getFirst().path("ts").asString()));
        assertThat(mailsTo(inbox, "support@example.test")
                        .getFirst()
                        .path("text")
                        .asString())
                .contains("29.8 %", "0.4 %", "1.0.0");
        awaitStatusOfAll();
        awaitAllFinished();
    }

    /** Every conversation has told the release up to its last milestone. */
    private void awaitStatusOfAll() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        PlatformExtension.kafka(),
                        "group.id",
                        "it",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.NOTIFICATION_EVENTS));
            Set<String> told = new java.util.HashSet<>();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(line -> {
                    DeliveryStatus status = WireJson.mapper().readValue(line.value(), DeliveryStatus.class);
                    if (status.plannedUpTo() == 5) {
                        told.add(status.channel() + status.address());
                    }
                });
                assertThat(told).hasSize(5);
            });
        }
    }

    private void awaitAllFinished() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Party.of(Statuses.CONTACTS))
                        .allSatisfy(
                                party -> assertThat(conversations.find(ConversationState.id(Statuses.RELEASE, party)))
                                        .hasValueSatisfying(found ->
                                                assertThat(found.finished()).isTrue())));
    }

    private void tell(ReleaseStatus status) {
        version++;
        sendAgain(status);
    }

    private void sendAgain(ReleaseStatus status) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", PlatformExtension.kafka());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    Topics.RELEASE_EVENTS, Statuses.RELEASE, WireJson.mapper().writeValueAsBytes(status));
            Map.of(
                            "ce_specversion",
                            "1.0",
                            "ce_id",
                            Statuses.RELEASE + "#" + version,
                            "ce_source",
                            "release-service/release/" + Statuses.RELEASE,
                            "ce_type",
                            ReleaseTypes.RELEASE_STATUS,
                            "ce_time",
                            "2026-05-04T10:00:00Z",
                            "ce_correlationid",
                            Statuses.RELEASE,
                            "ce_sourceversion",
                            Long.toString(version))
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | InterruptedException notSent) {
            throw new IllegalStateException(notSent);
        }
    }

    private static JsonNode inbox() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(PlatformExtension.slackUrl() + "/inbox");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return WireJson.mapper().readTree(answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<JsonNode> mailsTo(JsonNode inbox, String address) {
        return inbox.path("email")
                .valueStream()
                .filter(mail -> mail.path("to").toString().contains(address))
                .toList();
    }

    private static List<JsonNode> slackIn(JsonNode inbox, String channel) {
        return inbox.path("slack")
                .valueStream()
                .filter(message -> message.path("channel").asString().equals(channel))
                .toList();
    }
}
