package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Pace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request to the running application, built up step by step. */
final class Asking {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpRequest.Builder request;

    private Asking(HttpRequest.Builder request) {
        this.request = request;
    }

    static Asking of(int port, String method, String path) {
        return of(port, method, path, BodyPublishers.noBody());
    }

    static Asking of(int port, String method, String path, BodyPublisher body) {
        return new Asking(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body)
                .timeout(Pace.patience(Duration.ofSeconds(20))));
    }

    static Asking json(int port, String method, String path, String json) {
        return of(port, method, path, BodyPublishers.ofString(json)).header("Content-Type", "application/json");
    }

    /** A body whose length is not told in advance. */
    static BodyPublisher streamed(int bytes) {
        return streamed("a".repeat(bytes));
    }

    static BodyPublisher streamed(String text) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    Asking as(@Nullable String token) {
        return token == null ? this : header("Authorization", "Bearer " + token);
    }

    Asking header(String name, String value) {
        request.setHeader(name, value);
        return this;
    }

    Answer answer() {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Requires a problem document of this status and type, and gives its detail. */
        String problem(int status, String code) {
            assertThat(status()).as(body()).isEqualTo(status);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            JsonNode problem = json();
            assertThat(problem.path("type").asString()).isEqualTo("urn:slipway:problem:" + code);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asString()).isEqualTo(code.replace('-', ' '));
            assertThat(body()).doesNotContain(TestApplication.SECRET).doesNotContain("\\tat ");
            return problem.path("detail").asString();
        }
    }
}
