package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both listeners, by bundles of Spring's. */
class TlsIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    @Test
    void both_listeners_show_the_certificate_of_the_name_that_is_asked_for_and_a_renewed_one_without_a_restart()
            throws Exception {
        store("first", "first");
        store("shop", "shop");
        try (RawVersion version = RawVersion.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                LiveTable table = new LiveTable();
                RunningGateway gateway = RunningGateway.startOnly(
                        "spring.ssl.bundle.jks.main.reload-on-update=true",
                        "spring.ssl.bundle.jks.main.keystore.location=file:" + folder.resolve("first.p12"),
                        "spring.ssl.bundle.jks.main.keystore.password=secret",
                        "spring.ssl.bundle.jks.shop.keystore.location=file:" + folder.resolve("shop.p12"),
                        "spring.ssl.bundle.jks.shop.keystore.password=secret",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms",
                        "server.ssl.bundle=main",
                        "slipway.front.ssl.bundle=main",
                        "slipway.front.ssl.server-name-bundles[0].server-name=shop.localhost",
                        "slipway.front.ssl.server-name-bundles[0].bundle=shop")) {
            TrafficTable all =
                    table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", version.address(), 100));
            table.probe(all, 2, new Probe(20, List.of("/probed")));
            await().atMost(SOON)
                    .until(() -> ask(gateway.frontPort(), "x.localhost", table.path("/x"))
                            .answer()
                            .endsWith("ok"));

            assertThat(version.heads().getLast()).contains("X-Forwarded-Proto: https\r\n");
            assertThat(ask(gateway.frontPort(), "x.localhost", table.path("/x")).subject())
                    .isEqualTo("CN=first");
            assertThat(ask(gateway.frontPort(), "shop.localhost", table.path("/x"))
                            .subject())
                    .isEqualTo("CN=shop");
            assertThat(ask(gateway.port(), "api.localhost", "/actuator/health/liveness")
                            .subject())
                    .isEqualTo("CN=first");
            await().atMost(SOON)
                    .until(() -> version.heads().stream().anyMatch(head -> head.startsWith("GET /probed ")));

            store("second", "second");
            Files.move(folder.resolve("second.p12"), folder.resolve("first.p12"), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(SOON)
                    .until(() -> ask(gateway.frontPort(), "x.localhost", table.path("/x"))
                                    .subject()
                                    .equals("CN=second")
                            && ask(gateway.port(), "api.localhost", "/actuator/health/liveness")
                                    .subject()
                                    .equals("CN=second"));
            version.forget();
            await().atMost(SOON).until(() -> !version.heads().isEmpty()); // probes trust the new one too
        }
    }

    private record Told(String subject, String answer) {}

    private static Told ask(int port, String name, String path) throws IOException, GeneralSecurityException {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) Pace.seconds(20) * 1_000);
            socket.startHandshake();
            String subject = ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new Told(subject, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void store(String file, String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        folder.resolve(file + ".p12").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(Pace.seconds(30), TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
