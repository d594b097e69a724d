package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.stability.StabilityRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/** From reports of several runs to a verdict on the stability of tests; on the real broker and store. */
@Tag("thorough")
final class StabilityIT {
    /** More than these gates need: they are to be answered by what came, not by the time. */
    private static final Duration WITHIN = Pace.patience(Duration.ofSeconds(30));
    /** Of a gate that nobody can decide: what it says is said by then. */
    private static final Duration SHORT = Pace.patience(Duration.ofSeconds(1));

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final int RUNS = 4;

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(folder);
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_test_that_failed_and_passed_on_one_commit_is_named_and_what_comes_later_changes_no_older_verdict()
            throws Exception {
        String suite = "flaky";
        String shaky = RunningValidation.commit();
        push(shaky, suite, "1", 1, "production", failing());
        push(shaky, suite, "1", 1, "production", failing());
        push(shaky, suite, "1", 2, "production", passing(1));
        push(RunningValidation.commit(), suite, "2", 1, "production", passing(2));
        push(RunningValidation.commit(), suite, "other", 1, "feature", failing());
        String few = RunningValidation.commit();
        push(few, suite, "3", 1, null, passing(3));

        AssessmentStatus early = service.closed(others.ask(few, gate(suite, SHORT, "<= 0")));
        assertThat(early.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(early.gates().getFirst().cause())
                .isEqualTo("The last 4 runs of the branch production are asked for, and 3 of them have reported junit"
                        + " tests of the suite flaky: 1 more run has to come");

        String released = RunningValidation.commit();
        push(released, suite, "4", 1, "production", passing(4));
        QuestionKey question = others.ask(released, gate(suite, WITHIN, "<= 0"));
        AssessmentStatus failed = service.closed(question);
        assertThat(failed.outcome()).as(failed.toString()).isEqualTo(Outcome.FAILED);
        assertThat(failed.gates().getFirst().observed())
                .contains("stability.runs 4", "stability.flaky 1", "stability.worst 25%");
        assertThat(failed.gates().getFirst().cause())
                .contains(
                        "stability.flaky 1, expected stability.flaky <= 0",
                        "flaky: com.example.CartTest.adds failed in 1 of 4 runs and passed on the same commit");

        AssessmentStatus allowed = service.closed(others.ask(released, gate(suite, WITHIN, "<= 1")));
        assertThat(allowed.outcome()).as(allowed.toString()).isEqualTo(Outcome.PASSED);
        assertThat(allowed.gates().getFirst().cause())
                .as("who is flaky is named where it passes, too")
                .contains("flaky: com.example.CartTest.adds");

        for (int late = 5; late < 5 + RUNS; late++) {
            push(RunningValidation.commit(), suite, "late " + late, 1, "production", passing(late));
        }
        JsonNode chain = service.verdicts();
        assertThat(chain.path("faults")).as("each says the same again").isEmpty();
        JsonNode why = service.json("/api/v1/applications/hello/gates/stable?release=" + question.release());
        assertThat(why.path("facts").toString()).contains("stability.flaky").contains("stability.worst");
        assertThat(why.path("cause").asString()).contains("com.example.CartTest.adds");

        String now = RunningValidation.commit();
        push(now, suite, "now", 1, "production", passing(20));
        assertThat(service.closed(others.ask(now, gate(suite, WITHIN, "<= 0"))).outcome())
                .as("what was long ago is forgotten")
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void who_changes_the_record_of_the_runs_is_found_out() throws Exception {
        String suite = "changed";
        String sha = RunningValidation.commit();
        for (int run = 1; run <= RUNS; run++) {
            push(sha, suite, "run " + run, 1, "production", run == 2 ? failing() : passing(run));
        }
        AssessmentStatus failed = service.closed(others.ask(sha, gate(suite, WITHIN, "<= 0")));
        assertThat(failed.outcome()).as(failed.toString()).isEqualTo(Outcome.FAILED);

        JsonNode record = service.json("/api/v1/applications/hello/verdicts")
                .path("records")
                .valueStream()
                .filter(one -> one.at("/verdict/gate/suite").asString("").equals(suite))
                .findFirst()
                .orElseThrow();
        Digest runs = new Digest(record.at("/verdict/baseline/0").asString());
        byte[] kept = service.bean(EvidenceBytes.class).find(runs).orElseThrow();
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
        MongoOperations mongo = service.bean(MongoOperations.class);
        Document entry = Objects.requireNonNull(mongo.execute(
                "evidence", all -> all.find(new Document("_id", digest.hex())).first()));
        Document chunk = new Document("_id", "%s/%s/00000".formatted(digest.hex(), entry.getString("copy")));
        mongo.execute(
                "evidence_chunks",
                all -> all.replaceOne(chunk, new Document(chunk).append("bytes", new Binary(content))));
        return service.verdicts()
                .path("faults")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static Gate gate(String suite, Duration within, String inAll) {
        return EvidenceGate.of("stable", "junit", suite)
                .expecting("stability.flaky", inAll)
                .expecting("stability.worst", "<= 25%")
                .over(RUNS)
                .within(within);
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
        String parameters = "&kind=junit&suite=%s&run=%s&attempt=%d%s"
                .formatted(suite, run.replace(" ", "%20"), attempt, branch == null ? "" : "&branch=" + branch);
        service.accepted(sha, parameters, body.getBytes(StandardCharsets.UTF_8));
    }
}
