package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RetentionView;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.testkit.git.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The commands against a stand-in for the gateway: what they ask for, what they say, how they end. */
class VerbsTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final String RELEASE = "/api/v1/releases/hello@1.1.0";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandInGateway gateway = newGateway();

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void a_release_is_known() {
        gateway.on("GET " + RELEASE, 200, json(ReleasePhase.BAKING));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void what_a_release_was_judged_by_is_printed_line_by_line() {
        gateway.on(
                "GET /api/v1/applications/hello/seconds",
                200,
                "{\"rollout\": \"r\", \"part\": 0, \"lines\": [\"{a}\", \"{b}\"], \"more\": false}");

        assertThat(run("judge", "export", "hello@1.1.0")).isZero();

        assertThat(out().lines()).containsExactly("{a}", "{b}");
        assertThat(run("judge", "export", "hello")).isEqualTo(2);
        assertThat(err()).contains("application@version");
    }

    @Test
    void init_writes_a_policy_that_is_valid_and_says_what_comes_next() throws Exception {
        TestRepository.in(folder);
        Files.createFile(folder.resolve("app.py"));
        String[] init = {"init", folder.toString(), "--application", "shop", "--contact", "devops:Ben:ben@example.test"
        };

        assertThat(run(init)).isZero();

        assertThat(out())
                .contains("from main to released, started with python3 {artifact}")
                .contains(
                        "./slipway allow python3",
                        "./slipway check pass build",
                        "release create 1.0.0 --artifact app.py");
        assertThat(run(init)).isEqualTo(2);
        assertThat(err()).contains("--force");
        assertThat(run(
                        "init",
                        folder.toString(),
                        "--force",
                        "--yes",
                        "--json",
                        "--contact",
                        "devops:Ben:ben@example.test",
                        "--no-tests"))
                .isZero();
        assertThat(run("policy", "validate", folder.resolve("slipway.yaml").toString()))
                .isZero();
        assertThat(run("policy", "show", folder.resolve("slipway.yaml").toString()))
                .isZero();
        assertThat(out()).contains("judged by  probe traffic");
    }

    @Test
    void a_policy_that_is_wrong_is_not_sent_and_each_finding_has_a_line() throws Exception {
        Path file =
                Files.writeString(folder.resolve("slipway.yaml"), "apiVersion: slipway.dev/v1\nkin: ReleasePolicy\n");

        assertThat(run("policy", "apply", file.toString())).isEqualTo(2);

        assertThat(err()).contains(file + ":2:1: kin is not a known key; did you mean kind?");
    }

    @Test
    void evidence_tells_what_was_read_and_has_a_key_of_its_content() throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), "<testsuite/>");
        gateway.on(
                "POST /api/v1/applications/shop/evidence",
                201,
                "{\"digest\":\"sha256:abc\",\"facts\":{\"tests.total\":3,\"tests.failed\":1,\"tests.skipped\":0}}");
        String[] push = {"evidence", "push", report.toString(), "--application", "shop", "--sha", SHA, "--suite", "it"};

        assertThat(run(push)).isZero();

        assertThat(out())
                .contains("3 tests, 1 failed, 0 skipped", "kept as sha256:abc", "for shop at 0123456789, suite it");
        StandInGateway.Asked asked = gateway.last("POST");
        assertThat(asked.line()).contains("/evidence?sha=" + SHA + "&kind=junit&suite=it");
        assertThat(asked.body()).isEqualTo("<testsuite/>");
        assertThat(run(push)).isZero();
        assertThat(gateway.last("POST").header("idempotency-key")).isEqualTo(asked.header("idempotency-key"));
    }

    @Test
    void a_check_is_a_pipeline_run_of_its_own_unless_it_is_told_again() {
        gateway.on("POST /api/v1/events", 202, "");
        String[] failed = {"check", "fail", "build", "--application", "shop", "--sha", SHA, "--run", "7"};

        assertThat(run(failed)).isZero();

        StandInGateway.Asked first = gateway.last("POST");
        assertThat(first.header("ce-type")).startsWith("dev.cdevents.pipelinerun.finished.");
        JsonNode event = WireJson.mapper().readTree(first.body());
        assertThat(event.at("/subject/content/outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/customData/check").asString()).isEqualTo("build");
        assertThat(event.at("/customData/sha").asString()).isEqualTo(SHA);
        assertThat(run(failed)).isZero();
        assertThat(gateway.last("POST").header("ce-id")).isEqualTo(first.header("ce-id"));
        assertThat(run("check", "pass", "build", "--application", "shop", "--sha", SHA))
                .isZero();
        assertThat(gateway.last("POST").header("ce-id")).isNotEqualTo(first.header("ce-id"));
        assertThat(out()).contains("build has passed for shop at 0123456789");
    }

    @Test
    void a_check_may_have_begun_or_been_skipped() {
        gateway.on("POST /api/v1/events", 202, "");

        assertThat(run("check", "begin", "e2e", "--application", "shop", "--sha", SHA, "--run", "7"))
                .isZero();
        StandInGateway.Asked begun = gateway.last("POST");
        assertThat(begun.header("ce-type")).startsWith("dev.cdevents.pipelinerun.started.");
        JsonNode event = WireJson.mapper().readTree(begun.body());
        assertThat(event.at("/subject/content").has("outcome")).isFalse();
        assertThat(event.at("/subject/id").asString()).endsWith("/7");
        assertThat(out()).contains("e2e has begun for shop at 0123456789");

        assertThat(run("check", "skip", "docs", "--application", "shop", "--sha", SHA))
                .isZero();
        assertThat(WireJson.mapper()
                        .readTree(gateway.last("POST").body())
                        .at("/subject/content/outcome")
                        .asString())
                .isEqualTo("skipped");
        assertThat(out()).contains("docs was skipped for shop at 0123456789");
    }

    @Test
    void a_release_is_proposed_with_digests_and_its_address_is_told() throws Exception {
        Path artifact = Files.writeString(folder.resolve("app.py"), "print()");
        gateway.on("POST /api/v1/releases", 202, "{\"id\":\"hello@1.1.0\"}", RELEASE);

        assertThat(run(
                        "release",
                        "create",
                        "1.1.0",
                        "--artifact",
                        artifact.toString(),
                        "--application",
                        "hello",
                        "--sha",
                        SHA))
                .isZero();

        JsonNode proposal = WireJson.mapper().readTree(gateway.last("POST").body());
        assertThat(proposal.at("/artifacts/0/uri").asString())
                .isEqualTo(artifact.toRealPath().toUri().toString());
        assertThat(proposal.at("/artifacts/0/digest").asString()).startsWith("sha256:");
        assertThat(out()).contains("location   " + gateway.url() + RELEASE, "state      BAKING");
    }

    @Test
    void a_release_that_is_refused_at_its_location_fails_the_command() throws Exception {
        Path artifact = Files.writeString(folder.resolve("app.py"), "print()");
        gateway.on("POST /api/v1/releases", 202, "{\"id\":\"hello@1.1.0\"}", RELEASE)
                .on("GET " + RELEASE, 200, json(ReleasePhase.REJECTED));

        assertThat(run(
                        "release",
                        "create",
                        "1.1.0",
                        "--artifact",
                        artifact.toString(),
                        "--application",
                        "hello",
                        "--sha",
                        SHA))
                .isEqualTo(1);
        assertThat(out()).contains("state      REJECTED");
    }

    @Test
    void steering_says_what_was_done_and_what_could_not_be() {
        gateway.on("POST " + RELEASE + "/promote", 200, steered(true, "Promoted to all of the traffic."))
                .on("POST " + RELEASE + "/abort", 200, steered(false, "It is going back already."))
                .on("POST " + RELEASE + "/pause", 200, json(ReleasePhase.ROLLING_OUT));

        assertThat(run("release", "promote", "hello@1.1.0", "--full")).isZero();
        assertThat(out()).contains("done       Promoted to all of the traffic.");
        assertThat(gateway.last("POST").body()).contains("\"full\":true");
        assertThat(run("release", "abort", "hello@1.1.0", "--reason", "late")).isEqualTo(1);
        assertThat(out()).contains("not done   It is going back already.");
        assertThat(gateway.last("POST").body()).contains("\"reason\":\"late\"");
        assertThat(gateway.last("POST").body()).doesNotContain("althoughForwardOnly");
        run("release", "abort", "hello@1.1.0", "--although-forward-only", "1.0.0 reads it");
        assertThat(gateway.last("POST").body())
                .contains("\"althoughForwardOnly\":\"1.0.0 reads it\"", "\"reason\":\"1.0.0 reads it\"");
        assertThat(run("release", "pause", "hello@1.1.0")).isZero(); // an answer that is the release itself
        assertThat(run("release", "resolve", "hello@1.1.0")).isEqualTo(2);
        assertThat(err()).contains("--reason");
    }

    @Test
    void a_proposal_that_is_another_attempt_says_so_and_each_command_is_a_request_of_its_own() throws Exception {
        Path artifact = Files.writeString(folder.resolve("app.py"), "pass");
        String[] create = {
            "release", "create", "1.1.0", "--artifact", artifact.toString(), "--application", "hello", "--sha", SHA
        };
        gateway.on(
                        "POST /api/v1/releases",
                        202,
                        "{\"id\":\"hello@1.1.0~2\",\"text\":\"hello@1.1.0~2, attempt 2 at this version, is"
                                + " PROPOSED.\"}",
                        "/there")
                .on("GET /api/v1/releases/hello@1.1.0~2", 200, json(ReleasePhase.PROPOSED));

        assertThat(run(create)).as(err()).isZero();

        assertThat(out()).contains("note       hello@1.1.0~2, attempt 2 at this version, is PROPOSED.");
        String key = gateway.last("POST").header("idempotency-key");
        assertThat(run(create)).isZero();
        assertThat(gateway.last("POST").header("idempotency-key")).isNotEqualTo(key);
    }

    @Test
    void a_hotfix_says_why() throws Exception {
        Path artifact = Files.writeString(folder.resolve("app.py"), "pass");
        gateway.on("POST /api/v1/releases", 202, "{\"id\":\"hello@1.0.1\"}", "/there")
                .on("GET /api/v1/releases/hello@1.0.1", 200, json(ReleasePhase.PROPOSED));

        assertThat(run(
                        "release",
                        "create",
                        "1.0.1",
                        "--artifact",
                        artifact.toString(),
                        "--application",
                        "hello",
                        "--sha",
                        SHA,
                        "--hotfix",
                        "orders are lost"))
                .as(err())
                .isZero();

        assertThat(gateway.last("POST").body()).contains("\"hotfix\":\"orders are lost\"");
    }

    @Test
    void what_cannot_be_undone_says_why_and_shows_it() throws Exception {
        Path artifact = Files.writeString(folder.resolve("app.py"), "pass");
        String shown = WireJson.mapper().writeValueAsString(Releases.forwardOnly("orders are rewritten"));
        gateway.on("POST /api/v1/releases", 202, "{\"id\":\"hello@1.1.0\"}", "/there")
                .on("GET " + RELEASE, 200, shown);

        assertThat(run(
                        "release",
                        "create",
                        "1.1.0",
                        "--artifact",
                        artifact.toString(),
                        "--application",
                        "hello",
                        "--sha",
                        SHA,
                        "--forward-only",
                        "orders are\nrewritten"))
                .as(err())
                .isZero();

        assertThat(gateway.last("POST").body()).contains("\"forwardOnly\":\"orders are rewritten\"");
        assertThat(run("release", "show", "hello@1.1.0")).isZero();
        assertThat(out()).contains("forward    only: orders are rewritten");
        assertThat(run("release", "create", "--config-only", "--application", "hello", "--forward-only", "why"))
                .isEqualTo(2);
    }

    @Test
    void a_configuration_alone_is_released_without_version_and_artifact_and_what_differs_is_shown() {
        String configured = json(ReleasePhase.AWAITING_APPROVAL)
                .replaceFirst(
                        "\"changes\":\\[]",
                        "\"changes\":[{\"name\":\"env.GREETING\",\"before\":\"hello\",\"after\":\"hi\"}]");
        gateway.on("POST /api/v1/applications/hello/configuration", 202, "{\"id\":\"hello@1.1.0\"}", RELEASE)
                .on("GET " + RELEASE, 200, configured);

        assertThat(run("release", "create", "--config-only", "--application", "hello"))
                .as(err())
                .isZero();

        assertThat(out())
                .contains(
                        "release    hello@1.1.0, of the configuration alone",
                        "otherwise  env.GREETING: hello -> hi",
                        "location   " + gateway.url() + RELEASE,
                        "state      AWAITING_APPROVAL");
        assertThat(run("release", "show", "hello@1.1.0")).isZero();
        assertThat(out()).contains("otherwise  env.GREETING: hello -> hi");
    }

    @Test
    void a_configuration_alone_takes_nothing_else_and_a_release_without_it_needs_version_and_artifact() {
        assertThat(run("release", "create", "1.0.0", "--config-only", "--artifact", "app.py", "--application", "hello"))
                .isEqualTo(2);
        assertThat(err()).contains("leave out VERSION, --artifact");
        assertThat(run("release", "create", "--application", "hello")).isEqualTo(2);
        assertThat(err()).contains("missing: VERSION", "--config-only");
        assertThat(run("release", "create", "1.0.0", "--application", "hello")).isEqualTo(2);
        assertThat(err()).contains("missing: --artifact FILE");
    }

    @Test
    void a_changed_policy_is_released_with_the_same_command_that_puts_it_in_force() throws Exception {
        TestRepository.in(folder);
        Files.createFile(folder.resolve("app.py"));
        assertThat(run("init", folder.toString(), "--application", "hello", "--contact", "devops:Ben:ben@example.test"))
                .as(err())
                .isZero();
        Path file = folder.resolve("slipway.yaml");
        gateway.on(
                        "PUT /api/v1/applications/hello/policy",
                        200,
                        "{\"application\":\"hello\",\"policyHash\":\"sha256:abc\",\"notes\":[]}")
                .on("POST /api/v1/applications/hello/configuration", 202, "{\"id\":\"hello@1.1.0\"}", RELEASE)
                .on("GET " + RELEASE, 200, json(ReleasePhase.AWAITING_APPROVAL));

        assertThat(run("policy", "apply", file.toString(), "--release"))
                .as(err())
                .isZero();
        assertThat(out()).contains("hello has policy sha256:abc", "release    hello@1.1.0, of the configuration alone");

        gateway.on(
                "POST /api/v1/applications/hello/configuration",
                409,
                "{\"type\":\"urn:slipway:problem:nothing-differs\",\"detail\":\"Production of hello runs 1.1.0 with"
                        + " it.\"}");
        assertThat(run("policy", "apply", file.toString(), "--release")).isEqualTo(1);
        assertThat(err())
                .contains("policy sha256:abc is in force, and nothing of it is released: Production of hello runs");
    }

    @Test
    void why_a_configuration_is_not_released_is_one_line() {
        gateway.on(
                "POST /api/v1/applications/hello/configuration",
                409,
                "{\"type\":\"urn:slipway:problem:nothing-differs\",\"detail\":\"Production of hello runs 1.1.0 with"
                        + " it.\"}");

        assertThat(run("release", "create", "--config-only", "--application", "hello"))
                .isEqualTo(1);
        assertThat(err()).contains("Production of hello runs 1.1.0 with it.");
    }

    @Test
    void an_application_is_removed_by_an_administrator_with_a_reason_who_is_sure() {
        gateway.on(
                "POST /api/v1/applications/hello/remove",
                200,
                "{\"application\":\"hello\",\"policyHash\":null,\"releases\":3,\"onTheirWay\":[],"
                        + "\"removed\":{\"by\":\"ada\",\"reason\":\"replaced\",\"at\":\"2026-01-05T10:00:00Z\"}}");

        assertThat(run("app", "remove", "hello", "--reason", "replaced")).isEqualTo(2);
        assertThat(gateway.requests("POST")).isEmpty();
        assertThat(run("app", "remove", "hello", "--reason", "replaced", "--yes"))
                .isZero();
        assertThat(gateway.last("POST").body()).isEqualTo("{\"reason\":\"replaced\"}");
        assertThat(out()).contains("hello is removed", "release list --application hello");
    }

    @Test
    void a_rollback_names_its_release_and_may_be_followed() {
        gateway.on("POST /api/v1/applications/hello/rollback", 202, "{\"id\":\"hello@1.0.0~rollback-3\"}", "/there")
                .on("GET /api/v1/releases/hello@1.0.0~rollback-3", 200, json(ReleasePhase.COMPLETED));

        assertThat(run("app", "rollback", "hello", "--to", "1.0.0", "--reason", "orders are lost", "--watch"))
                .isZero();

        assertThat(gateway.last("POST").body()).contains("\"version\":\"1.0.0\"", "\"reason\":\"orders are lost\"");
        assertThat(out()).contains("hello goes back to 1.0.0: release hello@1.0.0~rollback-3", "state      COMPLETED");
        assertThat(run("app", "rollback", "hello", "--reason", "orders are lost"))
                .isZero();
        assertThat(gateway.last("POST").body()).doesNotContain("version", "althoughForwardOnly");
        assertThat(run("app", "rollback", "hello")).isEqualTo(2);
        assertThat(run("app", "rollback", "hello", "--although-forward-only", "1.0.0 reads it"))
                .isZero();
        assertThat(gateway.last("POST").body())
                .contains("\"althoughForwardOnly\":\"1.0.0 reads it\"", "\"reason\":\"1.0.0 reads it\"");
    }

    @Test
    void an_approval_waits_until_the_first_gates_are_through() throws Exception {
        gateway.on("GET " + RELEASE, 200, json(ReleasePhase.VALIDATING));

        assertThat(run("release", "approve", "hello@1.1.0", "--within", "1s")).isEqualTo(1);
        assertThat(err()).contains("not", "hello@1.1.0 VALIDATING");
    }

    @Test
    void who_approves_is_shown_the_names_that_nobody_logs_in_by() {
        gateway.on("GET " + RELEASE, 200, json(ReleasePhase.AWAITING_APPROVAL))
                .on("POST " + RELEASE + "/approvals", 200, "{}");

        assertThat(run("release", "approve", "hello@1.1.0")).as(err()).isZero();

        assertThat(out())
                .contains(
                        "revision   by grace@example.test\n",
                        "and by names that nobody logs in by; look whether one is yours: GitHub <noreply@github.com>");
    }

    @Test
    void what_to_approve_with_is_told_in_full() {
        Waiting people = new Waiting(
                "people",
                "0 of 2 approvals",
                Releases.AT,
                Releases.AT.plusSeconds(9),
                "./slipway release approve hello@1.1.0");
        gateway.on(
                "GET " + RELEASE,
                200,
                WireJson.mapper()
                        .writeValueAsString(Releases.release(ReleasePhase.AWAITING_APPROVAL, null, people, null)));

        assertThat(run("release", "show", "hello@1.1.0")).isZero();
        assertThat(out()).contains("./slipway release approve hello@1.1.0 --as EMAIL");
    }

    @Test
    void a_gate_is_waived_by_two_people_for_exactly_what_the_release_says() {
        WaiverView asked = new WaiverView(
                "unit-tests",
                "flaky, see 12",
                Releases.AT.plusSeconds(60),
                "ada@example.test",
                Releases.AT,
                null,
                null,
                false);
        gateway.on("POST " + RELEASE + "/waivers", 200, json(asked));
        String[] waive = {"release", "waive", "hello@1.1.0", "unit-tests"};

        assertThat(run(with(waive, "--reason", "flaky, see 12", "--until", "2026-03-01T10:01:00Z")))
                .isZero();

        assertThat(gateway.last("POST").body())
                .contains(
                        "\"gate\":\"unit-tests\"",
                        "\"reason\":\"flaky, see 12\"",
                        "\"until\":\"2026-03-01T10:01:00Z\"",
                        "\"sha\":\"" + "1".repeat(40),
                        Releases.DIGEST.value(),
                        "\"policyHash\":\"sha256:policy\"");
        assertThat(out())
                .contains("limitation unit-tests asked to be waived by ada@example.test, not confirmed yet, until"
                        + " 2026-03-01T10:01:00Z: flaky, see 12");

        gateway.on(
                "POST " + RELEASE + "/waivers",
                200,
                json(new WaiverView(
                        asked.gate(),
                        asked.reason(),
                        asked.until(),
                        asked.by(),
                        asked.at(),
                        "ben@example.test",
                        Releases.AT,
                        false)));
        assertThat(run(with(waive, "--confirm"))).isZero();
        assertThat(gateway.last("POST").body()).contains("\"confirm\":true").doesNotContain("flaky");
        assertThat(out()).contains("limitation unit-tests waived by ada@example.test and ben@example.test until");
    }

    @Test
    void a_wait_on_others_is_ended_by_a_callback_and_shown_with_what_ends_it() {
        DutyView view = new DutyView(
                "store-review",
                "The build is approved",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.DUE,
                "it waits on App store review",
                List.of(),
                null,
                List.of("ben@example.test"),
                List.of(),
                List.of(),
                null,
                null,
                new DutyView.WaitView(
                        "App store review",
                        List.of("a poll: it answers 200", "a callback of a publisher"),
                        Duration.ofHours(24),
                        Duration.ofHours(72),
                        Releases.AT,
                        Releases.AT.plus(Duration.ofHours(72))));
        gateway.on(
                "POST " + RELEASE + "/waits/store-review",
                200,
                WireJson.mapper().writeValueAsString(Releases.asking(view)));
        String[] ended = {"release", "wait", "hello@1.1.0", "store-review"};

        assertThat(run(with(ended, "pass", "--reason", "build 42", "--link", "https://example.test/1")))
                .isZero();

        assertThat(gateway.last("POST").body())
                .contains("\"outcome\":\"PASSED\"", "\"reason\":\"build 42\"", "https://example.test/1")
                .doesNotContain("sha");
        assertThat(out())
                .contains(
                        "duties     store-review due (devops, before production): The build is approved",
                        "           waits on App store review since " + Releases.AT + ", until "
                                + Releases.AT.plus(Duration.ofHours(72)) + " at most",
                        "           ends by a poll: it answers 200, or by a callback of a publisher");
        assertThat(run(with(ended, "approved"))).isEqualTo(2);
        assertThat(run(with(ended, "fail"))).isZero();
        assertThat(gateway.last("POST").body())
                .contains("\"outcome\":\"FAILED\"")
                .doesNotContain("reason");
    }

    @Test
    void a_duty_is_answered_with_its_proof_for_exactly_what_the_release_says() {
        DutyView.Answer answer = new DutyView.Answer(
                DutyView.Result.PASSED,
                "ben@example.test",
                Releases.AT,
                "tried it",
                Map.of("device", "Pixel 9"),
                List.of("https://example.test/1"));
        DutyView view = new DutyView(
                "device-test",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of("device"),
                GuideView.LineState.PASSED,
                "ben@example.test says",
                List.of(answer));
        gateway.on(
                "POST " + RELEASE + "/duties/device-test",
                200,
                WireJson.mapper().writeValueAsString(Releases.asking(view)));
        String[] answered = {"release", "duty", "hello@1.1.0", "device-test"};

        assertThat(run(with(
                        answered,
                        "pass",
                        "--reason",
                        "tried it",
                        "--field",
                        "device=Pixel 9",
                        "--link",
                        "https://example.test/1")))
                .isZero();

        assertThat(gateway.last("POST").body())
                .contains(
                        "\"result\":\"PASSED\"",
                        "\"reason\":\"tried it\"",
                        "\"fields\":{\"device\":\"Pixel 9\"}",
                        "\"links\":[\"https://example.test/1\"]",
                        "\"sha\":\"" + "1".repeat(40),
                        "\"policyHash\":\"sha256:policy\"");
        assertThat(out())
                .contains(
                        "duties     device-test passed (devops, before production): Try it",
                        "           ben@example.test says",
                        "           device: Pixel 9",
                        "           https://example.test/1");
        assertThat(run(with(answered, "passed", "--reason", "tried it"))).isEqualTo(2);
        assertThat(run(with(answered, "not-possible"))).isEqualTo(2);

        assertThat(run(with(answered, "--not-applicable", "--reason", "no screen")))
                .isZero();
        assertThat(gateway.last("POST").body()).contains("\"result\":\"NOT_APPLICABLE\"");
        assertThat(run(with(answered, "pass", "--not-applicable", "--reason", "no screen")))
                .isEqualTo(2);
        assertThat(run(with(answered, "--reason", "no screen"))).isEqualTo(2);
    }

    @Test
    void a_duty_that_is_asked_for_cell_by_cell_is_answered_by_cells_and_shown_as_a_table() {
        DutyView view = new DutyView(
                "browsers",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.FAILED,
                "ben@example.test says that macos/chrome failed: it freezes",
                List.of(),
                null,
                List.of(),
                List.of(
                        new MatrixAxis("platforms", List.of("linux", "macos")),
                        new MatrixAxis("browsers", List.of("firefox", "chrome"))),
                List.of(
                        new DutyView.Cell("linux/firefox", GuideView.LineState.PASSED, "works"),
                        new DutyView.Cell("linux/chrome", GuideView.LineState.DUE, "0 of 1"),
                        new DutyView.Cell("macos/firefox", GuideView.LineState.DOES_NOT_APPLY, "not sold there"),
                        new DutyView.Cell("macos/chrome", GuideView.LineState.FAILED, "it freezes")),
                null);
        gateway.on(
                "POST " + RELEASE + "/duties/browsers",
                200,
                WireJson.mapper().writeValueAsString(Releases.asking(view)));
        String[] answered = {"release", "duty", "hello@1.1.0", "browsers", "pass", "--reason", "tried it"};

        assertThat(run(with(answered, "--cell", "linux/firefox", "--cell", "linux/chrome")))
                .isZero();
        assertThat(gateway.last("POST").body()).contains("\"cells\":[\"linux/firefox\",\"linux/chrome\"]");
        assertThat(out())
                .contains(
                        "           platforms  firefox         chrome",
                        "           linux      passed          due",
                        "           macos      does not apply  failed",
                        "           macos/firefox: not sold there",
                        "           macos/chrome: it freezes");
        assertThat(run(with(answered, "--all-cells"))).isZero();
        assertThat(gateway.last("POST").body()).contains("\"cells\":[\"*\"]");
        assertThat(run(with(answered, "--all-cells", "--cell", "linux/firefox")))
                .isEqualTo(2);
    }

    @Test
    void a_no_is_said_of_exactly_what_the_release_is_with_a_reason() {
        Instant at = Instant.parse("2026-01-05T10:00:00Z");
        VoteView vote = new VoteView(
                at.plus(Duration.ofHours(48)),
                List.of(new VoteView.Quorum("pmc", 3, 1)),
                List.of("pmc"),
                List.of(
                        new VoteView.Objection("ben@example.test", at, "unclear licence", at, true, true),
                        new VoteView.Objection("cy@example.test", at, "why now?", null, false, false)),
                null);
        gateway.on("POST " + RELEASE + "/objections", 200, WireJson.mapper().writeValueAsString(Releases.voted(vote)));

        assertThat(run("release", "object", "hello@1.1.0", "--reason", "unclear licence"))
                .isZero();
        assertThat(gateway.last("POST").body())
                .contains("\"reason\":\"unclear licence\"", "\"policyHash\":\"sha256:policy\"", "\"digests\":[");
        assertThat(out())
                .contains(
                        "vote       open until 2026-01-07T10:00:00Z",
                        "           pmc: 2 of 3",
                        "           no by ben@example.test (veto), in place of a yes: unclear licence",
                        "           no by cy@example.test, and says yes since: why now?");
        assertThat(run("release", "object", "hello@1.1.0")).isEqualTo(2);
    }

    @Test
    void what_somebody_has_to_answer_for_is_handed_over_with_a_reason() {
        DutyView view = new DutyView(
                "device-test",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.OPEN,
                "0 of 1 of carl@example.test has answered",
                List.of(),
                "major",
                List.of("carl@example.test"),
                List.of(),
                List.of(),
                null);
        gateway.on("POST " + RELEASE + "/hand-over", 200, WireJson.mapper().writeValueAsString(Releases.asking(view)));
        String[] handed = {"release", "hand-over", "hello@1.1.0", "--to", "carl@example.test", "--reason", "on leave"};

        assertThat(run(with(handed, "--duty", "device-test"))).isZero();
        assertThat(gateway.last("POST").body())
                .contains("\"to\":\"carl@example.test\"", "\"duty\":\"device-test\"", "\"reason\":\"on leave\"")
                .doesNotContain("from");
        assertThat(out())
                .contains(
                        "owner      ada@example.test",
                        "duties     device-test open (devops, before production): Try it",
                        "           asked of releases where: major",
                        "           asked of carl@example.test");
        assertThat(run(with(handed, "--operator"))).isEqualTo(2);
        assertThat(run("release", "hand-over", "hello@1.1.0", "--to", "carl@example.test"))
                .isEqualTo(2);
    }

    @Test
    void the_release_day_is_set_with_a_reason_and_the_answer_says_whose_plans_change() {
        DutyView view = new DutyView(
                "device-test",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.DUE,
                "0 of 1",
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                new DutyView.Timing(
                        DutyView.TimeState.LATE,
                        "2 working days before the release day (office)",
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-27T16:00:00Z"),
                        null,
                        null));
        gateway.on(
                "POST " + RELEASE + "/day",
                200,
                WireJson.mapper()
                        .writeValueAsString(new ReleaseView.SteeringAnswer(
                                true, "The release day is 2026-12-01.", Releases.asking(view))));
        String[] said = {"release", "day", "hello@1.1.0", "2026-12-01"};

        assertThat(run(with(said, "--reason", "the fair is then"))).isZero();

        assertThat(gateway.last("POST").body()).contains("\"day\":\"2026-12-01\"", "\"reason\":\"the fair is then\"");
        assertThat(out())
                .contains(
                        "The release day is 2026-12-01.",
                        "           due 2 working days before the release day (office): by 2026-11-27T16:00:00Z, counted from 2026-12-01; it is late");
        assertThat(run("release", "day", "hello@1.1.0", "tomorrow", "--reason", "why"))
                .isEqualTo(2);
        assertThat(run(said)).isEqualTo(2);
    }

    @Test
    void an_announcement_is_shown_with_its_proof_and_a_yes_is_said_to_the_text_that_was_read() {
        AnnouncementState text = new AnnouncementState(
                "users",
                Channel.EMAIL,
                List.of("users@example.test"),
                "COMPLETED",
                "support",
                AnnouncementState.State.AWAITS_REVIEW,
                "hello 1.1.0 is released",
                "It runs for all users.",
                Releases.DIGEST,
                List.of(new AnnouncementState.AnnouncementReview(
                        Digest.of("before"), "clara@example.test", Releases.AT)),
                List.of(new AnnouncementState.AnnouncementProof(
                        "users@example.test", Releases.DIGEST, "<1@slipway.test>", Releases.AT)));
        String json = WireJson.mapper().writeValueAsString(List.of(text));
        gateway.on("GET " + RELEASE + "/announcements", 200, json);
        gateway.on("POST " + RELEASE + "/announcements/users/review", 200, json);

        assertThat(run("release", "announcements", "hello@1.1.0")).isZero();
        assertThat(out())
                .contains(
                        "users  awaits review by email to users@example.test, after completed",
                        "  | It runs for all users.",
                        "void: the text is another by now",
                        "  accepted for users@example.test at 2026-03-01T10:00:00Z as <1@slipway.test>",
                        "  next: ./slipway release announcements hello@1.1.0 --approve users --as EMAIL");

        assertThat(run("release", "announcements", "hello@1.1.0", "--approve", "users", "--digest", "abab"))
                .isZero();
        assertThat(gateway.last("POST").body())
                .contains(
                        "\"digest\":\"" + Releases.DIGEST + "\"",
                        "\"sha\":\"" + "1".repeat(40),
                        "\"policyHash\":\"sha256:policy\"");
        assertThat(run("release", "announcements", "hello@1.1.0", "--approve", "users", "--digest", "cdcd"))
                .isEqualTo(1);
        assertThat(run("release", "announcements", "hello@1.1.0", "--approve", "press"))
                .isEqualTo(2);
    }

    @Test
    void a_waiver_is_taken_back_with_a_reason() {
        gateway.on(
                "POST " + RELEASE + "/waivers",
                200,
                json(new WaiverView(
                        "unit-tests",
                        "flaky",
                        Releases.AT,
                        "ada@example.test",
                        Releases.AT,
                        "ben@example.test",
                        Releases.AT,
                        true,
                        new WaiverView.Withdrawn("ben@example.test", "it loses orders", Releases.AT))));
        String[] waive = {"release", "waive", "hello@1.1.0", "unit-tests", "--withdraw"};

        assertThat(run(with(waive, "--reason", "it loses orders"))).isZero();

        assertThat(gateway.last("POST").body()).contains("\"withdraw\":true", "\"reason\":\"it loses orders\"");
        assertThat(out()).contains("(taken back by ben@example.test: it loses orders): flaky");
        assertThat(run(waive)).isEqualTo(2);
        assertThat(run(with(waive, "--reason", "why", "--confirm"))).isEqualTo(2);
        assertThat(run(with(waive, "--reason", "why", "--until", "2d"))).isEqualTo(2);
    }

    @Test
    void open_waivers_are_listed_over_releases() {
        OpenWaiver half = new OpenWaiver(
                new ReleaseId("hello@1.1.0"),
                ReleasePhase.VALIDATING,
                new WaiverView("unit-tests", "flaky", Releases.AT, "ada@example.test", Releases.AT, null, null, false));
        gateway.on("GET /api/v1/waivers", 200, WireJson.mapper().writeValueAsString(List.of(half)));

        assertThat(run("waivers", "hello")).isZero();

        assertThat(gateway.last("GET").line()).isEqualTo("GET /api/v1/waivers?application=hello");
        assertThat(out()).contains("hello@1.1.0", "unit-tests", "ada@example.test", "not yet", "flaky");
        gateway.on("GET /api/v1/waivers", 200, "[]");
        assertThat(run("waivers")).isZero();
        assertThat(out()).contains("nothing is waived");
    }

    @Test
    void a_release_is_held_with_a_reason_and_it_is_said_how_long_it_is_kept_and_what_went() {
        RetentionView.Part kept = new RetentionView.Part(Duration.ofDays(3650), Releases.AT, null, null);
        RetentionView.Part gone = new RetentionView.Part(Duration.ofDays(400), null, Releases.AT, "evidence: 400 days");
        RetentionView held = new RetentionView(
                new ReleaseId("hello@1.1.0"),
                new RetentionView.Held("op@example.test", "an audit", Releases.AT),
                gone,
                kept);
        gateway.on("POST " + RELEASE + "/retention/hold", 200, WireJson.mapper().writeValueAsString(held))
                .on(
                        "POST " + RELEASE + "/retention/lift",
                        200,
                        WireJson.mapper().writeValueAsString(new RetentionView(held.release(), null, gone, kept)))
                .on("GET " + RELEASE + "/retention", 200, WireJson.mapper().writeValueAsString(held));

        assertThat(run("evidence", "hold", "hello@1.1.0", "--reason", "an audit"))
                .isZero();
        assertThat(gateway.last("POST").body()).isEqualTo("{\"reason\":\"an audit\"}");
        assertThat(out())
                .contains("hold       by op@example.test since ", "./slipway evidence lift hello@1.1.0 --reason WHY");
        assertThat(run("evidence", "kept", "hello@1.1.0")).isZero();
        assertThat(out())
                .contains("evidence   went on 2026-03-01 by retention (evidence: 400 days)")
                .contains("records    kept until 2026-03-01, 3650 d after its end");
        assertThat(run("evidence", "lift", "hello@1.1.0", "--reason", "it is over"))
                .isZero();
        assertThat(out()).doesNotContain("hold ");
        assertThat(run("evidence", "hold", "hello@1.1.0")).isEqualTo(2);
    }

    @Test
    void a_waiver_takes_a_reason_and_an_end_or_is_a_confirmation() {
        String[] waive = {"release", "waive", "hello@1.1.0", "unit-tests"};

        assertThat(run(waive)).isEqualTo(2);
        assertThat(run(with(waive, "--reason", "why"))).isEqualTo(2);
        assertThat(run(with(waive, "--confirm", "--reason", "why"))).isEqualTo(2);
        assertThat(run(with(waive, "--reason", "why", "--until", "soon"))).isEqualTo(2);
        assertThat(err()).contains("--until soon is neither a time");
        assertThat(gateway.requests("POST")).isEmpty();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String json(WaiverView limitation) {
        return WireJson.mapper().writeValueAsString(Releases.limited(limitation));
    }

    @Test
    void a_timeline_has_a_line_for_each_input() {
        ReleaseView.TimelineEntry entry =
                new ReleaseView.TimelineEntry(1, Releases.AT, "user:ada", "Proposed", "PROPOSED", "a new one");
        gateway.on("GET " + RELEASE + "/timeline", 200, WireJson.mapper().writeValueAsString(List.of(entry)));

        assertThat(run("release", "timeline", "hello@1.1.0")).isZero();
        assertThat(out()).contains("PROPOSED", "Proposed", "user:ada: a new one");
    }

    @Test
    void programs_are_allowed_shown_and_taken_off() {
        assertThat(run("allow", "sh", "--as", "shell")).isZero();
        assertThat(run("allow", "--list", "--json")).isZero();
        assertThat(out()).contains("\"shell\"", "\"java\"");
        assertThat(run("allow", "--remove", "shell")).isZero();
        assertThat(run("allow")).isEqualTo(2);
        assertThat(run("allow", "no-such-program")).isEqualTo(2);
        assertThat(err()).contains("PATH");
    }

    @Test
    void what_is_released_of_an_application_is_allowed_to_run_shown_and_taken_off() {
        assertThat(run("allow", "--artifact", "shop")).isZero();
        assertThat(out()).contains("what is released of shop may be started itself");
        assertThat(run("allow", "--list")).isZero();
        assertThat(out()).contains("artifacts of     shop");
        assertThat(run("allow", "--remove", "shop")).isZero();
        assertThat(out()).contains("may no longer be started itself");
        assertThat(run("allow", "--artifact", "No Name")).isEqualTo(2);
        assertThat(run("allow", "sh", "--artifact", "shop")).isEqualTo(2);
    }

    @Test
    void users_of_programs_are_named_shown_and_taken_back() {
        assertThat(run("allow", "--user", "daemon", "--for", "shop")).isZero();
        assertThat(out()).contains("programs of shop run as the user daemon, from their next start on");
        assertThat(run("allow", "--user", "nobody")).isZero();
        assertThat(run("allow", "--list")).isZero();
        assertThat(out()).contains("run as daemon    shop", "run as nobody    all other applications");
        assertThat(run("allow", "--no-user", "--for", "shop")).isZero();
        assertThat(out()).contains("programs of shop run as Slipway itself does");
        assertThat(run("allow", "--no-user", "--for", "shop")).isZero();
        assertThat(out()).contains("no user was named for shop");
        assertThat(run("allow", "--user", "no-such-user")).isEqualTo(2);
        assertThat(err()).contains("useradd --system no-such-user");
        assertThat(run("allow", "--for", "shop")).isEqualTo(2);
    }

    @Test
    void a_program_that_runs_any_other_is_pointed_out_when_it_is_allowed_and_in_the_list() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("harmless"), Path.of("/usr/bin/env"));

        assertThat(run("allow", link.toString())).isZero();
        assertThat(out()).contains("note  harmless runs any program that a policy names", "--artifact APP");
        assertThat(run("allow", "/bin/sh")).isZero();
        assertThat(out()).contains("note  sh runs any program that a policy names");
        assertThat(run("allow", "--list")).isZero();
        assertThat(out()).contains("this list holds nothing back any more");
    }

    @Test
    void init_recognises_a_native_binary_and_says_how_to_allow_it() throws Exception {
        TestRepository.in(folder);
        Path binary = Files.write(folder.resolve("shop-server"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        assertThat(binary.toFile().setExecutable(true)).isTrue();

        assertThat(run("init", folder.toString(), "--application", "shop", "--contact", "devops:Ben:ben@example.test"))
                .isZero();

        assertThat(out())
                .contains("started with {artifact}")
                .contains("./slipway allow --artifact shop", "release create 1.0.0 --artifact shop-server");
        assertThat(Files.readString(folder.resolve("slipway.yaml"))).contains("command: [\"{artifact}\"]");
    }

    @Test
    void init_asks_how_an_archive_is_started_and_takes_any_command_that_is_started_in_it() throws Exception {
        TestRepository.in(folder);
        String[] init = {
            "init",
            folder.toString(),
            "--application",
            "shop",
            "--artifact",
            "shop.tar.gz",
            "--contact",
            "devops:Ben:ben@example.test",
            "--yes"
        };
        assertThat(run(init)).isEqualTo(2);
        assertThat(err()).contains("--command \"{folder}/bin/server\"");

        String[] said = Arrays.copyOf(init, init.length + 2);
        said[init.length] = "--command";
        said[init.length + 1] = "python3 server.py";
        assertThat(run(said)).isZero();
        assertThat(Files.readString(folder.resolve("slipway.yaml"))).contains("[\"python3\", \"server.py\"]");
    }

    @Test
    void folders_and_hosts_are_allowed_shown_and_taken_off() {
        assertThat(run("allow", "--folder", folder.toString())).isZero();
        assertThat(run("allow", "--host", "Git.example.test:8443")).isZero();
        assertThat(out()).contains("may come from Git.example.test:8443, gates and waits ask it");
        assertThat(run("allow", "--list")).isZero();
        assertThat(out()).contains("folder           " + folder).contains("host             git.example.test:8443");

        assertThat(run("allow", "--remove", "git.example.test:8443")).isZero();
        assertThat(run("allow", "--remove", folder.toString())).isZero();
        assertThat(run("allow", "--remove", "git.example.test:8443")).isEqualTo(2);
        assertThat(run("allow", "--host", "https://git.example.test")).isEqualTo(2);
        assertThat(run("allow", "--folder", folder.resolve("absent").toString()))
                .isEqualTo(2);
    }

    @Test
    void every_verb_has_help_with_an_example() {
        CommandLine line = Slipway.commandLine(shell(), Clock.systemUTC());
        for (String group : List.of("init", "allow", "policy", "evidence", "check", "release", "app", "deadletters")) {
            CommandLine command = Objects.requireNonNull(line.getSubcommands().get(group));
            (command.getSubcommands().isEmpty()
                            ? List.of(command)
                            : command.getSubcommands().values())
                    .forEach(verb -> assertThat(Arrays.asList(
                                    verb.getCommandSpec().usageMessage().footer()))
                            .as(verb.getCommandSpec().qualifiedName())
                            .contains("Example:"));
        }
    }

    private static String json(ReleasePhase state) {
        Cause cause = state == ReleasePhase.REJECTED ? new Cause("version", "It exists.", "", "") : null;
        return WireJson.mapper().writeValueAsString(Releases.release(state, cause, null, null));
    }

    private static String steered(boolean done, String text) {
        return "{\"done\":%s,\"text\":\"%s\",\"release\":%s}".formatted(done, text, json(ReleasePhase.BAKING));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Slipway.commandLine(shell(), Clock.systemUTC()).execute(arguments);
    }

    private Shell shell() {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLIPWAY_HOME", folder.resolve("home").toString());
        environment.put("SLIPWAY_URL", gateway.url());
        environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
        for (String role : List.of("VIEWER", "PUBLISHER", "APPROVER", "OPERATOR", "ADMIN")) {
            environment.put("SLIPWAY_TOKEN_" + role, "token");
        }
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Shell(said, complained, false, 80, environment);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static StandInGateway newGateway() {
        try {
            return new StandInGateway();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
