package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.testkit.git.TestRepository;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on the real broker and store, spoken to as CI, release and deployment speak to it. */
final class ValidationServiceIT {
    /** More than these gates need: they are to be answered by what came, not by the time. */
    private static final Duration WITHIN = Pace.patience(Duration.ofSeconds(30));

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(20));
    private static final String REPORT = "<testsuite name='unit' tests='2' failures='0' time='0.5'>"
            + "<testcase name='a'/><testcase name='b'/></testsuite>";
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;
    private static TestRepository git;

    @BeforeAll
    static void start() throws Exception {
        git = repository(folder.resolve("hello"));
        service = RunningValidation.startFor(
                git.url(),
                folder,
                "--slipway.git.roots=/",
                "--slipway.validation.recordings.part-every=300ms",
                "--slipway.validation.assessment.retry-after=200ms",
                "--slipway.validation.assessment.last-call-within="
                        + Pace.patience(Duration.ofMillis(500)).toMillis() + "ms");
        others = service.others();
    }

    private static TestRepository repository(Path place) {
        TestRepository made = TestRepository.in(place);
        made.commit("greeting.txt", "Hello\n");
        return made.branch("production", "main");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void evidence_and_a_check_that_came_before_the_question_let_it_pass() throws Exception {
        String sha = git.head("production");
        HttpResponse<String> accepted = send(sha, "junit", REPORT, "publisher");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        JsonNode body = JSON.readTree(accepted.body());
        assertThat(body.path("digest").asString()).startsWith("sha256:");
        assertThat(body.path("facts").path("tests.total").intValue()).isEqualTo(2);
        assertThat(send(sha, "junit", REPORT, "publisher").body()).isEqualTo(accepted.body());
        others.checkFinished(sha, "build", "success");

        QuestionKey question = others.ask(sha, Gates.tests(WITHIN), Gates.check("build"), Gates.merge());

        AssessmentStatus status = others.answer(question, OtherServices::isClosed);
        assertThat(status.outcome()).as(status.toString()).isEqualTo(Outcome.PASSED);
        assertThat(status.gates()).allSatisfy(gate -> {
            assertThat(gate.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(gate.complete()).isTrue();
            assertThat(gate.record()).hasSize(64);
        });
        assertThat(status.gates().get(2).observed())
                .contains(git.head("production"))
                .contains(git.head("main"));
        assertThat(others.again(question, sha)).isEqualTo(status);
        chainVerifies(3);
    }

    private void chainVerifies(int verdictsAtLeast) throws Exception {
        JsonNode chain = JSON.readTree(service.get("/api/v1/applications/hello/verdicts?verify=true", "viewer")
                .body());
        assertThat(chain.path("length").intValue()).isGreaterThanOrEqualTo(verdictsAtLeast);
        assertThat(chain.path("faults").isArray()).isTrue();
        assertThat(chain.path("faults")).isEmpty();
    }

    @Test
    void a_report_of_several_chunks_is_kept_whole() throws Exception {
        String large =
                REPORT.replace("</testsuite>", "<system-out>" + "x".repeat(2_600_000) + "</system-out></testsuite>");

        HttpResponse<String> accepted = send("6".repeat(40), "junit", large, "publisher");

        assertThat(accepted.statusCode()).isEqualTo(201);
        Digest digest = new Digest(JSON.readTree(accepted.body()).path("digest").asString());
        assertThat(service.bean(EvidenceBytes.class).find(digest))
                .hasValueSatisfying(kept ->
                        assertThat(new String(kept, StandardCharsets.UTF_8)).isEqualTo(large));
        assertThat(service.bean(EvidenceBytes.class).find(new Digest("sha256:" + "0".repeat(64))))
                .isEmpty();
    }

    @Test
    void a_report_that_nobody_needs_expires_and_one_that_a_verdict_rests_on_stays() throws Exception {
        MongoEvidence evidence = service.bean(MongoEvidence.class);
        Digest unused = digestOf(send("7".repeat(40), "junit", REPORT + "<!-- unused -->", "publisher"));
        Digest remembered = digestOf(send("8".repeat(40), "junit", REPORT + "<!-- remembered -->", "publisher"));
        String sha = git.head("production");
        Digest used = digestOf(send(sha, "junit", REPORT + "<!-- used -->", "publisher"));
        others.answer(others.ask(sha, Gates.tests(WITHIN)), OtherServices::isClosed);
        BiPredicate<String, Digest> remembers = (revision, _) -> revision.equals("hello@" + "8".repeat(40));

        assertThat(evidence.expire(Instant.now().minusSeconds(60), remembers, 100))
                .isZero();
        assertThat(evidence.expire(Instant.now().plusSeconds(60), remembers, 100))
                .isPositive();

        assertThat(evidence.find(unused)).isEmpty();
        assertThat(evidence.find(remembered)).isPresent();
        assertThat(evidence.find(used)).isPresent();
        assertThat(evidence.measure()).isPositive();
        assertThat(digestOf(send("7".repeat(40), "junit", REPORT + "<!-- unused -->", "publisher")))
                .isEqualTo(unused);
        assertThat(evidence.find(unused)).as("it may come again").isPresent();
        chainVerifies(1);
    }

    private static Digest digestOf(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        return new Digest(JSON.readTree(accepted.body()).path("digest").asString());
    }

    @Test
    void past_its_bound_no_report_is_taken_in() {
        MongoOperations mongo = service.bean(MongoOperations.class);
        MongoEvidence full = new MongoEvidence(mongo, DataSize.ofKilobytes(1), DataSize.ofBytes(10), Clock.systemUTC());
        byte[] report = "more than ten bytes".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> full.keep(Digest.of(report), report, "hello@1"))
                .isInstanceOf(EvidenceFull.class)
                .hasMessageContaining("at most 10 bytes");
        assertThat(full.find(Digest.of(report))).isEmpty();
    }

    @Test
    void what_it_does_can_be_counted() {
        MeterRegistry meters = service.bean(MeterRegistry.class);
        QuestionKey question = others.ask("9".repeat(40), Gates.merge());
        others.answer(question, status -> !status.gates().isEmpty());

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(meters.find("slipway.breaker.state").gauges())
                                .isNotEmpty());
        assertThat(meters.find("slipway.evidence.bytes").gauge()).isNotNull();
    }

    @Test
    void a_pipeline_run_without_our_data_is_passed_over_and_a_broken_one_is_a_dead_letter() {
        String type = "dev.cdevents.pipelinerun.finished.0.3.0";
        service.topics()
                .say(
                        Topics.CI_EVENTS,
                        "hello",
                        type,
                        Map.of("subject", Map.of("content", Map.of("outcome", "failure"))));
        service.topics()
                .say(Topics.CI_EVENTS, "hello", type, Map.of("customData", Map.of("check", "build", "sha", "short")));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.topics().records())
                        .filteredOn(record -> record.topic().equals(Topics.CI_EVENTS + "-dlt"))
                        .singleElement()
                        .satisfies(dead ->
                                assertThat(Topic.header(dead, "slipway_reason")).contains("customData.application")));
    }

    @Test
    void evidence_that_comes_after_the_question_is_told_to_it() throws Exception {
        String sha = "1".repeat(40);
        QuestionKey question = others.ask(sha, Gates.tests(WITHIN));
        others.answer(question, status -> status.gates().getFirst().cause().startsWith("No junit report"));

        send(
                sha,
                "junit",
                REPORT.replace("<testcase name='a'/>", "<testcase name='a'><failure/></testcase>"),
                "publisher");

        AssessmentStatus status = others.answer(question, OtherServices::isClosed);
        assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status.gates().getFirst().cause()).isEqualTo("tests.failed 1, expected tests.failed == 0");
    }

    @Test
    void evidence_that_never_comes_is_inconclusive_at_the_deadline() {
        QuestionKey question = others.ask("2".repeat(40), Gates.tests(Pace.patience(Duration.ofSeconds(1))));

        AssessmentStatus status = others.answer(question, OtherServices::isClosed);

        assertThat(status.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        GateVerdict gate = status.gates().getFirst();
        assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(gate.complete()).isTrue();
        assertThat(gate.record()).isNotNull();
    }

    @Test
    void a_merge_conflict_fails_and_names_the_file(@TempDir Path place) throws Exception {
        TestRepository conflicting = repository(place.resolve("hello"));
        conflicting.on("main").commit("greeting.txt", "Good day\n");
        String sha = conflicting.on("production").commit("greeting.txt", "Good morning\n");

        QuestionKey question = others.ask(sha, conflicting.url(), null, Gates.merge());

        AssessmentStatus status = others.answer(question, OtherServices::isClosed);
        assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status.gates().getFirst().cause())
                .contains(
                        "CONFLICT (content): Merge conflict in greeting.txt",
                        "main by " + conflicting.head("main").substring(0, 7),
                        "git switch production; git merge main");
    }

    @Test
    void a_version_is_asked_until_it_answers_as_expected() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/greet", exchange -> {
            boolean cold = asked.getAndIncrement() < 2;
            byte[] body = "{\"greeting\":\"Hello x\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(cold ? 503 : 200, cold ? -1 : body.length);
            exchange.getResponseBody().write(cold ? new byte[0] : body);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            QuestionKey question = others.ask("3".repeat(40), git.url(), address, Gates.smoke());

            AssessmentStatus status = others.answer(question, OtherServices::isClosed);

            assertThat(status.outcome()).as(status.toString()).isEqualTo(Outcome.PASSED);
            assertThat(status.gates().getFirst().observed()).startsWith("GET /greet?name=x 200 in ");
            assertThat(asked).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_canary_that_fails_is_judged_worse_stays_so_and_what_it_was_judged_by_can_be_gone_over_again()
            throws Exception {
        String release = OtherServices.freshRelease();
        QuestionKey rollout = QuestionKey.parse(release + "/production/1");
        others.judge(rollout, 0, 0, 4);
        others.judgement(rollout, status -> status.waitingFor().startsWith("baseline: 0"));
        others.sample(0, 4, rollout, 0, 0, 100);
        others.judgement(rollout, JudgementStatus::baselineReady);
        others.judge(rollout, 1, 10, 5);
        others.judgement(rollout, status -> status.waitingFor().startsWith("0 of 40"));
        for (int second = 1; second < 9; second++) {
            others.sample(second, 5, rollout, 5, 2, 45);
        }

        JudgementStatus status = others.judgement(rollout, found -> found.worse() != null);

        assertThat(String.valueOf(status.worse())).startsWith("comparison errors");
        Replay.Result again = replayed(release);
        assertThat(again.last()).isNotNull().satisfies(last -> {
            assertThat(last.worse()).isEqualTo(status.worse());
            assertThat(last.canary().answers()).isEqualTo(40);
        });
        assertThat(status.passedStep()).isZero();
        service.topics()
                .say(
                        Topics.VALIDATION_COMMANDS,
                        release,
                        ValidationTypes.STOP_JUDGING,
                        new StopJudging(rollout, EnvironmentId.parse("hello/production")));
        int before = others.judgements(rollout).size();
        others.judge(rollout, 1, 10, 5);
        await().atMost(PATIENCE).until(() -> others.judgements(rollout).size() > before);
        assertThat(others.judgements(rollout).getLast().worse()).isEqualTo(status.worse());
    }

    /** From the first part to the last, once as many samples are kept as were sent. */
    private static Replay.Result replayed(String release) {
        String path = "/api/v1/applications/hello/seconds?release=%s&part=".formatted(release);
        List<Replay.Line> lines = await().atMost(PATIENCE)
                .until(
                        () -> {
                            List<Replay.Line> found = new ArrayList<>();
                            boolean more = true;
                            for (int part = 0; more; part++) {
                                JsonNode seconds = JSON.readTree(
                                        service.get(path + part, "viewer").body());
                                seconds.path("lines")
                                        .forEach(line -> found.add(
                                                WireJson.mapper().readValue(line.asString(), Replay.Line.class)));
                                more = seconds.path("more").asBoolean(false);
                            }
                            return found;
                        },
                        found -> found.stream()
                                        .filter(line -> line.sample() != null)
                                        .count()
                                == 9);
        Replay replay = new Replay();
        assertThat(lines)
                .filteredOn(line -> line.judge() != null)
                .extracting(Replay.Line::bounds)
                .containsOnly(JudgedBounds.SHIPPED);
        lines.forEach(replay::hear);
        return replay.result();
    }

    @Test
    void what_a_release_was_judged_by_is_for_those_who_may_look_and_only_where_it_is_kept() throws Exception {
        String path = "/api/v1/applications/hello/seconds?release=hello@9.9.9";

        assertThat(service.get(path, null).statusCode()).isEqualTo(401);
        assertThat(service.get(path, "viewer").statusCode()).isEqualTo(404);
        assertThat(service.get(path + "&part=-1", "viewer").statusCode()).isEqualTo(400);
        assertThat(service.get("/api/v1/applications/hello/seconds?release=hello", "viewer")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_record_that_cannot_be_read_becomes_a_dead_letter_and_the_next_one_is_heard() {
        byte[] poison = "{\"question\": 7".getBytes(StandardCharsets.UTF_8);
        service.topics().say(Topics.VALIDATION_COMMANDS, "hello@poison", ValidationTypes.ASSESS, poison);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.topics().records()).anySatisfy(record -> {
                    assertThat(record.topic())
                            .isEqualTo(Topics.VALIDATION_COMMANDS + "-dlt", Topics.CI_EVENTS + "-dlt");
                    assertThat(record.key()).isEqualTo("hello@poison");
                    assertThat(record.value()).isEqualTo(poison);
                    assertThat(Topic.header(record, "slipway_reason")).isNotBlank();
                }));
        QuestionKey question = others.ask("4".repeat(40));
        assertThat(others.answer(question, OtherServices::isClosed).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void bad_input_gets_a_problem_and_changes_nothing() throws Exception {
        String sha = "5".repeat(40);

        assertProblem(send(sha, "horoscope", REPORT, "publisher"), 400, "Legal kinds: ab, ");
        assertProblem(send(sha, "sarif", REPORT, "publisher"), 400, "not well-formed JSON");
        assertProblem(send(sha, "junit", "<html/>", "publisher"), 400, "testsuite");
        assertProblem(send("5", "junit", REPORT, "publisher"), 400, "sha");
        assertProblem(send(sha, "junit", REPORT, "viewer"), 403, "role");
        assertProblem(send(sha, "junit", REPORT, null), 401, "token");
        assertProblem(send(sha, "junit", " ".repeat(8 * 1024 * 1024 + 1), "publisher"), 413, """
                A request body may have at most 8388608 bytes. The limit is slipway.validation.evidence.body-bytes-max. \
                Send less, or a report packed as a ZIP, as slipway evidence push does by itself with large ones.""");
        assertProblem(service.get("/api/v1/applications/nobody/verdicts", "viewer"), 404, "no verdict");
        QuestionKey question = others.ask(sha, Gates.tests(Pace.patience(Duration.ofSeconds(1))));
        AssessmentStatus status = others.answer(question, OtherServices::isClosed);
        assertThat(status.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(status.gates().getFirst().cause())
                .startsWith("The newest junit report of the suite unit cannot be read: ")
                .contains("testsuite");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains(detail).contains("urn:slipway:problem:");
    }

    private static HttpResponse<String> send(String sha, String kind, String report, @Nullable String role)
            throws IOException, InterruptedException, JOSEException {
        return service.report(
                sha, "&kind=%s&suite=unit".formatted(kind), report.getBytes(StandardCharsets.UTF_8), role);
    }
}
