package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.IssuerKey;
import dev.slipway.cli.machine.Tokens;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The API of a home's gateway as people and programs ask it, each with a token that names them. */
final class NamedCallers {
    private static final Duration TOKEN_LIVES = Duration.ofMinutes(30);
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(20));

    private final URI gateway;
    private final Tokens tokens;
    private final HttpClient http;

    /** @param body what was answered; a problem document where the status says so */
    record Answer(int status, JsonNode body) {}

    /** @param home of which Slipway runs */
    NamedCallers(Path home, HttpClient http) {
        this.gateway = URI.create(String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_URL")));
        this.tokens = new Tokens(IssuerKey.load(new Home(home)));
        this.http = http;
    }

    /** What anybody may see. */
    JsonNode read(String path) throws IOException, InterruptedException {
        Answer answer =
                answered(request(path, "viewer@example.test", Role.VIEWER).GET());
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode release(String release) throws IOException, InterruptedException {
        return read("/api/v1/releases/" + release);
    }

    /** Where a release is in each line of its guide, by the line's id. */
    Map<String, String> lines(String application, String release) throws IOException, InterruptedException {
        Map<String, String> states = new TreeMap<>();
        read("/api/v1/applications/%s/guide?release=%s".formatted(application, release))
                .path("lines")
                .forEach(line -> states.put(
                        line.path("id").asString(), line.path("state").asString()));
        return states;
    }

    JsonNode announcement(String release, String id) throws IOException, InterruptedException {
        return named(read("/api/v1/releases/%s/announcements".formatted(release)), "id", id);
    }

    /** The first of a list that is called so by this key; missing where none is. */
    static JsonNode named(JsonNode list, String key, String name) {
        return list.valueStream()
                .filter(each -> each.path(key).asString("").equals(name))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** Of which people say something: sha, digests and policy of a release, to be said more to. */
    ObjectNode exactly(String release) throws IOException, InterruptedException {
        JsonNode view = release(release);
        ObjectNode triple = JsonMapper.shared().createObjectNode();
        triple.put("sha", view.path("sha").asString());
        ArrayNode digests = triple.putArray("digests");
        view.path("artifacts")
                .forEach(artifact -> digests.add(artifact.path("digest").asString()));
        return triple.put("policyHash", view.path("policyHash").asString());
    }

    /** What a person says, who may approve. */
    Answer says(String email, String path, JsonNode body) throws IOException, InterruptedException {
        return posts(email, Role.APPROVER, path, body);
    }

    Answer posts(String email, Role role, String path, JsonNode body) throws IOException, InterruptedException {
        return sent(email, role, "POST", path, "application/json", json(body));
    }

    /** What an operator asks for. */
    Answer operates(String path, Map<String, String> said) throws IOException, InterruptedException {
        return posts("ops@example.test", Role.OPERATOR, path, body(said));
    }

    Answer puts(String email, String path, JsonNode body) throws IOException, InterruptedException {
        return sent(email, Role.APPROVER, "PUT", path, "application/json", json(body));
    }

    /** The bytes of a file. */
    Answer hands(String email, String path, byte[] content) throws IOException, InterruptedException {
        return hands(email, Role.APPROVER, path, content);
    }

    Answer hands(String email, Role role, String path, byte[] content) throws IOException, InterruptedException {
        return sent(email, role, "POST", path, "application/octet-stream", content);
    }

    /** What anybody may see, in the form that is asked for. */
    HttpResponse<String> written(String path, String form) throws IOException, InterruptedException {
        return http.send(
                request(path, "viewer@example.test", Role.VIEWER)
                        .header("Accept", form)
                        .GET()
                        .build(),
                BodyHandlers.ofString());
    }

    private Answer sent(String email, Role role, String method, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return answered(request(path, email, role)
                .header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofByteArray(body)));
    }

    private static byte[] json(JsonNode body) {
        return JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String email, Role role) {
        String token = tokens.issue(new Tokens.Bearer(email, email), List.of(role), Instant.now(), TOKEN_LIVES);
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token);
    }

    private Answer answered(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
    }

    /** A body of texts. */
    static ObjectNode body(Map<String, String> members) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        members.forEach(body::put);
        return body;
    }
}
