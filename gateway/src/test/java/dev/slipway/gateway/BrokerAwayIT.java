package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose broker is killed in the middle of a canary, and comes back. */
@Tag("thorough")
class BrokerAwayIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(20));
    private static final String OLD = "hello@1.0.0/production/1";

    @TempDir
    Path home;

    private final Backend baseline = Backend.answering(200, "old");
    private final Backend canary = Backend.answering(200, "new");

    @AfterEach
    void stop() {
        baseline.close();
        canary.close();
    }

    @Test
    void cut_off_it_serves_the_verified_version_refuses_events_with_a_time_and_recovers_by_itself() {
        try (BrokerProcess broker = new BrokerProcess(home)) {
            broker.start();
            try (KafkaProducer<String, String> producer = producer(broker);
                    RunningGateway gateway = gateway(broker);
                    LiveTable table = table(producer)) {
                await().atMost(SOON)
                        .until(() -> gateway.get("/actuator/health/readiness").statusCode() == 200);
                table.repeat(
                        7,
                        Assign.REQUEST,
                        OLD,
                        share("1.0.0", baseline.address(), 50),
                        share("1.1.0", canary.address(), 50));
                await().atMost(SOON).until(() -> versions(gateway, table).equals(Set.of("1.0.0", "1.1.0")));
                await().atMost(SOON).until(() -> event(gateway).statusCode() == 202);

                broker.kill();

                await().atMost(SOON).until(() -> versions(gateway, table).equals(Set.of("1.0.0")));
                HttpResponse<String> refused = event(gateway);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).contains("2");
                assertThat(refused.body()).contains("nothing was acknowledged");
                assertThat(gateway.counted("slipway.gateway.intake", "outcome", "unavailable"))
                        .isPositive();
                assertThat(versions(gateway, table)).containsExactly("1.0.0");
                assertThat(gateway.get("/actuator/health/readiness").statusCode())
                        .as("a gateway that is not ready would get no traffic")
                        .isEqualTo(200);

                broker.start();

                await().atMost(SOON).until(() -> event(gateway).statusCode() == 202);
                await().atMost(SOON).until(() -> versions(gateway, table).equals(Set.of("1.0.0", "1.1.0")));
            }
        }
    }

    @Test
    void one_that_starts_without_its_broker_serves_nothing_until_it_has_read_the_tables() {
        try (BrokerProcess broker = new BrokerProcess(home)) {
            broker.start();
            try (KafkaProducer<String, String> producer = producer(broker);
                    LiveTable table = heardOf(producer)) {
                table.once(3, java.time.Instant.now(), OLD, share("1.0.0", baseline.address(), 100));
                broker.kill();
                try (RunningGateway gateway = gateway(broker)) {
                    HttpResponse<String> early = gateway.get(table.path("/x"));
                    assertThat(early.statusCode()).isEqualTo(503);
                    assertThat(early.body()).contains("tables-unread");
                    assertThat(gateway.get("/actuator/health/readiness").statusCode())
                            .isEqualTo(503);

                    broker.start();

                    await().atMost(SOON).until(() -> versions(gateway, table).equals(Set.of("1.0.0")));
                    await().atMost(SOON)
                            .until(() ->
                                    gateway.get("/actuator/health/readiness").statusCode() == 200);
                }
            }
        }
    }

    private static RunningGateway gateway(BrokerProcess broker) {
        return RunningGateway.startOnly(
                "spring.kafka.bootstrap-servers=" + broker.kafka(),
                "slipway.live.stale-after=2s",
                "slipway.intake.block-max=1s",
                "slipway.intake.deliver-within=2s",
                "slipway.intake.request-within=1s");
    }

    private static KafkaProducer<String, String> producer(BrokerProcess broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.kafka(),
                "linger.ms", 0,
                "max.block.ms", 500,
                "request.timeout.ms", 500,
                "delivery.timeout.ms", 1000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** While the broker is away its records wait and arrive late, as they may. */
    private static LiveTable table(KafkaProducer<String, String> producer) {
        return new LiveTable((topic, key, type, json) -> {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, json);
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
            var _ = producer.send(record);
            producer.flush();
        });
    }

    /** What is said before the broker goes is there when it comes back, however busy the machine is. */
    private static LiveTable heardOf(KafkaProducer<String, String> producer) {
        return new LiveTable((topic, key, type, json) -> {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, json);
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> producer.send(record).get().hasOffset());
        });
    }

    private static HttpResponse<String> event(RunningGateway gateway) {
        String id = UUID.randomUUID().toString();
        String event = """
                {"context":{"specversion":"0.5.1","id":"%s","source":"/ci",
                  "type":"dev.cdevents.pipelinerun.finished.0.3.0","timestamp":"2026-01-31T10:00:00Z"},
                 "subject":{"id":"run","content":{"outcome":"success"}},
                 "customData":{"application":"hello","sha":"%s","check":"build"}}""".formatted(id, "a".repeat(40));
        return gateway.post("publisher", "/api/v1/events", "application/json", event);
    }

    private static Set<String> versions(RunningGateway gateway, LiveTable table) {
        Set<String> versions = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            versions.add(gateway.get(table.path("/x"))
                    .headers()
                    .firstValue("Slipway-Version")
                    .orElse("none"));
        }
        return versions;
    }
}
