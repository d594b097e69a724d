package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.StableRuns;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.stability.StabilityRecord;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From reports of several runs to a verdict on the stability of tests; on the real broker and store. */
final class StabilityIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger COMMITS = new AtomicInteger();
    private static final int RUNS = 4;

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext service;
    private static Tokens tokens;
    private static Topic topics;
    private static OtherServices others;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        tokens = new Tokens();
        service = new SpringApplicationBuilder(ValidationService.class)
                .run(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + PlatformExtension.kafka(),
                        "--spring.mongodb.uri=" + PlatformExtension.mongodb(PlatformExtension.freshDatabase()),
                        "--slipway.identity.public-key="
                                + tokens.publicKey(folder).toUri());
        topics = new Topic(PlatformExtension.kafka(), Topics.VALIDATION_RESULTS);
        others = new OtherServices(topics, "file:/nowhere");
        client = HttpClient.newHttpClient();
        await().atMost(PATIENCE).until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        client.close();
        topics.close();
        service.close();
    }

    @Test
    void a_test_that_failed_and_passed_on_one_commit_is_named_and_what_comes_later_changes_no_older_verdict()
            throws Exception {
        String suite = "flaky";
        String shaky = commit();
        push(shaky, suite, "1", 1, "production", failing());
        push(shaky, suite, "1", 1, "production", failing());
        push(shaky, suite, "1", 2, "production", passing(1));
        push(commit(), suite, "2", 1, "production", passing(2));
        push(commit(), suite, "other", 1, "feature", failing());
        String few = commit();
        push(few, suite, "3", 1, null, passing(3));

        AssessmentStatus early = closed(others.ask(few, gate(suite, Duration.ofSeconds(1), "<= 0")));
        assertThat(early.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(early.gates().getFirst().cause())
                .isEqualTo("The last 4 runs of the branch production are asked for, and 3 of them have reported junit"
                        + " tests of the suite flaky: 1 more run has to come");

        String released = commit();
        push(released, suite, "4", 1, "production", passing(4));
        QuestionKey question = others.ask(released, gate(suite, Duration.ofSeconds(30), "<= 0"));
        AssessmentStatus failed = closed(question);
        assertThat(failed.outcome()).as(failed.toString()).isEqualTo(Outcome.FAILED);
        assertThat(failed.gates().getFirst().observed())
                .contains("stability.runs 4", "stability.flaky 1", "stability.worst 25%");
        assertThat(failed.gates().getFirst().cause())
                .contains(
                        "stability.flaky 1, expected stability.flaky <= 0",
                        "flaky: com.example.CartTest.adds failed in 1 of 4 runs and passed on the same commit");

        AssessmentStatus allowed = closed(others.ask(released, gate(suite, Duration.ofSeconds(30), "<= 1")));
        assertThat(allowed.outcome()).as(allowed.toString()).isEqualTo(Outcome.PASSED);
        assertThat(allowed.gates().getFirst().cause())
                .as("who is flaky is named where it passes, too")
                .contains("flaky: com.example.CartTest.adds");

        for (int late = 5; late < 5 + RUNS; late++) {
            push(commit(), suite, "late " + late, 1, "production", passing(late));
        }
        JsonNode chain = JSON.readTree(
                get("/api/v1/applications/hello/verdicts?verify=true").body());
        assertThat(chain.path("faults")).as("each says the same again").isEmpty();
        JsonNode why = JSON.readTree(get("/api/v1/applications/hello/gates/stable?release=" + question.release())
                .body());
        assertThat(why.path("facts").toString()).contains("stability.flaky").contains("stability.worst");
        assertThat(why.path("cause").asString()).contains("com.example.CartTest.adds");

        String now = commit();
        push(now, suite, "now", 1, "production", passing(20));
        assertThat(closed(others.ask(now, gate(suite, Duration.ofSeconds(30), "<= 0")))
                        .outcome())
                .as("what was long ago is forgotten")
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void who_changes_the_record_of_the_runs_is_found_out() throws Exception {
        String suite = "changed";
        String sha = commit();
        for (int run = 1; run <= RUNS; run++) {
            push(sha, suite, "run " + run, 1, "production", run == 2 ? failing() : passing(run));
        }
        AssessmentStatus failed = closed(others.ask(sha, gate(suite, Duration.ofSeconds(30), "<= 0")));
        assertThat(failed.outcome()).as(failed.toString()).isEqualTo(Outcome.FAILED);

        JsonNode record = JSON.readTree(
                        get("/api/v1/applications/hello/verdicts").body())
                .path("records")
                .valueStream()
                .filter(one -> one.at("/verdict/gate/suite").asString("").equals(suite))
                .findFirst()
                .orElseThrow();
        Digest runs = new Digest(record.at("/verdict/baseline/0").asString());
        byte[] kept = service.getBean(EvidenceBytes.class).find(runs).orElseThrow();
        assertThat(StabilityRecord.read(kept).orElseThrow().runs()).hasSize(RUNS);
        assertThat(record.at("/verdict/observed").asString()).contains("stability.worst 25%");

        String forged = new String(kept, StandardCharsets.UTF_8).replace("\"com.example.CartTest.adds\"", "");
        assertThat(faultsWith(runs, forged.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .contains(
                        "record " + record.path("number").asInt(), "the rule says INCONCLUSIVE now, said FAILED then");
        assertThat(faultsWith(runs, kept)).isEmpty();
    }

    /** What verifying finds while other bytes are stored under the digest. */
    private static List<String> faultsWith(Digest digest, byte[] content) throws Exception {
        MongoOperations mongo = service.getBean(MongoOperations.class);
        Document entry = Objects.requireNonNull(mongo.execute(
                "evidence", all -> all.find(new Document("_id", digest.hex())).first()));
        Document chunk = new Document("_id", "%s/%s/00000".formatted(digest.hex(), entry.getString("copy")));
        mongo.execute(
                "evidence_chunks",
                all -> all.replaceOne(chunk, new Document(chunk).append("bytes", new Binary(content))));
        return JSON.readTree(
                        get("/api/v1/applications/hello/verdicts?verify=true").body())
                .path("faults")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static AssessmentStatus closed(QuestionKey question) {
        return others.answer(question, OtherServices::isClosed);
    }

    private static String commit() {
        return "%040x".formatted(COMMITS.incrementAndGet());
    }

    private static Gate gate(String suite, Duration within, String inAll) {
        return new Gate(
                "stable",
                "",
                Stage.PRE_RELEASE,
                "junit",
                suite,
                List.of(new Threshold("stability.flaky", inAll), new Threshold("stability.worst", "<= 25%")),
                null,
                null,
                List.of(),
                within,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                new StableRuns(RUNS));
    }

    private static String failing() {
        return report("<failure message=\"expected 3\"/>", 0);
    }

    private static String passing(int millis) {
        return report("", millis);
    }

    private static String report(String outcome, int millis) {
        return """
                <testsuite name="cart" time="0.%03d"><testcase classname="com.example.CartTest" name="adds">%s</testcase>
                <testcase classname="com.example.CartTest" name="empties"/></testsuite>
                """.formatted(millis, outcome);
    }

    private static void push(String sha, String suite, String run, int attempt, @Nullable String branch, String body)
            throws IOException, InterruptedException, JOSEException {
        String path = "/api/v1/applications/hello/evidence?sha=%s&kind=junit&suite=%s&run=%s&attempt=%d%s"
                .formatted(sha, suite, run.replace(" ", "%20"), attempt, branch == null ? "" : "&branch=" + branch);
        HttpResponse<String> answer = client.send(
                request(path, "publisher")
                        .header("Content-Type", "application/xml")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException, JOSEException {
        return client.send(request(path, "viewer").GET().build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String role) throws JOSEException {
        String port = service.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + tokens.of("cy", role));
    }
}
