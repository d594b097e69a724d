package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

class ListenersTlsIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(20));
    private static final String OLD = "hello@1.0.0/production/1";
    private static final String PASSWORD = "changeit";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final RawVersion version = RawVersion.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    @BeforeAll
    static void start() {
        certificate("first");
        certificate("shop.test");
        Path held = folder.resolve("held.p12");
        copy("first", held);
        gateway = RunningGateway.startOnly(
                "spring.ssl.bundle.jks.front.keystore.location=file:" + held,
                "spring.ssl.bundle.jks.front.keystore.password=" + PASSWORD,
                "spring.ssl.bundle.jks.front.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=300ms",
                "spring.ssl.bundle.jks.shop.keystore.location=file:" + folder.resolve("shop.test.p12"),
                "spring.ssl.bundle.jks.shop.keystore.password=" + PASSWORD,
                "slipway.front.ssl.bundle=front",
                "slipway.front.ssl.server-name-bundles[0].server-name=shop.test",
                "slipway.front.ssl.server-name-bundles[0].bundle=shop",
                "server.ssl.bundle=front",
                "server.ssl.server-name-bundles[0].server-name=shop.test",
                "server.ssl.server-name-bundles[0].bundle=shop");
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

    /** Made here and now; a certificate is never part of the sources. */
    private static void certificate(String name) {
        try {
            Process made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "it",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=dns:" + name,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            folder.resolve(name + ".p12").toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(made.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(String name, Path held) {
        try {
            Path beside = Files.copy(
                    folder.resolve(name + ".p12"), folder.resolve("next"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, held, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that takes any certificate and tells which it got. */
    private static final class Secured implements AutoCloseable {
        private final SSLSocket socket;
        private final BufferedInputStream in;

        private Secured(int port, String name, String... protocols) throws IOException {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            socket = (SSLSocket) trusting().getSocketFactory().createSocket(plain, name, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setApplicationProtocols(protocols);
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) SOON.toMillis());
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream());
        }

        private String subject() throws IOException {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }

        private String get(String host, String path) throws IOException {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String head = RawVersion.until(in, "\r\n\r\n");
            Matcher length = LENGTH.matcher(head);
            assertThat(length.find()).as(head).isTrue();
            in.readNBytes(Integer.parseInt(length.group(1)));
            return head;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_renewed_certificate_is_shown_to_new_connections_while_old_ones_live_on(boolean front) throws Exception {
        int port = front ? gateway.frontPort() : gateway.port();
        Path held = folder.resolve("held.p12");
        copy("first", held);
        await().atMost(SOON).until(() -> subject(port, "x.test").equals("CN=first"));
        try (Secured old = new Secured(port, "x.test")) {
            assertThat(old.get("nobody.test", "/x")).startsWith("HTTP/1.1 ");
            String renewed = "renewed-" + front;
            certificate(renewed);
            copy(renewed, held);

            await().atMost(SOON).until(() -> subject(port, "x.test").equals("CN=" + renewed));
            assertThat(old.subject()).isEqualTo("CN=first");
            assertThat(old.get("nobody.test", "/x")).startsWith("HTTP/1.1 ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_name_that_is_called_chooses_the_certificate(boolean front) throws Exception {
        int port = front ? gateway.frontPort() : gateway.port();
        assertThat(subject(port, "shop.test")).isEqualTo("CN=shop.test");
        assertThat(subject(port, "other.test")).isNotEqualTo("CN=shop.test");
    }

    private static String subject(int port, String name) throws IOException {
        try (Secured secured = new Secured(port, name)) {
            return secured.subject();
        }
    }

    @Test
    void applications_are_reached_by_tls_and_told_so_and_so_are_websockets() throws Exception {
        serves();
        try (Secured client = new Secured(gateway.frontPort(), "x.test", "http/1.1")) {
            assertThat(client.get(table.host(), "/x")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(version.heads().getLast()).contains("X-Forwarded-Proto: https\r\n");
        }
        version.now(talk -> {
            talk.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            talk.send(talk.read(11));
        });
        try (Secured client = new Secured(gateway.frontPort(), "x.test")) {
            String asking = "GET /x HTTP/1.1\r\nHost: " + table.host()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            client.socket.getOutputStream().write(asking.getBytes(StandardCharsets.US_ASCII));
            assertThat(RawVersion.until(client.in, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            byte[] frame = Frames.masked(true, Frames.TEXT, "hello").getBytes(StandardCharsets.ISO_8859_1);
            client.socket.getOutputStream().write(frame);
            assertThat(client.in.readNBytes(frame.length)).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("deprecation") // the kind of context that is left for clients of HTTP/2
    void both_listeners_agree_on_http_2_by_alpn(boolean front) throws Exception {
        serves();
        int port = front ? gateway.frontPort() : gateway.port();
        HttpClient client = HttpClient.newConnection()
                .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                .secure(spec -> spec.sslContext(reactor.netty.http.Http2SslContextSpec.forClient()
                        .configure(builder -> builder.trustManager(new Anyone()))));
        String answer = client.headers(headers -> headers.set("Host", front ? table.host() : "localhost"))
                .get()
                .uri("https://127.0.0.1:" + port + (front ? "/x" : "/actuator/health/readiness"))
                .responseSingle((response, _) ->
                        Mono.just(response.version() + " " + response.status().code()))
                .block(SOON);
        assertThat(answer).isEqualTo("HTTP/2.0 200");
    }

    private void serves() throws Exception {
        table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> {
            try (Secured client = new Secured(gateway.frontPort(), "x.test")) {
                return client.get(table.host(), "/x").startsWith("HTTP/1.1 200 ");
            }
        });
    }
}
