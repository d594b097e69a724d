package dev.slipway.validation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.testkit.Http2OnlyServer;
import dev.slipway.validation.assessment.MetricsProber.Found;
import dev.slipway.validation.assessment.MetricsProber.Watching;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.rule.Ruling;
import dev.slipway.validation.rule.WatchRule;
import dev.slipway.validation.rule.Watched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gates on metrics against a real program, with looks in quick succession. */
final class ScrapingProberIT {
    private static final Duration EVERY = Duration.ofMillis(50);

    private static final String REVISION = "hello@" + "a".repeat(40);

    private final AtomicInteger looks = new AtomicInteger();
    private final Map<Digest, byte[]> bytes = new HashMap<>();
    private final EvidenceBytes kept = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            assertThat(revision).isEqualTo(REVISION);
            bytes.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(bytes.get(digest));
        }
    };
    private final ScrapingProber prober = new ScrapingProber(
            new MetricsClient(new MetricsClient.Limits(Duration.ofMinutes(1), 100_000)),
            EVERY,
            kept,
            InstantSource.system());

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer program;

    @BeforeEach
    void start() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/metrics", exchange -> {
            int look = looks.incrementAndGet();
            byte[] body = "queue_depth 50\njobs_total %d\nfailed_total %d\n"
                    .formatted(look * 20, look * 6)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        program.start();
    }

    @AfterEach
    void stop() {
        prober.close();
        program.stop(0);
    }

    private static MetricRule depth(double limit) {
        return new MetricRule("queue_depth", Map.of(), As.VALUE, null, Map.of(), Sense.BELOW, limit, false, false);
    }

    private static MetricRule failed(double limit) {
        return new MetricRule(
                "failed_total", Map.of(), As.RATIO, "jobs_total", Map.of(), Sense.BELOW, limit, false, false);
    }

    private Found found(String path, MetricRule... rules) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + program.getAddress().getPort() + path);
        return prober.watch(new Watching(0, address, List.of(rules), EVERY.multipliedBy(20), REVISION), () -> false);
    }

    private List<ProbeAnswer> watch(String path, MetricRule... rules) throws InterruptedException {
        return found(path, rules).answers();
    }

    @Test
    void what_decides_is_kept_and_says_the_same_when_it_is_judged_again() throws Exception {
        assertThat(again(depth(100), failed(0.5))).isInstanceOf(Ruling.Holds.class);
        assertThat(again(depth(40), failed(0.5))).isInstanceOf(Ruling.Breaks.class);
        assertThat(again(failed(0.05))).isInstanceOf(Ruling.Breaks.class);

        assertThat(found("/nothing", depth(100)).inputs()).isEmpty();
    }

    private Ruling again(MetricRule... rules) throws InterruptedException {
        Digest digest = found("/metrics", rules).inputs().getFirst();
        byte[] looked = Objects.requireNonNull(bytes.get(digest));
        assertThat(Digest.of(looked)).isEqualTo(digest);
        Gate gate = new Gate(
                "metrics",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Gate.WITHIN_DEFAULT,
                List.of(rules),
                Duration.ofSeconds(5));
        Watched watched = Watched.read(looked).orElseThrow();
        Watched slower = // a gate watches for 5 s at least, in as many looks
                new Watched(watched.form(), Duration.ofMillis(250), watched.series(), watched.looks());
        return WatchRule.judge(gate, slower);
    }

    @Test
    void rules_that_hold_for_as_long_as_they_are_watched_are_as_expected() throws Exception {
        List<ProbeAnswer> answers = watch("/metrics", depth(100), failed(0.5));

        assertThat(answers).allMatch(ProbeAnswer.AsExpected.class::isInstance);
        assertThat(answers.getFirst().observed()).isEqualTo("queue_depth 50");
        assertThat(answers.getLast().observed()).isEqualTo("failed_total of jobs_total 30 % (120 of 400)");
        assertThat(looks).as("one at each end of twenty pauses").hasValue(21);
    }

    @Test
    void a_rule_that_is_broken_for_sure_ends_the_watch_with_its_numbers() throws Exception {
        assertThat(watch("/metrics", depth(40), failed(0.5)).getFirst())
                .isEqualTo(new ProbeAnswer.Wrong(
                        "queue_depth 50", "queue_depth was at least 50 in 5 looks in a row, and has to be < 40"));
        assertThat(looks).hasValue(5);

        assertThat(watch("/metrics", failed(0.05)).getFirst())
                .isInstanceOfSatisfying(
                        ProbeAnswer.Wrong.class,
                        wrong -> assertThat(wrong.why()).contains("was 30 % (", "has to be < 5 %"));
    }

    @Test
    void no_data_is_no_answer() throws Exception {
        assertThat(watch("/nothing", depth(100)).getFirst())
                .isEqualTo(new ProbeAnswer.Unanswered(
                        "queue_depth unknown", "queue_depth: GET /nothing answered 404, expected 200"));
    }

    @Test
    void whoever_wants_to_know_no_more_is_not_kept_waiting() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + program.getAddress().getPort() + "/metrics");
        prober.watch(
                new Watching(0, address, List.of(depth(100)), Duration.ofMinutes(10), REVISION),
                () -> looks.get() >= 3);

        assertThat(looks).hasValue(3);
    }

    @Test
    void a_version_that_speaks_http2_alone_is_asked_in_http2() throws Exception {
        try (Http2OnlyServer server = Http2OnlyServer.http(0);
                ScrapingProber patient = new ScrapingProber(
                        new MetricsClient(new MetricsClient.Limits(Duration.ofMinutes(1), 100_000)),
                        EVERY,
                        kept,
                        InstantSource.system())) {
            URI metrics = server.address().resolve("/metrics");
            Duration watch = EVERY.multipliedBy(20);

            assertThat(patient.watch(new Watching(0, metrics, List.of(depth(100)), watch, true, REVISION), () -> false)
                            .answers())
                    .singleElement()
                    .isInstanceOf(ProbeAnswer.AsExpected.class);
            assertThat(prober.watch(new Watching(0, metrics, List.of(depth(100)), watch, REVISION), () -> false)
                            .answers())
                    .singleElement()
                    .isInstanceOf(ProbeAnswer.Unanswered.class);
        }
    }
}
