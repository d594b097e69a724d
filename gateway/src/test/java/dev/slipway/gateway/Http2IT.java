package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.http2Share;
import static dev.slipway.gateway.LiveTable.share;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

@Tag("thorough")
class Http2IT {
    /** Shorter than the silence of one test, longer than the pauses of all others. */
    private static final Duration IDLE = Pace.patience(Duration.ofSeconds(1));

    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int LARGE = 8 * 1024 * 1024;
    private static RunningGateway gateway;
    private static DisposableServer http2Version;
    private static final List<String> asked = new CopyOnWriteArrayList<>();
    private static final List<String> trailersSeen = new CopyOnWriteArrayList<>();

    private final LiveTable table = new LiveTable();
    private final RawVersion version = RawVersion.answering(OK);
    private final ConnectionProvider connections = ConnectionProvider.create("http2-it", 1);
    private final HttpClient http2 = HttpClient.create(connections)
            .protocol(HttpProtocol.H2C)
            .headers(headers -> headers.set("Host", table.host()))
            .responseTimeout(SOON);

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                "slipway.front.client-idle=" + IDLE.toMillis() + "ms",
                "slipway.front.http2.alive-within=" + IDLE.toMillis() + "ms",
                "slipway.front.body-read-within=" + IDLE.multipliedBy(2).toMillis() + "ms");
        http2Version = HttpServer.create()
                .host(InetAddress.getLoopbackAddress().getHostAddress())
                .port(0)
                .protocol(HttpProtocol.H2C)
                .route(routes -> routes.route(_ -> true, (request, response) -> {
                    asked.add(request.method() + " " + request.uri() + " " + lines(request.requestHeaders()));
                    request.withConnection(Http2IT::keepTrailers);
                    return switch (request.uri().split("\\?")[0]) {
                        case "/echo" ->
                            response.header("X-Method", request.method().name())
                                    .send(request.receive().retain());
                        case "/none" -> response.status(204).send();
                        case "/refuses" -> {
                            request.withConnection(connection -> {
                                var _ = connection.channel().writeAndFlush(new DefaultHttp2ResetFrame(11));
                            });
                            yield Mono.never();
                        }
                        default ->
                            response.header("X-Proto", request.protocol()).sendString(Mono.just("ok"));
                    };
                }))
                .bindNow();
    }

    private static List<String> lines(HttpHeaders headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach(line -> lines.add(line.getKey() + ": " + line.getValue()));
        return lines;
    }

    @AfterAll
    static void stop() {
        gateway.close();
        http2Version.disposeNow();
    }

    @AfterEach
    void silence() {
        table.close();
        version.close();
        connections.dispose();
    }

    private record Got(int status, HttpHeaders headers, String body, HttpHeaders trailers) {}

    private Got get(String path) {
        return ask(HttpMethod.GET, path, null);
    }

    private Got ask(HttpMethod method, String path, @Nullable Flux<ByteBuf> body) {
        return ask(http2, method, path, body);
    }

    private static Got ask(HttpClient client, HttpMethod method, String path, @Nullable Flux<ByteBuf> body) {
        HttpClient.RequestSender sender = client.request(method).uri("http://127.0.0.1:" + gateway.frontPort() + path);
        HttpClient.ResponseReceiver<?> sent = body == null ? sender : sender.send(body);
        Got got = sent.responseSingle((response, bytes) -> bytes.asString(StandardCharsets.ISO_8859_1)
                        .defaultIfEmpty("")
                        .flatMap(text -> response.trailerHeaders()
                                .defaultIfEmpty(io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE)
                                .map(trailers ->
                                        new Got(response.status().code(), response.responseHeaders(), text, trailers))))
                .block(SOON);
        return Objects.requireNonNull(got);
    }

    @Test
    void a_client_of_http_2_reaches_a_version_of_http_1_as_one_of_http_1_does() {
        serves();
        version.now(RawVersion.plain("HTTP/1.1 201 Yes\r\nContent-Length: 2\r\nX-B: 1\r\nx-a: 2\r\nSet-Cookie: a=1\r\n"
                + "Set-Cookie: b=2\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\nok"));

        HttpClient client = http2.headers(headers ->
                headers.add("X-One", "1").add("Cookie", "a=1").add("X-Two", "ä").add("TE", "trailers"));
        Got got = ask(client, HttpMethod.GET, "/a?b=1&c=%C3%A4", null);

        assertThat(got.status()).isEqualTo(201);
        assertThat(got.body()).isEqualTo("ok");
        assertThat(lines(got.headers()))
                .contains("x-b: 1", "x-a: 2", "set-cookie: a=1", "set-cookie: b=2", "slipway-version: 1.0.0")
                .noneMatch(line -> line.startsWith("connection") || line.startsWith("keep-alive"));
        assertThat(version.heads().getLast())
                .startsWith("GET /a?b=1&c=%C3%A4 HTTP/1.1\r\n")
                .contains(
                        "host: " + table.host() + "\r\n",
                        "x-one: 1\r\n",
                        "cookie: a=1\r\n",
                        "X-Forwarded-For: 127.0.0.1\r\n")
                .doesNotContain("x-http2", "slipway-sent", "te: ", "hunked");
    }

    @Test
    void odd_targets_and_answers_without_a_body_pass() {
        serves();
        for (String target : new String[] {"/a%2Fb//c;d=1/?", "/x?q=[]|^{}", "/x%"}) {
            version.now(RawVersion.plain(OK));
            assertThat(http2.get()
                            .uri(URI.create("http://127.0.0.1:" + gateway.frontPort() + "/"))
                            .response()
                            .block(SOON))
                    .isNotNull();
            assertThat(raw(target)).isEqualTo("200");
            assertThat(version.heads().getLast()).startsWith("GET " + target + " HTTP/1.1\r\n");
        }
        version.now(RawVersion.plain("HTTP/1.1 204 No Content\r\nETag: \"a\"\r\n\r\n"));
        assertThat(get("/x").status()).isEqualTo(204);
        version.now(RawVersion.plain("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"));
        assertThat(get("/x").headers().get("etag")).isEqualTo("\"a\"");
        version.now(RawVersion.plain("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"));
        Got head = ask(HttpMethod.HEAD, "/x", null);
        assertThat(head.headers().get("content-length")).isEqualTo("1234");
        assertThat(head.body()).isEmpty();
        version.now(RawVersion.plain(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"));
        assertThat(get("/x").trailers().get("x-sum")).isEqualTo("1");
    }

    /** Clients of HTTP/2 may send targets that this client would not. */
    private String raw(String target) {
        HttpClient client = http2.doOnRequest((request, connection) -> connection
                .channel()
                .pipeline()
                .addAfter(
                        reactor.netty.NettyPipeline.H2ToHttp11Codec,
                        "target",
                        new io.netty.channel.ChannelOutboundHandlerAdapter() {
                            @Override
                            public void write(
                                    io.netty.channel.ChannelHandlerContext context,
                                    Object message,
                                    io.netty.channel.ChannelPromise promise) {
                                if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
                                    head.setUri(target);
                                }
                                var _ = context.write(message, promise);
                            }
                        }));
        return Integer.toString(ask(client, HttpMethod.GET, "/", null).status());
    }

    @Test
    void large_bodies_pass_in_both_directions_between_all_protocols() {
        byte[] large = new byte[LARGE];
        new java.util.SplittableRandom(7).nextBytes(large);
        String text = new String(large, StandardCharsets.ISO_8859_1);
        serves();
        version.now(talk -> {
            String body = talk.head().contains("hunked") ? "chunked" : talk.read(LARGE);
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        HttpClient told = http2.headers(headers -> headers.set("Content-Length", LARGE));
        String echoed = told.post()
                .uri("http://127.0.0.1:" + gateway.frontPort() + "/x")
                .send(pieces(large))
                .responseSingle((_, bytes) -> bytes.asString(StandardCharsets.ISO_8859_1))
                .block(SOON);
        assertThat(text.equals(echoed)).isTrue();

        http2Serves();
        Got got = ask(HttpMethod.POST, "/echo", pieces(large));
        assertThat(got.headers().get("x-method")).isEqualTo("POST");
        assertThat(text.equals(got.body())).isTrue();
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(
                    "PUT /echo HTTP/1.1\r\nHost: " + table.host() + "\r\nContent-Length: " + LARGE + "\r\n\r\n" + text);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n").contains("x-method: PUT\r\n");
        }
    }

    private static Flux<ByteBuf> pieces(byte[] bytes) {
        int piece = 50_000;
        return Flux.range(0, (bytes.length + piece - 1) / piece)
                .map(i -> Unpooled.copiedBuffer(bytes, i * piece, Math.min(piece, bytes.length - i * piece)));
    }

    @Test
    void a_version_that_asks_for_http_2_gets_it_from_any_client() {
        http2Serves();
        asked.clear();
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send(
                    "GET /x?a=\u00c3\u00a4 HTTP/1.1\r\nHost: " + table.host() + "\r\nX-A: 1\r\nTE: trailers\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("x-proto: HTTP/2.0\r\n", "Slipway-Version: 1.0.0\r\n")
                    .doesNotContain("x-http2");
        }
        assertThat(asked.getLast())
                .startsWith("GET /x?a=%C3%A4 ")
                .contains("host: " + table.host(), "x-a: 1", "te: trailers", "x-forwarded-for: 127.0.0.1");
        assertThat(get("/none").status()).isEqualTo(204);
        assertThat(get("/x").body()).isEqualTo("ok");
    }

    @Test
    void trailers_of_a_request_pass_between_both_protocols() {
        serves();
        version.now(talk -> {
            String body = talk.readUntil("\r\n0\r\n") + talk.readUntil("\r\n\r\n");
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        Got got = ask(withTrailer(), HttpMethod.POST, "/x", Flux.just(Unpooled.copiedBuffer("hello".getBytes(UTF_8))));
        assertThat(got.body()).isEqualTo("5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n");

        http2Serves();
        trailersSeen.clear();
        try (RawClient client = new RawClient(gateway.frontPort())) {
            client.send("POST /echo HTTP/1.1\r\nHost: " + table.host()
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 2\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
        await().atMost(SOON).until(() -> trailersSeen.contains("x-sum: 2"));
        ask(withTrailer(), HttpMethod.POST, "/echo", Flux.just(Unpooled.copiedBuffer("hello".getBytes(UTF_8))));
        await().atMost(SOON).until(() -> trailersSeen.contains("x-sum: 1"));
    }

    /** The client library knows no trailers of requests. */
    private HttpClient withTrailer() {
        return http2.doOnRequest((_, connection) -> connection
                .channel()
                .pipeline()
                .addAfter(reactor.netty.NettyPipeline.H2ToHttp11Codec, "trailer", new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                        if (message instanceof LastHttpContent last) {
                            LastHttpContent end = new DefaultLastHttpContent(last.content());
                            end.trailingHeaders().set("x-sum", "1");
                            var _ = context.write(end, promise);
                        } else {
                            var _ = context.write(message, promise);
                        }
                    }
                }));
    }

    private static void keepTrailers(reactor.netty.Connection connection) {
        connection
                .channel()
                .pipeline()
                .addAfter(reactor.netty.NettyPipeline.H2ToHttp11Codec, "trailers", new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        if (message instanceof LastHttpContent last) {
                            trailersSeen.addAll(lines(last.trailingHeaders()));
                        }
                        context.fireChannelRead(message);
                    }
                });
    }

    @Test
    void a_web_socket_over_http_2_is_not_offered_and_who_asks_all_the_same_hears_why() throws Exception {
        serves();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.frontPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(UTF_8));
            byte[] settings = frame(in, 4);
            for (int at = 0; at < settings.length; at += 6) {
                assertThat(settings[at + 1])
                        .as("SETTINGS_ENABLE_CONNECT_PROTOCOL")
                        .isNotEqualTo((byte) 8);
            }
            socket.getOutputStream().write(extendedConnect());
            byte[] answer = frame(in, 1);
            byte[] problem = frame(in, 0);

            assertThat(new String(answer, UTF_8)).contains("501");
            assertThat(new String(problem, UTF_8)).contains("method-not-implemented", "there are none here");
        }
    }

    /** HEADERS of RFC 8441 section 5.1; each line is literal, neither indexed nor compressed. */
    private byte[] extendedConnect() throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String line : List.of(
                ":method CONNECT",
                ":protocol websocket",
                ":scheme http",
                ":path /chat",
                ":authority " + table.host(),
                "sec-websocket-version 13")) {
            block.write(0);
            for (String part : line.split(" ", 2)) {
                block.write(part.length());
                block.write(part.getBytes(UTF_8));
            }
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(new byte[] {0, 0, (byte) block.size(), 1, 4, 0, 0, 0, 1});
        block.writeTo(frame);
        return frame.toByteArray();
    }

    /** The payload of the next frame of a type; others are passed over. */
    private static byte[] frame(DataInputStream in, int type) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int came = in.readUnsignedByte();
            in.readNBytes(5);
            byte[] payload = in.readNBytes(length);
            if (came == type) {
                return payload;
            }
        }
    }

    @Test
    void many_requests_at_once_share_one_connection() {
        http2Serves();
        Long right = Flux.range(0, 400)
                .flatMap(
                        i -> http2.get()
                                .uri("http://127.0.0.1:" + gateway.frontPort() + "/x?" + i)
                                .responseSingle((response, bytes) -> bytes.asString()
                                        .map(text -> response.status().code() + text)),
                        100)
                .filter("200ok"::equals)
                .count()
                .block(SOON);
        assertThat(right).isEqualTo(400);
    }

    @Test
    void an_answer_that_breaks_off_resets_its_stream_alone() {
        serves();
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
            talk.close();
        });
        String end = http2.get()
                .uri("http://127.0.0.1:" + gateway.frontPort() + "/x")
                .responseContent()
                .aggregate()
                .asString()
                .onErrorResume(broken -> Mono.just("broken"))
                .block(SOON);
        assertThat(end).isEqualTo("broken");
        version.now(RawVersion.plain(OK));
        assertThat(get("/x").body()).isEqualTo("ok");

        http2Serves();
        Got refused = get("/refuses");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body()).contains("version-gave-no-answer");
    }

    @Test
    void a_silent_stream_outlives_the_limit_of_idle_connections() throws Exception {
        serves();
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                Thread.sleep(IDLE.multipliedBy(4)); // past client-idle and alive-within
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            talk.send("4\r\nlate\r\n0\r\n\r\n");
        });
        assertThat(get("/x").body()).isEqualTo("late");
    }

    @Test
    void an_offer_to_upgrade_is_passed_over_and_a_large_body_with_it_is_not_refused() throws Exception {
        serves();
        version.now(talk -> {
            int length = talk.read(1_000_000).length();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + length);
        });
        try (java.net.http.HttpClient offers =
                java.net.http.HttpClient.newBuilder().version(Version.HTTP_2).build()) {
            HttpResponse<String> answer = offers.send(
                    gateway.request(table.path("/x"))
                            .PUT(BodyPublishers.ofByteArray(new byte[1_000_000]))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("1000000");
            assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
        }
    }

    @Test
    void an_unknown_host_is_refused_in_words() {
        serves();
        HttpClient client = http2.headers(headers -> headers.set("Host", "nobody.test"));
        Got unknown = ask(client, HttpMethod.GET, "/x", null);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("unknown-environment");
        assertThat(unknown.headers().get("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void the_api_takes_the_same_from_a_client_that_offers_to_upgrade() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Version version : new Version[] {Version.HTTP_1_1, Version.HTTP_2}) {
            try (java.net.http.HttpClient client =
                    java.net.http.HttpClient.newBuilder().version(version).build()) {
                statuses.add(client.send(
                                gateway.as("publisher", "/api/v1/events")
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString("[" + " ".repeat(200_000) + "]"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode());
            }
        }
        assertThat(statuses).hasSize(2).doesNotContain(413);
        assertThat(statuses.getFirst()).isEqualTo(statuses.getLast());
    }

    @Test
    void the_api_speaks_http_2_as_well() throws IOException {
        String status = HttpClient.create(connections)
                .protocol(HttpProtocol.H2C)
                .get()
                .uri("http://127.0.0.1:" + gateway.port() + "/actuator/health/readiness")
                .responseSingle((response, _) ->
                        Mono.just(response.version() + " " + response.status().code()))
                .block(SOON);
        assertThat(status).isEqualTo("HTTP/2.0 200");
    }

    private void serves() {
        version.now(RawVersion.plain(OK));
        table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }

    private void http2Serves() {
        URI address = URI.create("http://127.0.0.1:" + http2Version.port());
        table.repeat(2, Assign.REQUEST, OLD, http2Share("1.0.0", address, 100));
        await().atMost(SOON)
                .until(() -> gateway.get(table.path("/up"))
                        .headers()
                        .firstValue("x-proto")
                        .isPresent());
    }
}
