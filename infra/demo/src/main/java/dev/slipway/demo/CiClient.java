package dev.slipway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells the gateway what the CI has to say. Each call returns once the gateway has answered that it is durable; where it
 * is busy (503, 429) or away the call is repeated with the same Idempotency-Key, up to a limit.
 */
public final class CiClient implements AutoCloseable {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private final HttpClient http;
    private final Gateways gateways;
    private final String publisherToken;
    private final ClientLimits limits;

    public CiClient(List<URI> gateways, String publisherToken) {
        this(gateways, publisherToken, ClientLimits.DEFAULT);
    }

    public CiClient(URI gateway, String publisherToken, ClientLimits limits) {
        this(List.of(gateway), publisherToken, limits);
    }

    /**
     * @param gateways their addresses without a path, such as {@code http://127.0.0.1:8080}; where one does not answer the
     *     next is asked: every request here may be sent twice
     */
    public CiClient(List<URI> gateways, String publisherToken, ClientLimits limits) {
        this.gateways = new Gateways(gateways);
        this.publisherToken = publisherToken;
        this.limits = limits;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.answerMax())
                .build();
    }

    /**
     * Publishes an event as a CloudEvent in binary mode.
     *
     * @throws GatewayRefused if the gateway does not take it or stays away
     */
    public void publish(CiEvent event) {
        HttpRequest.Builder request = request("/api/v1/events", publisherToken, "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", event.id())
                .header("ce-source", event.source().toString())
                .header("ce-type", event.type())
                .header("Idempotency-Key", event.id())
                .POST(BodyPublishers.ofString(event.json()));
        send(request.build(), ACCEPTED);
    }

    /**
     * Hands in the reports of a build, each for itself and with the exit status of who wrote it, all as of one run and
     * attempt.
     *
     * @throws GatewayRefused if the gateway does not take one or stays away
     */
    public void putEvidence(String application, Build build) throws IOException {
        for (Report report : build.reports()) {
            String path = address(application, build, report);
            byte[] content = Files.readAllBytes(report.file());
            HttpRequest.Builder request = request(path, publisherToken, "application/octet-stream")
                    .header("Idempotency-Key", nameBased(path, content))
                    .POST(BodyPublishers.ofByteArray(content));
            send(request.build(), CREATED);
        }
    }

    private static String address(String application, Build build, Report report) {
        String path = "/api/v1/applications/%s/evidence?sha=%s&kind=%s&run=%s&attempt=%d&file=%s"
                .formatted(
                        Gateways.encode(application),
                        build.sha(),
                        Gateways.encode(report.kind()),
                        Gateways.encode(build.run().id()),
                        build.run().attempt(),
                        Gateways.encode(report.file().getFileName().toString()));
        String suite = report.suite() == null ? "" : "&suite=" + Gateways.encode(report.suite());
        return path + suite + (report.exit() == null ? "" : "&exit=" + report.exit());
    }

    /**
     * Registers a policy.
     *
     * @throws GatewayRefused if the gateway does not take it or stays away
     */
    public void putPolicy(String application, String yaml, String adminToken) {
        String path = "/api/v1/applications/%s/policy".formatted(Gateways.encode(application));
        send(
                request(path, adminToken, "application/yaml")
                        .PUT(BodyPublishers.ofString(yaml))
                        .build(),
                OK,
                CREATED,
                ACCEPTED);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path, String token, String contentType) {
        return gateways.request(path, token).timeout(limits.answerMax()).header("Content-Type", contentType);
    }

    private void send(HttpRequest request, int... expected) {
        for (int attempt = 1; ; attempt++) {
            Duration wait = limits.waitAfter(attempt);
            GatewayRefused refused;
            try {
                HttpResponse<String> answer = gateways.send(http, request, ANSWER_BYTES_MAX, _ -> true);
                for (int status : expected) {
                    if (answer.statusCode() == status) {
                        return;
                    }
                }
                refused = refusal(request, answer);
                wait = retryAfter(answer).orElse(wait);
            } catch (Gateways.Away away) {
                String message =
                        "%s %s: %s".formatted(request.method(), request.uri().getPath(), away.getMessage());
                refused = new GatewayRefused(message, GatewayRefused.UNREACHABLE, true);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new GatewayRefused("interrupted while " + gateways.current() + " was asked", 0, true);
            }
            if (!refused.retryHelps() || attempt == limits.attemptsMax()) {
                throw refused;
            }
            pause(wait);
        }
    }

    private static GatewayRefused refusal(HttpRequest request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String message = "%s %s: %d %s"
                .formatted(request.method(), request.uri().getPath(), status, Gateways.explanation(answer.body()));
        return new GatewayRefused(message, status, status == UNAVAILABLE || status == TOO_MANY_REQUESTS);
    }

    private Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(asked -> asked.compareTo(limits.waitMax()) < 0 ? asked : limits.waitMax());
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GatewayRefused("interrupted between two attempts", GatewayRefused.UNREACHABLE, true);
        }
    }

    /** The same report for the same commit has the same key, and no other has it. */
    private static String nameBased(String path, byte[] content) {
        String name = path + UUID.nameUUIDFromBytes(content);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
