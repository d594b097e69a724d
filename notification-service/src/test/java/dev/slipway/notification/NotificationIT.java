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
import dev.slipway.messaging.Aggregates;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Statuses;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
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
        Path key = ReleaseTopic.key(folder);
        registry.add("slipway.identity.public-key", () -> key.toUri().toString());
        registry.add("slipway.slack.url", () -> PlatformExtension.slackUrl() + "/api");
        registry.add("slipway.slack.token", () -> "xoxb-test");
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", PlatformExtension::smtpPort);
    }

    @Test
    void a_rolled_back_release_reaches_every_contact_once_over_each_channel() throws Exception {
        tell(Statuses.status(ReleasePhase.AWAITING_APPROVAL, PROPOSED, APPROVAL_ASKED));
        tell(Statuses.status(ReleasePhase.ROLLING_OUT, PROPOSED, APPROVAL_ASKED, ROLLING_OUT));
        ReleaseStatus bad =
                Statuses.status(ReleasePhase.ROLLING_BACK, PROPOSED, APPROVAL_ASKED, ROLLING_OUT, ROLLING_BACK);
        tell(bad);
        ReleaseTopic.say(bad, version);
        tell(Statuses.status(
                ReleasePhase.ROLLED_BACK, PROPOSED, APPROVAL_ASKED, ROLLING_OUT, ROLLING_BACK, ROLLED_BACK));

        await().atMost(Pace.patience(Duration.ofSeconds(30))).untilAsserted(() -> {
            JsonNode inbox = ReleaseTopic.inbox();
            assertThat(mailsTo(inbox, "support@example.test")).hasSize(2);
            assertThat(mailsTo(inbox, "ada@example.test")).hasSize(3);
            assertThat(mailsTo(inbox, "ben@example.test")).hasSize(3);
            assertThat(slackIn(inbox, "#hello")).hasSize(4);
            assertThat(slackIn(inbox, "#ops")).hasSize(4);
        });
        JsonNode inbox = ReleaseTopic.inbox();
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
            await().atMost(Pace.patience(Duration.ofSeconds(20))).untilAsserted(() -> {
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
        await().atMost(Pace.patience(Duration.ofSeconds(20)))
                .untilAsserted(() -> assertThat(Party.of(Statuses.CONTACTS))
                        .allSatisfy(
                                party -> assertThat(conversations.find(ConversationState.id(Statuses.RELEASE, party)))
                                        .hasValueSatisfying(found ->
                                                assertThat(found.finished()).isTrue())));
    }

    private void tell(ReleaseStatus status) throws Exception {
        version++;
        ReleaseTopic.say(status, version);
    }

    private static List<JsonNode> mailsTo(JsonNode inbox, String address) {
        return ReleaseTopic.mails(inbox, Statuses.RELEASE).stream()
                .filter(mail -> mail.path("to").toString().contains(address))
                .toList();
    }

    private static List<JsonNode> slackIn(JsonNode inbox, String channel) {
        return ReleaseTopic.slackIn(inbox, Statuses.RELEASE, channel);
    }
}
