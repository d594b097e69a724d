package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionState;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A team with 300 old warnings demands "none new" on the first day; on the real broker and store. */
final class ComparedFindingsIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger COMMITS = new AtomicInteger();
    private static final int OLD = 300;

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
                        "--slipway.validation.evidence.expire-after=1ms",
                        "--slipway.validation.evidence.expire-every=1h",
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
    void three_hundred_old_warnings_pass_on_the_first_day_and_one_new_one_does_not() throws Exception {
        String first = commit();
        send(first, "sarif", warnings(OLD, 0));
        AssessmentStatus begun =
                closed(others.ask(first, gate(Duration.ofSeconds(30), WithoutBaseline.RECORD, "findings.new")));
        assertThat(begun.outcome()).as(begun.toString()).isEqualTo(Outcome.PASSED);
        assertThat(begun.gates().getFirst().observed()).contains("findings.total 300", "findings.new 0");
        assertThat(begun.gates().getFirst().cause())
                .contains("No release of hello has been verified yet", "the next release is compared with it");

        forget(first);

        String moved = commit();
        send(moved, "sarif", warnings(OLD, 40));
        AssessmentStatus same =
                closed(others.askAgainst(first, moved, gate(Duration.ofSeconds(30), null, "findings.new")));
        assertThat(same.outcome()).as(same.toString()).isEqualTo(Outcome.PASSED);
        assertThat(same.gates().getFirst().observed())
                .contains("findings.total 300", "findings.new 0", "findings.new.error 0", "findings.fixed 0");

        String worse = commit();
        send(worse, "sarif", warnings(OLD + 1, 0));
        QuestionKey question = others.askAgainst(first, worse, gate(Duration.ofSeconds(30), null, "findings.new"));
        AssessmentStatus failed = closed(question);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.gates().getFirst().cause())
                .startsWith("findings.new 1, expected findings.new == 0")
                .contains("new: src/f0.go:300 rule-300 found 300 in x");

        JsonNode chain = JSON.readTree(
                get("/api/v1/applications/hello/verdicts?verify=true").body());
        assertThat(chain.path("faults"))
                .as("each comparison gives the same again")
                .isEmpty();
        assertThat(chain.path("records")
                        .valueStream()
                        .map(one -> one.at("/verdict/baseline").size()))
                .contains(0, 1);
        JsonNode why = JSON.readTree(get("/api/v1/applications/hello/gates/scan?release=" + question.release())
                .body());
        assertThat(why.path("toPass").toString()).contains("findings.new 1, expected findings.new == 0");
    }

    @Test
    void without_anything_to_compare_with_nobody_can_say_and_the_gate_says_how_to_begin() throws Exception {
        String sha = commit();
        send(sha, "sarif", warnings(1, 0));

        AssessmentStatus first = closed(others.ask(sha, gate(Duration.ofSeconds(1), null, "findings.new")));
        assertThat(first.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(first.gates().getFirst().cause())
                .isEqualTo("No release of hello has been verified yet, so nobody can say what is new. To begin, say"
                        + " baseline: record in the gate scan, and the first release records what the next ones are"
                        + " compared with");

        String verified = commit();
        AssessmentStatus later =
                closed(others.askAgainst(verified, sha, gate(Duration.ofSeconds(1), null, "findings.new")));
        assertThat(later.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(later.gates().getFirst().cause())
                .contains(
                        "The last verified release 0.9.0 has no sarif report of the suite scan",
                        "./slipway evidence push FILE --kind sarif --sha " + verified + " --suite scan");

        send(verified, "sarif", warnings(1, 0));
        assertThat(closed(others.askAgainst(verified, sha, gate(Duration.ofSeconds(30), null, "findings.new")))
                        .outcome())
                .as("as it was said")
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void what_fails_for_another_reason_fails_without_a_baseline_too() throws Exception {
        String sha = commit();
        send(sha, "sarif", warnings(1, 0));

        assertThat(closed(others.ask(sha, gate(Duration.ofSeconds(30), null, "findings.new", "findings.warning")))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void reports_go_when_no_release_needs_them_any_more_and_what_went_is_told_and_not_judged_again() throws Exception {
        String first = commit();
        send(first, "sarif", warnings(7, 0));
        QuestionKey before = others.ask(first, gate(Duration.ofSeconds(30), WithoutBaseline.RECORD, "findings.new"));
        assertThat(closed(before).outcome()).isEqualTo(Outcome.PASSED);
        String second = commit();
        send(second, "sarif", warnings(7, 70));
        QuestionKey after = others.askAgainst(first, second, gate(Duration.ofSeconds(30), null, "findings.new"));
        assertThat(closed(after).outcome()).isEqualTo(Outcome.PASSED);
        Digest old = Digest.of(warnings(7, 0));
        EvidenceBytes bytes = service.getBean(EvidenceBytes.class);
        over(first);
        over(second);

        assertThat(needsNoMore(before).reports()).isEqualTo(1);
        service.getBean(EvidenceExpiry.class).expire();
        assertThat(bytes.find(old)).as("a later release was compared with it").isPresent();
        assertThat(bytes.goneOf(old)).isEmpty();

        EvidenceForgotten told = needsNoMore(after);
        assertThat(told.reports()).isEqualTo(2);
        service.getBean(EvidenceExpiry.class).expire();
        assertThat(bytes.find(old)).isEmpty();
        assertThat(bytes.find(Digest.of(warnings(7, 70)))).isEmpty();

        JsonNode chain = JSON.readTree(get("/api/v1/applications/hello/verdicts?verify=true&release=" + after.release())
                .body());
        assertThat(chain.path("faults")).isEmpty();
        assertThat(chain.path("records")).hasSize(1);
        assertThat(chain.path("gone")).hasSize(2);
        assertThat(chain.at("/gone/0/kind").asString()).isEqualTo("sarif");
        assertThat(chain.at("/gone/0/rule").asString()).isEqualTo("evidence: 400 days");
        HttpResponse<String> report = client.send(
                request("/api/v1/applications/hello/evidence/" + old.value(), "operator")
                        .GET()
                        .build(),
                BodyHandlers.ofString());
        assertThat(report.statusCode()).isEqualTo(410);
        assertThat(report.body()).contains("report %s went on".formatted(old), "by retention (evidence: 400 days)");
        JsonNode why = JSON.readTree(get("/api/v1/applications/hello/gates/scan?release=" + after.release())
                .body());
        assertThat(why.at("/sources/0/trouble").asString()).contains("went on", "by retention (evidence: 400 days)");
        assertThat(needsNoMore(after)).as("asked again it is answered the same").isEqualTo(told);
    }

    private static EvidenceForgotten needsNoMore(QuestionKey of) {
        String release = of.release().value();
        int heard = topics.heard(ValidationTypes.EVIDENCE_FORGOTTEN, release, EvidenceForgotten.class)
                .size();
        topics.say(
                Topics.VALIDATION_COMMANDS,
                release,
                ValidationTypes.FORGET_EVIDENCE,
                new ForgetEvidence(new QuestionKey(of.release(), "retention", 1), "evidence: 400 days"));
        return await().atMost(PATIENCE)
                .until(
                        () -> topics.heard(ValidationTypes.EVIDENCE_FORGOTTEN, release, EvidenceForgotten.class),
                        all -> all.size() > heard)
                .getLast();
    }

    /** As after a month without news: the revision is over, and what no verdict rests on is let go of. */
    private static void forget(String sha) {
        over(sha);
        service.getBean(EvidenceExpiry.class).expire();
        assertThat(service.getBean(EvidenceBytes.class)
                        .find(Digest.of(warnings(OLD, 0).getBytes(StandardCharsets.UTF_8))))
                .as("the last verified release rests on it")
                .isPresent();
    }

    @SuppressWarnings("unchecked")
    private static void over(String sha) {
        ResolvableType type =
                ResolvableType.forClassWithGenerics(Aggregates.class, RevisionState.class, RevisionInput.class);
        Aggregates<RevisionState, RevisionInput> revisions = (Aggregates<RevisionState, RevisionInput>)
                service.getBeanProvider(type).getObject();
        String revision = "hello@" + sha;
        await().atMost(PATIENCE).until(() -> {
            revisions.submit(revision, new RevisionInput.Expired(), Cause.of("user:cy@example.test"));
            return revisions.find(revision).orElseThrow().state().expired();
        });
    }

    private static AssessmentStatus closed(QuestionKey question) {
        return others.answer(question, OtherServices::isClosed);
    }

    private static String commit() {
        return "%040x".formatted(COMMITS.incrementAndGet());
    }

    private static Gate gate(Duration within, @Nullable WithoutBaseline baseline, String... none) {
        return new Gate(
                "scan",
                "",
                Stage.PRE_RELEASE,
                "sarif",
                "scan",
                List.of(none).stream().map(fact -> new Threshold(fact, "0")).toList(),
                null,
                null,
                List.of(),
                within,
                List.of(),
                null,
                null,
                null,
                baseline);
    }

    /** @param down how many lines were added above all of them */
    private static String warnings(int count, int down) {
        return "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"scan\"}}, \"results\": ["
                + IntStream.range(0, count)
                        .mapToObj(i -> """
                                {"ruleId": "rule-%d", "message": {"text": "found %d in x"}, "locations": [{"physicalLocation":
                                 {"artifactLocation": {"uri": "src/f%d.go"}, "region": {"startLine": %d}}}]}""".formatted(i, i, i % 10, i + down))
                        .collect(Collectors.joining(","))
                + "]}]}";
    }

    private static void send(String sha, String kind, String body)
            throws IOException, InterruptedException, JOSEException {
        HttpResponse<String> answer = client.send(
                request(
                                "/api/v1/applications/hello/evidence?sha=%s&kind=%s&suite=scan".formatted(sha, kind),
                                "publisher")
                        .header("Content-Type", "application/octet-stream")
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
