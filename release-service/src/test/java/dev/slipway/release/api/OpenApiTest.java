package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.HandOverRequest;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.NotesEdit;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.ReleaseDayRequest;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.RetentionView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import dev.slipway.testkit.openapi.Bound;
import dev.slipway.testkit.openapi.Configured;
import dev.slipway.testkit.openapi.Fields;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code -Dslipway.openapi.rewrite=true} writes the description again after a controller has changed. */
final class OpenApiTest {
    private static final String RELEASES = "/api/v1/releases";
    private static final String RELEASE = RELEASES + "/{id}";
    private static final String POLICY = "/api/v1/applications/{application}/policy";
    private static final String APPLICATIONS = "GET /api/v1/applications";
    private static final String ROLLBACK = "POST /api/v1/applications/{application}/rollback";
    private static final String REMOVE = "POST /api/v1/applications/{application}/remove";
    private static final String CONFIGURATION = "POST /api/v1/applications/{application}/configuration";
    private static final String GUIDE = "GET /api/v1/applications/{application}/guide";
    private static final String NEXT_VERSION = "GET /api/v1/applications/{application}/next-version";
    private static final String NOTES = "GET " + RELEASE + "/notes";
    private static final String REPORT = "GET " + RELEASE + "/report";
    private static final String RETRO = "GET " + RELEASE + "/retro";
    private static final String FILES = RELEASE + "/duties/{duty}/files";
    private static final String FILE = "GET " + RELEASE + "/files/{digest}";
    private static final String BYTES = """
        {"type": "string", "format": "binary", "description": "the file as it is, of 1 byte or more; at most so many as slipway.release.files.file-bytes-max says"}\
        """;
    private static final String PLAN = "GET " + RELEASE + "/plan";
    private static final String RUNBOOK = "GET " + RELEASE + "/runbook";
    private static final String ANNOUNCEMENT = "GET " + RELEASE + "/announcement";
    private static final String REVIEW = "POST " + RELEASE + "/announcements/{announcement}/review";
    private static final String REHEARSAL = GUIDE + "/plan";
    private static final String DORA = "GET /api/v1/applications/{application}/dora";
    private static final String LIMIT = "limit";
    private static final String KEY = "Idempotency-Key";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    private static final String REASON =
            "\"description\": \"why, for the record; put on one line and cut where it is too long\"";
    private static final String SAID = "{\"type\": \"string\", \"pattern\": "
            + JsonMapper.shared().writeValueAsString(Texts.SAID.pattern()) + ", " + REASON + "}";
    private static final String STEERING = """
        {"type": "object", "properties": {"reason": {"type": ["string", "null"], %s}}}\
        """.formatted(REASON);
    private static final String STOPPING = """
        {"description": "{\\"reason\\": \\"...\\"}; as this must not fail for its shape, whatever else is sent is the reason itself"}\
        """;
    private static final String ABORTING = """
        {"description": "{\\"reason\\": \\"...\\"}; as this must not fail for its shape, whatever else is sent is the reason itself. A release that may only go forward is taken back from production only with {\\"althoughForwardOnly\\": \\"...\\"} besides"}\
        """;
    private static final String PROMOTING = """
        {"type": "object", "properties": {
          "reason": {"type": ["string", "null"], %s},
          "full": {"type": ["boolean", "null"], "description": "to all traffic at once"}}}\
        """.formatted(REASON);
    private static final String RESOLVING = """
        {"type": "object", "required": ["reason"], "properties": {"reason": %s}}\
        """.formatted(SAID);
    private static final String BACK = """
        {"type": "object", "required": ["reason"], "properties": {
          "version": {"type": ["string", "null"], "minLength": 1, "maxLength": %d, "pattern": %s,
            "description": "the version to go back to; null for the one before"},
          "reason": %s,
          "althoughForwardOnly": {"type": ["string", "null"], "description": "why it goes back also behind a release that may only go forward; refused without where there is one"}}}\
        """.formatted(
                    RollbackController.VERSION_CHARACTERS_MAX,
                    JsonMapper.shared().writeValueAsString("^" + Texts.LINE.pattern() + "$"),
                    SAID);

    private static final String RETENTION = RELEASE + "/retention";
    private static final String WAIVERS = "GET /api/v1/waivers";
    private static final String PROOF = "GET " + RELEASE + "/proof";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Digest DIGEST = Digest.of("artifact");
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final Artifact ARTIFACT = new Artifact(URI.create("file:/tmp/hello.jar"), DIGEST);

    private static final ServiceDescription API = ServiceDescription.of(
            "release-service", "dev.slipway.release", new ApiConfiguration().accessRules(), told(), fields());

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void a_release_with_all_that_it_can_have_is_written_as_described() {
        ReleaseView whole = whole();

        assertThat(API.faults("GET " + RELEASE, whole)).isEmpty();
        assertThat(API.faults("POST " + RELEASE + "/approvals", whole)).isEmpty();
        assertThat(API.faults("GET " + RELEASES, new ReleaseView.Page(List.of(whole), "next")))
                .isEmpty();
        assertThat(API.faults("POST " + RELEASE + "/abort", new ReleaseView.SteeringAnswer(true, "It ends.", whole)))
                .isEmpty();
    }

    @Test
    void examples_are_as_described() {
        assertThat(API.exampleFaults()).isEmpty();
    }

    @Test
    void a_proposal_is_described_with_the_bounds_that_it_is_held_to() {
        JsonNode proposal = API.schema("Proposal").path("properties");

        assertThat(proposal.at("/version/maxLength").asInt()).isEqualTo(100);
        assertThat("1.4.0-rc.1").matches(proposal.at("/version/pattern").asString(""));
        assertThat("v1").doesNotMatch(proposal.at("/version/pattern").asString(""));
        assertThat(proposal.at("/artifacts/maxItems").asInt()).isEqualTo(20);
        assertThat(API.operation("GET " + RELEASES).path("parameters").toString())
                .contains("\"maximum\":200", "NEEDS_OPERATOR")
                .doesNotContain("UNKNOWN");
    }

    @Test
    void names_have_the_same_pattern_in_bodies_and_in_addresses() {
        JsonNode proposal = API.schema("Proposal").path("properties");
        JsonNode policy = API.operation("GET " + POLICY).path("parameters").get(0);

        assertThat(policy.path("name").asString("")).isEqualTo("application");
        assertThat(policy.at("/schema/pattern").asString("none"))
                .isEqualTo(proposal.at("/application/pattern").asString(""));
        assertThat(proposal.at("/sha/pattern").asString("")).contains("[0-9a-f]{40}");
    }

    @Test
    void an_application_is_written_as_described() {
        ApplicationName hello = new ApplicationName("hello");
        ApplicationView known = new ApplicationView(hello, "00ff", 3, List.of(new ReleaseId("hello@1.0.0")));

        assertThat(API.faults(APPLICATIONS, List.of(known, new ApplicationView(hello, null, 0, List.of()))))
                .isEmpty();
    }

    @Test
    void a_release_that_has_nothing_yet_is_written_as_described() {
        assertThat(API.faults("GET " + RELEASES, new ReleaseView.Page(List.of(bare()), null)))
                .isEmpty();
    }

    @Test
    void small_answers_are_written_as_described() {
        assertThat(API.faults("POST " + RELEASES, new ReleaseView.Accepted("hello@1.0.0", "It is proposed.")))
                .isEmpty();
        assertThat(API.faults(ROLLBACK, new ReleaseView.Accepted("hello@1.0.0~rollback-2", "")))
                .isEmpty();
        assertThat(API.faults(CONFIGURATION, new ReleaseView.Accepted("hello@1.0.0+config.2", "")))
                .isEmpty();
        assertThat(API.faults(
                        REMOVE,
                        new ApplicationView(
                                new ApplicationName("hello"),
                                null,
                                2,
                                List.of(),
                                new ApplicationView.Removed("ada@example.test", "replaced", AT))))
                .isEmpty();
        assertThat(API.faults("PUT " + POLICY, new ReleaseView.PolicyAnswer("hello", "00ff", List.of("over"))))
                .isEmpty();
        assertThat(API.faults(
                        "GET " + RELEASE + "/timeline",
                        List.of(new ReleaseView.TimelineEntry(1, AT, "user:ada", "Approve", "STAGING", ""))))
                .isEmpty();
    }

    @Test
    void requests_are_read_as_described() {
        assertThat(API.bodyFaults(
                        "POST " + RELEASES,
                        new Proposal(new ApplicationName("hello"), "1.0.0", SHA, List.of(ARTIFACT), null)))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/approvals",
                        new ReleaseView.ApprovalRequest(SHA, List.of(DIGEST.toString()), "00ff")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/objections",
                        new VoteView.ObjectionRequest(SHA, List.of(DIGEST.toString()), "00ff", "unclear licence")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/waivers",
                        new WaiverView.WaiverRequest(
                                "unit-tests", "why", AT, false, SHA, List.of(DIGEST.toString()), "00ff")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/duties/{duty}",
                        new DutyView.DutyRequest(
                                DutyView.Result.NOT_POSSIBLE,
                                "no device",
                                Map.of("device", "none"),
                                List.of("https://example.test/1"),
                                SHA,
                                List.of(DIGEST.toString()),
                                "00ff",
                                List.of("linux/firefox"),
                                List.of(new AnswerFile.Named("photo.png", DIGEST)))))
                .isEmpty();
        assertThat(API.faults("POST " + FILES, new AnswerFile("photo.png", DIGEST, 7)))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/waits/{wait}",
                        new DutyView.WaitRequest(
                                DutyView.Result.PASSED,
                                "approved",
                                Map.of("build", "42"),
                                List.of("https://example.test/1"),
                                SHA)))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/hand-over",
                        new HandOverRequest("carl@example.test", "ben@example.test", "device-test", "on leave")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/guide",
                        new GuideFileView.GuideAdoption("c".repeat(64), "it holds already")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/guide/lines/{line}",
                        new GuideView.LineRequest(false, "nobody will notice")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/approvals",
                        new ReleaseView.ApprovalRequest(SHA, List.of(DIGEST.toString()), "00ff", "00fe")))
                .isEmpty();
        assertThat(API.bodyFaults("PUT " + RELEASE + "/notes", new NotesEdit("It greets by name.", "for users")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/day",
                        new ReleaseDayRequest(LocalDate.parse("2026-12-01"), "the fair is later")))
                .isEmpty();
        assertThat(API.bodyFaults("POST " + RELEASE + "/promote", new ReleaseView.SteeringRequest("because", true)))
                .isEmpty();
        assertThat(API.bodyFaults(ROLLBACK, new ReleaseView.RollbackRequest(null, "because")))
                .isEmpty();
    }

    @Test
    void a_guide_is_written_as_described_with_a_release_and_without_one() {
        WaiverView waiver =
                new WaiverView("unit-tests", "why", AT, "ada@example.test", AT, "ben@example.test", AT, false);
        GuideView.Line waived = new GuideView.Line(
                "unit-tests-1a2b3c",
                "Unit tests pass",
                List.of("Testing"),
                12,
                List.of(ReleaseKind.MINOR),
                new GuideAnswer(GuideAnswer.By.GATE, "unit-tests"),
                GuideView.LineState.WAIVED,
                "why",
                AT,
                waiver);
        GuideView.Line bare = new GuideView.Line(
                "tell",
                "Tell everybody",
                List.of(),
                null,
                List.of(),
                GuideAnswer.UNANSWERED,
                GuideView.LineState.UNANSWERED,
                "",
                null,
                null);
        GuideView.Line value = new GuideView.Line(
                "two",
                "Two approvals",
                List.of(),
                null,
                List.of(),
                new GuideAnswer(GuideAnswer.By.VALUE, "approvals.required", "2"),
                GuideView.LineState.VALUE,
                "",
                null,
                null);
        GuideView.Line late = new GuideView.Line(
                "late",
                "Try it",
                List.of("Hotfix"),
                null,
                List.of(),
                new GuideAnswer(GuideAnswer.By.DUTY, "try-it"),
                GuideView.LineState.LATE,
                "0 of 1",
                AT,
                null,
                null,
                new GuideView.Dismissal("ada@example.test", AT, "nobody will notice", "ben@example.test", AT, true));
        List<GuideView.Line> lines = List.of(waived, bare, value, late);
        GuideView whole = new GuideView(
                "hello",
                new ReleaseId("hello@1.0.0"),
                ReleasePhase.STAGING,
                List.of(ReleaseKind.MINOR),
                "00ff",
                "00fe",
                "RELEASE.md",
                GuideView.Tally.of(lines),
                lines,
                List.of(owed()),
                List.of(
                        new GuideHeading("Hotfix", List.of(ReleaseKind.HOTFIX), null),
                        new GuideHeading("Later", List.of(), "version.major > 1")));
        GuideView empty = new GuideView(
                "hello", null, null, List.of(), "00ff", null, null, GuideView.Tally.of(List.of()), List.of());

        GuideView more = whole.beside(guideFile())
                .repairing(List.of(new GuideView.Repair("late", "Try it", GuideView.Flaw.ALWAYS_LATE, 3, 5)));
        assertThat(API.faults(GUIDE, more)).isEmpty();
        assertThat(API.faults("POST " + RELEASE + "/guide", more)).isEmpty();
        assertThat(API.faults("POST " + RELEASE + "/guide/lines/{line}", more)).isEmpty();
        assertThat(API.faults(GUIDE, whole)).isEmpty();
        assertThat(API.faults(GUIDE, empty)).isEmpty();
        assertThat(API.faults(GUIDE + "/badge.json", GuideBadge.of(whole))).isEmpty();
        assertThat(API.operation(GUIDE + "/badge.svg")
                        .at("/responses/200/content")
                        .propertyNames())
                .containsExactly("image/svg+xml");
    }

    private static GuideFileView guideFile() {
        return new GuideFileView(
                "docs/RELEASE.md",
                GuideFileView.State.DIFFERS,
                "as it is",
                "c".repeat(64),
                List.of(
                        new GuideFileView.Difference(
                                GuideFileView.Kind.CHANGED,
                                "late",
                                "Try it twice",
                                "Try it",
                                List.of("Hotfix"),
                                3,
                                "two"),
                        new GuideFileView.Difference(
                                GuideFileView.Kind.GONE, "tell", "Tell everybody", null, List.of(), null, null)),
                2,
                new GuideFileView.Adopted(
                        "ada@example.test", true, AT, "it holds already", "00fc", List.of("ben@example.test")));
    }

    @Test
    void what_is_kept_and_what_is_waived_is_written_as_described() {
        ReleaseId id = new ReleaseId("hello@1.0.0");
        RetentionView.Part kept = new RetentionView.Part(Duration.ofDays(400), AT, null, null);
        RetentionView.Part gone = new RetentionView.Part(Duration.ofDays(400), null, AT, "evidence: 400 days");
        RetentionView.Held held = new RetentionView.Held("ada@example.test", "an audit", AT);
        assertThat(API.faults("GET " + RETENTION, new RetentionView(id, null, gone, kept)))
                .isEmpty();
        assertThat(API.faults("POST " + RETENTION + "/hold", new RetentionView(id, held, kept, kept)))
                .isEmpty();
        WaiverView half = new WaiverView("unit-tests", "why", AT, "ada@example.test", AT, null, null, false);
        WaiverView back = new WaiverView(
                "unit-tests",
                "why",
                AT,
                "ada@example.test",
                AT,
                "ben@example.test",
                AT,
                true,
                new WaiverView.Withdrawn("ben@example.test", "it loses orders", AT));
        assertThat(API.faults(
                        WAIVERS,
                        List.of(
                                new OpenWaiver(id, ReleasePhase.VALIDATING, half),
                                new OpenWaiver(id, ReleasePhase.STAGING, back))))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/waivers",
                        new WaiverView.WaiverRequest(
                                "unit-tests", "why", null, null, SHA, List.of(DIGEST.toString()), "00ff", true)))
                .isEmpty();
    }

    @Test
    void a_proof_is_written_as_described_closed_and_open() {
        Link link = new Link(JsonMapper.shared().createObjectNode().put("version", 1), null);
        Seal first = Seal.after(null, "release-service/release/hello@1.0.0", link.record());
        Seal closed = first.with(new Checkpoint(AT, "0123456789abcdef", "c2lnbmVk"));
        Envelope said = new Envelope(
                "e30=", Attesting.PAYLOAD_TYPE, List.of(new Envelope.Signature("0123456789abcdef", "c2lnbmVk")));

        assertThat(API.faults(
                        PROOF,
                        new Proof("c", List.of(link, new Link(link.record(), closed)), closed, List.of("pem"), said)))
                .isEmpty();
        assertThat(API.faults(
                        PROOF, new Proof("c", List.of(link, new Link(link.record(), first)), first, List.of(), null)))
                .isEmpty();
        assertThat(API.faults(PROOF, new Proof("c", List.of(link), null, List.of(), null)))
                .isEmpty();
    }

    @Test
    void what_a_release_changes_is_written_as_described() {
        ChangeView change = new ChangeView(SHA, ChangeView.Kind.FEATURE, "feat", "cart", "a basket", true, "use /v2");
        ChangeView plain = new ChangeView(SHA, ChangeView.Kind.OTHER, null, null, "Mend it", false, null);
        Baseline since = new Baseline(new ReleaseId("hello@1.0.0"), "1.0.0", SHA);
        assertThat(API.faults(
                        NEXT_VERSION,
                        new NextVersionView(
                                "hello",
                                "2.0.0",
                                "main",
                                SHA,
                                since,
                                NextVersionView.Step.MAJOR,
                                2,
                                1,
                                true,
                                List.of("It breaks."),
                                List.of(change, plain))))
                .isEmpty();
        assertThat(API.faults(
                        NEXT_VERSION,
                        new NextVersionView(
                                "hello",
                                null,
                                "main",
                                SHA,
                                null,
                                NextVersionView.Step.NONE,
                                0,
                                0,
                                false,
                                List.of(),
                                List.of())))
                .isEmpty();
        assertThat(API.faults(NOTES, notes(since, null, List.of(change)))).isEmpty();
        assertThat(API.faults(NOTES, notes(null, "Git is away.", List.of()))).isEmpty();
        assertThat(API.faults("PUT " + RELEASE + "/notes", said())).isEmpty();
        assertThat(API.operation(NOTES).at("/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder(JSON, "text/markdown", "text/html");
    }

    private static NotesView said() {
        NotesView facts = notes(null, null, List.of());
        return new NotesView(
                facts.release(),
                facts.application(),
                facts.version(),
                facts.sha(),
                facts.kind(),
                facts.state(),
                facts.at(),
                null,
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new NotesView.Prose("It greets by name.", "ada@example.test", AT, "for users", DIGEST.toString()),
                List.of("Before: 1.0.0 gave 301 answers."),
                "Users of 1.1.0 had 13 errors.",
                List.of("RELEASE.md at its revision differs from its guide in 1 line."));
    }

    @Test
    void what_was_learned_is_written_as_described_and_read() {
        assertThat(API.faults(RETRO, retro())).isEmpty();
        assertThat(API.faults(RETRO, RetroView.NOTHING)).isEmpty();
        assertThat(API.faults("POST " + RELEASE + "/feedback", retro())).isEmpty();
        assertThat(API.faults(
                        "GET /api/v1/applications/{application}/retro",
                        List.of(new RetroView.Owed(
                                new ReleaseId("hello@0.9.0"), retro().items().getFirst()))))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/retro",
                        new RetroView.RaiseRequest(
                                "Warm it up", "ben@example.test", LocalDate.parse("2026-12-01"), false)))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/retro", new RetroView.RaiseRequest("Mondays are busy", null, null, true)))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/retro/{number}/close",
                        new RetroView.CloseRequest(RetroView.State.DROPPED, "never")))
                .isEmpty();
        assertThat(API.bodyFaults(
                        "POST " + RELEASE + "/feedback",
                        new RetroView.FeedbackRequest("support", "Quicker.", "https://example.test/7")))
                .isEmpty();
    }

    @Test
    void reports_are_written_as_described_with_measurements_and_without() {
        Quantile quantile = new Quantile(12, 11, 13);
        Answered answered = new Answered(10, AT, AT, 44, 13, 0, quantile, quantile, quantile);
        Measured measured = new Measured(answered, answered, answered, 1, 10, Answered.NOTHING, answered);
        ReportView whole = new ReportView(
                new ReleaseId("hello@1.1.0"),
                "hello",
                "1.1.0",
                ReleasePhase.ROLLED_BACK,
                AT,
                "1.0.0",
                measured,
                answered,
                "at step 1 of 4, 10 %",
                List.of(new ReportView.Insight(
                        ReportView.Figure.ERRORS,
                        ReportView.Against.BESIDE,
                        ReportView.Direction.WORSE,
                        0.3,
                        29.5,
                        "errors: 29.5 %")),
                null,
                disruption(),
                List.of(
                        new ReportView.Stretch(ReleasePhase.STAGING, "verifying", AT, AT, 3),
                        new ReportView.Stretch(ReleasePhase.ROLLING_OUT, null, AT, null, 3)),
                List.of(new ReportView.Candidate(
                        ReportView.CandidateKind.PEOPLE, "AWAITING_APPROVAL", 60, 20, "1 min it waited")));

        assertThat(API.faults(REPORT, whole)).isEmpty();
        assertThat(API.faults(
                        REPORT,
                        new ReportView(
                                new ReleaseId("hello@1.1.0"),
                                "hello",
                                "1.1.0",
                                ReleasePhase.STAGING,
                                AT,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                "Nothing is measured.",
                                null,
                                List.of(),
                                List.of())))
                .isEmpty();
        assertThat(API.operation(REPORT).at("/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder(JSON, "text/markdown", "text/html");
    }

    private static NotesView notes(@Nullable Baseline since, @Nullable String unread, List<ChangeView> changes) {
        return new NotesView(
                new ReleaseId("hello@1.1.0"),
                "hello",
                "1.1.0",
                SHA,
                "STANDARD",
                ReleasePhase.COMPLETED,
                AT,
                since,
                unread,
                false,
                changes,
                changes,
                List.of(),
                List.of(),
                List.of(),
                List.of(new SettingChange("env.GREETING", "\"hello\"", "\"hi\"")),
                List.of("It goes without gate unit-tests."),
                List.of("Back up."),
                null,
                List.of(),
                null,
                List.of());
    }

    @Test
    void plans_and_runbooks_are_written_as_described() {
        PlanView.Asked duty = new PlanView.Asked(
                PlanView.AskedKind.DUTY,
                "device-test",
                "Try it",
                List.of("Ben (devops)"),
                Duration.ofHours(2),
                GuideView.LineState.DUE,
                "0 of 1");
        PlanView.Asked freeze = new PlanView.Asked(
                PlanView.AskedKind.FREEZE,
                "stocktaking",
                "the freeze ends",
                List.of(),
                null,
                GuideView.LineState.OPEN,
                "it is on");
        PlanView.Step step = new PlanView.Step(
                "duties",
                ReleasePhase.CANDIDATE,
                PlanView.Progress.NOW,
                "People",
                "They are asked.",
                List.of(duty, freeze),
                "It waits.");
        PlanView plan = plan("11ee", new Waiting("people", "a duty", AT, AT, "slipway"), List.of(step));

        assertThat(API.faults(PLAN, plan)).isEmpty();
        assertThat(API.faults(PLAN, plan(null, null, List.of()))).isEmpty();
        assertThat(API.faults(
                        RUNBOOK,
                        new RunbookView(
                                plan,
                                List.of(
                                        new RunbookView.Person("devops", "Ben", null, "#ops"),
                                        new RunbookView.Person("support", "Eve", "eve@example.test", null)),
                                List.of(new RunbookView.Place("tag", "v1.1.0")),
                                List.of(new RunbookView.Command("stop it", "slipway release abort hello@1.1.0")),
                                new RunbookView.Pinned(
                                        DIGEST,
                                        AT,
                                        "as it began",
                                        false,
                                        List.of("bake (Bake) is left out"),
                                        List.of(new RunbookView.Earlier(DIGEST, AT, "as it began"))))))
                .isEmpty();
        assertThat(API.operation(RUNBOOK).at("/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder(JSON, "text/markdown", "text/html");
    }

    @Test
    void a_file_is_handed_out_as_bytes_and_as_nothing_that_a_browser_would_show() {
        assertThat(API.operation(FILE).at("/responses/200/content").propertyNames())
                .containsExactly("application/octet-stream");
    }

    @Test
    void drafts_of_announcements_are_written_as_described() {
        ReleaseId id = new ReleaseId("hello@1.1.0");

        assertThat(API.faults(
                        ANNOUNCEMENT,
                        new AnnouncementView(
                                id,
                                AnnouncementView.Channel.MAIL,
                                ReleasePhase.STAGING,
                                false,
                                "hello 1.1.0 is on its way",
                                "It is not released yet.",
                                List.of("Wait."))))
                .isEmpty();
        assertThat(API.faults(
                        ANNOUNCEMENT,
                        new AnnouncementView(
                                id,
                                AnnouncementView.Channel.CHAT,
                                ReleasePhase.COMPLETED,
                                true,
                                null,
                                "It is.",
                                List.of())))
                .isEmpty();
    }

    @Test
    void announcements_are_written_as_described_and_reviews_are_read() {
        AnnouncementState whole = new AnnouncementState(
                "users",
                Channel.EMAIL,
                List.of("users@example.test"),
                "COMPLETED",
                "support",
                AnnouncementState.State.SENT,
                "hello 1.1.0 is released",
                "It runs.",
                DIGEST,
                List.of(new AnnouncementState.AnnouncementReview(DIGEST, "clara@example.test", AT)),
                List.of(new AnnouncementState.AnnouncementProof("users@example.test", DIGEST, "<1@a.test>", AT)));

        assertThat(API.faults(ANNOUNCEMENT + "s", List.of(whole))).isEmpty();
        assertThat(API.faults(REVIEW, List.of(whole))).isEmpty();
        assertThat(API.bodyFaults(
                        REVIEW,
                        new AnnouncementState.AnnouncementReviewRequest(
                                DIGEST, SHA, List.of(DIGEST.toString()), "00ff")))
                .isEmpty();
    }

    @Test
    void rehearsals_are_written_as_described() {
        PlanView.Asked approval = new PlanView.Asked(
                PlanView.AskedKind.APPROVAL,
                "required",
                "2 approvals",
                List.of(),
                Duration.ofHours(72),
                GuideView.LineState.OPEN,
                "0 of 2");
        RehearsalView.Check check = new RehearsalView.Check(RehearsalView.Result.BLOCKED, "version", "None is named.");

        assertThat(API.faults(
                        REHEARSAL,
                        new RehearsalView(
                                "hello",
                                "1.1.0",
                                "main",
                                SHA,
                                "2026-01-31",
                                "UTC",
                                List.of(ReleaseKind.MINOR),
                                "00ff",
                                "11ee",
                                false,
                                List.of(check),
                                List.of(new RehearsalView.Ask("People say yes", approval)),
                                List.of(),
                                List.of())))
                .isEmpty();
        assertThat(API.faults(
                        REHEARSAL,
                        new RehearsalView(
                                "hello",
                                null,
                                "main",
                                null,
                                "2026-01-31",
                                "UTC",
                                List.of(),
                                "00ff",
                                null,
                                true,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())))
                .isEmpty();
    }

    private static PlanView plan(@Nullable String guide, @Nullable Waiting waiting, List<PlanView.Step> steps) {
        return new PlanView(
                new ReleaseId("hello@1.1.0"),
                "hello",
                "1.1.0",
                SHA,
                "STANDARD",
                ReleasePhase.CANDIDATE,
                AT,
                "00ff",
                guide,
                "It goes on.",
                waiting,
                steps);
    }

    @Test
    void metrics_are_written_as_described_with_data_and_without() {
        DoraView.Metric known = new DoraView.Metric(0.5, 4, 0.25, DoraView.Trend.BETTER, "4 of 5");
        DoraView.Metric absent = new DoraView.Metric(null, 0, null, DoraView.Trend.UNKNOWN, "none");
        Duration watch = Duration.ofDays(7);

        assertThat(API.faults(
                        DORA, new DoraView("hello", 30, AT, AT, true, watch, known, known, known, known, known, known)))
                .isEmpty();
        assertThat(API.faults(
                        "GET /api/v1/dora",
                        new DoraView(null, 30, AT, AT, false, watch, absent, absent, absent, absent, absent, absent)))
                .isEmpty();
    }

    private static List<Told> told() {
        Bound page = Bound.range(1, Configured.whole("slipway.release.api.page-max"));
        Bound key = Bound.length(1, RequestKey.CHARACTERS_MAX).and(Bound.matching(RequestKey.LEGAL));
        Bound days = Bound.range(1, Configured.whole("slipway.release.dora.days-max"));
        List<Told> told = new ArrayList<>(List.of(
                Told.of("GET " + RELEASES, "Lists releases, those on their way first")
                        .parameter(LIMIT, page),
                Told.of("POST " + RELEASES, "Proposes a release")
                        .success(202)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"application": "hello", "version": "1.4.0", "sha": "%s",
                             "artifacts": [{"uri": "file:/srv/artifacts/hello-1.4.0.jar", "digest": "%s"}]}\
                            """.formatted(SHA, DIGEST))
                        .answers("""
                            {"id": "hello@1.4.0", "text": "hello 1.4.0 is on its way."}\
                            """),
                Told.of("GET " + RELEASE, "Shows a release"),
                Told.of("GET " + RELEASE + "/timeline", "Shows what happened to a release, and who did it"),
                Told.of(PROOF, "Hands out a release's whole record as a chain, with what anybody needs to check it"),
                Told.of("GET " + RETENTION, "Says how long a release's reports and record are kept, and what went"),
                Told.of("GET " + RETENTION + "/proof", "Hands out the record of who held a release and of what went"),
                Told.of("POST " + RETENTION + "/hold", "Keeps all that proves a release until that is lifted")
                        .body(JSON, RESOLVING)
                        .parameter(KEY, key)
                        .example(JSON, "{\"reason\": \"The auditor asks for it.\"}")
                        .refusals(409),
                Told.of("POST " + RETENTION + "/lift", "Lifts a hold: the release ages by policy again")
                        .body(JSON, RESOLVING)
                        .parameter(KEY, key)
                        .example(JSON, "{\"reason\": \"The audit is over.\"}")
                        .refusals(409),
                Told.of(WAIVERS, "Lists gates that releases on their way go without, or that are asked to be waived")
                        .parameter(LIMIT, page),
                Told.of("POST " + RELEASE + "/approvals", "Approves exactly this commit, artifact and policy")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"sha": "%s", "digests": ["%s"], "policyHash": "%s"}\
                            """.formatted(
                                        SHA, DIGEST, Digest.of("policy").hex())),
                Told.of(
                                "POST " + RELEASE + "/objections",
                                "Says no to exactly this commit, artifact and policy, and why")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"sha": "%s", "digests": ["%s"], "policyHash": "%s", "reason": "unclear licence"}\
                            """.formatted(
                                        SHA, DIGEST, Digest.of("policy").hex())),
                Told.of(
                                "POST " + RELEASE + "/waivers",
                                "Asks to waive a gate of exactly this, confirms that as the second, or takes it back")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"gate": "unit-tests", "reason": "flaky, see #12", "until": "2026-01-31T12:00:00Z",
                             "sha": "%s", "digests": ["%s"], "policyHash": "%s"}\
                            """.formatted(
                                        SHA, DIGEST, Digest.of("policy").hex())),
                Told.of(
                                "POST " + RELEASE + "/duties/{duty}",
                                "Answers what only a person can know or do, for exactly this")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"result": "PASSED", "reason": "tried every screen", "fields": {"device": "Pixel 9"},
                             "links": ["https://tests.example.test/12"],
                             "files": [{"name": "photo.png", "digest": "%s"}],
                             "sha": "%s", "digests": ["%s"], "policyHash": "%s"}\
                            """.formatted(
                                        DIGEST, SHA, DIGEST, Digest.of("policy").hex())),
                Told.of("POST " + FILES, "Hands in a file that an answer to a duty is to stand with")
                        .success(201)
                        .refusals(409)
                        .body("*/*", BYTES)
                        .parameter(
                                "name",
                                Bound.length(1, AnswerFile.NAME_CHARACTERS_MAX)
                                        .and(Bound.matching(AnswerFile.NAME))
                                        .and(
                                                Bound.means(
                                                        "What the answer calls it: one line without / and \\, neither . nor ..")))
                        .answers("""
                            {"name": "photo.png", "digest": "%s", "bytes": 48213}\
                            """.formatted(DIGEST)),
                Told.of(FILE, "Hands out a file that stands with an answer, to be saved"),
                Told.of(
                                "POST " + RELEASE + "/waits/{wait}",
                                "Says what came of what a release waits on, where its policy takes a callback")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"outcome": "PASSED", "reason": "approved as build 42",
                             "links": ["https://store.example.test/reviews/12"]}\
                            """),
                Told.of(
                                "POST " + RELEASE + "/hand-over",
                                "Makes what somebody has to answer for another's: one duty, or all that is open, and"
                                        + " the release")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"to": "carl@example.test", "duty": "device-test", "reason": "has the device"}\
                            """),
                Told.of(
                                "POST " + RELEASE + "/guide",
                                "Has a release go by its guide's file at its revision, and says whose approvals fell")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"sha256": "%s", "reason": "it holds already"}\
                            """.formatted("c".repeat(64))),
                Told.of(
                                "POST " + RELEASE + "/guide/lines/{line}",
                                "Says that a line of the guide does not apply to a release, or that it does after all")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"applies": false, "reason": "nobody will notice"}\
                            """),
                Told.of(
                                "PUT " + RELEASE + "/notes",
                                "Says something above the facts of a release's notes, in place of what was said")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"text": "It greets by name.", "reason": "for users"}\
                            """),
                Told.of(
                                "POST " + RELEASE + "/day",
                                "Sets the release day, from which duties are counted, and says whose plans change")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                                {"day": "2026-12-01", "reason": "the fair is later"}"""),
                Told.of(RETRO, "Says what people learned from a release and want done, and what others say of it"),
                Told.of("GET /api/v1/applications/{application}/retro", "Lists what is to be done still of releases"),
                Told.of(
                                "POST " + RELEASE + "/retro",
                                "Raises something that was learned from a release, or is to be done")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                                {"text": "Warm the cache up", "owner": "ben@example.test", "due": "2026-12-01"}"""),
                Told.of(
                                "POST " + RELEASE + "/retro/{number}/close",
                                "Closes it: it is done, or not to be done after all")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                                {"as": "DONE", "reason": "it is warm"}"""),
                Told.of("POST " + RELEASE + "/feedback", "Adds what users, support or others say of a release")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                                {"from": "support", "text": "Logins are quicker.",
                                 "link": "https://tickets.example.test/7"}"""),
                Told.of("PUT " + POLICY, "Puts an application's policy in force")
                        .body(YAML, "{\"$ref\": \"#/components/schemas/" + PolicyComponents.NAME + "\"}")
                        .example(YAML, PolicyComponents.example()),
                Told.of("GET " + POLICY, "Shows the policy in force"),
                Told.of(GUIDE, "Says what answers each line of the guide, and where a release is in it"),
                Told.of(GUIDE + "/badge.json", "Says how much of the guide is covered, proven and open")
                        .answers("""
                            {"schemaVersion": 1, "label": "release guide",
                             "message": "14 of 17 covered, 9 proven, 3 open", "color": "yellow",
                             "tally": {"lines": 17, "covered": 14, "proven": 9, "open": 3}}\
                            """),
                Told.of(GUIDE + "/badge.svg", "Draws how much of the guide is covered, proven and open"),
                Told.of(
                                REHEARSAL,
                                "Rehearses a release before its start: whom it asks, what blocks it, what comes of it")
                        .parameter("version", Bound.length(1, Proposal.VERSION_CHARACTERS_MAX))
                        .parameter("on", Bound.matching(RehearsalController.DAY))
                        .parameter("zone", Bound.length(1, RehearsalController.ZONE_CHARACTERS_MAX)),
                Told.of(NEXT_VERSION, "Suggests the next version by the commits since the one that production runs")
                        .refusals(409),
                Told.of(NOTES, "Writes the notes of a release"),
                Told.of(
                        REPORT,
                        "Says what was measured before a release and since, what it cost, and what took it longest"),
                Told.of(PLAN, "Says what comes of a release from here, step by step"),
                Told.of(RUNBOOK, "Writes the runbook of a release"),
                Told.of(ANNOUNCEMENT, "Drafts an announcement of a release, for a channel")
                        .parameter(
                                "channel",
                                Bound.oneOf(AnnouncementController.CHANNELS.keySet().stream()
                                        .sorted()
                                        .toList())),
                Told.of(
                        ANNOUNCEMENT + "s",
                        "Lists what the policy has announced of a release, with reviews and proofs"),
                Told.of(REVIEW, "Says yes to exactly the text that an announcement has")
                        .refusals(409)
                        .parameter(KEY, key)
                        .example(JSON, """
                            {"digest": "%s", "sha": "%s", "digests": ["%s"], "policyHash": "%s"}\
                            """.formatted(
                                        Digest.of("text"),
                                        SHA,
                                        DIGEST,
                                        Digest.of("policy").hex())),
                Told.of(DORA, "Shows DORA's five metrics of an application").parameter("days", days),
                Told.of("GET /api/v1/dora", "Shows DORA's five metrics of all applications together")
                        .parameter("days", days),
                Told.of(APPLICATIONS, "Lists the applications that were ever heard of")
                        .parameter(LIMIT, page),
                Told.of(ROLLBACK, "Takes production back to a version that it has verified before")
                        .body(JSON, BACK)
                        .parameter(KEY, key)
                        .example(JSON, "{\"reason\": \"Orders are lost.\"}")
                        .success(202)
                        .refusals(409),
                Told.of(CONFIGURATION, "Releases the present policy's configuration with what production runs")
                        .parameter(KEY, key)
                        .success(202)
                        .refusals(409),
                Told.of(REMOVE, "Removes an application that nobody needs any more; its history stays")
                        .body(JSON, RESOLVING)
                        .example(JSON, "{\"reason\": \"Replaced by greetings.\"}")
                        .refusals(409)));
        Map.of(
                        "resume", "Lets a paused rollout go on",
                        "retry", "Tries again what needs an operator")
                .forEach((verb, summary) ->
                        told.add(steering(verb, summary, STEERING, key).orNoBody()));
        told.add(steering("abort", "Ends a release; what it has changed goes back", ABORTING, key)
                .orNoBody());
        told.add(steering("pause", "Holds a rollout at its step", STOPPING, key).orNoBody());
        told.add(steering("promote", "Takes a rollout to its next step, or to all traffic", PROMOTING, key)
                .orNoBody());
        told.add(steering("resolve", "Ends what needs an operator, who has seen to it", RESOLVING, key));
        return told;
    }

    private static Told steering(String verb, String summary, String body, Bound key) {
        return Told.of("POST " + RELEASE + "/" + verb, summary)
                .body(JSON, body)
                .parameter(KEY, key)
                .example(JSON, "{\"reason\": \"Looked at with Ada.\"}")
                .refusals(409);
    }

    private static Fields fields() {
        Fields fields = new Fields()
                .field(
                        "Proposal",
                        "version",
                        Bound.length(1, Proposal.VERSION_CHARACTERS_MAX).and(Bound.matching(SemanticVersion.FORM)))
                .field("Proposal", "artifacts", Bound.elements(1, Proposal.ARTIFACTS_MAX))
                .field(
                        "Proposal",
                        "hotfix",
                        Bound.length(1, Proposal.HOTFIX_CHARACTERS_MAX).and(Bound.matching(Texts.SAID_LINE)))
                .field(
                        "Proposal",
                        "owner",
                        Bound.length(1, Proposal.OWNER_CHARACTERS_MAX).and(Bound.matching(Texts.SAID_LINE)))
                .field(
                        "Proposal",
                        "forwardOnly",
                        Bound.length(1, Proposal.FORWARD_ONLY_CHARACTERS_MAX).and(Bound.matching(Texts.SAID_LINE)))
                .field("HandOverRequest", "to", email())
                .field("HandOverRequest", "from", email())
                .field("HandOverRequest", "reason", Bound.holding(Texts.SAID))
                .field("ReleaseDayRequest", "reason", Bound.holding(Texts.SAID))
                .field("RetroRaiseRequest", "text", line(RetroView.TEXT_CHARACTERS_MAX))
                .field("RetroRaiseRequest", "owner", email())
                .field("RetroCloseRequest", "as", Bound.oneOf(List.of("DONE", "DROPPED")))
                .field("RetroCloseRequest", "reason", Bound.holding(Texts.SAID))
                .field("RetroFeedbackRequest", "text", line(RetroView.FEEDBACK_CHARACTERS_MAX))
                .field("RetroFeedbackRequest", "from", line(RetroView.FROM_CHARACTERS_MAX))
                .field("RetroFeedbackRequest", "link", Bound.length(1, RetroView.LINK_CHARACTERS_MAX))
                .field("VoteObjectionRequest", "reason", Bound.holding(Texts.SAID))
                .field(
                        "NotesEdit",
                        "text",
                        Bound.length(1, NotesEdit.TEXT_CHARACTERS_MAX).and(Bound.holding(Texts.SAID)))
                .field("NotesEdit", "reason", Bound.holding(Texts.SAID))
                .field("GuideAdoption", "reason", Bound.holding(Texts.SAID))
                .field("GuideLineRequest", "reason", Bound.holding(Texts.SAID))
                .field(
                        "Artifact",
                        "uri",
                        Bound.length(1, Artifact.URI_CHARACTERS_MAX).and(Bound.holding(Artifact.SCHEME)))
                .field("Artifact", "name", Bound.matching(Artifact.NAME))
                .field(
                        "DutyRequest",
                        "result",
                        Bound.oneOf(List.of("PASSED", "FAILED", "NOT_POSSIBLE", "NOT_APPLICABLE")))
                .field("DutyRequest", "reason", Bound.holding(Texts.SAID))
                .field("DutyRequest", "links", Bound.elements(0, DutyView.LINKS_MAX))
                .field("DutyRequest", "cells", Bound.elements(0, MatrixAxis.CELLS_MAX))
                .field("DutyRequest", "files", Bound.elements(0, AnswerFile.FILES_MAX))
                .field(
                        "AnswerFileNamed",
                        "name",
                        Bound.length(1, AnswerFile.NAME_CHARACTERS_MAX).and(Bound.matching(AnswerFile.NAME)));
        PolicyComponents.schemas().forEach(fields::schema);
        return fields;
    }

    private static Bound line(int max) {
        return Bound.length(1, max).and(Bound.matching(Texts.SAID_LINE));
    }

    private static Bound email() {
        return Bound.length(1, HandOverRequest.EMAIL_CHARACTERS_MAX).and(Bound.matching(Texts.SAID_LINE));
    }

    private static ReleaseView bare() {
        return new ReleaseView(
                new ReleaseId("hello@1.0.0"),
                "hello",
                "1.0.0",
                SHA,
                List.of(ARTIFACT),
                "",
                1,
                "STANDARD",
                ReleasePhase.PROPOSED,
                AT,
                AT,
                "ci",
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                0,
                List.of(),
                null,
                null,
                List.of(),
                1,
                null);
    }

    private static ReleaseView whole() {
        ReleaseView bare = bare();
        Cause cause = new Cause("worse", "It is worse.", "7 %", "5 %");
        GateVerdict verdict = new GateVerdict(
                "unit-tests",
                "Tests",
                Stage.PRE_RELEASE,
                GateVerdict.Verdict.PASSED,
                true,
                "tests.failed 0",
                "tests.failed 0",
                "",
                DIGEST.hex(),
                AT,
                AT);
        RolloutStatus rollout = new RolloutStatus(
                new QuestionKey(bare.id(), "production", 1),
                EnvironmentId.parse("hello/production"),
                RolloutStatus.Phase.STEPPING,
                25,
                1,
                3,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of());
        return new ReleaseView(
                bare.id(),
                bare.application(),
                bare.version(),
                SHA,
                bare.artifacts(),
                "00ff",
                1,
                "STANDARD",
                ReleasePhase.ROLLING_OUT,
                AT,
                AT,
                "ci",
                List.of("ada@example.test"),
                List.of("GitHub <noreply@github.com>"),
                cause,
                new Waiting("people", "1 of 2 approvals", AT, AT, "./slipway approve"),
                List.of(verdict),
                1,
                List.of(new ReleaseView.ApprovalView("ada@example.test", AT)),
                rollout,
                "b".repeat(40),
                List.of(new Milestone(1, Milestone.Kind.ROLLING_BACK, cause, AT)),
                2,
                "propose a higher version",
                DIGEST,
                List.of(
                        new SettingChange("env.GREETING", "\"hello\"", "\"hi\""),
                        new SettingChange("limits.memoryBytes", null, "536870912")),
                List.of(new WaiverView(
                        "unit-tests", "known, see #12", AT, "ada@example.test", AT, "ben@example.test", AT, false)),
                "00ff",
                List.of(new DutyView(
                        "device-test",
                        "Try it",
                        "devops",
                        Duty.Before.PRODUCTION,
                        2,
                        List.of("device"),
                        GuideView.LineState.DUE,
                        "1 of 2",
                        List.of(new DutyView.Answer(
                                DutyView.Result.PASSED,
                                "ben@example.test",
                                AT,
                                "works",
                                Map.of("device", "Pixel 9"),
                                List.of("https://example.test/1"),
                                List.of("linux"),
                                DutyView.Via.CALLBACK,
                                List.of(new AnswerFile("photo.png", DIGEST, 7)))),
                        "major, minor",
                        List.of("ben@example.test", "carl@example.test"),
                        List.of(new MatrixAxis("platforms", List.of("linux"))),
                        List.of(new DutyView.Cell("linux", GuideView.LineState.DUE, "1 of 2")),
                        new DutyView.Timing(
                                DutyView.TimeState.DUE_SOON,
                                "2 working days before the release day (office)",
                                LocalDate.parse("2026-12-01"),
                                AT,
                                AT,
                                AT))),
                "ada@example.test",
                List.of(owed()),
                List.of(new DateView(
                        "gate:unit-tests",
                        "devops",
                        GuideView.LineState.DUE,
                        "the gate is being asked",
                        new DutyView.Timing(
                                DutyView.TimeState.LATE,
                                "on the release day (office)",
                                LocalDate.parse("2026-12-01"),
                                AT,
                                AT,
                                AT))),
                List.of(new RunbookView.Person("technical-lead", "Ada", "ada@example.test", null)),
                new VoteView(
                        AT,
                        List.of(new VoteView.Quorum("devops", 2, 1)),
                        List.of("technical-lead"),
                        List.of(new VoteView.Objection("ben@example.test", AT, "unclear licence", AT, true, false)),
                        new VoteView.Decided(
                                AT,
                                VoteView.Outcome.EXPIRED,
                                2,
                                List.of("ada@example.test"),
                                List.of("ben@example.test"),
                                List.of("devops"),
                                SHA,
                                List.of(DIGEST.toString()),
                                "00ff")),
                disruption(),
                retro(),
                List.of(new RetroView.Owed(
                        new ReleaseId("hello@0.9.0"), retro().items().getFirst())),
                "orders are rewritten",
                guideFile(),
                List.of(new AwaitedReview(
                        bare.id(),
                        "users",
                        "support",
                        true,
                        "./slipway release announcements hello@1.0.0 --approve users --as EMAIL")));
    }

    private static RetroView retro() {
        RetroView.Word raised = new RetroView.Word(RetroView.State.OPEN, "ada@example.test", AT, "");
        return new RetroView(
                List.of(
                        new RetroView.Item(
                                1,
                                RetroView.Kind.ACTION,
                                "Warm the cache up",
                                "ben@example.test",
                                LocalDate.parse("2026-12-01"),
                                RetroView.State.OPEN,
                                List.of(raised),
                                DutyView.TimeState.LATE),
                        new RetroView.Item(
                                2,
                                RetroView.Kind.LESSON,
                                "Mondays are busy",
                                null,
                                null,
                                RetroView.State.NOTED,
                                List.of(raised))),
                List.of(new RetroView.Feedback(
                        "support", "Logins are quicker.", "https://example.test/t/7", "user:ada@example.test", AT)));
    }

    private static Disruption disruption() {
        return Disruption.of(
                "1.0.0", "0.9.0", 44, List.of(new Excess(Excess.Metric.ERRORS, 13, 44, 0.1, AT, AT)), true);
    }

    private static OwedDuty owed() {
        return new OwedDuty(
                new ReleaseId("hello@0.9.0"),
                new DutyView(
                        "merge-back",
                        "Merge the release branch back",
                        "devops",
                        null,
                        1,
                        List.of(),
                        GuideView.LineState.DUE,
                        "0 of 1 of the role devops has answered",
                        List.of(),
                        null,
                        List.of("ben@example.test"),
                        List.of(),
                        List.of(),
                        null,
                        Announcing.After.COMPLETED,
                        new DutyView.WaitView(
                                "the mirror",
                                List.of("a callback of a publisher"),
                                Duration.ofHours(1),
                                Duration.ofHours(72),
                                AT,
                                AT)));
    }
}
