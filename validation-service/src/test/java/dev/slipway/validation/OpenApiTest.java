package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.contracts.validation.IssuesCheck;
import dev.slipway.testkit.openapi.Bound;
import dev.slipway.testkit.openapi.Fields;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.RunAttempt;
import dev.slipway.validation.verdicts.Explanation;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dslipway.openapi.rewrite=true} writes the description again after a controller has changed. */
final class OpenApiTest {
    private static final String EVIDENCE = "POST /api/v1/applications/{application}/evidence";
    private static final String REPORT_KEPT = "GET /api/v1/applications/{application}/evidence/{digest}";
    private static final String SECONDS = "GET /api/v1/applications/{application}/seconds";
    private static final String HOSTS = "GET /api/v1/applications/{application}/hosts";
    private static final String TRACKERS = "GET /api/v1/applications/{application}/trackers";
    private static final String GATE = "GET /api/v1/applications/{application}/gates/{gate}";
    private static final String VERDICTS = "GET /api/v1/applications/{application}/verdicts";
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final String REPORT = """
        {"type": "string", "format": "binary", "description": "the report as its tool wrote it; \
        or several as a ZIP, all of them or none; or nothing beside a kind and an exit status"}\
        """;

    private static final String JUNIT =
            "<testsuite name='unit' tests='1' failures='0'><testcase classname='Greeting' name='greets'"
                    + " time='0.1'/></testsuite>";

    private static final ServiceDescription API = ServiceDescription.of(
            "validation-service",
            "dev.slipway.validation",
            new Wiring().accessRules(),
            List.of(
                    Told.of(
                                    EVIDENCE,
                                    "Takes in what a test run left on a revision: reports, exit status, run and"
                                            + " attempt")
                            .success(201)
                            .refusals(409)
                            .body("*/*", REPORT)
                            .orNoBody()
                            .example("*/*", "\"" + JUNIT + "\"")
                            .parameter(
                                    "kind",
                                    Bound.oneOf(READERS.kinds())
                                            .and(Bound.means(
                                                    "Left out, each file is of the kind that its content says.")))
                            .parameter("suite", line(EvidenceController.SUITE_CHARACTERS_MAX))
                            .parameter("run", line(RunAttempt.RUN_CHARACTERS_MAX))
                            .parameter(
                                    "part", line(RunAttempt.PART_CHARACTERS_MAX).and(Bound.means("Needs run.")))
                            .parameter("attempt", Bound.from(1).and(Bound.means("Needs run.")))
                            .parameter(
                                    "file",
                                    line(EvidenceController.FILE_CHARACTERS_MAX)
                                            .and(Bound.means("What a report that comes alone is called.")))
                            .parameter("exit", Bound.range(0, RunRecord.EXIT_MAX))
                            .answers("""
                                {"digest": "sha256:%1$s", "run": "271069", "part": null, "attempt": 1,
                                 "facts": {"tests.passed": 14, "tests.failed": 0, "run.exit": 0},
                                 "files": [], "passedOver": [],
                                 "kinds": [{"kind": "junit", "digest": "sha256:%1$s",
                                            "facts": {"tests.passed": 14, "tests.failed": 0, "run.exit": 0}}]}\
                                """.formatted("9f86d081".repeat(8))),
                    Told.of(REPORT_KEPT, "Hands out a report that a verdict rests on"),
                    Told.of(VERDICTS, "Shows an application's evidence chain, and checks it if asked to"),
                    Told.of(
                            GATE,
                            "Explains what a gate says of a release: its rule, each fact with its source, what would"
                                    + " have to change"),
                    Told.of(SECONDS, "Hands out what a release was judged by in production, part by part")
                            .parameter("part", Bound.range(0, SecondsController.PARTS_MAX)),
                    Told.of(HOSTS, "Looks whether hosts that gates ask can be reached")
                            .parameter("address", Bound.elements(1, HostCheck.ADDRESSES_MAX)),
                    Told.of(
                                    TRACKERS,
                                    "Looks whether a tracker that gates ask can be asked, with the token that is set"
                                            + " for it")
                            .parameter("server", Bound.oneOf(List.of("github", "gitlab")))
                            .parameter("project", Bound.length(3, 300))
                            .parameter("at", Bound.length(1, 500))
                            .parameter("label", Bound.elements(0, IssuesCheck.LABELS_MAX))),
            new Fields()
                    .field(
                            "Artifact",
                            "uri",
                            Bound.length(1, Artifact.URI_CHARACTERS_MAX).and(Bound.holding(Artifact.SCHEME)))
                    .field("Artifact", "name", Bound.matching(Artifact.NAME)));

    private static final Digest DIGEST = Digest.of("report");

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void what_is_seen_of_a_host_is_written_as_described() {
        assertThat(API.faults(HOSTS, List.of(new HostCheck("https://a.example.test", true, "It answers."))))
                .isEmpty();
    }

    @Test
    void what_is_seen_of_a_tracker_is_written_as_described() {
        assertThat(API.faults(TRACKERS, new IssuesCheck("acme/shop", false, "There is no label P1.")))
                .isEmpty();
    }

    private static Bound line(int charactersMax) {
        return Bound.length(1, charactersMax).and(Bound.matching(Texts.LINE));
    }

    @Test
    void examples_are_as_described() {
        assertThat(API.exampleFaults()).isEmpty();
    }

    @Test
    void a_run_that_wrote_no_report_needs_no_body() {
        assertThat(API.committed())
                .contains("or nothing beside a kind and an exit status")
                .containsPattern("\"required\" : false\\s+}");
    }

    @Test
    void what_was_taken_in_is_written_as_described() {
        Map<String, BigDecimal> facts = Map.of("tests.total", new BigDecimal("14"));
        EvidenceController.TakenIn file =
                new EvidenceController.TakenIn("TEST-a.xml", "junit", DIGEST, "pytest", facts, List.of("remarkable"));
        EvidenceController.OfKind kind = new EvidenceController.OfKind("junit", DIGEST, facts, null);
        Intake.PassedOver other = new Intake.PassedOver("pom.xml", "no report");

        assertThat(API.faults(
                        EVIDENCE,
                        new EvidenceController.Accepted(
                                DIGEST, facts, "17", "linux", 2L, List.of(file), List.of(other), List.of(kind))))
                .isEmpty();
        assertThat(API.faults(
                        EVIDENCE,
                        new EvidenceController.Accepted(
                                DIGEST, facts, null, null, null, List.of(), List.of(), List.of(kind))))
                .isEmpty();
    }

    @Test
    void an_explanation_is_written_as_described_with_and_without_what_it_may_lack() {
        Explanation.Source whole = new Explanation.Source(
                DIGEST,
                "TEST-a.xml",
                "pytest",
                "17",
                "linux",
                2L,
                "ci",
                Instant.parse("2026-01-02T03:04:05Z"),
                Map.of("tests.failed", BigDecimal.ONE),
                null,
                List.of("failed shop.PriceTest.rounds"));
        Explanation.Source gone =
                new Explanation.Source(DIGEST, null, "", null, null, null, null, null, Map.of(), "gone", List.of());
        Explanation explanation = new Explanation(
                "hello@1.0.0",
                "unit-tests",
                Stage.PRE_RELEASE,
                "hello@1.0.0/assess-pre-release/1",
                Verdict.FAILED,
                true,
                "tests.failed 1, expected tests.failed == 0",
                "tests.failed 1",
                DIGEST.hex(),
                "junit",
                "unit",
                List.of(
                        new Explanation.Part("tests.failed == 0", false, "it is 1"),
                        new Explanation.Part("a == 0", null, "?")),
                List.of(new Explanation.Said("tests.failed", BigDecimal.ONE, Fact.Unit.COUNT, List.of(DIGEST))),
                List.of(whole, gone),
                List.of("tests.failed has to be 0"));

        assertThat(API.faults(GATE, explanation)).isEmpty();
        assertThat(API.faults(
                        GATE,
                        new Explanation(
                                "hello@1.0.0",
                                "smoke",
                                Stage.STAGING,
                                "q",
                                Verdict.INCONCLUSIVE,
                                false,
                                "",
                                "",
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())))
                .isEmpty();
    }

    @Test
    void seconds_are_written_as_described() {
        assertThat(API.faults(
                        SECONDS,
                        new SecondsController.Seconds("hello@1.1.0/production/1", 0, List.of("{}", "{}"), true)))
                .isEmpty();
    }

    @Test
    void verdicts_are_written_as_described_with_and_without_what_they_may_lack() {
        Gate report = new Gate(
                "unit-tests",
                "Tests",
                Stage.PRE_RELEASE,
                "junit",
                "unit",
                List.of(new Gate.Threshold("tests.failed", "0")),
                "tests.total > 1",
                null,
                List.of(),
                Duration.ofMinutes(5));
        Gate smoke = new Gate(
                "smoke",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(new Gate.HttpProbe(
                        "/hello",
                        200,
                        Duration.ofMillis(300),
                        List.of(new Gate.JsonExpectation("$.text", "\"Hello\"")))),
                Duration.ofSeconds(90));
        List<VerdictRecord> records = List.of(
                new VerdictRecord(1, draft(report), DIGEST.hex(), null, DIGEST.hex(), 0),
                new VerdictRecord(2, draft(smoke), DIGEST.hex(), DIGEST.hex(), DIGEST.hex(), 1));

        assertThat(API.faults(VERDICTS, new VerdictController.Verdicts(2, records, null, List.of(), List.of())))
                .isEmpty();
        assertThat(API.faults(
                        VERDICTS,
                        new VerdictController.Verdicts(
                                2,
                                records,
                                List.of("2 is broken"),
                                List.of("record 1: PASSED, read by an earlier reader"),
                                List.of(new GoneReport(
                                        Digest.of("report"),
                                        "junit",
                                        "TEST-a.xml",
                                        12,
                                        Instant.parse("2026-01-02T03:04:05Z"),
                                        "evidence: 400 days")))))
                .isEmpty();
    }

    private static VerdictDraft draft(Gate gate) {
        return new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                List.of(DIGEST),
                "tests.total 14",
                Verdict.PASSED,
                "as it should be",
                Instant.parse("2026-01-02T03:04:05Z"));
    }
}
