package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import dev.slipway.release.wiring.KafkaPeers;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service as it runs: HTTP with tokens, the real broker and store, a real repository; the other services answer over Kafka. */
final class ReleaseServiceIT {
    @RegisterExtension
    static final PlatformExtension platform = PlatformExtension.withTopics(
            Topics.CI_EVENTS,
            Topics.VALIDATION_COMMANDS,
            Topics.VALIDATION_RESULTS,
            Topics.DEPLOYMENT_COMMANDS,
            Topics.DEPLOYMENT_EVENTS,
            Topics.RELEASE_EVENTS,
            Topics.NOTIFICATION_EVENTS);

    private static final Tokens tokens = new Tokens();
    private static final String ADMIN = tokens.of("admin@example.test", "admin");
    private static final String PUBLISHER = tokens.of("CI@example.test", "publisher");
    private static final String OPERATOR = tokens.of("op@example.test", "operator");
    private static final String VIEWER = tokens.of("viewer@example.test", "viewer");
    private static final Duration LONGEST = Pace.patience(Duration.ofSeconds(40));

    @TempDir
    static Path folder;

    private static final HttpClient client = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext context;
    private static KafkaPeers peers;
    private static String base;
    private static String sha;

    @BeforeAll
    static void start() throws IOException {
        sha = repository(folder.resolve("hello"));
        peers = new KafkaPeers(PlatformExtension.kafka());
        context = new SpringApplicationBuilder(ReleaseService.class)
                .run(
                        "--spring.kafka.bootstrap-servers=" + PlatformExtension.kafka(),
                        "--spring.mongodb.uri=" + PlatformExtension.mongodb(PlatformExtension.freshDatabase()),
                        "--slipway.identity.public-key=file:" + tokens.publicKey(),
                        "--slipway.git.roots=" + folder.toRealPath(),
                        "--server.port=0");
        base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        context.close();
        peers.close();
        client.close();
    }

    /** Branches main and production, the latter one commit ahead. */
    private static String repository(Path path) {
        TestRepository made = TestRepository.in(path).by("Author", "Author@Example.test");
        made.commitAll("chore: start");
        return made.on("production").commitAll("feat: greet");
    }

    private static String policy(String application) throws IOException {
        try (var resource = ReleaseServiceIT.class.getResourceAsStream("/policies/demo.yaml")) {
            return new String(java.util.Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("application: hello", "application: " + application)
                    .replace("file:.slipway/demo/hello.git", "file:" + folder.resolve("hello"))
                    .replace("v{version}", application + "-{version}")
                    .replace("bake: 10s", "bake: 1s");
        }
    }

    private static HttpResponse<String> send(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    private static HttpResponse<String> get(String path) {
        return send("GET", path, VIEWER, "");
    }

    private static ReleaseView release(String id) {
        return MessagingJson.mapper().readValue(get("/api/v1/releases/" + id).body(), ReleaseView.class);
    }

    private static void awaitPhase(String id, ReleasePhase phase) {
        await().atMost(LONGEST).until(() -> release(id).state() == phase);
    }

    private static void putPolicy(String application) throws IOException {
        HttpResponse<String> answer = send(
                "PUT",
                "/api/v1/applications/" + application + "/policy",
                ADMIN,
                policy(application),
                "Content-Type",
                "application/yaml");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("policyHash").asString()).matches("[0-9a-f]{64}");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessagingJson.mapper().readTree(answer.body());
    }

    private static String proposal(String application, String version) {
        return MessagingJson.mapper()
                .writeValueAsString(Map.of(
                        "application", application,
                        "version", version,
                        "sha", sha,
                        "artifacts",
                                List.of(Map.of("uri", "file:/srv/hello.jar", "digest", "sha256:" + "a".repeat(64)))));
    }

    private static HttpResponse<String> approve(String id, String email) {
        ReleaseView view = release(id);
        return send(
                "POST",
                "/api/v1/releases/" + id + "/approvals",
                tokens.of(email, "approver"),
                MessagingJson.mapper()
                        .writeValueAsString(Map.of(
                                "sha", view.sha(),
                                "digests", List.of(view.artifacts().getFirst().digest()),
                                "policyHash", view.policyHash())));
    }

    private static void propose(String application, String version) {
        HttpResponse<String> answer =
                send("POST", "/api/v1/releases", PUBLISHER, proposal(application, version), "Idempotency-Key", version);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/releases/" + application + "@" + version);
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).path("type").asString()).isEqualTo("urn:slipway:problem:" + code);
        assertThat(json(answer).path("detail").asString()).isNotBlank();
    }

    @Test
    void a_good_release_is_completed_merged_and_tagged() throws IOException {
        peers.good();
        putPolicy("good");
        propose("good", "1.0.0");
        propose("good", "1.0.0");
        awaitPhase("good@1.0.0", ReleasePhase.AWAITING_APPROVAL);
        assertThat(java.util.Objects.requireNonNull(release("good@1.0.0").waiting())
                        .command())
                .isEqualTo("./slipway release approve good@1.0.0 --as EMAIL");

        assertThat(approve("good@1.0.0", "Ada@example.test").statusCode()).isEqualTo(200);
        assertThat(approve("good@1.0.0", "ada@EXAMPLE.test").statusCode()).isEqualTo(200);
        assertThat(release("good@1.0.0").approvals()).hasSize(1);
        assertThat(approve("good@1.0.0", "ben@example.test").statusCode()).isEqualTo(200);
        awaitPhase("good@1.0.0", ReleasePhase.COMPLETED);

        ReleaseView view = release("good@1.0.0");
        assertThat(view.publisher()).isEqualTo("ci@example.test");
        assertThat(view.authors()).containsExactly("author@example.test");
        assertThat(view.gates()).extracting("gate").contains("unit-tests", "merge", "smoke", "way-back", "check-build");
        assertThat(view.waiting()).isNull();
        JsonNode timeline = json(get("/api/v1/releases/good@1.0.0/timeline"));
        assertThat(timeline.size()).isGreaterThan(8);
        assertThat(timeline.get(timeline.size() - 1).path("state").asString()).isEqualTo("COMPLETED");
        TestRepository git = TestRepository.at(folder.resolve("hello"));
        assertThat(git.head("main")).isEqualTo(view.mergedAs());
        assertThat(git.ran("merge-base", "--is-ancestor", sha, "main").exit()).isZero();
        assertThat(git.resolve("refs/tags/good-1.0.0^{commit}")).isEqualTo(sha);

        HttpResponse<String> notes =
                send("GET", "/api/v1/releases/good@1.0.0/notes", VIEWER, "", "Accept", "text/markdown");
        assertThat(notes.statusCode()).isEqualTo(200);
        assertThat(notes.body()).startsWith("# good 1.0.0").contains("## Upgrade Recommendations");
        assertThat(json(get("/api/v1/releases/good@1.0.0/notes")).path("unread").isNull())
                .isTrue();
        assertThat(json(get("/api/v1/applications/good/next-version"))
                        .at("/since/version")
                        .asString())
                .isEqualTo("1.0.0");
        assertThat(json(get("/api/v1/applications/good/dora"))
                        .at("/deploymentsPerDay/of")
                        .asInt())
                .isEqualTo(1);

        HttpResponse<String> runbook =
                send("GET", "/api/v1/releases/good@1.0.0/runbook", VIEWER, "", "Accept", "text/html");
        assertThat(runbook.statusCode()).isEqualTo(200);
        assertThat(runbook.body())
                .contains("<title>Runbook of good 1.0.0</title>", view.policyHash(), "Pinned in its record as sha256:");
        assertThat(json(get("/api/v1/releases/good@1.0.0/runbook?pinned=true"))
                        .at("/pinned/shown")
                        .asBoolean())
                .isTrue();
        assertThat(json(get("/api/v1/releases/good@1.0.0/plan")).path("steps")).isEmpty();
        assertThat(json(get("/api/v1/applications/good/guide/plan?version=1.1.0"))
                        .path("steps"))
                .isNotEmpty();
        assertThat(json(get("/api/v1/releases/good@1.0.0/announcement?channel=mail"))
                        .path("subject")
                        .asString())
                .isEqualTo("good 1.0.0 is released");
    }

    @Test
    void a_worse_release_is_rolled_back_and_listed() throws IOException {
        putPolicy("worse");
        propose("worse", "1.0.0");
        awaitPhase("worse@1.0.0", ReleasePhase.AWAITING_APPROVAL);
        peers.worse();
        approve("worse@1.0.0", "ada@example.test");
        approve("worse@1.0.0", "ben@example.test");
        awaitPhase("worse@1.0.0", ReleasePhase.ROLLED_BACK);

        ReleaseView view = release("worse@1.0.0");
        assertThat(view.cause())
                .isNotNull()
                .extracting(cause -> cause.observed())
                .isEqualTo("30 %");
        JsonNode page = json(get("/api/v1/releases?application=worse&state=ROLLED_BACK&limit=1"));
        assertThat(page.path("releases").size()).isEqualTo(1);
        assertThat(page.path("releases").get(0).path("id").asString()).isEqualTo("worse@1.0.0");
        peers.good();
    }

    @Test
    void an_event_of_ci_proposes_a_release_once() throws IOException {
        putPolicy("ci");
        byte[] event = "{\"context\": {\"id\": \"1\"}, \"customData\": %s}"
                .formatted(proposal("ci", "1.0.0"))
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "ce_id",
                "ci-1",
                "ce_source",
                "/ci",
                "ce_type",
                CiTypes.ARTIFACT_PUBLISHED + "0.3.0",
                "ce_publisher",
                "ci@example.test");
        peers.send(Topics.CI_EVENTS, "ci", event, headers);
        peers.send(Topics.CI_EVENTS, "ci", event, headers);

        await().atMost(LONGEST).until(() -> get("/api/v1/releases/ci@1.0.0").statusCode() == 200);
        awaitPhase("ci@1.0.0", ReleasePhase.AWAITING_APPROVAL);
        JsonNode page = json(get("/api/v1/releases?application=ci"));
        assertThat(page.path("releases").size()).isEqualTo(1);
    }

    @Test
    void people_who_may_not_approve_are_refused_and_nothing_changes() throws IOException {
        putPolicy("approvals");
        propose("approvals", "1.0.0");
        String id = "approvals@1.0.0";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        ReleaseView view = release(id);
        String path = "/api/v1/releases/" + id + "/approvals";
        String another = "{\"sha\": \"%s\", \"digests\": [\"%s\"], \"policyHash\": \"%s\"}"
                .formatted(view.sha(), "sha256:" + "b".repeat(64), view.policyHash());

        problem(send("POST", path, tokens.of("ada@example.test", "approver"), another), 409, "another-triple");
        problem(approve(id, "author@example.test"), 403, "own-change");
        problem(approve(id, "ci@Example.test"), 403, "own-change");
        problem(send("POST", path, tokens.withoutEmail("approver"), another), 403, "no-verified-email");
        problem(send("POST", path, ADMIN, another), 403, "insufficient-role");
        problem(send("POST", path, tokens.of("ada@example.test", "approver"), "{\"sha\": 1"), 400, "unreadable-body");
        problem(send("POST", path, tokens.of("ada@example.test", "approver"), "{}"), 400, "unreadable-body");

        assertThat(release(id).approvals()).isEmpty();
        assertThat(release(id).state()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void a_duty_is_answered_by_somebody_of_its_role_with_what_it_asks_for() throws IOException {
        String duty = "duties: [{id: sign-off, text: Legal agrees, by: devops, before: staging, fields: [ticket]}]\n";
        String put = "/api/v1/applications/dutiful/policy";
        assertThat(send("PUT", put, ADMIN, policy("dutiful") + duty, "Content-Type", "application/yaml")
                        .statusCode())
                .isEqualTo(200);
        propose("dutiful", "1.0.0");
        String id = "dutiful@1.0.0";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        String path = "/api/v1/releases/" + id + "/duties/sign-off";
        String ben = tokens.of("ben@example.test", "approver");
        String passed = answer(id, "PASSED", "L-12");

        problem(send("POST", path, tokens.of("eve@example.test", "approver"), passed), 403, "not-your-role");
        problem(send("POST", path, ADMIN, passed), 403, "insufficient-role");
        problem(send("POST", path, ben, answer(id, "PASSED", "")), 409, "missing-field");
        problem(send("POST", path, ben, answer(id, "PERHAPS", "L-12")), 400, "unreadable-body");
        problem(send("POST", path + "s", ben, passed), 409, "no-duty");
        assertThat(release(id).duties()).singleElement().satisfies(open -> {
            assertThat(open.state()).isEqualTo(GuideView.LineState.DUE);
            assertThat(open.answers()).isEmpty();
        });

        assertThat(send("POST", path, ben, answer(id, "FAILED", "L-12")).statusCode())
                .isEqualTo(200);
        awaitPhase(id, ReleasePhase.REJECTED);
        assertThat(json(get("/api/v1/releases/" + id)).at("/cause/text").asString())
                .contains("sign-off", "ben@example.test", "read it");
        assertThat(release(id).duties().getFirst().answers().getFirst().fields())
                .containsEntry("ticket", "L-12");
    }

    @Test
    void a_file_is_handed_in_before_the_answer_that_names_it_and_handed_out_as_it_came() throws IOException {
        String duty = "duties: [{id: sign-off, text: Legal agrees, by: devops, before: staging, fields: [ticket]}]\n";
        String put = "/api/v1/applications/filed/policy";
        assertThat(send("PUT", put, ADMIN, policy("filed") + duty, "Content-Type", "application/yaml")
                        .statusCode())
                .isEqualTo(200);
        propose("filed", "1.0.0");
        String id = "filed@1.0.0";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        String answers = "/api/v1/releases/" + id + "/duties/sign-off";
        String ben = tokens.of("ben@example.test", "approver");
        String letter = "<script>1</script>" + "x".repeat(2 << 20); // more than any other body, and several pieces
        Digest digest = Digest.of(letter);
        String named = answer(id, "PASSED", "L-12")
                .replaceFirst("\\{", "{\"files\": [{\"name\": \"letter.html\", \"digest\": \"" + digest + "\"}], ");
        String bytes = "application/octet-stream";

        problem(send("POST", answers, ben, named), 409, "not-handed-in");
        problem(send("POST", answers + "/files?name=letter.html", VIEWER, letter), 403, "insufficient-role");
        problem(send("POST", answers + "/files?name=..%2Fletter.html", ben, letter), 400, "bad-name");
        problem(send("POST", answers, ben, "x".repeat(3 << 19)), 413, "body-too-large");
        HttpResponse<String> kept =
                send("POST", answers + "/files?name=letter.html", ben, letter, "Content-Type", bytes);
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
        assertThat(json(kept).path("digest").asString()).isEqualTo(digest.value());
        String path = "/api/v1/releases/" + id + "/files/" + digest;
        problem(get(path), 404, "no-file");

        assertThat(send("POST", answers, ben, named).statusCode()).isEqualTo(200);

        assertThat(release(id).duties().getFirst().answers().getFirst().files())
                .containsExactly(new AnswerFile("letter.html", digest, letter.length()));
        HttpResponse<String> fetched = send("GET", path, VIEWER, "", "Accept", bytes);
        assertThat(fetched.body()).isEqualTo(letter);
        assertThat(fetched.headers().firstValue("Content-Type")).contains(bytes);
        assertThat(fetched.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"letter.html\"");
        assertThat(fetched.headers().allValues("X-Content-Type-Options")).containsOnly("nosniff");
        problem(send("GET", path.replaceFirst(".$", "0x"), VIEWER, "", "Accept", bytes), 400, "illegal-value");
    }

    @Test
    void a_wait_on_others_is_ended_by_the_callback_of_whom_its_policy_names_once() throws IOException {
        String wait = """
                duties:
                  - {id: review, text: The store agrees, by: devops, before: staging,
                     waits: {on: The store, expected: 1h, longest: 2h, ends: {callback: {by: bot@example.test}}}}
                """;
        assertThat(send(
                                "PUT",
                                "/api/v1/applications/stores/policy",
                                ADMIN,
                                policy("stores") + wait,
                                "Content-Type",
                                "application/yaml")
                        .statusCode())
                .isEqualTo(200);
        propose("stores", "1.0.0");
        String id = "stores@1.0.0";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        String path = "/api/v1/releases/" + id + "/waits/review";
        String bot = tokens.of("bot@example.test", "publisher");
        String passed = "{\"outcome\": \"PASSED\", \"reason\": \"build 42\"}";

        problem(send("POST", path, tokens.of("ben@example.test", "approver"), passed), 403, "insufficient-role");
        problem(send("POST", path, tokens.of("ci@example.test", "publisher"), passed), 403, "not-yours");
        problem(send("POST", path + "s", bot, passed), 404, "no-wait");
        problem(send("POST", path, bot, "{\"outcome\": \"NOT_APPLICABLE\"}"), 400, "no-outcome");
        problem(
                send("POST", path, bot, "{\"outcome\": \"PASSED\", \"sha\": \"%s\"}".formatted("2".repeat(40))),
                409,
                "another-triple");
        assertThat(release(id).duties()).singleElement().satisfies(open -> {
            assertThat(open.answers()).isEmpty();
            assertThat(Objects.requireNonNull(open.waits()).until()).isNotNull();
        });

        assertThat(send("POST", path, bot, passed).statusCode()).isEqualTo(200);
        assertThat(send("POST", path, bot, passed).statusCode()).isEqualTo(200);
        assertThat(release(id).duties().getFirst().answers()).singleElement().satisfies(answer -> {
            assertThat(answer.via()).isEqualTo(DutyView.Via.CALLBACK);
            assertThat(answer.by()).isEqualTo("bot@example.test");
        });
    }

    @Test
    void a_duty_is_answered_cell_by_cell_and_people_are_reminded_when_the_release_day_makes_it_due()
            throws IOException {
        String duty = """
                calendars: [{name: all, zone: UTC, weekend: []}]
                duties:
                  - {id: try-it, text: Try it, by: devops, before: staging, matrix: {os: [linux, macos]},
                     due: {days: 0, at: "00:00"}}
                """;
        String put = "/api/v1/applications/cells/policy";
        assertThat(send("PUT", put, ADMIN, policy("cells") + duty, "Content-Type", "application/yaml")
                        .statusCode())
                .isEqualTo(200);
        propose("cells", "1.0.0");
        String id = "cells@1.0.0";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        String path = "/api/v1/releases/" + id;
        String ben = tokens.of("ben@example.test", "approver");
        String day = "{\"day\": \"%s\", \"reason\": \"the fair\"}"
                .formatted(LocalDate.now(ZoneOffset.UTC).plusDays(1));

        problem(send("POST", path + "/day", VIEWER, day), 403, "insufficient-role");
        problem(send("POST", path + "/day", ben, day), 403, "not-yours");
        problem(
                send("POST", path + "/day", OPERATOR, "{\"day\": \"2020-01-01\", \"reason\": \"why\"}"),
                409,
                "no-such-day");
        HttpResponse<String> set = send("POST", path + "/day", OPERATOR, day);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(json(set).path("text").asString())
                .contains("Whose plans change: ben@example.test answers try-it by");
        assertThat(release(id).milestones())
                .extracting(Milestone::kind)
                .contains(Milestone.Kind.DAY_MOVED, Milestone.Kind.DUTY_REMINDED);

        problem(send("POST", path + "/duties/try-it", ben, answer(id, Map.of())), 409, "which-cell");
        problem(send("POST", path + "/duties/try-it", ben, answer(id, Map.of(), "solaris")), 409, "unknown-cell");
        assertThat(send("POST", path + "/duties/try-it", ben, answer(id, Map.of(), "linux"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(release(id).duties().getFirst().cells())
                .extracting(DutyView.Cell::state)
                .containsExactly(GuideView.LineState.PASSED, GuideView.LineState.DUE);
        assertThat(send("POST", path + "/duties/try-it", ben, answer(id, Map.of(), "*"))
                        .statusCode())
                .isEqualTo(200);
        DutyView answered = release(id).duties().getFirst();
        assertThat(answered.state()).isEqualTo(GuideView.LineState.PASSED);
        assertThat(Objects.requireNonNull(answered.timing()).state()).isEqualTo(DutyView.TimeState.OVER);
    }

    private static String answer(String id, String result, String ticket) {
        return answer(id, result, Map.of("ticket", ticket));
    }

    private static String answer(String id, Map<String, String> fields, String... cells) {
        return answer(id, "PASSED", fields, cells);
    }

    private static String answer(String id, String result, Map<String, String> fields, String... cells) {
        ReleaseView view = release(id);
        return MessagingJson.mapper()
                .writeValueAsString(Map.of(
                        "result", result,
                        "reason", "read it",
                        "fields", fields,
                        "cells", List.of(cells),
                        "sha", view.sha(),
                        "digests", List.of(view.artifacts().getFirst().digest()),
                        "policyHash", view.policyHash()));
    }

    @Test
    void abort_ends_a_release_and_what_is_not_possible_is_said() throws IOException {
        putPolicy("abort");
        propose("abort", "1.0.0");
        String path = "/api/v1/releases/abort@1.0.0";
        awaitPhase("abort@1.0.0", ReleasePhase.AWAITING_APPROVAL);

        problem(send("POST", path + "/pause", OPERATOR, "{}"), 409, "not-now");
        problem(send("POST", path + "/resolve", OPERATOR, "{}"), 400, "no-reason");
        problem(send("POST", path + "/abort", VIEWER, "{}"), 403, "insufficient-role");
        HttpResponse<String> aborted =
                send("POST", path + "/abort", OPERATOR, "{\"reason\": \"wrong branch\"}", "Idempotency-Key", "k1");
        HttpResponse<String> again =
                send("POST", path + "/abort", OPERATOR, "{\"reason\": \"wrong branch\"}", "Idempotency-Key", "k1");
        HttpResponse<String> late = send("POST", path + "/abort", OPERATOR, "");

        assertThat(aborted.statusCode()).as(aborted.body()).isEqualTo(200);
        assertThat(json(aborted).path("release").path("state").asString()).isEqualTo("ABORTED");
        assertThat(json(aborted).path("done").asBoolean()).isTrue();
        assertThat(json(aborted).path("text").asString())
                .isEqualTo("Aborted. Production was not touched; the version can be proposed again.");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again).path("text")).isEqualTo(json(aborted).path("text"));
        problem(late, 409, "not-now");
        assertThat(json(late).path("detail").asString())
                .contains("ABORTED", "1.0.0 can be proposed again: ./slipway release create 1.0.0");
        assertThat(release("abort@1.0.0").cause())
                .isNotNull()
                .extracting(cause -> cause.text())
                .asString()
                .contains("op@example.test", "wrong branch");
    }

    @Test
    void what_only_the_saga_can_know_is_a_visible_rejection() throws IOException {
        putPolicy("visible");
        send("POST", "/api/v1/releases", PUBLISHER, proposal("visible", "1.0.0"));
        HttpResponse<String> below = send(
                "POST",
                "/api/v1/releases",
                PUBLISHER,
                proposal("visible", "1.0.0").replace("a".repeat(64), "b".repeat(64)));

        assertThat(below.statusCode()).isEqualTo(202);
        ReleaseView rejected = MessagingJson.mapper()
                .readValue(
                        get(below.headers().firstValue("Location").orElseThrow())
                                .body(),
                        ReleaseView.class);
        assertThat(rejected.state()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(rejected.cause())
                .isNotNull()
                .extracting(cause -> cause.kind())
                .isEqualTo("version-taken");
        assertThat(json(below).path("text").asString())
                .startsWith("Refused: Version 1.0.0 exists")
                .contains("./slipway release abort visible@1.0.0 --reason WHY");
    }

    @Test
    void an_emergency_stop_does_not_fail_for_the_shape_of_its_reason() throws IOException {
        putPolicy("stop");
        List<String> bodies = List.of(
                "{\"reason\": \"%s\"}".formatted("x".repeat(501)),
                "{\"reason\": \"orders\\nare lost\"}",
                "{\"reason\": \"orders\nare lost\"}",
                "{\"reason\": [\"orders\"]}",
                "{\"reason\": null}",
                "orders are lost",
                "{\"reason\": \"orders",
                "");
        String id = "stop@1.0.0";
        propose("stop", "1.0.0");
        for (int i = 0; i < bodies.size(); i++) {
            awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
            HttpResponse<String> aborted = send("POST", "/api/v1/releases/" + id + "/abort", OPERATOR, bodies.get(i));

            assertThat(aborted.statusCode()).as(aborted.body()).isEqualTo(200);
            String cause =
                    json(aborted).path("release").path("cause").path("text").asString();
            assertThat(cause).startsWith("Aborted by op@example.test").doesNotContain("\n");
            if (i == 0) {
                assertThat(cause).endsWith("... (cut, it had 501 characters)");
            }
            HttpResponse<String> again = send("POST", "/api/v1/releases", PUBLISHER, proposal("stop", "1.0.0"));
            id = "stop@1.0.0~" + (i + 2);
            assertThat(json(again).path("id").asString()).isEqualTo(id);
            assertThat(json(again).path("text").asString()).contains("attempt " + (i + 2));
            assertThat(release(id).attempt()).isEqualTo(i + 2);
        }
        problem(send("POST", "/api/v1/releases/" + id + "/promote", OPERATOR, "full"), 400, "malformed-body");
    }

    @Test
    void a_hotfix_is_an_operators() throws IOException {
        putPolicy("hotfix");
        String hotfix = proposal("hotfix", "1.0.1").replaceFirst("\\{", "{\"hotfix\": \"orders are lost\", ");
        problem(send("POST", "/api/v1/releases", PUBLISHER, hotfix), 403, "insufficient-role");

        HttpResponse<String> taken = send("POST", "/api/v1/releases", OPERATOR, hotfix);

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        problem(send("POST", "/api/v1/releases", OPERATOR, proposal("hotfix", "1.0.2")), 403, "insufficient-role");
    }

    @Test
    void a_freeze_that_is_over_is_said_when_the_policy_is_put() throws IOException {
        String policy = policy("over")
                + "freeze: [{from: \"2020-12-23T00:00:00Z\", to: \"2021-01-02T00:00:00Z\", reason: holidays}]\n";

        HttpResponse<String> answer = send("PUT", "/api/v1/applications/over/policy", ADMIN, policy);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("notes").toString())
                .contains("the freeze \\\"holidays\\\" is over since 2021-01-02T00:00:00Z");
    }

    @Test
    void a_proposal_that_can_be_refused_at_once_leaves_no_release() throws IOException {
        putPolicy("at-once");
        problem(send("POST", "/api/v1/releases", PUBLISHER, proposal("nobody", "1.0.0")), 404, "unknown-application");
        problem(send("POST", "/api/v1/releases", PUBLISHER, proposal("at-once", "01.0")), 400, "invalid-version");
        problem(
                send(
                        "POST",
                        "/api/v1/releases",
                        PUBLISHER,
                        proposal("at-once", "1.0.0")
                                .replace(
                                        "}]",
                                        "},{\"uri\":\"file:/srv/other/hello.jar\",\"digest\":\"sha256:%s\"}]"
                                                .formatted("b".repeat(64)))),
                400,
                "artifact-names");

        assertThat(json(get("/api/v1/releases?application=nobody")).path("releases"))
                .isEmpty();
        assertThat(json(get("/api/v1/releases?application=at-once")).path("releases"))
                .isEmpty();
    }

    @Test
    void bad_requests_are_problems_and_change_nothing() throws IOException {
        String policyPath = "/api/v1/applications/bad/policy";
        problem(send("PUT", policyPath, PUBLISHER, policy("bad")), 403, "insufficient-role");
        problem(send("PUT", policyPath, "nonsense", policy("bad")), 401, "no-identity");
        HttpResponse<String> typo = send("PUT", policyPath, ADMIN, policy("bad").replace("approvals:", "aprovals:"));
        problem(typo, 400, "invalid-policy");
        assertThat(json(typo).path("detail").asString()).contains("line 9, column 1", "did you mean approvals?");
        assertThat(json(typo).path("findings").get(0).path("line").asInt()).isEqualTo(9);
        problem(send("PUT", policyPath, ADMIN, policy("other")), 400, "invalid-policy");
        problem(send("PUT", policyPath, ADMIN, policy("bad").replace("file:/", "file:")), 400, "invalid-policy");
        problem(send("PUT", policyPath, ADMIN, "x".repeat(300_000)), 400, "invalid-policy");
        problem(send("PUT", policyPath, ADMIN, "x".repeat(2_000_000)), 413, "body-too-large");
        problem(get(policyPath), 404, "no-policy");

        problem(send("POST", "/api/v1/releases", PUBLISHER, "{"), 400, "unreadable-body");
        problem(send("POST", "/api/v1/releases", PUBLISHER, proposal("Bad", "1.0.0")), 400, "unreadable-body");
        problem(send("POST", "/api/v1/releases", VIEWER, proposal("bad", "1.0.0")), 403, "insufficient-role");
        problem(
                send(
                        "POST",
                        "/api/v1/releases",
                        PUBLISHER,
                        proposal("bad", "1.0.0").replace("{\"", "{\"fixes\": \"bad@0.9.0\", \"")),
                403,
                "insufficient-role");
        problem(get("/api/v1/releases/bad@1.0.0"), 404, "no-such-release");
        problem(get("/api/v1/releases/nonsense/timeline"), 404, "no-such-release");
        problem(send("POST", "/api/v1/releases/bad@1.0.0/abort", OPERATOR, "{}"), 404, "no-such-release");
        problem(get("/api/v1/releases?limit=201"), 400, "illegal-value");
        problem(get("/api/v1/releases?limit=0"), 400, "illegal-value");
        problem(get("/api/v1/releases?state=RUNNING"), 400, "illegal-value");
        problem(get("/api/v1/releases?state=UNKNOWN"), 400, "illegal-value");
        problem(get("/api/v1/releases?application=Not%20a%20name"), 400, "illegal-value");
        problem(get("/api/v1/releases?cursor=nonsense"), 404, "no-such-page");
        problem(get("/api/v1/secrets"), 403, "insufficient-role");

        assertThat(json(get("/api/v1/releases?application=bad"))
                        .path("releases")
                        .size())
                .isZero();
    }

    @Test
    void lists_are_paged_to_the_end_without_gaps() throws IOException {
        putPolicy("paged");
        for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
            propose("paged", version);
        }
        awaitPhase("paged@1.2.0", ReleasePhase.AWAITING_APPROVAL);
        awaitPhase("paged@1.1.0", ReleasePhase.SUPERSEDED);
        awaitPhase("paged@1.0.0", ReleasePhase.SUPERSEDED);

        JsonNode first = json(get("/api/v1/releases?application=paged&limit=2"));
        JsonNode second = json(get("/api/v1/releases?application=paged&limit=2&cursor="
                + first.path("cursor").asString()));

        assertThat(first.path("releases").get(0).path("id").asString()).isEqualTo("paged@1.2.0");
        Set<String> all = new java.util.TreeSet<>();
        first.path("releases").forEach(each -> all.add(each.path("id").asString()));
        second.path("releases").forEach(each -> all.add(each.path("id").asString()));
        assertThat(all).containsExactly("paged@1.0.0", "paged@1.1.0", "paged@1.2.0");
    }

    private static void complete(String application, String version) {
        propose(application, version);
        String id = application + "@" + version;
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        approve(id, "ada@example.test");
        approve(id, "ben@example.test");
        awaitPhase(id, ReleasePhase.COMPLETED);
    }

    @Test
    void production_goes_back_to_a_version_that_it_has_verified() throws IOException {
        String path = "/api/v1/applications/back/rollback";
        String because = "{\"reason\": \"orders are lost\"}";
        problem(send("POST", path, OPERATOR, because), 404, "unknown-application");
        putPolicy("back");
        problem(send("POST", path, OPERATOR, because), 409, "nothing-to-roll-back");
        complete("back", "1.0.0");
        problem(send("POST", path, OPERATOR, because), 409, "no-earlier-version");
        complete("back", "1.1.0");
        problem(send("POST", path, PUBLISHER, because), 403, "insufficient-role");
        problem(send("POST", path, OPERATOR, "{}"), 400, "no-reason");
        problem(
                send("POST", path, OPERATOR, because.replace("{", "{\"version\": \"0.1.0\", ")),
                404,
                "no-such-version");

        HttpResponse<String> accepted = send("POST", path, OPERATOR, because, "Idempotency-Key", "r1");
        HttpResponse<String> again = send("POST", path, OPERATOR, because, "Idempotency-Key", "r1");

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(accepted.headers().firstValue("Location"))
                .contains("/api/v1/releases/back@1.0.0~rollback-3");
        ReleaseView view = release("back@1.0.0~rollback-3");
        assertThat(view.kind()).isEqualTo("ROLLBACK");
        assertThat(view.version()).isEqualTo("1.0.0");
        assertThat(view.publisher()).isEqualTo("op@example.test");
        awaitPhase("back@1.0.0~rollback-3", ReleasePhase.COMPLETED);
    }

    @Test
    void another_configuration_of_what_production_runs_is_a_release_of_its_own_kind() throws IOException {
        String path = "/api/v1/applications/configured/configuration";
        problem(send("POST", path, OPERATOR, ""), 404, "unknown-application");
        putPolicy("configured");
        problem(send("POST", path, OPERATOR, ""), 409, "nothing-in-production");
        complete("configured", "1.0.0");
        problem(send("POST", path, OPERATOR, ""), 409, "nothing-differs");
        problem(send("POST", path, VIEWER, ""), 403, "insufficient-role");

        String target = "portEnv: PORT, health: /health}\n    strategy";
        String greeting = policy("configured").replace(target, target.replace("}", ", env: {GREETING: hi}}"));
        JsonNode put = json(send(
                "PUT", "/api/v1/applications/configured/policy", ADMIN, greeting, "Content-Type", "application/yaml"));
        assertThat(put.path("notes").toString())
                .contains("env.GREETING", "./slipway release create --config-only --application configured");
        HttpResponse<String> accepted = send("POST", path, OPERATOR, "", "Idempotency-Key", "c1");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(send("POST", path, OPERATOR, "", "Idempotency-Key", "c1").body())
                .as("the same request again")
                .contains("configured@1.0.0+config.2");
        String id = "configured@1.0.0+config.2";
        awaitPhase(id, ReleasePhase.AWAITING_APPROVAL);
        problem(send("POST", path, OPERATOR, ""), 409, "release-under-way");
        assertThat(json(approve(id, "admin@example.test")).path("type").asString())
                .as("who put the policy has made this change")
                .isEqualTo("urn:slipway:problem:own-change");
        approve(id, "ada@example.test");
        approve(id, "ben@example.test");
        awaitPhase(id, ReleasePhase.COMPLETED);

        ReleaseView view = release(id);
        assertThat(view.kind()).isEqualTo("CONFIGURATION");
        assertThat(view.sha().value()).isEqualTo(sha);
        assertThat(view.artifacts()).isEqualTo(release("configured@1.0.0").artifacts());
        assertThat(view.changes()).extracting(SettingChange::text).containsExactly("env.GREETING: added, \"hi\"");
        assertThat(view.configuration())
                .isNotEqualTo(release("configured@1.0.0").configuration());
        assertThat(view.mergedAs()).isNull();
        assertThat(view.gates())
                .extracting("gate")
                .contains("unit-tests", "smoke", "way-back")
                .doesNotContain("merge");
        assertThat(TestRepository.at(folder.resolve("hello"))
                        .ran("tag", "-l", "configured-*")
                        .out())
                .containsOnlyOnce("configured-");
        problem(send("POST", path, OPERATOR, ""), 409, "nothing-differs");

        HttpResponse<String> back = send(
                "POST", "/api/v1/applications/configured/rollback", OPERATOR, "{\"reason\": \"it greets wrongly\"}");
        String location = back.headers().firstValue("Location").orElseThrow();
        ReleaseView rollback = MessagingJson.mapper().readValue(get(location).body(), ReleaseView.class);
        assertThat(rollback.version()).isEqualTo("1.0.0");
        assertThat(rollback.configuration())
                .isEqualTo(release("configured@1.0.0").configuration());
        assertThat(rollback.changes())
                .extracting(SettingChange::text)
                .containsExactly("env.GREETING: removed, was \"hi\"");
        awaitPhase(rollback.id().value(), ReleasePhase.COMPLETED);
    }

    @Test
    void an_operator_proposes_only_what_fixes_a_release_that_needs_one() throws IOException {
        putPolicy("fix");
        String plain = proposal("fix", "1.0.0");
        problem(send("POST", "/api/v1/releases", OPERATOR, plain), 403, "insufficient-role");

        HttpResponse<String> fix =
                send("POST", "/api/v1/releases", OPERATOR, plain.replace("{\"", "{\"fixes\": \"fix@0.9.0\", \""));

        assertThat(fix.statusCode()).as(fix.body()).isEqualTo(202);
        String location = fix.headers().firstValue("Location").orElseThrow();
        assertThat(json(get(location)).path("cause").path("kind").asString()).isEqualTo("nothing-to-fix");
    }

    @Test
    void a_revision_that_is_not_the_head_is_a_visible_rejection() throws IOException {
        putPolicy("behind");
        String behind = TestRepository.at(folder.resolve("hello")).resolve(sha + "~1");
        for (String other : List.of(behind, "7".repeat(40))) {
            String version = other.equals(behind) ? "1.0.0" : "1.1.0";
            HttpResponse<String> answer = send(
                    "POST",
                    "/api/v1/releases",
                    PUBLISHER,
                    proposal("behind", version).replace(sha, other));

            assertThat(answer.statusCode()).isEqualTo(202);
            awaitPhase("behind@" + version, ReleasePhase.REJECTED);
            assertThat(release("behind@" + version).cause())
                    .isNotNull()
                    .extracting(cause -> cause.kind())
                    .isEqualTo("revision-refused");
        }
    }

    @Test
    void what_a_person_asks_in_vain_is_answered_with_why() throws IOException {
        putPolicy("vain");
        propose("vain", "1.0.0");
        awaitPhase("vain@1.0.0", ReleasePhase.AWAITING_APPROVAL);
        String path = "/api/v1/releases/vain@1.0.0/";

        for (String verb : List.of("pause", "resume", "promote", "retry")) {
            HttpResponse<String> answer = send("POST", path + verb, OPERATOR, "{\"full\": true}");
            problem(answer, 409, "not-now");
            assertThat(json(answer).path("detail").asString()).contains("Possible: approvals, abort");
        }
        problem(send("POST", path + "resolve", OPERATOR, "{\"reason\": \"x\"}"), 409, "not-now");
        problem(send("POST", path + "explode", OPERATOR, "{}"), 403, "insufficient-role");
    }

    @Test
    void readiness_is_open_and_tells_nothing_more() {
        await().atMost(LONGEST).untilAsserted(() -> {
            HttpResponse<String> ready = client.send(
                    HttpRequest.newBuilder(URI.create(base + "/actuator/health/readiness"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(json(ready).path("status").asString()).isEqualTo("UP");
        });
        problem(get("/actuator/env"), 403, "insufficient-role");
    }
}
