package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.split.Clients;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("thorough")
class SamplesIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String NEW = "hello@1.1.0/production/1";

    private final LiveTable table = new LiveTable();
    private final CountDownLatch end = new CountDownLatch(1);
    private RunningGateway gateway;

    SamplesIT() {
        gateway = RunningGateway.startOnly("slipway.gateway.id=gateway-it", "slipway.samples.cut-off=2s");
    }

    @BeforeEach
    void ready() {
        await().atMost(SOON)
                .until(() -> gateway.get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        end.countDown();
        gateway.close();
        table.close();
    }

    @Test
    void the_samples_add_up_to_what_the_clients_saw() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try (Backend baseline = Backend.answering(200, "old");
                Backend canary = Backend.answering(
                        exchange -> Backend.answer(exchange, asked.incrementAndGet() % 3 == 0 ? 500 : 200, "new"));
                ExecutorService clients = Executors.newFixedThreadPool(8)) {
            table.repeat(
                    5,
                    Assign.REQUEST,
                    OLD,
                    share("1.0.0", baseline.address(), 70),
                    share("1.1.0", canary.address(), 30));
            await().atMost(SOON).until(() -> {
                look(seen);
                return seen.containsKey("1.1.0 200");
            });
            List<Future<?>> sent = java.util.stream.IntStream.range(0, 600)
                    .<Future<?>>mapToObj(_ -> clients.submit(() -> look(seen)))
                    .toList();
            for (Future<?> one : sent) {
                one.get(Pace.seconds(30), TimeUnit.SECONDS);
            }
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sum(OLD, Counts::answers)).isEqualTo(count(seen, "1.0.0 200"));
            assertThat(sum(NEW, Counts::answers)).isEqualTo(count(seen, "1.1.0 200") + count(seen, "1.1.0 500"));
            assertThat(sum(NEW, Counts::errors)).isEqualTo(count(seen, "1.1.0 500"));
            assertThat(sum(OLD, Counts::errors)).isZero();
        });
        assertThat(sum(
                        NEW,
                        counts -> counts.latency().stream()
                                .mapToLong(Long::longValue)
                                .sum()))
                .isEqualTo(sum(NEW, Counts::answers));
        assertThat(samples()).allSatisfy(sample -> {
            assertThat(sample.gateway()).isEqualTo("gateway-it");
            assertThat(sample.counter()).isEqualTo(5);
        });
        assertThat(samples())
                .extracting(TrafficSample::boot)
                .doesNotContainNull()
                .hasSameElementsAs(List.of(samples().getFirst().boot()));
    }

    @Test
    void every_second_is_told_once_and_in_order_with_and_without_requests() {
        try (Backend baseline = Backend.answering(200, "old")) {
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", baseline.address(), 100));

            await().atMost(SOON).until(() -> samples().size() >= 4);
        }
        List<Long> seconds = samples().stream()
                .map(sample -> sample.second().getEpochSecond())
                .toList();
        for (int i = 1; i < seconds.size(); i++) {
            assertThat(seconds.get(i)).isEqualTo(seconds.get(i - 1) + 1);
        }
        assertThat(samples()).allSatisfy(sample -> assertThat(sample.versions()).isEmpty());
    }

    @Test
    void two_gateways_tell_what_each_of_them_saw() {
        try (Backend baseline = Backend.answering(200, "old");
                RunningGateway other = RunningGateway.start("slipway.gateway.id=gateway-other")) {
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", baseline.address(), 100));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
            await().atMost(SOON).until(() -> other.get(table.path("/x")).statusCode() == 200);
            for (int request = 0; request < 10; request++) {
                gateway.get(table.path("/x"));
                other.get(table.path("/x"));
            }

            await().atMost(SOON)
                    .until(() -> sum(OLD, Counts::answers) == baseline.asked().size());
        }
        Map<String, Long> answers = samples().stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.gateway() + "/" + sample.boot(),
                        Collectors.summingLong(sample -> sample.versions().stream()
                                .mapToLong(version -> version.all().answers())
                                .sum())));
        assertThat(answers)
                .hasSize(2)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(11));
    }

    @Test
    void a_request_that_is_open_at_the_cut_off_is_no_error_and_holds_its_second_back_no_longer() throws Exception {
        try (Backend hanging = Backend.answering(exchange -> {
                    try {
                        end.await(Pace.seconds(20), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Backend.answer(exchange, 200, "late");
                });
                ExecutorService client = Executors.newSingleThreadExecutor()) {
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", hanging.address(), 100));
            await().atMost(SOON).until(() -> !samples().isEmpty());
            Future<HttpResponse<String>> late = client.submit(() -> gateway.get(table.path("/x")));

            await().atMost(SOON).until(() -> latencies() == 1); // its wait is told with its second
            assertThat(sum(OLD, Counts::answers)).isZero();
            assertThat(sum(OLD, Counts::errors)).isZero();

            end.countDown();
            assertThat(late.get(Pace.seconds(10), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> sum(OLD, Counts::answers) == 1);
            assertThat(sum(OLD, Counts::errors)).isZero();
            assertThat(latencies()).isEqualTo(1);
        }
    }

    private long latencies() {
        return sum(
                OLD,
                counts -> counts.latency().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void a_version_that_cannot_be_reached_or_breaks_off_has_failed() {
        try (Backend breaking = Backend.answering(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        })) {
            java.net.URI nowhere = java.net.URI.create("http://127.0.0.1:" + Ports.free());
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", nowhere, 100));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 502);
            await().atMost(SOON).until(() -> sum(OLD, Counts::errors) == 1);

            long unreachable = sum(OLD, Counts::errors);
            table.repeat(2, Assign.REQUEST, OLD, share("1.0.0", breaking.address(), 100));
            await().atMost(SOON).until(() -> {
                try {
                    return gateway.get(table.path("/x")).statusCode() == 0;
                } catch (UncheckedIOException brokenOff) {
                    return true;
                }
            });

            await().atMost(SOON).until(() -> sum(OLD, Counts::errors) > unreachable);
            assertThat(sum(OLD, Counts::answers)).isEqualTo(sum(OLD, Counts::errors));
        }
    }

    @Test
    void refusals_and_kinds_are_told_and_the_tables_rules_say_what_a_status_means() {
        try (Backend version = Backend.answering(exchange ->
                Backend.answer(exchange, exchange.getRequestURI().getPath().startsWith("/login") ? 401 : 404, "no"))) {
            TrafficTable plain = table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 404);
            gateway.get(table.path("/login?again"));
            await().atMost(SOON).until(() -> sum(OLD, Counts::answers) == 2);
            assertThat(sum(OLD, Counts::refusals)).isEqualTo(2);
            assertThat(sum(OLD, Counts::errors)).isZero();
            assertThat(sum(OLD, counts -> counts.kinds().getOrDefault("401", 0L)))
                    .isEqualTo(1);
            assertThat(sum(OLD, counts -> counts.kinds().getOrDefault("404", 0L)))
                    .isEqualTo(1);

            table.judged(
                    plain,
                    2,
                    true,
                    new StatusRule("/login", List.of(), List.of(), List.of("401")),
                    new StatusRule("/*", List.of("404"), List.of(), List.of()));
            await().atMost(SOON).until(() -> samples().getLast().counter() == 2);
            gateway.get(table.path("/x"));
            gateway.get(table.path("/login?again"));

            await().atMost(SOON).until(() -> sum(OLD, Counts::answers) == 4);
            assertThat(sum(OLD, Counts::errors)).isEqualTo(1);
            assertThat(sum(OLD, Counts::refusals)).isEqualTo(2);
        }
    }

    @Test
    void an_environment_in_which_nothing_is_judged_is_not_counted() {
        try (Backend version = Backend.answering(200, "old")) {
            TrafficTable plain = table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
            await().atMost(SOON).until(() -> sum(OLD, Counts::answers) >= 1);
            table.judged(plain, 2, false);
            AtomicLong told = new AtomicLong(-1);
            await("no further second is told")
                    .during(Pace.patience(Duration.ofMillis(2500))) // two seconds and the pause of the sender
                    .atMost(SOON)
                    .until(() -> {
                        long now = samples().size();
                        return told.getAndSet(now) == now;
                    });
            long before = sum(OLD, Counts::answers);
            gateway.get(table.path("/x"));
            table.judged(plain, 3, true);
            await().atMost(SOON).until(() -> samples().getLast().counter() == 3);

            assertThat(sum(OLD, Counts::answers)).isEqualTo(before);
        }
    }

    @Test
    void two_gateways_tell_one_client_by_the_same_number() {
        try (Backend baseline = Backend.answering(200, "old");
                RunningGateway other = RunningGateway.start("slipway.gateway.id=gateway-other")) {
            table.repeat(1, Assign.CLIENT, OLD, share("1.0.0", baseline.address(), 100));
            await().atMost(SOON).until(() -> ask(gateway) == 200);
            await().atMost(SOON).until(() -> ask(other) == 200);
            await().atMost(SOON).until(() -> firsts().size() == 2);
        }

        assertThat(firsts()).extracting(FirstAnswer::client).containsOnly(Clients.number("ada"));
        assertThat(samples()).extracting(TrafficSample::gateway).contains("gateway-it", "gateway-other");
    }

    private int ask(RunningGateway asked) {
        return asked.send(asked.request(table.path("/x"))
                        .header("Slipway-Client", "ada")
                        .GET())
                .statusCode();
    }

    private List<FirstAnswer> firsts() {
        return samples().stream()
                .flatMap(sample -> sample.versions().stream())
                .flatMap(version -> version.firsts().stream())
                .toList();
    }

    @Test
    void of_sticky_clients_the_first_answers_are_counted_apart() {
        try (Backend baseline = Backend.answering(200, "old")) {
            table.repeat(1, Assign.CLIENT, OLD, share("1.0.0", baseline.address(), 100));
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
            for (int i = 0; i < 30; i++) {
                gateway.send(gateway.request(table.path("/x"))
                        .header("Slipway-Client", "client-" + i % 3)
                        .GET());
            }

            await().atMost(SOON).until(() -> sum(OLD, Counts::answers) >= 31);
            long firsts = samples().stream()
                    .flatMap(sample -> sample.versions().stream())
                    .mapToLong(version -> version.first().answers())
                    .sum();
            assertThat(firsts).isBetween(4L, 5L); // three with a header, and each visit without one is a new client
        }
    }

    private void look(Map<String, AtomicInteger> seen) {
        HttpResponse<String> answer = gateway.get(table.path("/greet"));
        String key = answer.headers().firstValue("Slipway-Version").orElse("none") + " " + answer.statusCode();
        seen.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    }

    private static long count(Map<String, AtomicInteger> seen, String key) {
        return seen.getOrDefault(key, new AtomicInteger()).get();
    }

    private long sum(String key, ToLongFunction<Counts> what) {
        return samples().stream()
                .flatMap(sample -> sample.versions().stream())
                .filter(version -> version.key().equals(key))
                .mapToLong(version -> what.applyAsLong(version.all()))
                .sum();
    }

    private List<TrafficSample> samples() {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(record -> WireJson.mapper().readValue(record.value(), TrafficSample.class))
                .toList();
    }
}
