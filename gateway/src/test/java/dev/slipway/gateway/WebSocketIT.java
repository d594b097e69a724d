package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.http2Share;
import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.gateway.Frames.Frame;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("thorough")
class WebSocketIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    /** Longer than any other test is silent. */
    private static final Duration IDLE = Pace.patience(Duration.ofSeconds(5));

    private static final Duration CLOSE_WITHIN = Pace.patience(Duration.ofMillis(1500));
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String NEW = "hello@1.1.0/production/1";
    private static final String SWITCH = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "Sec-WebSocket-Protocol: chat.v2",
            "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover",
            "");
    private static final Pattern KEY = Pattern.compile("(?i)\r\nsec-websocket-key: *(\\S+)\r\n");
    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final RawVersion version = RawVersion.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final String asking = "GET /chat?room=1 HTTP/1.1\r\nHost: " + table.host() + "\r\nUpgrade: websocket\r\n"
            + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: chat.v1, chat.v2\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nOrigin: http://x\r\n\r\n";

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                "slipway.gateway.id=gateway-ws",
                "slipway.front.web-sockets.max=3",
                "slipway.front.web-sockets.idle=" + IDLE.toMillis() + "ms",
                "slipway.front.web-sockets.close-within=" + CLOSE_WITHIN.toMillis() + "ms",
                "slipway.front.web-sockets.look-every=50ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void silence() {
        table.close();
        version.close();
    }

    /** Sends back whatever comes. */
    private static void echo(RawVersion.Talk talk) throws IOException {
        talk.send(SWITCH + "\r\n");
        byte[] some = new byte[64 * 1024];
        for (int n = talk.in().read(some); n >= 0; n = talk.in().read(some)) {
            talk.socket().getOutputStream().write(some, 0, n);
            talk.socket().getOutputStream().flush();
        }
    }

    @Test
    void the_handshake_passes_line_by_line_and_then_every_byte_passes() {
        serves();
        version.now(WebSocketIT::echo);
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking);
            assertThat(client.head()).isEqualTo(SWITCH + "Slipway-Version: 1.0.0\r\n\r\n");
            assertThat(version.heads().getLast())
                    .startsWith("GET /chat?room=1 HTTP/1.1\r\nHost: " + table.host() + "\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Protocol: chat.v1, chat.v2\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                            + "Origin: http://x\r\n");
            for (String frames : new String[] {
                Frames.masked(true, Frames.TEXT, "hello"),
                Frames.masked(false, Frames.TEXT, "a")
                        + Frames.masked(true, Frames.PING, "p")
                        + Frames.masked(false, Frames.CONTINUATION, "b")
                        + Frames.masked(true, Frames.CONTINUATION, "c"),
                "\u00c1\u0087" + "maskdeflate", // compressed: its first flag is the extension's
                Frames.masked(true, Frames.BINARY, "x".repeat(16 * 1024 * 1024)),
                Frames.close(4001, true)
            }) {
                client.send(frames);
                assertThat(client.read(frames.length()).equals(frames)).isTrue();
            }
        }
    }

    @Test
    void frames_that_come_with_the_answer_to_the_handshake_are_not_lost() {
        serves();
        version.now(talk -> {
            talk.send(SWITCH + "\r\n" + Frames.plain(true, Frames.TEXT, "first") + Frames.plain(true, 2, "second"));
            talk.read(1);
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking).head();
            assertThat(frame(client).text()).isEqualTo("first");
            assertThat(frame(client).text()).isEqualTo("second");
        }
    }

    /** A server of WebSockets that echoes texts, answers pings, and closes with the code that it is told. */
    private static void talks(RawVersion.Talk talk) throws IOException {
        Matcher key = KEY.matcher(talk.head());
        assertThat(key.find()).isTrue();
        talk.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Frames.accept(key.group(1)) + "\r\n\r\n");
        for (Frame frame = Frames.read(talk.in()); frame != null; frame = Frames.read(talk.in())) {
            switch (frame.opcode()) {
                case Frames.PING -> talk.send(Frames.plain(true, Frames.PONG, frame.text()));
                case Frames.CLOSE -> {
                    talk.send(Frames.close(frame.closeCode(), false));
                    talk.close();
                    return;
                }
                default -> {
                    if (frame.text().startsWith("close ")) {
                        talk.send(Frames.close(Integer.parseInt(frame.text().substring(6)), false));
                    } else {
                        talk.send(Frames.plain(frame.fin(), frame.opcode(), frame.text()));
                    }
                }
            }
        }
    }

    /** What a client of the JDK hears, in words. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            words.add("text " + data);
            webSocket.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            words.add("pong " + StandardCharsets.US_ASCII.decode(message));
            webSocket.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            words.add("close " + code);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            words.add("error");
        }

        private @Nullable String next() throws InterruptedException {
            return words.poll(Pace.seconds(10), TimeUnit.SECONDS);
        }
    }

    private WebSocket open(HttpClient client, Heard heard) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.frontPort() + table.path("/chat")), heard)
                .join();
    }

    @Test
    void a_real_client_talks_pings_and_hears_the_code_of_a_close_and_the_version_hears_the_clients() throws Exception {
        serves();
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        version.now(WebSocketIT::talks);
        try (HttpClient client = HttpClient.newHttpClient()) {
            Heard heard = new Heard();
            WebSocket socket = open(client, heard);
            socket.sendText("ö", true).join();
            assertThat(heard.next()).isEqualTo("text ö");
            socket.sendPing(ByteBuffer.wrap("p".getBytes(StandardCharsets.US_ASCII)))
                    .join();
            assertThat(heard.next()).isEqualTo("pong p");
            socket.sendText("close 4001", true).join();
            assertThat(heard.next()).isEqualTo("close 4001");

            version.now(talk -> {
                talk.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Frames.accept(key(talk.head())) + "\r\n\r\n");
                Frame frame = Frames.read(talk.in());
                codes.add(frame == null ? -1 : frame.closeCode());
            });
            open(client, new Heard()).sendClose(4002, "bye").join();
            assertThat(codes.poll(Pace.seconds(10), TimeUnit.SECONDS)).isEqualTo(4002);
        }
    }

    private static String key(String head) {
        Matcher key = KEY.matcher(head);
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    @Test
    void a_handshake_is_counted_once_and_one_that_is_refused_is_an_answer_like_any_other() throws Exception {
        serves();
        version.now(WebSocketIT::talks);
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking).head();
            await().atMost(SOON).until(() -> sum(OLD, kinds("101")) == 1);
            assertThat(gateway.gauge("slipway.gateway.web.sockets")).isEqualTo(1);
            client.send(Frames.close(1000, true));
            client.rest();
        }
        await().atMost(SOON).until(() -> gateway.gauge("slipway.gateway.web.sockets") == 0);

        version.now(RawVersion.plain("HTTP/1.1 403 No\r\nContent-Length: 5\r\nX-Why: so\r\n\r\nnever"));
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking);
            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 403 No\r\nContent-Length: 5\r\nX-Why: so\r\nSlipway-Version: 1.0.0\r\n\r\n");
            assertThat(client.read(5)).isEqualTo("never");
        }
        await().atMost(SOON).until(() -> sum(OLD, kinds("403")) == 1);
        assertThat(sum(OLD, kinds("101"))).isEqualTo(1);
        assertThat(sum(OLD, Counts::errors)).isZero();
    }

    @Test
    void a_version_that_ends_without_a_word_has_failed() {
        serves();
        version.now(talk -> {
            talk.send(SWITCH + "\r\n" + Frames.plain(true, Frames.TEXT, "half"));
            talk.read(1);
            talk.close();
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking).head();
            frame(client);
            client.send(Frames.masked(true, Frames.TEXT, "x"));
            assertThat(client.rest()).isEmpty();
        }
        await().atMost(SOON).until(() -> sum(OLD, Counts::errors) == 1);
        assertThat(sum(OLD, kinds("101"))).isEqualTo(1);
    }

    @Test
    void both_ends_are_told_to_close_when_their_side_loses_its_share_and_the_other_side_stays() throws Exception {
        try (RawVersion canary = RawVersion.answering("")) {
            BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();
            canary.now(talk -> {
                talk.send(SWITCH + "\r\n");
                talk.send(Frames.plain(true, Frames.TEXT, "canary"));
                for (Frame frame = Frames.read(talk.in()); frame != null; frame = Frames.read(talk.in())) {
                    heard.add(frame);
                    if (frame.opcode() == Frames.CLOSE) {
                        talk.send(Frames.close(frame.closeCode(), false));
                    }
                }
            });
            serves();
            version.now(WebSocketIT::talks);
            try (RawClient stays = open()) {
                stays.head();
                table.repeat(2, Assign.REQUEST, OLD, share("1.0.0", version.address(), 50), canaryShare(canary, 50));
                try (RawClient goes = openOn("1.1.0")) {
                    assertThat(frame(goes).text()).isEqualTo("canary");
                    table.repeat(
                            3, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100), canaryShare(canary, 0));

                    Frame close = frame(goes);
                    assertThat(close.opcode()).isEqualTo(Frames.CLOSE);
                    assertThat(close.closeCode()).isEqualTo(1001);
                    goes.send(Frames.close(1001, true));
                    assertThat(goes.rest())
                            .as("ended, and nothing after the close")
                            .isEmpty();
                }
                stays.send(Frames.masked(true, Frames.TEXT, "still here"));
                assertThat(frame(stays).text()).isEqualTo("still here");
            }
            Frame told = heard.poll(Pace.seconds(10), TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.closeCode()).isEqualTo(1001);
            await().atMost(SOON).until(() -> sum(NEW, kinds("101")) == 1);
            assertThat(sum(NEW, Counts::errors)).isZero();
        }
    }

    @Test
    void who_does_not_close_is_cut_off_and_a_frame_that_is_under_way_is_not_broken_in_two() {
        try (RawVersion canary = RawVersion.answering("")) {
            BlockingQueue<String> steps = new LinkedBlockingQueue<>();
            byte[] large = Frames.bytes(0x82, new byte[100_000], null);
            canary.now(talk -> {
                talk.send(SWITCH + "\r\n");
                talk.socket().getOutputStream().write(large, 0, 60_000);
                talk.socket().getOutputStream().flush();
                try {
                    assertThat(steps.poll(Pace.seconds(10), TimeUnit.SECONDS)).isEqualTo("told");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                talk.socket().getOutputStream().write(large, 60_000, large.length - 60_000);
                talk.send(Frames.plain(true, Frames.TEXT, "too late"));
                talk.in().readAllBytes();
            });
            table.repeat(1, Assign.REQUEST, OLD, canaryShare(canary, 100));
            try (RawClient client = openOn("1.1.0")) {
                client.read(60_000);
                table.repeat(2, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100), canaryShare(canary, 0));
                assertThat(client.silentFor(500)).as("no close within a frame").isTrue();
                steps.add("told");
                client.read(large.length - 60_000);
                assertThat(frame(client).closeCode()).isEqualTo(1001);
                assertThat(client.waitsFor(CLOSE_WITHIN.multipliedBy(10)).rest())
                        .as("cut off")
                        .isEmpty();
            }
        }
    }

    @Test
    void one_that_is_silent_for_long_is_told_to_close() {
        serves();
        version.now(WebSocketIT::echo);
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking).head();
            assertThat(frame(client.waitsFor(IDLE.multipliedBy(4))).closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void past_the_bound_a_handshake_is_refused_and_requests_go_on() {
        serves();
        version.now(WebSocketIT::talks);
        try (RawClient first = open();
                RawClient second = open();
                RawClient third = open()) {
            first.head();
            second.head();
            assertThat(third.head()).startsWith("HTTP/1.1 101 ");
            try (RawClient fourth = open()) {
                assertThat(fourth.head()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
                assertThat(fourth.until("}")).contains("web-sockets-busy");
            }
            version.now(RawVersion.plain("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
            assertThat(gateway.get(table.path("/x")).statusCode()).isEqualTo(200);
        }
        await().atMost(SOON).until(() -> gateway.gauge("slipway.gateway.web.sockets") == 0);
        version.now(WebSocketIT::talks);
        try (RawClient again = open()) {
            assertThat(again.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void who_reads_slowly_stops_the_other_from_sending() {
        serves();
        AtomicLong written = new AtomicLong();
        int frames = 1_000;
        byte[] frame = Frames.bytes(0x82, new byte[64 * 1024], null);
        version.now(talk -> {
            talk.send(SWITCH + "\r\n");
            for (int i = 0; i < frames; i++) {
                talk.socket().getOutputStream().write(frame);
                written.addAndGet(frame.length);
            }
            talk.read(1);
        });
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(asking).head();
            AtomicLong before = new AtomicLong(-1);
            await("the version is stopped")
                    .pollInterval(Duration.ofMillis(300))
                    .atMost(SOON)
                    .until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan((long) frame.length * frames / 2);
            assertThat(Arrays.equals(client.read(frame.length).getBytes(StandardCharsets.ISO_8859_1), frame))
                    .isTrue();
            for (int i = 1; i < frames; i++) {
                client.read(frame.length);
            }
        }
        assertThat(written.get()).isEqualTo((long) frame.length * frames);
    }

    @Test
    void to_a_version_of_http_2_there_are_no_websockets() {
        table.repeat(1, Assign.REQUEST, OLD, http2Share("1.0.0", version.address(), 100));
        await().atMost(SOON).untilAsserted(() -> {
            try (RawClient client = new RawClient(gateway.frontPort())) {
                client.send(asking);
                assertThat(client.head()).startsWith("HTTP/1.1 501 ");
                assertThat(client.until("}")).contains("web-socket-not-supported");
            }
        });
    }

    private RawClient open() {
        return new RawClient(gateway.frontPort()).send(asking);
    }

    private RawClient openOn(String wanted) {
        RawClient[] opened = new RawClient[1];
        await().atMost(SOON).until(() -> {
            RawClient client = open();
            if (client.head().contains("Slipway-Version: " + wanted)) {
                opened[0] = client;
                return true;
            }
            client.close();
            return false;
        });
        return opened[0];
    }

    private static Frame frame(RawClient client) {
        return Objects.requireNonNull(client.frame(), "the connection ended");
    }

    private static dev.slipway.contracts.traffic.TrafficTable.Share canaryShare(RawVersion canary, int percent) {
        return share("1.1.0", canary.address(), percent);
    }

    private void serves() {
        table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }

    private static ToLongFunction<Counts> kinds(String kind) {
        return counts -> counts.kinds().getOrDefault(kind, 0L);
    }

    private long sum(String key, ToLongFunction<Counts> what) {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(sample -> WireJson.mapper().readValue(sample.value(), TrafficSample.class))
                .flatMap(sample -> sample.versions().stream())
                .filter(counts -> counts.key().equals(key))
                .mapToLong(counts -> what.applyAsLong(counts.all()))
                .sum();
    }
}
