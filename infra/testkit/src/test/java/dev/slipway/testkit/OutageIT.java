package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Platform;
import dev.slipway.platform.PlatformSettings;
import dev.slipway.platform.Ports;
import dev.slipway.platform.TopicSpec;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Cup;
import dev.slipway.testkit.Kettle.Input.Fill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;

/** Broker and store go away under a running service, and come back. */
final class OutageIT {
    private static final Cause ADA = Cause.of("user:ada@example.test");
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));

    @TempDir
    Path home;

    @Test
    void readiness_tells_of_an_outage_and_afterwards_all_goes_on_in_order() throws Exception {
        PlatformSettings settings = settings();
        Platform platform = Platform.start(settings);
        try (ConfigurableApplicationContext service = service(platform)) {
            HealthIndicator health = service.getBean(HealthIndicator.class);
            MessagingIT.TeaService tea = service.getBean(MessagingIT.TeaService.class);
            Aggregates<Kettle, Input> kettles = kettles(service);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.UP));
            tea.trouble.set(-1_000_000); // "second" fails until further notice
            send(platform.kafka(), "first", "second", "third");
            await().untilAsserted(() -> assertThat(tea.heard).containsExactly("first"));
            kettles.submit("k1", new Fill(20), ADA);

            platform.close();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.DOWN));
            assertThatThrownBy(() -> kettles.submit("k1", new Cup("ada", 1), ADA))
                    .isInstanceOf(DataAccessException.class);

            tea.trouble.set(3);
            platform = Platform.start(settings);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.UP));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(List.copyOf(tea.heard).stream().distinct())
                                    .containsExactly("first", "second", "third"));
            await().atMost(PATIENCE).untilAsserted(() -> kettles.submit("k2", new Fill(20), ADA));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(kettles.find("k1").orElseThrow().state()).isInstanceOf(Kettle.Hot.class));
        } finally {
            platform.close();
        }
    }

    private PlatformSettings settings() {
        List<TopicSpec> topics = new ArrayList<>();
        for (String name : List.of("tea.events", "tea.commands", "tea.poison", "tea.slow")) {
            topics.add(new TopicSpec(name, 1, false));
            topics.add(new TopicSpec(name + "-dlt", 1, false));
        }
        PlatformSettings some = PlatformSettings.in(home);
        List<Integer> ports = Ports.free(5);
        return new PlatformSettings(
                        home,
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        ports.get(3),
                        ports.get(4),
                        List.of(),
                        some.listening())
                .withTopics(topics);
    }

    private static ConfigurableApplicationContext service(Platform platform) {
        return new SpringApplicationBuilder(MessagingIT.TeaService.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "slipway.messaging.service", "tea",
                        "spring.kafka.bootstrap-servers", platform.kafka(),
                        "spring.mongodb.uri", platform.mongodb("tea")))
                .run();
    }

    private static Status status(HealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health()).getStatus();
    }

    @SuppressWarnings("unchecked") // the only bean of this type
    private static Aggregates<Kettle, Input> kettles(ConfigurableApplicationContext service) {
        return service.getBean(Aggregates.class);
    }

    private static void send(String kafka, String... words) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka, "linger.ms", 0);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String word : words) {
                ProducerRecord<String, String> sent = new ProducerRecord<>("tea.slow", "same", "\"" + word + "\"");
                Map.of("ce_id", word, "ce_source", "other/pot/p", "ce_type", "dev.tea.word.v1")
                        .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(sent).get(Pace.seconds(10), TimeUnit.SECONDS);
            }
        }
    }
}
