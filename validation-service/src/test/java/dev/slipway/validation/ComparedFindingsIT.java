package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;

/** A team with 300 old warnings demands "none new" on the first day; on the real broker and store. */
@Tag("thorough")
final class ComparedFindingsIT {
    /** More than these gates need: they are to be answered by what came, not by the time. */
    private static final Duration WITHIN = Pace.patience(Duration.ofSeconds(30));
    /** Of a gate that nobody can decide: what it says is said by then. */
    private static final Duration SHORT = Pace.patience(Duration.ofSeconds(1));

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    private static final int OLD = 300;

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(
                folder,
                "--slipway.validation.evidence.expire-after=1ms",
                "--slipway.validation.evidence.expire-every=1h");
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void three_hundred_old_warnings_pass_on_the_first_day_and_one_new_one_does_not() throws Exception {
        String first = RunningValidation.commit();
        send(first, "sarif", warnings(OLD, 0));
        AssessmentStatus begun =
                service.closed(others.ask(first, gate(WITHIN, WithoutBaseline.RECORD, "findings.new")));
        assertThat(begun.outcome()).as(begun.toString()).isEqualTo(Outcome.PASSED);
        assertThat(begun.gates().getFirst().observed()).contains("findings.total 300", "findings.new 0");
        assertThat(begun.gates().getFirst().cause())
                .contains("No release of hello has been verified yet", "the next release is compared with it");

        forget(first);

        String moved = RunningValidation.commit();
        send(moved, "sarif", warnings(OLD, 40));
        AssessmentStatus same = service.closed(others.askAgainst(first, moved, gate(WITHIN, null, "findings.new")));
        assertThat(same.outcome()).as(same.toString()).isEqualTo(Outcome.PASSED);
        assertThat(same.gates().getFirst().observed())
                .contains("findings.total 300", "findings.new 0", "findings.new.error 0", "findings.fixed 0");

        String worse = RunningValidation.commit();
        send(worse, "sarif", warnings(OLD + 1, 0));
        QuestionKey question = others.askAgainst(first, worse, gate(WITHIN, null, "findings.new"));
        AssessmentStatus failed = service.closed(question);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.gates().getFirst().cause())
                .startsWith("findings.new 1, expected findings.new == 0")
                .contains("new: src/f0.go:300 rule-300 found 300 in x");

        JsonNode chain = service.verdicts();
        assertThat(chain.path("faults"))
                .as("each comparison gives the same again")
                .isEmpty();
        assertThat(chain.path("records")
                        .valueStream()
                        .map(one -> one.at("/verdict/baseline").size()))
                .contains(0, 1);
        JsonNode why = service.json("/api/v1/applications/hello/gates/scan?release=" + question.release());
        assertThat(why.path("toPass").toString()).contains("findings.new 1, expected findings.new == 0");
    }

    @Test
    void without_anything_to_compare_with_nobody_can_say_and_the_gate_says_how_to_begin() throws Exception {
        String sha = RunningValidation.commit();
        send(sha, "sarif", warnings(1, 0));

        AssessmentStatus first = service.closed(others.ask(sha, gate(SHORT, null, "findings.new")));
        assertThat(first.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(first.gates().getFirst().cause())
                .isEqualTo("No release of hello has been verified yet, so nobody can say what is new. To begin, say"
                        + " baseline: record in the gate scan, and the first release records what the next ones are"
                        + " compared with");

        String verified = RunningValidation.commit();
        AssessmentStatus later = service.closed(others.askAgainst(verified, sha, gate(SHORT, null, "findings.new")));
        assertThat(later.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(later.gates().getFirst().cause())
                .contains(
                        "The last verified release 0.9.0 has no sarif report of the suite scan",
                        "./slipway evidence push FILE --kind sarif --sha " + verified + " --suite scan");

        send(verified, "sarif", warnings(1, 0));
        assertThat(service.closed(others.askAgainst(verified, sha, gate(WITHIN, null, "findings.new")))
                        .outcome())
                .as("as it was said")
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void what_fails_for_another_reason_fails_without_a_baseline_too() throws Exception {
        String sha = RunningValidation.commit();
        send(sha, "sarif", warnings(1, 0));

        assertThat(service.closed(others.ask(sha, gate(WITHIN, null, "findings.new", "findings.warning")))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void reports_go_when_no_release_needs_them_any_more_and_what_went_is_told_and_not_judged_again() throws Exception {
        String first = RunningValidation.commit();
        send(first, "sarif", warnings(7, 0));
        QuestionKey before = others.ask(first, gate(WITHIN, WithoutBaseline.RECORD, "findings.new"));
        assertThat(service.closed(before).outcome()).isEqualTo(Outcome.PASSED);
        String second = RunningValidation.commit();
        send(second, "sarif", warnings(7, 70));
        QuestionKey after = others.askAgainst(first, second, gate(WITHIN, null, "findings.new"));
        assertThat(service.closed(after).outcome()).isEqualTo(Outcome.PASSED);
        Digest old = Digest.of(warnings(7, 0));
        EvidenceBytes bytes = service.bean(EvidenceBytes.class);
        over(first);
        over(second);

        assertThat(needsNoMore(before).reports()).isEqualTo(1);
        service.bean(EvidenceExpiry.class).expire();
        assertThat(bytes.find(old)).as("a later release was compared with it").isPresent();
        assertThat(bytes.goneOf(old)).isEmpty();

        EvidenceForgotten told = needsNoMore(after);
        assertThat(told.reports()).isEqualTo(2);
        service.bean(EvidenceExpiry.class).expire();
        assertThat(bytes.find(old)).isEmpty();
        assertThat(bytes.find(Digest.of(warnings(7, 70)))).isEmpty();

        JsonNode chain = service.json("/api/v1/applications/hello/verdicts?verify=true&release=" + after.release());
        assertThat(chain.path("faults")).isEmpty();
        assertThat(chain.path("records")).hasSize(1);
        assertThat(chain.path("gone")).hasSize(2);
        assertThat(chain.at("/gone/0/kind").asString()).isEqualTo("sarif");
        assertThat(chain.at("/gone/0/rule").asString()).isEqualTo("evidence: 400 days");
        HttpResponse<String> report = service.get("/api/v1/applications/hello/evidence/" + old.value(), "operator");
        assertThat(report.statusCode()).isEqualTo(410);
        assertThat(report.body()).contains("report %s went on".formatted(old), "by retention (evidence: 400 days)");
        JsonNode why = service.json("/api/v1/applications/hello/gates/scan?release=" + after.release());
        assertThat(why.at("/sources/0/trouble").asString()).contains("went on", "by retention (evidence: 400 days)");
        assertThat(needsNoMore(after)).as("asked again it is answered the same").isEqualTo(told);
    }

    private static EvidenceForgotten needsNoMore(QuestionKey of) {
        String release = of.release().value();
        int heard = service.topics()
                .heard(ValidationTypes.EVIDENCE_FORGOTTEN, release, EvidenceForgotten.class)
                .size();
        service.topics()
                .say(
                        Topics.VALIDATION_COMMANDS,
                        release,
                        ValidationTypes.FORGET_EVIDENCE,
                        new ForgetEvidence(new QuestionKey(of.release(), "retention", 1), "evidence: 400 days"));
        return await().atMost(PATIENCE)
                .until(
                        () -> service.topics()
                                .heard(ValidationTypes.EVIDENCE_FORGOTTEN, release, EvidenceForgotten.class),
                        all -> all.size() > heard)
                .getLast();
    }

    /** As after a month without news: the revision is over, and what no verdict rests on is let go of. */
    private static void forget(String sha) {
        over(sha);
        service.bean(EvidenceExpiry.class).expire();
        assertThat(service.bean(EvidenceBytes.class)
                        .find(Digest.of(warnings(OLD, 0).getBytes(StandardCharsets.UTF_8))))
                .as("the last verified release rests on it")
                .isPresent();
    }

    @SuppressWarnings("unchecked")
    private static void over(String sha) {
        ResolvableType type =
                ResolvableType.forClassWithGenerics(Aggregates.class, RevisionState.class, RevisionInput.class);
        Aggregates<RevisionState, RevisionInput> revisions = (Aggregates<RevisionState, RevisionInput>)
                service.context().getBeanProvider(type).getObject();
        String revision = "hello@" + sha;
        await().atMost(PATIENCE).until(() -> {
            revisions.submit(revision, new RevisionInput.Expired(), Cause.of("user:cy@example.test"));
            return revisions.find(revision).orElseThrow().state().expired();
        });
    }

    private static Gate gate(Duration within, @Nullable WithoutBaseline baseline, String... none) {
        return Gates.none("sarif", within, baseline, none);
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
        service.accepted(sha, "&kind=%s&suite=scan".formatted(kind), body.getBytes(StandardCharsets.UTF_8));
    }
}
