package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on the real broker and store, what others say to it and hear from it, and what it answers over HTTP. */
final class RunningValidation implements AutoCloseable {
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger COMMITS = new AtomicInteger();

    private final Tokens tokens;
    private final ConfigurableApplicationContext service;
    private final Topic topics = new Topic(
            PlatformExtension.kafka(),
            Topics.VALIDATION_RESULTS,
            Topics.VALIDATION_COMMANDS + "-dlt",
            Topics.CI_EVENTS + "-dlt");
    private final HttpClient client = HttpClient.newHttpClient();
    private final OtherServices others;

    private RunningValidation(Tokens tokens, ConfigurableApplicationContext service, String repository) {
        this.tokens = tokens;
        this.service = service;
        this.others = new OtherServices(topics, repository);
    }

    /** Of an application whose repository no gate asks. */
    static RunningValidation start(Path folder, String... settings) throws Exception {
        return startFor("file:/nowhere", folder, settings);
    }

    /**
     * Returns once it is ready.
     *
     * @param repository of the application
     * @param folder for the key of its tokens
     */
    static RunningValidation startFor(String repository, Path folder, String... settings) throws Exception {
        Tokens tokens = new Tokens();
        Stream<String> always = Stream.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + PlatformExtension.kafka(),
                "--spring.mongodb.uri=" + PlatformExtension.mongodb(PlatformExtension.freshDatabase()),
                "--slipway.identity.public-key=" + tokens.publicKey(folder).toUri());
        RunningValidation running = new RunningValidation(
                tokens,
                new SpringApplicationBuilder(ValidationService.class)
                        .run(Stream.concat(always, Stream.of(settings)).toArray(String[]::new)),
                repository);
        await().atMost(PATIENCE)
                .until(() -> running.get("/actuator/health/readiness").statusCode() == 200);
        return running;
    }

    /** A commit that no other test has. */
    static String commit() {
        return "%040x".formatted(COMMITS.incrementAndGet());
    }

    Topic topics() {
        return topics;
    }

    OtherServices others() {
        return others;
    }

    /** The final answer to a question. */
    AssessmentStatus closed(QuestionKey question) {
        return others.answer(question, OtherServices::isClosed);
    }

    ConfigurableApplicationContext context() {
        return service;
    }

    <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException, JOSEException {
        return get(path, "viewer");
    }

    HttpResponse<String> get(String path, @Nullable String role)
            throws IOException, InterruptedException, JOSEException {
        return client.send(request(path, role).GET().build(), BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException, JOSEException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** All verdicts of the application, and what does not agree with what is stored. */
    JsonNode verdicts() throws IOException, InterruptedException, JOSEException {
        return json("/api/v1/applications/hello/verdicts?verify=true");
    }

    /** Sends a report for a commit; parameters begin with an ampersand. */
    HttpResponse<String> report(String sha, String parameters, byte[] body, @Nullable String role)
            throws IOException, InterruptedException, JOSEException {
        return client.send(
                request("/api/v1/applications/hello/evidence?sha=" + sha + parameters, role)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends a report that is taken in; returns what was made of it. */
    JsonNode accepted(String sha, String parameters, byte[] body)
            throws IOException, InterruptedException, JOSEException {
        HttpResponse<String> answer = report(sha, parameters, body, "publisher");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path, @Nullable String role) throws JOSEException {
        String port = service.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return role == null ? request : request.header("Authorization", "Bearer " + tokens.of("cy", role));
    }

    @Override
    public void close() {
        client.close();
        topics.close();
        service.close();
    }
}
