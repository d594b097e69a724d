package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.platform.Pace;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** With the file that every service imports; by hand, because Boot's own test support turns export and tracing off. */
class ObservabilityIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final List<String> exported = new CopyOnWriteArrayList<>();
    private static HttpServer collector;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        application = application(Map.of(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                "management.opentelemetry.tracing.export.schedule-delay",
                "100ms"));
    }

    @AfterAll
    static void stop() {
        application.close();
        collector.stop(0);
    }

    private static ConfigurableApplicationContext application(Map<String, Object> more) {
        return new SpringApplicationBuilder(TestApplication.class)
                .properties(
                        "spring.config.import=classpath:dev/slipway/web/observability.yml",
                        "spring.application.name=things",
                        "management.endpoints.access.default=none",
                        "slipway.identity.public-key=file:" + TestIssuer.publicKeyFile(),
                        "spring.main.banner-mode=off",
                        "server.address=127.0.0.1",
                        "server.port=0")
                .properties(more)
                .run();
    }

    private static Asking get(String path) {
        int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return Asking.of(port, "GET", path);
    }

    @Test
    void metrics_need_a_token_of_a_viewer() {
        get("/actuator/prometheus").answer().problem(401, "no-identity");
        get("/actuator/prometheus").as(TestIssuer.token()).answer().problem(403, "insufficient-role");

        Asking.Answer answer =
                get("/actuator/prometheus").as(TestIssuer.token(Role.VIEWER)).answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).contains("jvm_memory_used_bytes", "http_server_requests_seconds");
    }

    /** As Prometheus 2.42 (Debian 12) asks, which knows exemplars only at counters and at buckets of histograms. */
    @Test
    void an_older_prometheus_reads_it_also_after_traces() {
        MeterRegistry meters = application.getBean(MeterRegistry.class);
        DistributionSummary sizes = DistributionSummary.builder("sizes").register(meters);
        Timer took = Timer.builder("took").register(meters);
        List<Timer> histograms = Stream.of(
                        "slipway.gateway.split", "slipway.release.time.in.state", "slipway.rollout.step.duration")
                .map(name -> Timer.builder(name).register(meters))
                .toList();
        Observation.createNotStarted("traced", application.getBean(ObservationRegistry.class))
                .observe(() -> {
                    sizes.record(1);
                    took.record(Duration.ofMillis(1));
                    histograms.forEach(each -> each.record(Duration.ofSeconds(40)));
                    meters.counter("counted").increment();
                });
        get("/things").as(TestIssuer.token(Role.VIEWER)).answer();

        Asking.Answer answer = get("/actuator/prometheus")
                .as(TestIssuer.token(Role.VIEWER))
                .header(
                        "Accept",
                        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/openmetrics-text;version=1.0.0");
        assertThat(answer.body().lines().filter(line -> line.contains(" # {")))
                .isNotEmpty()
                .allMatch(line -> line.matches("[a-z_]+(_total|_bucket)[{ ].*"));
        assertThat(answer.body().lines())
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_bucket{"))
                .anyMatch(line -> line.startsWith("slipway_gateway_split_seconds_bucket{le=\"0.25\"} 0"))
                .anyMatch(line -> line.startsWith("slipway_release_time_in_state_seconds_bucket{le=\"60.0\"} 1"))
                .anyMatch(line -> line.startsWith("slipway_rollout_step_duration_seconds_bucket{le=\"30.0\"} 0"));
    }

    @Test
    void nothing_else_of_the_actuator_is_opened() {
        for (String endpoint : List.of("env", "metrics", "beans", "threaddump", "loggers")) {
            get("/actuator/" + endpoint)
                    .as(TestIssuer.token(Role.ADMIN))
                    .answer()
                    .problem(403, "insufficient-role");
        }
    }

    @Test
    void a_request_s_span_is_exported_in_the_sender_s_trace_where_an_address_is_configured() {
        get("/things")
                .as(TestIssuer.token(Role.VIEWER))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .answer();

        String path = HexFormat.of().formatHex("http get /things".getBytes(StandardCharsets.UTF_8));
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .untilAsserted(() -> assertThat(exported)
                        .anySatisfy(request -> assertThat(request).contains(TRACE, "00f067aa0ba902b7", path)));
        assertThat(application.getBean(Tracer.class).currentSpan()).isNull();
    }

    @Test
    void without_an_address_nothing_is_exported() {
        try (ConfigurableApplicationContext quiet = application(Map.of())) {
            assertThat(quiet.getBeanDefinitionNames())
                    .noneMatch(bean -> bean.toLowerCase(java.util.Locale.ROOT).contains("otlphttpspanexporter"));
            assertThat(application.getBeanDefinitionNames())
                    .anyMatch(bean -> bean.toLowerCase(java.util.Locale.ROOT).contains("otlphttpspanexporter"));
        }
    }
}
