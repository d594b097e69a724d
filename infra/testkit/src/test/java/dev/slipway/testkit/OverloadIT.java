package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoSecurityException;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.MessagingAutoConfiguration;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Routes;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import dev.slipway.testkit.Kettle.Input.Pour;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A receiver with a backlog, and a store that refuses: on the real broker and store. */
final class OverloadIT {
    @RegisterExtension
    static final PlatformExtension platform =
            PlatformExtension.withTopics("load.events", "load.commands", "load.judgements", "tea.events");

    private static final String FILL = "dev.tea.fill.v1";
    private static final String POUR = "dev.tea.pour.v1";
    private static final String JUDGE = "dev.tea.judge.v1";
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        MongoAutoConfiguration.class,
        DataMongoAutoConfiguration.class,
        MessagingAutoConfiguration.class
    })
    static class BusyService {
        final CountDownLatch free = new CountDownLatch(1);
        final AtomicInteger heard = new AtomicInteger();

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Aggregates<Kettle, Input> kettles(Recipe recipe) {
            Aggregates<Kettle, Input> kettles = recipe.aggregates(
                            "kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                    .task("boil", Kettle.Boil.class, (run, _) -> new Boiled(run.fence()))
                    .build();
            recipe.local(Routes.builder()
                    .on("dev.tea.poured.v1", Kettle.Poured2.class, (_, _) -> {})
                    .build());
            Routes commands = Routes.builder()
                    .on(FILL, Fill.class, (inbound, fill) -> {
                        hold();
                        kettles.submit(inbound.key(), fill, inbound.cause());
                    })
                    .on(POUR, Pour.class, (inbound, pour) -> {
                        hold();
                        kettles.submit(inbound.key(), pour, inbound.cause());
                    })
                    .build();
            Routes judgements =
                    Routes.builder().on(JUDGE, String.class, (_, _) -> hold()).build();
            Routes people = Routes.builder()
                    .on(POUR, Pour.class, (inbound, pour) -> kettles.submit(inbound.key(), pour, inbound.cause()))
                    .ahead();
            recipe.listen("load", commands, "load.commands");
            recipe.listen("load.judgements", judgements, "load.judgements");
            recipe.listenAhead("load.people", people, "load.commands");
            return kettles;
        }

        /** On a machine that is too busy, nothing but what people say gets done. */
        private void hold() {
            try {
                free.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            heard.incrementAndGet();
        }
    }

    @Test
    void an_abort_is_heard_within_30_s_whatever_waits_before_it() {
        try (ConfigurableApplicationContext context =
                service(BusyService.class, PlatformExtension.mongodb(PlatformExtension.freshDatabase()))) {
            BusyService service = context.getBean(BusyService.class);
            Aggregates<Kettle, Input> kettles = kettles(context);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            send("load.commands", "k0", POUR, "{\"to\":\"k9\"}", 1);
            await("it listens").atMost(PATIENCE).until(() -> kettles.find("k0").isPresent());
            send("load.judgements", "k1", JUDGE, "\"j\"", 525);
            send("load.commands", "k1", FILL, "{\"degrees\":20}", 35);
            send("load.commands", "k1", POUR, "{\"to\":\"k9\"}", 40);

            await().atMost(HEARD_WITHIN)
                    .untilAsserted(() -> assertThat(kettles.find("k1"))
                            .hasValueSatisfying(
                                    found -> assertThat(found.finished()).isTrue()));
            assertThat(service.heard).as("of what waits elsewhere").hasValue(0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gauge(meters, "behind", "load.judgements"))
                            .isGreaterThan(1));
            assertThat(gauge(meters, "lag", "load.judgements")).isPositive();
            assertThat(gauge(meters, "lag", "load.people")).isZero();
            assertThat(kettles.journal("k1")).as("40 aborts are one write").hasSize(1);

            service.free.countDown();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(service.heard).hasValue(601));
            assertThat(kettles.find("k1").orElseThrow().state()).isEqualTo(new Kettle.Poured("k1"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gauge(meters, "lag", "load.judgements")).isZero());
        }
    }

    private static double gauge(MeterRegistry meters, String what, String group) {
        return meters.get("slipway.listener." + what)
                .tag("group", group)
                .gauge()
                .value();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        MongoAutoConfiguration.class,
        DataMongoAutoConfiguration.class,
        MessagingAutoConfiguration.class
    })
    static class EventService {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Aggregates<Kettle, Input> kettles(Recipe recipe) {
            Aggregates<Kettle, Input> kettles = recipe.aggregates(
                            "kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                    .task("boil", Kettle.Boil.class, (run, _) -> new Boiled(run.fence()))
                    .build();
            Routes events = Routes.builder()
                    .on(FILL, Fill.class, (inbound, fill) -> kettles.submit(inbound.key(), fill, inbound.cause()))
                    .build();
            recipe.listen("events", events, "load.events");
            return kettles;
        }
    }

    @Test
    void a_refused_password_makes_no_dead_letter_and_readiness_red_and_the_event_is_heard_with_the_right_one() {
        String database = PlatformExtension.freshDatabase();
        String right = PlatformExtension.mongodb(database);
        String refused = right.replace("mongodb://", "mongodb://slipway:old-password@");
        send("load.events", "e1", FILL, "{\"degrees\":20}", 1);

        try (ConfigurableApplicationContext context = service(EventService.class, refused)) {
            HealthIndicator health = context.getBean(HealthIndicator.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    Objects.requireNonNull(health.health()).getDetails())
                            .extractingByKey("reason")
                            .asString()
                            .contains("same record")
                            .doesNotContain("old-password"));
            assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.DOWN);
            assertThat(kettles(context))
                    .satisfies(kettles -> assertThatThrownBy(() -> kettles.find("e1"))
                            .hasRootCauseInstanceOf(com.mongodb.MongoCommandException.class)
                            .hasStackTraceContaining(MongoSecurityException.class.getName()));
            assertThat(context.getBean(MeterRegistry.class)
                            .find("slipway.dead.letters")
                            .counters())
                    .allSatisfy(letters -> assertThat(letters.count()).isZero());
        }
        try (ConfigurableApplicationContext context = service(EventService.class, right)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(kettles(context).find("e1")).isPresent());
        }
    }

    private static ConfigurableApplicationContext service(Class<?> configuration, String mongodb) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "slipway.messaging.service", "tea",
                        "slipway.messaging.troubled-unready-after", "1s",
                        "slipway.messaging.unready-after", "10m",
                        "spring.kafka.bootstrap-servers", PlatformExtension.kafka(),
                        "spring.mongodb.uri", mongodb))
                .run();
    }

    @SuppressWarnings("unchecked") // the only bean of this type
    private static Aggregates<Kettle, Input> kettles(ConfigurableApplicationContext context) {
        return context.getBean(Aggregates.class);
    }

    private static void send(String topic, String key, String type, String body, int times) {
        Map<String, Object> properties = Map.of("bootstrap.servers", PlatformExtension.kafka(), "linger.ms", 5);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < times; i++) {
                ProducerRecord<String, String> sent = new ProducerRecord<>(topic, key, body);
                for (var header : List.of(
                        Map.entry("ce_id", "id-" + i),
                        Map.entry("ce_source", "other/pot/p"),
                        Map.entry("ce_type", type))) {
                    sent.headers().add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
                }
                var acknowledged = producer.send(sent);
                if (i == times - 1) {
                    acknowledged.get(Pace.seconds(10), TimeUnit.SECONDS);
                }
            }
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
