package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.MessagingAutoConfiguration;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MongoStore;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Routes;
import dev.slipway.messaging.StoredAggregate;
import dev.slipway.messaging.StoredAggregate.Outgoing;
import dev.slipway.messaging.TryAgain;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Kettle.Hot;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Ask;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import dev.slipway.testkit.Kettle.Input.Pour;
import dev.slipway.testkit.Kettle.Poured2;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.node.ObjectNode;

/** The recipe as a service runs it: Spring, the real broker, the real store. */
final class MessagingIT {
    @RegisterExtension
    static final PlatformExtension platform =
            PlatformExtension.withTopics("tea.events", "tea.commands", "tea.poison", "tea.slow", "tea.fatal");

    private static final Cause ADA = Cause.of("user:ada@example.test");
    private static final String DATABASE = PlatformExtension.freshDatabase();
    private static ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        MongoAutoConfiguration.class,
        DataMongoAutoConfiguration.class,
        MessagingAutoConfiguration.class
    })
    static class TeaService {
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final AtomicInteger trouble = new AtomicInteger();

        @Bean
        Aggregates<Kettle, Input> kettles(Recipe recipe) {
            Aggregates<Kettle, Input> kettles = recipe.aggregates(
                            "kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                    .onTimer(Input.TimedOut::new)
                    .task("boil", Kettle.Boil.class, (run, _) -> new Boiled(run.fence()))
                    .build();
            Routes local = Routes.builder()
                    .on(
                            "dev.tea.poured.v1",
                            Poured2.class,
                            (inbound, body) -> kettles.submit(
                                    inbound.key(), new Fill(body.by().length()), inbound.cause()))
                    .build();
            recipe.local(local);
            recipe.listen("tea", fills(kettles), "tea.commands", "tea.poison");
            recipe.listen("slow", slow(), "tea.slow");
            return kettles;
        }

        private static Routes fills(Aggregates<Kettle, Input> kettles) {
            return Routes.builder()
                    .on(
                            "dev.tea.fill.v1",
                            Fill.class,
                            (inbound, fill) -> kettles.submit(inbound.key(), fill, inbound.cause()))
                    .build();
        }

        private Routes slow() {
            return Routes.builder()
                    .on("dev.tea.word.v1", String.class, (_, word) -> {
                        if (word.equals("second") && trouble.getAndIncrement() < 3) {
                            throw new TryAgain("not yet");
                        }
                        heard.add(word);
                    })
                    .build();
        }
    }

    @BeforeAll
    static void start() {
        context = service(TeaService.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static ConfigurableApplicationContext service(Class<?> configuration) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "slipway.messaging.service", "tea",
                        "spring.kafka.bootstrap-servers", PlatformExtension.kafka(),
                        "spring.mongodb.uri", PlatformExtension.mongodb(DATABASE)))
                .run();
    }

    @Test
    void a_command_becomes_state_a_task_a_status_and_in_the_end_a_finished_document() {
        send("tea.commands", "k1", "dev.tea.fill.v1", "{\"degrees\":20}");

        await().untilAsserted(() -> assertThat(kettles().find("k1"))
                .hasValueSatisfying(kettle -> assertThat(kettle.state()).isEqualTo(new Hot("k1", Map.of()))));
        kettles().submit("k1", new Pour("k9"), ADA);
        await().untilAsserted(() ->
                assertThat(kettles().find("k1").orElseThrow().finished()).isTrue());
        await().untilAsserted(() -> assertThat(kettles().find("k9")).isPresent()); // by a local message
        kettles().submit("k1", new Ask("ben"), ADA);

        // A newer status replaces an unsent older one and each may come twice: of all but the last none is promised.
        String last = "{\"phase\":\"Poured\"}";
        List<ConsumerRecord<String, String>> statuses =
                read("tea.events", "k1", found -> found.getLast().value().equals(last));
        assertThat(List.of("{\"phase\":\"heating\"}", "{\"phase\":\"hot\"}", "{\"phase\":\"poured\"}", last))
                .containsSubsequence(
                        statuses.stream().map(ConsumerRecord::value).distinct().toList());
        assertThat(statuses).allSatisfy(status -> {
            assertThat(header(status, "ce_source")).isEqualTo("tea/kettle/k1");
            assertThat(header(status, "ce_type")).isEqualTo("dev.tea.status.v1");
        });
        assertThat(statuses)
                .filteredOn(status -> status.value().equals("{\"phase\":\"heating\"}"))
                .allSatisfy(
                        heating -> assertThat(header(heating, "ce_causationid")).isEqualTo("id-k1"));
    }

    @Test
    void what_cannot_be_read_is_a_dead_letter_with_its_reason_and_holds_up_nothing() {
        send("tea.poison", "k2", "dev.tea.fill.v1", "not json");
        send("tea.poison", "k2", null, "{}");
        send("tea.poison", "k2", "dev.tea.unheard.v1", "{}");
        send("tea.poison", "k2", "dev.tea.fill.v1", "{\"degrees\":20}");

        await().untilAsserted(() -> assertThat(kettles().find("k2")).isPresent());
        List<ConsumerRecord<String, String>> letters = read("tea.poison-dlt", 2, "k2");

        assertThat(letters).extracting(ConsumerRecord::value).containsExactly("not json", "{}");
        assertThat(header(letters.getFirst(), "slipway_reason")).contains("not");
        assertThat(header(letters.getLast(), "slipway_reason")).contains("ce_type");
        assertThat(letters)
                .allSatisfy(letter -> assertThat(letter.headers().lastHeader("kafka_dlt-exception-stacktrace"))
                        .isNull());
    }

    @Test
    void transient_trouble_is_retried_in_order() {
        for (String word : List.of("first", "second", "third")) {
            send("tea.slow", "same", "dev.tea.word.v1", "\"" + word + "\"");
        }

        TeaService service = context.getBean(TeaService.class);
        await().untilAsserted(() -> assertThat(service.heard).containsExactly("first", "second", "third"));
        assertThat(service.trouble).hasValue(4); // three failures and the success
    }

    @Test
    void what_a_crashed_instance_left_is_published_by_the_sweep() {
        AggregateStore store = new MongoStore(context.getBean(MongoOperations.class), MessagingJson.mapper(), "kettle");
        Instant now = Instant.parse("2026-01-05T10:00:00Z");
        Outgoing unsent = new Outgoing("tea.events", "k3", Map.of("ce_id", "left"), "{}", "status", now);
        ObjectNode state = (ObjectNode) MessagingJson.mapper().readTree("{\"phase\":\"Cold\",\"id\":\"k3\"}");
        store.insert(new StoredAggregate(
                "k3",
                1,
                state,
                List.of(),
                new TreeMap<>(Map.of("0000000001-000", unsent)),
                Map.of(),
                Map.of(),
                false,
                now,
                now));

        assertThat(header(read("tea.events", 1, "k3").getFirst(), "ce_id")).isEqualTo("left");
        await().untilAsserted(() ->
                assertThat(store.live("k3").orElseThrow().outbox()).isEmpty());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        MongoAutoConfiguration.class,
        DataMongoAutoConfiguration.class,
        MessagingAutoConfiguration.class
    })
    static class FatalService {
        @Bean
        Routes dying(Recipe recipe) {
            Routes routes = Routes.builder()
                    .on("dev.tea.word.v1", String.class, (_, word) -> {
                        throw new StackOverflowError(word);
                    })
                    .build();
            recipe.listen("fatal", routes, "tea.fatal");
            return routes;
        }
    }

    @Test
    void a_consumer_that_died_makes_the_service_unready() {
        try (ConfigurableApplicationContext dying = service(FatalService.class)) {
            HealthIndicator health = dying.getBean(HealthIndicator.class);
            await().untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.UP));

            send("tea.fatal", "k", "dev.tea.word.v1", "\"x\"");

            await().untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.DOWN));
        }
    }

    private static @Nullable Status status(HealthIndicator indicator) {
        Health health = indicator.health();
        return health == null ? null : health.getStatus();
    }

    @SuppressWarnings("unchecked") // the only bean of this type
    private static Aggregates<Kettle, Input> kettles() {
        return context.getBean(Aggregates.class);
    }

    private static void send(String topic, String key, @Nullable String type, String body) {
        Map<String, Object> properties = Map.of("bootstrap.servers", PlatformExtension.kafka(), "linger.ms", 0);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> sent = new ProducerRecord<>(topic, key, body);
            Map<String, String> headers = new HashMap<>(Map.of("ce_id", "id-" + key, "ce_source", "other/pot/p"));
            if (type != null) {
                headers.put("ce_type", type);
            }
            headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(sent).get(Pace.seconds(10), TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** At least so many records with this key, in order. */
    private static List<ConsumerRecord<String, String>> read(String topic, int count, String key) {
        return read(topic, key, found -> found.size() >= count);
    }

    /** The records with this key, in order, until there are some that are enough. */
    private static List<ConsumerRecord<String, String>> read(
            String topic, String key, Predicate<List<ConsumerRecord<String, String>>> enough) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                PlatformExtension.kafka(),
                "group.id",
                "reader-" + topic + key,
                "auto.offset.reset",
                "earliest");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().pollInterval(Duration.ZERO)
                    .pollDelay(Duration.ZERO)
                    .pollInSameThread()
                    .atMost(Pace.patience(Duration.ofSeconds(40)))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                            if (record.key().equals(key)) {
                                found.add(record);
                            }
                        });
                        return !found.isEmpty() && enough.test(found);
                    });
        }
        return found;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
