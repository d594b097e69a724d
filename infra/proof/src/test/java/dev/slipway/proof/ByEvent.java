package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** An application that is released as a CI does it: an event at the gateway that names what was built. */
final class ByEvent {
    private final Map<String, String> access;
    private final HttpClient http;
    private final Path folder;
    private final String application;

    /** @param access what the home's file {@code env} says */
    ByEvent(Map<String, String> access, HttpClient http, Path folder, String application) {
        this.access = Map.copyOf(access);
        this.http = http;
        this.folder = folder;
        this.application = application;
    }

    /** As a policy names it. */
    String repository() {
        return folder.toUri().toString().replaceFirst("/$", "");
    }

    void policy(String yaml) throws IOException, InterruptedException {
        HttpResponse<String> put =
                send("PUT", "/api/v1/applications/%s/policy".formatted(application), "ADMIN", "application/yaml", yaml);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    /** @param artifacts by the names that the CI gives them, the program first */
    void publish(String version, Map<String, Path> artifacts) throws IOException, InterruptedException {
        publish(version, commit(version), artifacts, Map.of());
    }

    /**
     * The same of a commit that there is.
     *
     * @param said of the release beside that, as in {@code forwardOnly}
     */
    void publish(String version, String sha, Map<String, Path> artifacts, Map<String, String> said)
            throws IOException, InterruptedException {
        String listed = artifacts.entrySet().stream()
                .map(each -> "{\"name\": \"%s\", \"uri\": \"%s\", \"digest\": \"%s\"}"
                        .formatted(each.getKey(), each.getValue().toUri(), digest(each.getValue())))
                .collect(Collectors.joining(", "));
        String event = """
                {"context": {"id": "%2$s", "source": "/ci/%1$s", "type": "dev.cdevents.artifact.published.0.3.0"},
                 "subject": {"id": "pkg:generic/%1$s@%2$s", "content": {}},
                 "customData": {"application": "%1$s", "version": "%2$s", "sha": "%3$s", "artifacts": [%4$s]%5$s}}""".formatted(application, version, sha, listed, members(said));
        HttpResponse<String> taken = send("POST", "/api/v1/events", "PUBLISHER", "application/json", event);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(taken.body()).contains("A release of %s %s".formatted(application, version));
    }

    private static String members(Map<String, String> said) {
        return said.entrySet().stream()
                .map(each -> ", \"%s\": %s"
                        .formatted(each.getKey(), JsonMapper.shared().writeValueAsString(each.getValue())))
                .collect(Collectors.joining());
    }

    /** What a version is built of. */
    String commit(String version) {
        TestRepository git = Files.exists(folder.resolve(".git"))
                ? TestRepository.at(folder)
                : TestRepository.in(folder).on("production");
        String sha = git.commitAll("feat: " + version);
        git.git("branch", "-f", "main", sha);
        return sha;
    }

    private HttpResponse<String> send(String method, String path, String role, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(access.get("SLIPWAY_URL") + path))
                .header("Authorization", "Bearer " + access.get("SLIPWAY_TOKEN_" + role))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static Digest digest(Path file) {
        try {
            return Digest.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
