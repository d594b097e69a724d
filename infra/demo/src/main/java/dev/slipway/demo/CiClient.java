package dev.slipway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    private final List<URI> gateways;
    /** The one that answered last. */
    private volatile int current;

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
        if (gateways.isEmpty()) {
            throw new IllegalArgumentException("the CI needs a gateway");
        }
        this.gateways = List.copyOf(gateways);
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
     * Hands in the JUnit reports of a build, each for itself.
     *
     * @param suite what the policy's gate calls it, such as {@code unit}
     * @throws GatewayRefused if the gateway does not take one or stays away
     */
    public void putEvidence(String application, Build build, String suite) throws IOException {
        for (Path report : build.reports()) {
            String path = "/api/v1/applications/%s/evidence?sha=%s&kind=junit&suite=%s"
                    .formatted(encode(application), build.sha(), encode(suite));
            byte[] content = Files.readAllBytes(report);
            HttpRequest.Builder request = request(path, publisherToken, "application/xml")
                    .header("Idempotency-Key", nameBased(path, content))
                    .POST(BodyPublishers.ofByteArray(content));
            send(request.build(), CREATED);
        }
    }

    /**
     * Registers a policy.
     *
     * @throws GatewayRefused if the gateway does not take it or stays away
     */
    public void putPolicy(String application, String yaml, String adminToken) {
        String path = "/api/v1/applications/%s/policy".formatted(encode(application));
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
        return HttpRequest.newBuilder(gateways.get(current).resolve(path))
                .timeout(limits.answerMax())
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .header("Accept", "application/json, application/problem+json");
    }

    private void send(HttpRequest asked, int... expected) {
        for (int attempt = 1; ; attempt++) {
            Duration wait = limits.waitAfter((attempt - 1) / gateways.size() + 1);
            URI gateway = gateways.get(current);
            HttpRequest request = at(gateway, asked);
            GatewayRefused refused;
            try {
                HttpResponse<String> answer =
                        http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
                for (int status : expected) {
                    if (answer.statusCode() == status) {
                        return;
                    }
                }
                refused = refusal(request, answer);
                wait = retryAfter(answer).orElse(wait);
            } catch (IOException away) {
                String message = "%s %s: %s does not answer (%s)"
                        .formatted(request.method(), request.uri().getPath(), gateway, away);
                refused = new GatewayRefused(message, GatewayRefused.UNREACHABLE, true);
                current = (current + 1) % gateways.size();
                wait = current == 0 ? wait : Duration.ZERO; // the next one may well answer now
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new GatewayRefused("interrupted while " + gateway + " was asked", 0, true);
            }
            if (!refused.retryHelps() || attempt == limits.attemptsMax()) {
                throw refused;
            }
            pause(wait);
        }
    }

    private static HttpRequest at(URI gateway, HttpRequest request) {
        URI asked = request.uri();
        String path = asked.getRawQuery() == null ? asked.getRawPath() : asked.getRawPath() + "?" + asked.getRawQuery();
        return HttpRequest.newBuilder(request, (_, _) -> true)
                .uri(gateway.resolve(path))
                .build();
    }

    private static GatewayRefused refusal(HttpRequest request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String message =
                "%s %s: %d %s".formatted(request.method(), request.uri().getPath(), status, explanation(answer.body()));
        return new GatewayRefused(message, status, status == UNAVAILABLE || status == TOO_MANY_REQUESTS);
    }

    /** What a problem document (RFC 9457) says, or else the beginning of whatever came. */
    private static String explanation(String body) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            String title = problem.path("title").asString("");
            String detail = problem.path("detail").asString("");
            if (!detail.isEmpty() || !title.isEmpty()) {
                return detail.isEmpty() ? title : detail;
            }
        } catch (JacksonException notJson) {
            return body.substring(0, Math.min(body.length(), 500));
        }
        return body.substring(0, Math.min(body.length(), 500));
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

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
