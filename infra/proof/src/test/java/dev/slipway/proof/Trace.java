package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Digest;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A release whose only request carries a trace; the version under release says under which trace it is asked. */
final class Trace {
    private static final Duration COMPLETED_MAX = Pace.patience(Duration.ofMinutes(2));
    /** The trace that the proposal begins. */
    static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Path home;
    private final Map<String, String> access;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param access what the home's file {@code env} says */
    Trace(Path home, Map<String, String> access) {
        this.home = home;
        this.access = Map.copyOf(access);
    }

    /** Releases the version and returns the lines that it wrote. */
    List<String> linesOfARelease(Path folder) throws IOException, InterruptedException {
        Path program = Files.createDirectories(folder).resolve("Echo.java");
        try (InputStream source = Objects.requireNonNull(Trace.class.getResourceAsStream("/Echo.java"))) {
            Files.copy(source, program, StandardCopyOption.REPLACE_EXISTING);
        }
        String sha = commit(folder);
        assertThat(send("PUT", "/api/v1/applications/echo/policy", policy(folder), "ADMIN")
                        .statusCode())
                .isEqualTo(200);
        String proposal = """
                {"application": "echo", "version": "1.0.0", "sha": "%s", "artifacts": [{"uri": "%s", "digest": "%s"}]}""".formatted(sha, program.toUri(), Digest.of(Files.readAllBytes(program)));
        HttpResponse<String> proposed = send("POST", "/api/v1/releases", proposal, "PUBLISHER");
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(202);
        await("the release completes").atMost(COMPLETED_MAX).until(() -> state().equals("COMPLETED"));
        return lines();
    }

    private String state() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(access.get("SLIPWAY_URL") + "/api/v1/releases/echo@1.0.0"))
                .header("Authorization", "Bearer " + access.get("SLIPWAY_TOKEN_VIEWER"))
                .build();
        String body = http.send(request, BodyHandlers.ofString()).body();
        String state = JsonMapper.shared().readTree(body).path("state").asString("");
        assertThat(state).as(body).isNotIn("REJECTED", "EXPIRED", "ABORTED", "NEEDS_OPERATOR", "ROLLED_BACK");
        return state;
    }

    private HttpResponse<String> send(String method, String path, String body, String role)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(access.get("SLIPWAY_URL") + path))
                .header("Authorization", "Bearer " + access.get("SLIPWAY_TOKEN_" + role))
                .header("Content-Type", method.equals("PUT") ? "application/yaml" : "application/json")
                .header("traceparent", "00-" + ID + "-00f067aa0ba902b7-01")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String commit(Path folder) {
        TestRepository git = TestRepository.in(folder).on("production");
        String sha = git.commitAll("Echo");
        git.git("branch", "-f", "main", sha);
        return sha;
    }

    private static String policy(Path folder) {
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: echo
                source: {repository: "%s", from: production, to: main}
                contacts: [{role: devops, name: Ben, email: ben@example.test}]
                approvals: {required: 0}
                gates:
                  - {id: smoke, guide: "Perform smoke tests", stage: staging, http: [{get: /smoke, status: 200}]}
                environments:
                  staging: {target: {type: process, command: [java, --source, "25", "{artifact}"], portEnv: PORT, health: /health}}
                  production:
                    target: {type: process, command: [java, --source, "25", "{artifact}"], portEnv: PORT, health: /health}
                    strategy: all-at-once
                    steps: [{traffic: 100}]
                    canary: {answersMin: 5, warmUp: 1s, traffic: probe}
                    bake: 1s
                """.formatted(folder.toUri().toString().replaceFirst("/$", ""));
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> logs = Files.walk(home.resolve("targets"))) {
            for (Path log : logs.filter(path -> path.getFileName().toString().equals("output.log"))
                    .toList()) {
                lines.addAll(Files.readAllLines(log));
            }
        }
        return lines;
    }
}
