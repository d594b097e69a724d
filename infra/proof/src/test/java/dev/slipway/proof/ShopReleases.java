package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An application in Python whose releases differ in nothing but their number, by a canary of 5, 25, 50 and 100 %, of which the
 * last is the bake's: 95 % for the new version, and what is held back for comparison.
 */
final class ShopReleases {
    private static final String PROGRAM = """
            import os
            from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

            class Shop(BaseHTTPRequestHandler):
                def do_GET(self):
                    body = b"VERSION"
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *what):
                    pass

            class Server(ThreadingHTTPServer):
                request_queue_size = 128

            Server(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
            """;

    /** Of the step at which something is to happen, so that it is seen in time. */
    private static final String LONG = "20s";

    private static final String SHORT = "5s";

    private final Path folder;
    private final Map<String, String> access;
    private final TestRepository git;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param access what the home's file {@code env} says */
    ShopReleases(Path folder, Map<String, String> access) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.access = Map.copyOf(access);
        this.git = TestRepository.in(folder).on("production");
    }

    /**
     * Proposes it. Its id.
     *
     * @param longAt share of the step that takes its time, percent
     */
    String propose(String version, int longAt) throws IOException, InterruptedException {
        HttpResponse<String> put = send("PUT", "/api/v1/applications/shop/policy", policy(longAt), "ADMIN");
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        Path program = Files.writeString(folder.resolve("app.py"), PROGRAM.replace("VERSION", version));
        String sha = git.commitAll(version);
        git.git("branch", "-f", "main", sha);
        Path artifact = Files.copy(program, folder.resolveSibling("app-" + version + ".py"));
        String proposal = """
                {"application": "shop", "version": "%s", "sha": "%s", "artifacts": [{"uri": "%s", "digest": "%s"}]}""".formatted(version, sha, artifact.toUri(), Digest.of(Files.readAllBytes(artifact)));
        HttpResponse<String> proposed = send("POST", "/api/v1/releases", proposal, "PUBLISHER");
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(202);
        return "shop@" + version;
    }

    private HttpResponse<String> send(String method, String path, String body, String role)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(access.get("SLIPWAY_URL") + path))
                .header("Authorization", "Bearer " + access.get("SLIPWAY_TOKEN_" + role))
                .header("Content-Type", method.equals("PUT") ? "application/yaml" : "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private String policy(int longAt) {
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: shop
                source: {repository: "%s", from: production, to: main}
                contacts: [{role: devops, name: Ben, email: ben@example.test}]
                approvals: {required: 0}
                gates:
                  - {id: smoke, guide: "Perform smoke tests", stage: staging, http: [{get: /health, status: 200}]}
                environments:
                  staging: {target: {type: process, command: [python3, "{artifact}"], portEnv: PORT, health: /health}}
                  production:
                    target: {type: process, command: [python3, "{artifact}"], portEnv: PORT, health: /health}
                    strategy: canary
                    steps:
                      - {traffic: 5, hold: %s}
                      - {traffic: 25, hold: %s}
                      - {traffic: 50, hold: %s}
                      - {traffic: 100}
                    canary: {answersMin: 20, warmUp: 1s, traffic: live, guardrails: {errorRate: "< 5%%"}}
                    bake: %s
                """.formatted(
                        folder.toUri().toString().replaceFirst("/$", ""),
                        hold(5, longAt),
                        hold(25, longAt),
                        hold(50, longAt),
                        hold(95, longAt));
    }

    private static String hold(int share, int longAt) {
        return share == longAt ? LONG : SHORT;
    }
}
