package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.deployment.target.ArtifactStore.Fetched;
import dev.slipway.platform.Pace;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Artifacts behind {@code https:}, from a server that speaks TLS. */
final class HttpsArtifactsTest {
    private static final String PASSWORD = "changeit";
    private static final int BYTES_MAX = 1_000;
    private static final byte[] CONTENT = "a program".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path keys = Path.of("");

    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SSLContext tls;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpsServer server;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void certify() throws Exception {
        Path file = keys.resolve("host.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(Pace.seconds(60), TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore host = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            host.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("host", host.getCertificate("host"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(host, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @BeforeEach
    void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            switch (path) {
                case "/app" -> {
                    exchange.sendResponseHeaders(200, CONTENT.length);
                    exchange.getResponseBody().write(CONTENT);
                }
                case "/large" -> {
                    exchange.sendResponseHeaders(200, 100L * BYTES_MAX);
                    exchange.getResponseBody().write(new byte[100 * BYTES_MAX]);
                }
                case "/moved" -> {
                    exchange.getResponseHeaders().add("Location", "/app");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/away" -> {
                    exchange.getResponseHeaders().add("Location", "https://elsewhere.example.test/app");
                    exchange.sendResponseHeaders(302, -1);
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Fetched fetch(String path, Digest digest) throws Exception {
        TargetSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "targets.directory",
                        directory.toString(),
                        "targets.artifact-hosts",
                        "127.0.0.1:" + server.getAddress().getPort(),
                        "targets.artifact-bytes-max",
                        BYTES_MAX + "B",
                        "targets.answer-within",
                        "1m")))
                .bind("targets", TargetSettings.class)
                .get();
        RemoteArtifacts remote = new RemoteArtifacts(
                settings,
                CircuitBreaker.ofDefaults("artifacts"),
                HttpClient.newBuilder().sslContext(tls));
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + path);
        return new ArtifactStore(settings, remote).fetch(new Artifact(uri, digest));
    }

    private Digest released() throws Exception {
        return ArtifactStore.digest(Files.write(directory.resolve("released"), CONTENT));
    }

    private String refused(String path, Digest digest) throws Exception {
        Fetched fetched = fetch(path, digest);
        assertThat(fetched).isInstanceOf(Fetched.Refused.class);
        return ((Fetched.Refused) fetched).why();
    }

    @Test
    void what_a_listed_host_has_is_fetched_once_and_kept_under_its_digest() throws Exception {
        assertThat(fetch("/app", released()))
                .isInstanceOfSatisfying(
                        Fetched.Here.class, here -> assertThat(here.path()).hasBinaryContent(CONTENT));
        assertThat(fetch("/app", released())).isInstanceOf(Fetched.Here.class);
        assertThat(asked).containsExactly("/app");
    }

    @Test
    void what_has_another_digest_than_was_released_is_refused() throws Exception {
        assertThat(refused("/app", new Digest("sha256:" + "0".repeat(64)))).contains("not 000000000000 as released");
    }

    @Test
    void a_redirect_is_followed_to_a_listed_host_alone() throws Exception {
        assertThat(fetch("/moved", released())).isInstanceOf(Fetched.Here.class);

        assertThat(refused("/away", new Digest("sha256:" + "1".repeat(64))))
                .contains(
                        "elsewhere.example.test is no host that artifacts may come from", "slipway allow --host HOST");
    }

    @Test
    void what_is_not_there_and_what_is_too_large_is_refused_in_words() throws Exception {
        assertThat(refused("/nothing", released())).contains("There is no artifact at https://127.0.0.1:");
        assertThat(refused("/large", new Digest("sha256:" + "2".repeat(64)))).contains("artifact-bytes-max");
    }
}
