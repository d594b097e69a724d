package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.EnvironmentInput.MetricsSeen;
import dev.slipway.deployment.environment.EnvironmentInput.OverLimit;
import dev.slipway.deployment.environment.Metered;
import dev.slipway.metrics.Levels;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Http2OnlyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions that tell their metrics, looked at by hand. */
class MetricsWatchTest {
    private static final String NEW = "hello@1.1.0/production/1";
    private static final String OLD = "hello@1.0.0/production/1";
    private static final MetricRule DEPTH = rule("queue_depth", As.VALUE, null, 100, false);
    private static final MetricRule MISSES = rule("misses_total", As.RATIO, "requests_total", 1.2, true);

    private final List<EnvironmentInput> told = new CopyOnWriteArrayList<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer programs;

    @SuppressWarnings("NullAway.Init") // set before each test
    private MetricsWatch watch;

    private static MetricRule rule(String name, As as, @Nullable String of, double bound, boolean beside) {
        return new MetricRule(name, Map.of(), as, of, Map.of(), Sense.BELOW, bound, beside, false);
    }

    @BeforeEach
    void start() throws IOException {
        programs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        programs.createContext("/", exchange -> {
            String key = exchange.getRequestURI().getPath().startsWith("/new") ? NEW : OLD;
            byte[] body = texts.getOrDefault(key, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.incrementAndGet();
        });
        programs.start();
        running.addAll(Set.of(NEW, OLD));
        watch = new MetricsWatch(
                this::where,
                new MetricsClient(new MetricsClient.Limits(Duration.ofMinutes(1), 100_000)),
                (_, input) -> told.add(input),
                nanos::get,
                InstantSource.system());
    }

    private Optional<URI> where(String key, MetricsAddress metrics) {
        String folder = key.equals(NEW) ? "/new" : "/old";
        return running.contains(key)
                ? Optional.of(
                        URI.create("http://127.0.0.1:" + programs.getAddress().getPort() + folder + metrics.path()))
                : Optional.empty();
    }

    @AfterEach
    void stop() {
        watch.close();
        programs.stop(0);
    }

    private static Metered wanted(MetricRule rule, boolean compared, @Nullable String known) {
        MetricsAddress metrics = new MetricsAddress("/metrics", null);
        return new Metered(
                NEW,
                metrics,
                false,
                List.of(rule),
                compared ? new Metered.Beside(OLD, metrics, false) : null,
                new Levels(0.01, 1, 60),
                known);
    }

    /** Looks a second later, and waits until something was told; what is told at each look is. */
    private EnvironmentInput look(Metered metered) {
        nanos.addAndGet(1_000_000_000L);
        int before = told.size();
        await().until(() -> {
            if (told.size() == before) {
                watch.look("hello/production", metered);
            }
            return told.size() > before;
        });
        return told.getLast();
    }

    @Test
    void what_is_crossed_is_told_with_its_numbers_and_what_is_missing_until_it_is_known() {
        texts.put(NEW, "queue_depth 130\n");

        assertThat(look(wanted(DEPTH, false, null)))
                .isEqualTo(new MetricsSeen(NEW, "queue_depth: too few looks with data so far"));
        EnvironmentInput last = look(wanted(DEPTH, false, null));
        for (int i = 0; i < 5 && last instanceof MetricsSeen; i++) {
            last = look(wanted(DEPTH, false, null));
        }
        assertThat(last)
                .isInstanceOfSatisfying(
                        OverLimit.class,
                        over -> assertThat(over.crossed().text())
                                .isEqualTo("queue_depth was at least 130 in 5 looks in a row"));
    }

    @Test
    void what_the_environment_knows_is_not_told_again() {
        texts.put(NEW, "something_else 1\n");
        String missing = "queue_depth: it tells no such series of queue_depth";
        assertThat(look(wanted(DEPTH, false, null))).isEqualTo(new MetricsSeen(NEW, missing));

        long before = asked.get();
        await().until(() -> {
            watch.look("hello/production", wanted(DEPTH, false, missing));
            return asked.get() > before + 3;
        });
        assertThat(told).containsExactly(new MetricsSeen(NEW, missing));
    }

    @Test
    void the_version_beside_it_is_asked_where_it_is_compared_with_and_missing_there_is_missing() {
        texts.put(NEW, "misses_total 1\nrequests_total 10\n");
        texts.put(OLD, "<html>\n");
        assertThat(look(wanted(MISSES, true, null)))
                .isEqualTo(new MetricsSeen(
                        NEW,
                        "misses_total of requests_total: the version beside it: GET /old/metrics answered what is no"
                                + " Prometheus text: line 1 has no metric's name where one belongs"));

        running.remove(OLD);
        assertThat(look(wanted(MISSES, true, null)))
                .isEqualTo(
                        new MetricsSeen(NEW, "misses_total of requests_total: the version beside it: it does not run"));
        assertThat(look(wanted(MISSES, false, null)))
                .as("where none is, there is nothing to compare with")
                .isEqualTo(new MetricsSeen(NEW, ""));
    }

    @Test
    void what_this_machine_does_not_run_is_not_asked() {
        running.remove(NEW);
        watch.look("hello/production", wanted(DEPTH, false, null));
        watch.look("hello/production", null);

        running.add(NEW);
        texts.put(NEW, "queue_depth 1\n");
        look(wanted(DEPTH, false, null));
        assertThat(told).hasSize(1);
    }

    @Test
    void a_version_that_speaks_http2_alone_is_asked_in_http2() {
        try (Http2OnlyServer server = Http2OnlyServer.http(0);
                MetricsWatch over = new MetricsWatch(
                        (_, metrics) -> Optional.of(server.address().resolve(metrics.path())),
                        new MetricsClient(new MetricsClient.Limits(Duration.ofMinutes(1), 100_000)),
                        (_, input) -> told.add(input),
                        nanos::get,
                        InstantSource.system())) {
            MetricsAddress metrics = new MetricsAddress("/metrics", null);
            over.look(
                    "hello/production",
                    new Metered(NEW, metrics, true, List.of(DEPTH), null, new Levels(0.01, 1, 60), null));

            await().atMost(Pace.patience(Duration.ofMinutes(2))).until(() -> !told.isEmpty());
            assertThat(told).containsExactly(new MetricsSeen(NEW, "queue_depth: too few looks with data so far"));
        }
    }
}
