package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.platform.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What goes wrong between the front and a version: what users are told, and for whom it counts. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("StringConcatToTextBlock") // where lines end is what these tests are about
@Tag("thorough")
class FrontFailuresIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    private static final Duration TAKES_NONE =
            Duration.ofMillis(2200); // beyond the kernel's second try, before its third
    /** Longer than a version on a busy machine takes for the head of an answer. */
    private static final Duration FIRST_BYTE = Pace.patience(Duration.ofMillis(400));

    private static final int BEYOND_FIRST_BYTE =
            (int) FIRST_BYTE.multipliedBy(3).toMillis();
    private static final String KEY = "hello@1.0.0/production/1";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String SECRET = "not-for-the-log-7431";

    private static RunningGateway gateway;

    private final RawVersion version = RawVersion.answering(OK);
    private final LiveTable table = new LiveTable();
    private final CountDownLatch end = new CountDownLatch(1);
    private final String host = table.host();
    private final String head =
            " /x HTTP/1.1\r\nHost: " + host + "\r\nCookie: a=" + SECRET + "\r\nX-Secret: " + SECRET + "\r\n";
    private TrafficTable current = table.repeat(1, Assign.REQUEST, KEY, share("1.0.0", version.address(), 100));

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                "slipway.front.count-within=300ms",
                "slipway.front.body-read-within=500ms",
                "slipway.front.connect-within="
                        + Pace.patience(Duration.ofSeconds(5)).toMillis() + "ms");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @BeforeEach
    void serves() {
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
        await().atMost(SOON)
                .until(() -> counted(Counts::answers) == 1); // so that what the tests ask is all that is added
        version.forget();
    }

    @AfterEach
    void stop() {
        end.countDown();
        version.close();
        table.close();
    }

    @Test
    void no_answer_at_all_is_told_and_counted_and_what_may_be_is_tried_once_more(CapturedOutput output) {
        long answers = counted(Counts::answers);
        version.now(RawVersion.Talk::close);

        String told = ask("GET" + head + "\r\n");

        assertThat(told).startsWith("HTTP/1.1 502 Bad Gateway\r\n").contains("Slipway-Version: 1.0.0\r\n");
        assertThat(told).contains("application/problem+json", "version-gave-no-answer");
        assertThat(told)
                .as("an inner address")
                .doesNotContain(Integer.toString(version.address().getPort()));
        assertThat(version.heads()).as("once more, on the same side").hasSize(2);
        assertThat(version.heads().get(1)).isEqualTo(version.heads().get(0));

        version.forget();
        assertThat(ask("POST" + head + "Content-Length: 2\r\n\r\nab")).startsWith("HTTP/1.1 502 ");
        assertThat(version.heads()).as("a body is not sent twice").hasSize(1);
        assertThat(ask("POST" + head + "\r\n")).startsWith("HTTP/1.1 502 ");
        assertThat(version.heads()).as("nor is what may not be done twice").hasSize(2);
        await().atMost(SOON).until(() -> counted(Counts::errors) == 3);
        assertThat(counted(Counts::answers)).isEqualTo(answers + 3);
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void a_connection_that_the_version_closed_meanwhile_costs_no_request() {
        AtomicInteger onConnection = new AtomicInteger();
        version.now(talk -> {
            if (onConnection.incrementAndGet() % 2 == 0) {
                talk.close(); // as a request comes, as a server does whose patience has ended
            } else {
                talk.send(OK);
            }
        });
        for (int i = 0; i < 20; i++) {
            assertThat(gateway.get(table.path("/x")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_no_http_is_told_and_counted(CapturedOutput output) {
        for (String nonsense : new String[] {
            "hello\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "HTTP/1.1 200 OK\r\nX-A: " + "x".repeat(80_000) + "\r\n\r\n"
        }) {
            version.now(talk -> {
                talk.send(nonsense);
                talk.close();
            });
            assertThat(ask("GET" + head + "\r\n"))
                    .as(nonsense)
                    .startsWith("HTTP/1.1 502 ")
                    .contains("urn:slipway:problem:");
        }
        await().atMost(SOON).until(() -> counted(Counts::errors) == 4);
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void an_answer_that_breaks_off_breaks_off_for_the_client_and_is_the_versions_failure() {
        long before = counted(Counts::answers);
        for (String part : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\npart"
        }) {
            version.now(talk -> {
                talk.send(part);
                talk.close();
            });
            String got = ask("GET" + head + "\r\n");
            assertThat(got).startsWith("HTTP/1.1 200 OK\r\n").doesNotEndWith("0\r\n\r\n");
        }
        await().atMost(SOON).until(() -> counted(Counts::errors) == 3);
        assertThat(counted(Counts::answers)).as("each counted once").isEqualTo(before + 3);
    }

    @Test
    void an_open_stream_is_good_by_its_first_byte_and_a_failure_when_it_breaks_off_later() {
        long before = counted(Counts::answers);
        version.now(talk -> {
            talk.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            hold();
            talk.close();
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET" + head + "\r\n");
            client.until("1\r\na\r\n");

            await().atMost(SOON).until(() -> counted(Counts::answers) == before + 1);
            assertThat(counted(Counts::errors)).isZero();
            end.countDown();
            client.rest();
        }
        await().atMost(SOON).until(() -> counted(Counts::errors) == 1);
    }

    @Test
    void a_first_byte_that_is_late_is_told_and_counted_and_elsewhere_is_waited_for() {
        limits(2, new TrafficLimits(FIRST_BYTE, 2048L, 500, List.of("/poll*")));
        version.now(talk -> hold());

        String told = ask("GET" + head + "\r\n");

        assertThat(told)
                .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
                .contains("version-timed-out", "firstByteWithin");
        assertThat(version.heads()).as("not tried again").hasSize(1);
        await().atMost(SOON).until(() -> counted(Counts::errors) == 1);

        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET /poll/1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(client.silentFor(BEYOND_FIRST_BYTE)).isTrue();
        }
    }

    @Test
    void an_answer_that_goes_on_is_not_ended_by_the_limit_of_its_first_byte() {
        limits(2, new TrafficLimits(FIRST_BYTE, 2048L, 500, List.of()));
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
            hold();
            talk.send("k");
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET" + head + "\r\n");
            client.head();
            assertThat(client.read(1)).isEqualTo("o");
            assertThat(client.silentFor(BEYOND_FIRST_BYTE)).isTrue();
            end.countDown();
            assertThat(client.read(1)).isEqualTo("k");
        }
    }

    @Test
    void a_body_beyond_the_limit_does_not_pass_and_is_nobodys_error(CapturedOutput output) {
        limits(2, new TrafficLimits(Pace.patience(Duration.ofSeconds(5)), 2048L, 500, List.of()));
        version.now(talk -> {
            talk.readUntil("0\r\n\r\n");
            talk.send(OK);
        });

        assertThat(ask("POST" + head + "Content-Length: 3000\r\n\r\n" + "x".repeat(3000)))
                .startsWith("HTTP/1.1 413 ")
                .contains("body-too-large", "traffic.bodyMax");
        assertThat(version.heads()).isEmpty();
        assertThat(ask("POST" + head + "Transfer-Encoding: chunked\r\n\r\nbb8\r\n" + "x".repeat(3000)
                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(ask("POST" + head + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2000)
                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(ask("PUT" + head + "Content-Length: 3000\r\nExpect: 100-continue\r\n\r\n"))
                .as("asked before it is sent")
                .startsWith("HTTP/1.1 413 ");
        assertThat(counted(Counts::errors)).isZero();
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void a_client_that_does_not_go_on_with_its_body_is_told_so_and_the_version_is_not_blamed() {
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("POST" + head + "Content-Length: 10\r\n\r\nabc");
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("body-late");
        }
        assertThat(counted(Counts::errors)).isZero();
    }

    /** A short queue is usual: Python's {@code http.server} has one of five. */
    @Test
    void a_version_that_takes_no_connection_for_two_seconds_has_failed_nobody() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket slow = new ServerSocket(0, 1, here);
                Socket _ = new Socket(here, slow.getLocalPort());
                Socket _ = new Socket(here, slow.getLocalPort())) {
            URI address = URI.create("http://%s:%d".formatted(here.getHostAddress(), slow.getLocalPort()));
            current = table.made(2, Assign.REQUEST, KEY, share("1.0.0", address, 100));
            limits(2, new TrafficLimits(Pace.patience(Duration.ofSeconds(20)), 2048L, 100, List.of()));
            CompletableFuture.delayedExecutor(TAKES_NONE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> answerAll(slow));

            assertThat(ask("GET" + head + "\r\n")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(counted(Counts::errors)).isZero();
    }

    /** The first two are those that fill the queue. */
    private static void answerAll(ServerSocket server) {
        try {
            server.accept().close();
            server.accept().close();
            while (true) {
                try (Socket taken = server.accept()) {
                    BufferedReader head = new BufferedReader(
                            new InputStreamReader(taken.getInputStream(), StandardCharsets.ISO_8859_1));
                    var _ = head.lines().anyMatch(String::isEmpty);
                    taken.getOutputStream().write(OK.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException over) {
            // the test has ended
        }
    }

    @Test
    void a_side_takes_as_many_as_it_may_and_the_others_go_on() throws Exception {
        RawVersion canary = RawVersion.answering(talk -> hold());
        try (canary) {
            current = table.made( // the bound comes with the canary: what is open under another counts against that one
                    2,
                    Assign.REQUEST,
                    KEY,
                    share("1.0.0", version.address(), 50),
                    share("1.1.0", canary.address(), 50));
            limits(2, new TrafficLimits(Pace.patience(Duration.ofSeconds(20)), 2048L, 3, List.of()));
            List<RawClient> waiting = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                RawClient client = new RawClient(gateway.frontPort());
                waiting.add(client.send("GET" + head + "\r\n"));
                return canary.heads().size() == 3;
            });
            await().atMost(SOON).until(() -> {
                HttpResponse<String> answer = gateway.get(table.path("/x"));
                return answer.statusCode() == 503
                        && answer.body().contains("traffic-busy")
                        && answer.headers().firstValue("Retry-After").isPresent();
            });
            await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
            assertThat(canary.heads()).hasSize(3);
            assertThat(counted(Counts::errors)).isZero();
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    void an_answer_that_has_begun_takes_no_place_of_those_who_wait_however_long_it_goes_on() {
        limits(2, new TrafficLimits(Pace.patience(Duration.ofSeconds(20)), 2048L, 3, List.of()));
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            hold();
        });
        List<RawClient> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RawClient client = new RawClient(gateway.frontPort()).send("GET" + head + "\r\n");
            streams.add(client);
            await().atMost(SOON).until(() -> version.heads().size() == streams.size());
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        }
        version.now(RawVersion.plain(OK));

        assertThat(gateway.get(table.path("/x")).statusCode()).isEqualTo(200);

        streams.forEach(RawClient::close);
    }

    @Test
    void a_client_that_goes_away_is_nobodys_failure_and_the_version_is_told() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        version.now(talk -> {
            if (talk.in().read() < 0) {
                gone.countDown();
            }
            throw new IOException("over");
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("GET" + head + "\r\n");
            await().atMost(SOON).until(() -> version.heads().size() == 1);
        }
        assertThat(gone.await(Pace.seconds(10), TimeUnit.SECONDS)).isTrue();
        version.now(RawVersion.plain(OK));
        long before = counted(Counts::answers);
        gateway.get(table.path("/x"));
        await().atMost(SOON).until(() -> counted(Counts::answers) > before);
        assertThat(counted(Counts::errors)).isZero();
    }

    private void limits(long counter, TrafficLimits limits) {
        table.reached(current, counter, List.of(), limits, null);
        await().atMost(SOON)
                .until(() -> gateway.send(gateway.request(table.path("/limits"))
                                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x".repeat(3000))))
                                .statusCode()
                        == 413);
        version.forget();
    }

    private String ask(String request) {
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(request);
            String got = client.head();
            if (got.contains("problem+json")) {
                return got + client.until("}");
            }
            return got.contains("ontent-Length: 2\r\n") ? got + client.read(2) : got + client.rest();
        }
    }

    private void hold() {
        try {
            end.await(Pace.seconds(60), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long counted(java.util.function.ToLongFunction<Counts> what) {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(record -> WireJson.mapper().readValue(record.value(), TrafficSample.class))
                .flatMap(sample -> sample.versions().stream())
                .mapToLong(counts -> what.applyAsLong(counts.all()))
                .sum();
    }
}
