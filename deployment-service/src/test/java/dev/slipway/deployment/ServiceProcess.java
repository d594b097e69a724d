package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The whole service as a process of its own, so that it can be killed as hard as processes are. */
final class ServiceProcess implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Pace.patience(Duration.ofSeconds(1)))
            .build();
    private final Process process;
    private final URI address;

    private ServiceProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static ServiceProcess start(Path home, String database, Path allowedPrograms, Path publicKey) {
        int port = Ports.free();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeploymentService.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("service.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "SLIPWAY_MESSAGING_SWEEP_EVERY", // a lease is judged by looks that are close together
                        "200ms",
                        "SLIPWAY_MESSAGING_SESSION_TIMEOUT",
                        "6s",
                        "SLIPWAY_MESSAGING_TASK_LEASE",
                        "3s",
                        "SLIPWAY_ROLLOUTS_DRAIN",
                        "1s",
                        "SLIPWAY_WARMUP_CHECKWITHIN",
                        "1s",
                        "SLIPWAY_TARGETS_LOOK_EVERY",
                        "1s",
                        "SLIPWAY_WATCH_COMPARE_EVERY",
                        "1s",
                        "SLIPWAY_WATCH_LOOK_EVERY",
                        "100ms",
                        "SLIPWAY_WATCH_RESTART_AFTER",
                        "200ms",
                        "SLIPWAY_WATCH_WELL_FOR",
                        "1s"));
        builder.environment()
                .putAll(Map.of(
                        "SERVER_PORT",
                        Integer.toString(port),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                        PlatformExtension.kafka(),
                        "SPRING_MONGODB_URI",
                        PlatformExtension.mongodb(database),
                        "SLIPWAY_IDENTITY_PUBLIC_KEY",
                        publicKey.toUri().toString(),
                        "SLIPWAY_TARGETS_DIRECTORY",
                        home.resolve("targets").toString(),
                        "SLIPWAY_DEPLOYMENT_SECRETS_FOLDER",
                        home.resolve("secrets").toString(),
                        "SLIPWAY_TARGETS_ARTIFACT_ROOTS",
                        home.toString(),
                        "SLIPWAY_TARGETS_ALLOWED_PROGRAMS",
                        allowedPrograms.toString()));
        try {
            ServiceProcess service = new ServiceProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
            Awaitility.await().atMost(Pace.patience(Duration.ofSeconds(60))).until(() -> service.ready());
            return service;
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private boolean ready() {
        assertThat(process.isAlive()).as("the service is alive; see its log").isTrue();
        try {
            return get("/actuator/health/readiness", "").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> get(String path, String token) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Pace.patience(Duration.ofSeconds(5)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        client.close();
    }
}
