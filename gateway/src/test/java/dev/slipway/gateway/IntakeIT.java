package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.Topics;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IntakeIT {
    private static final String PATH = "/api/v1/events";
    private static final Path VECTORS = Path.of("../../shared/vectors/cdevents/conformance");
    private static final String PUBLISHED = "dev.cdevents.artifact.published.0.3.0";
    private static final int TRACE_CHARS = "00-".length() + 32;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("slipway.intake.retry-after=3s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_proposal_in_binary_mode_is_in_the_topic_once_it_is_answered() {
        String application = application();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        HttpResponse<String> answer = gateway.send(gateway.as("publisher", PATH)
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "event-1")
                .header("ce-source", "/ci/" + application)
                .header("ce-type", PUBLISHED)
                .header("ce-traceparent", trace)
                .header("Idempotency-Key", "event-1")
                .POST(BodyPublishers.ofString(proposal(application, "other-id"))));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("""
                        {"accepted":[{"id":"event-1","source":"/ci/%1$s","type":"%2$s",
                         "leadsTo":"A release of %1$s 1.0.0: ./slipway release list --application %1$s"}]}""".formatted(application, PUBLISHED)));
        ConsumerRecord<String, String> record = records(application).getFirst();
        assertThat(TestPlatform.header(record, "ce_id")).isEqualTo("event-1");
        assertThat(TestPlatform.header(record, "ce_source")).isEqualTo("/ci/" + application);
        assertThat(TestPlatform.header(record, "ce_type")).isEqualTo(PUBLISHED);
        assertThat(TestPlatform.header(record, "ce_publisher")).isEqualTo("ci@example.test");
        assertThat(TestPlatform.header(record, "ce_traceparent")).isEqualTo(trace);
        assertThat(TestPlatform.header(record, "ce_time")).isNotBlank();
        assertThat(record.value()).isEqualTo(proposal(application, "other-id"));
    }

    @Test
    void an_event_that_leads_to_nothing_says_so_with_what_release_service_knows_for_the_caller() {
        try (Backend release = Backend.answering(exchange -> Backend.answer(
                        exchange,
                        exchange.getRequestURI().getPath().contains("/known/") ? 200 : 404,
                        "{\"policy\": {\"checks\": [\"build\"]}}"));
                RunningGateway other = RunningGateway.start("slipway.routes.release=" + release.address())) {
            assertThat(leadsTo(other, check("known", "build"))).isEqualTo("It counts as check build of the commit.");
            assertThat(leadsTo(other, check("known", "biuld"))).contains("no check biuld. It asks for: build.");
            assertThat(leadsTo(other, check("nobody", "build"))).contains("no application nobody");
            assertThat(release.asked())
                    .allMatch(asked -> String.valueOf(asked.headers().getFirst("Authorization"))
                            .startsWith("Bearer "))
                    .extracting(asked -> asked.uri().getPath())
                    .containsExactly("/api/v1/applications/known/policy", "/api/v1/applications/nobody/policy");
        }
    }

    private static String leadsTo(RunningGateway gateway, String event) {
        HttpResponse<String> answer = gateway.post("publisher", PATH, "application/json", event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body())
                .path("accepted")
                .path(0)
                .path("leadsTo")
                .asString();
    }

    private static String check(String application, String name) {
        return """
                {"context":{"specversion":"0.5.1","id":"%s","source":"/ci","type":"dev.cdevents.pipelinerun.finished.0.3.0"},
                 "subject":{"id":"run","content":{"outcome":"success"}},
                 "customData":{"application":"%s","sha":"%s","check":"%s"}}""".formatted(UUID.randomUUID(), application, "a".repeat(40), name);
    }

    @Test
    void a_time_that_lies_after_the_arrival_counts_as_the_arrival() {
        String application = application();
        String ahead = proposal(application, "ahead")
                .replaceAll("\"timestamp\":\\s*\"[^\"]*\"", "\"timestamp\":\"2999-01-01T00:00:00Z\"");
        assertThat(ahead).contains("2999-01-01");

        assertThat(gateway.post("publisher", PATH, "application/json", ahead).statusCode())
                .isEqualTo(202);

        ConsumerRecord<String, String> record = records(application).getFirst();
        assertThat(Instant.parse(TestPlatform.header(record, "ce_time"))).isBeforeOrEqualTo(Instant.now());
        assertThat(record.value()).as("what CI said stays as it is").isEqualTo(ahead);
    }

    @Test
    void the_same_event_again_gets_the_same_answer() {
        String application = application();

        HttpResponse<String> first = gateway.post("publisher", PATH, "application/json", proposal(application, "e1"));
        HttpResponse<String> again = gateway.post("publisher", PATH, "application/json", proposal(application, "e1"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(records(application))
                .extracting(record -> TestPlatform.header(record, "ce_id"))
                .containsOnly("e1");
    }

    @Test
    void the_same_event_through_two_gateways_is_one_event_to_whoever_reads_the_topic() {
        String application = application();
        try (RunningGateway other = RunningGateway.start("slipway.gateway.id=gateway-2")) {
            HttpResponse<String> here =
                    gateway.post("publisher", PATH, "application/json", proposal(application, "e1"));
            HttpResponse<String> there = other.post("publisher", PATH, "application/json", proposal(application, "e1"));

            assertThat(List.of(here.statusCode(), there.statusCode())).containsOnly(202);
            assertThat(there.body()).isEqualTo(here.body());
        }
        List<ConsumerRecord<String, String>> records = records(application);
        assertThat(records).hasSize(2);
        for (String header : new String[] {"ce_id", "ce_source", "ce_type", "ce_publisher", "ce_time"}) {
            assertThat(records)
                    .extracting(record -> TestPlatform.header(record, header))
                    .containsOnly(TestPlatform.header(records.getFirst(), header));
        }
        assertThat(records).extracting(ConsumerRecord::value).containsOnly(proposal(application, "e1"));
        assertThat(records)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.getFirst().partition());
    }

    @Test
    void an_event_belongs_to_the_trace_of_its_request_unless_it_has_one_of_its_own() {
        String application = application();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        gateway.send(gateway.as("publisher", PATH)
                .header("Content-Type", "application/json")
                .header("traceparent", trace)
                .POST(BodyPublishers.ofString(proposal(application, "e1"))));
        gateway.post("publisher", PATH, "application/json", proposal(application, "e2"));

        List<ConsumerRecord<String, String>> records = records(application);
        assertThat(TestPlatform.header(records.get(0), "ce_traceparent"))
                .as("no span of the gateway's is sent anywhere, so there is none")
                .isEqualTo(trace);
        assertThat(TestPlatform.header(records.get(1), "ce_traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Test
    void where_spans_are_exported_the_event_goes_on_with_the_gateway_s_own_span() {
        String application = application();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (RunningGateway traced = RunningGateway.start(
                "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces")) {
            traced.send(traced.as("publisher", PATH)
                    .header("Content-Type", "application/json")
                    .header("traceparent", trace)
                    .POST(BodyPublishers.ofString(proposal(application, "e1"))));
            assertThat(traced.counted("http.server.requests", "uri", PATH, "status", "202"))
                    .isEqualTo(1);
        }

        assertThat(TestPlatform.header(records(application).getFirst(), "ce_traceparent"))
                .startsWith(trace.substring(0, TRACE_CHARS))
                .isNotEqualTo(trace);
    }

    @Test
    void its_requests_are_timed_as_those_of_every_other_path_are() {
        String[] taken = tags("202", "SUCCESS");
        String[] refused = tags("400", "CLIENT_ERROR");
        String[] strangers = tags("401", "CLIENT_ERROR");
        double takenBefore = gateway.counted("http.server.requests", taken);
        double refusedBefore = gateway.counted("http.server.requests", refused);
        double strangersBefore = gateway.counted("http.server.requests", strangers);

        gateway.post("publisher", PATH, "application/json", proposal(application(), "e1"));
        gateway.post("publisher", PATH, "application/json", "{");
        gateway.send(gateway.request(PATH).POST(BodyPublishers.ofString("{}")));

        // the time is taken once the answer is out
        await().atMost(Pace.patience(Duration.ofSeconds(10))).untilAsserted(() -> {
            assertThat(gateway.counted("http.server.requests", taken)).isEqualTo(takenBefore + 1);
            assertThat(gateway.counted("http.server.requests", refused)).isEqualTo(refusedBefore + 1);
            assertThat(gateway.counted("http.server.requests", strangers)).isEqualTo(strangersBefore + 1);
        });
    }

    private static String[] tags(String status, String outcome) {
        return new String[] {
            "uri", PATH, "method", "POST", "status", status, "outcome", outcome, "error", "none", "exception", "none"
        };
    }

    @Test
    void an_answer_is_sent_in_one_piece_with_its_length() {
        HttpResponse<String> answer =
                gateway.post("publisher", PATH, "application/json", proposal(application(), "e1"));

        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length());
        assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void what_is_taken_and_what_is_refused_is_counted() {
        double accepted = gateway.counted("slipway.gateway.intake", "outcome", "accepted");
        double refused = gateway.counted("slipway.gateway.intake", "outcome", "refused");
        double events = gateway.counted("slipway.gateway.intake.events");
        String application = application();
        String batch = "[" + envelope("b1", application) + "," + envelope("b2", application) + "]";

        gateway.post("publisher", PATH, "application/cloudevents-batch+json", batch);
        gateway.post("publisher", PATH, "application/json", "{");

        assertThat(gateway.counted("slipway.gateway.intake", "outcome", "accepted"))
                .isEqualTo(accepted + 1);
        assertThat(gateway.counted("slipway.gateway.intake", "outcome", "refused"))
                .isEqualTo(refused + 1);
        assertThat(gateway.counted("slipway.gateway.intake.events")).isEqualTo(events + 2);
    }

    @Test
    void structured_and_batch_mode_are_taken_and_a_batch_keeps_its_order() {
        String application = application();
        String one = envelope("s1", application);
        String batch = "[" + envelope("b1", application) + "," + envelope("b2", application) + "]";

        assertThat(gateway.post("publisher", PATH, "application/cloudevents+json; charset=utf-8", one)
                        .statusCode())
                .isEqualTo(202);
        HttpResponse<String> answer = gateway.post("publisher", PATH, "application/cloudevents-batch+json", batch);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body())
                        .path("accepted")
                        .valueStream()
                        .map(event -> event.path("id").asString()))
                .containsExactly("b1", "b2");
        assertThat(records(application))
                .extracting(record -> TestPlatform.header(record, "ce_id"))
                .containsExactly("s1", "b1", "b2");
    }

    @Test
    void every_conformance_event_is_taken() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "the shared vectors are not here: " + VECTORS);
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.toList()) {
                String event = Files.readString(file);
                HttpResponse<String> answer = gateway.post("publisher", PATH, "application/json", event);
                assertThat(answer.statusCode()).as(file.toString()).isEqualTo(202);
            }
        }
    }

    @Test
    void what_is_not_an_event_changes_nothing_and_says_why() {
        String application = application();
        String broken = proposal(application, "e1").replace("\"version\":\"1.0.0\"", "\"version\":\"one\"");

        refused(gateway.post("publisher", PATH, "application/json", "{"), 400, "not JSON");
        refused(gateway.post("publisher", PATH, "application/json", "{}"), 400, "context");
        refused(gateway.post("publisher", PATH, "application/json", broken), 400, "customData");
        refused(gateway.post("publisher", PATH, "text/plain", "hello"), 415, "application/cloudevents+json");
        refused(gateway.send(gateway.as("publisher", PATH).POST(BodyPublishers.noBody())), 400, "empty");
        String batch = "[" + envelope("b1", application) + ",{\"id\":\"b2\"}]";
        refused(gateway.post("publisher", PATH, "application/cloudevents-batch+json", batch), 400, "specversion");
        assertThat(records(application)).isEmpty();
    }

    @Test
    void an_event_that_is_too_large_is_refused() {
        String large = "{\"a\":\"" + "x".repeat(300 * 1024) + "\"}";
        String larger = "{\"a\":\"" + "x".repeat(1200 * 1024) + "\"}";

        refused(gateway.post("publisher", PATH, "application/json", large), 413, "262144");
        refused(gateway.post("publisher", PATH, "application/json", larger), 413, "1048576");
    }

    @Test
    void only_a_publisher_may_publish() {
        String event = proposal(application(), "e1");

        assertThat(gateway.send(gateway.request(PATH).POST(BodyPublishers.ofString(event)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.send(gateway.request(PATH)
                                .header("Authorization", "Bearer " + TestTokens.expired("publisher"))
                                .POST(BodyPublishers.ofString(event)))
                        .statusCode())
                .isEqualTo(401);
        for (String role : List.of("viewer", "approver", "operator")) {
            refused(gateway.post(role, PATH, "application/json", event), 403, "role");
        }
        assertThat(gateway.post("admin", PATH, "application/json", event).statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_repair_is_proposed_by_an_operator_only() {
        String repair = proposal(application(), "e1").replace("\"version\"", "\"fixes\":\"hello@0.9.0\",\"version\"");

        refused(gateway.post("publisher", PATH, "application/json", repair), 403, "operator");
        assertThat(gateway.post("admin", PATH, "application/json", repair).statusCode())
                .isEqualTo(202);
    }

    @Test
    void without_a_broker_nothing_is_acknowledged() {
        try (RunningGateway alone = RunningGateway.startOnly(
                "spring.kafka.bootstrap-servers=127.0.0.1:1",
                "slipway.intake.block-max=500ms",
                "slipway.intake.retry-after=3s")) {
            HttpResponse<String> answer = alone.post("publisher", PATH, "application/json", proposal("hello", "e1"));

            refused(answer, 503, "nothing was acknowledged");
            assertThat(answer.headers().firstValue("Retry-After")).contains("3");
            assertThat(alone.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(alone.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_abort_gets_through_however_many_events_wait_for_the_broker() throws Exception {
        Duration waits = Pace.patience(Duration.ofSeconds(5)); // and what is done meanwhile takes less
        try (Backend release = Backend.answering(200, "aborted");
                RunningGateway alone = RunningGateway.startOnly(
                        "spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "slipway.routes.release=" + release.address(),
                        "slipway.intake.in-flight-max=3",
                        "slipway.intake.ack-within=" + waits.toMillis() + "ms",
                        "slipway.intake.block-max=" + waits.toMillis() + "ms");
                ExecutorService ci = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = IntStream.range(0, 3)
                    .mapToObj(n -> ci.submit(
                            () -> alone.post("publisher", PATH, "application/json", proposal("hello", "e" + n))))
                    .toList();
            await().atMost(Pace.patience(Duration.ofSeconds(5)))
                    .until(() ->
                            alone.gauge("resilience4j.bulkhead.available.concurrent.calls", "name", "events") == 0);

            refused(alone.post("publisher", PATH, "application/json", proposal("hello", "e9")), 503, "Too many events");
            HttpResponse<String> abort =
                    alone.post("operator", "/api/v1/releases/hello@1.0.0/abort", "application/json", "{}");

            assertThat(abort.statusCode()).isEqualTo(200);
            assertThat(waiting).noneMatch(Future::isDone);
            for (Future<HttpResponse<String>> one : waiting) {
                assertThat(one.get(waits.multipliedBy(4).toSeconds(), TimeUnit.SECONDS)
                                .statusCode())
                        .isEqualTo(503);
            }
        }
    }

    private static void refused(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("type").asString("")).startsWith("urn:slipway:problem:");
        assertThat(problem.path("detail").asString("")).contains(detail);
    }

    private static List<ConsumerRecord<String, String>> records(String application) {
        return TestPlatform.shared().records(Topics.CI_EVENTS, application);
    }

    private static String application() {
        return "a" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String envelope(String id, String application) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/ci\",\"type\":\"%s\",\"datacontenttype\":\"application/json\",\"data\":%s}"
                .formatted(id, PUBLISHED, proposal(application, id));
    }

    private static String proposal(String application, String id) {
        return """
                {"context":{"specversion":"0.5.1","id":"%s","source":"/ci","type":"%s","timestamp":"2026-01-31T10:00:00Z"},
                 "subject":{"id":"pkg:generic/%s@1.0.0","content":{}},
                 "customData":{"application":"%s","version":"1.0.0","sha":"%s",
                  "artifacts":[{"uri":"file:/tmp/hello.jar","digest":"sha256:%s"}]}}""".formatted(id, PUBLISHED, application, application, "a".repeat(40), "b".repeat(64));
    }
}
