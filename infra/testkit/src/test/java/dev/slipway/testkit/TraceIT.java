package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Routes;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import dev.slipway.testkit.Kettle.Status;
import dev.slipway.web.AccessRules;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One trace from an HTTP request through the store, a task and Kafka to whoever hears of it. */
final class TraceIT {
    @RegisterExtension
    static final PlatformExtension platform = PlatformExtension.withTopics("tea.events", "tea.commands");

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext context;

    /** What somebody saw of the trace: in the hop's traceparent, and in the log's context. */
    record Seen(
            String who,
            @Nullable String traceparent,
            @Nullable String logged,
            @Nullable String release) {
        static Seen by(String who, @Nullable String traceparent) {
            return new Seen(who, traceparent, MDC.get("traceId"), MDC.get("release"));
        }

        String part(int number) {
            return Objects.requireNonNull(traceparent).split("-")[number];
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TeaService {
        final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

        @Bean
        Aggregates<Kettle, Input> kettles(Recipe recipe) {
            Routes statuses = Routes.builder()
                    .on("dev.tea.status.v1", Status.class, (inbound, status) -> {
                        if (inbound.key().equals("traced")) {
                            seen.add(Seen.by(status.phase(), inbound.traceparent()));
                        }
                    })
                    .build();
            recipe.listen("trace", statuses, "tea.events");
            return recipe.aggregates("kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                    .onTimer(Input.TimedOut::new)
                    .task("boil", Kettle.Boil.class, (run, _) -> {
                        if (run.aggregateId().equals("traced")) {
                            seen.add(Seen.by("task", run.traceparent()));
                        }
                        return new Boiled(run.fence());
                    })
                    .build();
        }

        @Bean
        Filling filling(Aggregates<Kettle, Input> kettles) {
            return new Filling(kettles);
        }

        @Bean
        AccessRules accessRules() {
            return requests ->
                    requests.requestMatchers(HttpMethod.POST, "/kettles/**").permitAll();
        }
    }

    /** Knows nothing of traces, as the services' controllers. */
    @RestController
    static class Filling {
        private final Aggregates<Kettle, Input> kettles;

        Filling(Aggregates<Kettle, Input> kettles) {
            this.kettles = kettles;
        }

        @PostMapping("/kettles/{id}")
        void fill(@PathVariable String id) {
            kettles.submit(id, new Fill(20), Cause.of("user:ada@example.test"));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        byte[] key = keys.generateKeyPair().getPublic().getEncoded();
        Path pem = Files.writeString(
                folder.resolve("issuer.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
        context = new SpringApplicationBuilder(TeaService.class)
                .properties(Map.of(
                        "spring.config.import", "classpath:dev/slipway/web/observability.yml",
                        "spring.main.banner-mode", "off",
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "slipway.identity.public-key", pem.toUri().toString(),
                        "slipway.messaging.service", "tea",
                        "spring.kafka.bootstrap-servers", PlatformExtension.kafka(),
                        "spring.mongodb.uri", PlatformExtension.mongodb(PlatformExtension.freshDatabase())))
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void request_task_record_and_consumer_share_one_trace_and_each_hop_is_a_span_of_its_own() throws Exception {
        TeaService service = context.getBean(TeaService.class);

        assertThat(post("/kettles/traced")).isEqualTo(200);

        await().untilAsserted(() ->
                assertThat(service.seen).extracting(Seen::who).containsExactlyInAnyOrder("task", "heating", "hot"));
        List<Seen> seen = List.copyOf(service.seen);
        assertThat(seen).allSatisfy(each -> {
            assertThat(each.part(1)).isEqualTo(TRACE);
            assertThat(each.logged()).isEqualTo(TRACE);
            assertThat(each.release()).isEqualTo("traced");
        });
        assertThat(seen)
                .extracting(each -> each.part(2))
                .doesNotHaveDuplicates()
                .doesNotContain(SENDER);
    }

    @Test
    void the_recipe_s_metrics_are_those_that_the_readme_names() throws Exception {
        post("/kettles/measured");

        PrometheusMeterRegistry prometheus = (PrometheusMeterRegistry) context.getBean(MeterRegistry.class);

        await().untilAsserted(() -> assertThat(prometheus.scrape())
                .contains(
                        "slipway_outbox_age_seconds",
                        "slipway_outbox_pending",
                        "slipway_inputs_total{kind=\"kettle\",outcome=\"changed\"}",
                        "slipway_conflicts_total{kind=\"kettle\"}",
                        "slipway_timers_late_seconds_count",
                        "slipway_tasks_running{aggregate=\"kettle\",kind=\"boil\"}",
                        "slipway_listener_lag{group=\"trace\",topics=\"tea.events\"}"));
    }

    private static int post(String path) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("traceparent", "00-" + TRACE + "-" + SENDER + "-01")
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
