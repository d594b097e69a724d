package dev.slipway.cli.machine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;

/** Whether a program can do its work, as it says itself. */
final class Readiness {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    /** Process start times have a coarser clock than files. */
    private static final Duration CLOCK_APART_MAX = Duration.ofSeconds(1);

    private static final int OK = 200;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    private Readiness() {}

    static boolean ofService(int port) {
        return ok("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
    }

    /** The platform writes its addresses down when everything takes requests. */
    static boolean ofPlatform(Home home, ProcessRecord process, PlatformPorts ports) {
        long saidAtMillis = home.data().resolve("platform.json").toFile().lastModified();
        return saidAtMillis >= process.startedAt().minus(CLOCK_APART_MAX).toEpochMilli()
                && IntStream.of(ports.kafka(), ports.mongodb(), ports.smtp(), ports.slack())
                        .allMatch(port -> Ports.answers(port, ANSWER_MAX));
    }

    private static boolean ok(String address) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER_MAX).build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
