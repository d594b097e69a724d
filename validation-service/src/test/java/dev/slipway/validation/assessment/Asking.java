package dev.slipway.validation.assessment;

import static dev.slipway.testkit.CoreScenario.givenNew;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.messaging.Message;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.Check;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about gates, and what may come for them. */
final class Asking {
    static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    static final Duration WITHIN = Duration.ofMinutes(30);
    static final Instant DEADLINE = NOW.plus(WITHIN);
    static final Sha SHA = new Sha("a".repeat(40));
    static final String REVISION = "hello@" + SHA.value();
    static final String ID = "hello@1.0.0/assess-pre-release/1";
    static final Assessment CORE = new Assessment(new Assessment.Rhythm(
            List.of("junit", "sarif", "k6", "cyclonedx", "checksums", "signature"),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5)));

    private Asking() {}

    static CoreScenario<AssessmentState, AssessmentInput> asked(Gate... gates) {
        return givenNew(CORE, ID).when(new Asked(question(URI.create("http://127.0.0.1:1/"), gates)), NOW);
    }

    static Assess question(@Nullable URI address, Gate... gates) {
        return new Assess(
                QuestionKey.parse(ID),
                new ApplicationName("hello"),
                SHA,
                List.of(),
                Stage.PRE_RELEASE,
                List.of(gates),
                new Policy.Source("file:/repository", "production", "main"),
                address,
                NOW);
    }

    static RevisionSeen seen(long version, SuiteFacts... suites) {
        return new RevisionSeen(REVISION, version, List.of(suites), List.of());
    }

    static RevisionSeen checks(long version, String name, boolean succeeded) {
        return new RevisionSeen(
                REVISION, version, List.of(), List.of(new Check(name, succeeded, "event", null, null, NOW, "cy")));
    }

    static SuiteFacts suite(long total, long failed) {
        Facts facts = new Facts(List.of(Fact.count("tests.total", total), Fact.count("tests.failed", failed)));
        return new SuiteFacts("junit", "unit", facts, List.of(new Digest("sha256:" + "1".repeat(64))), null);
    }

    static Gate tests() {
        return gate(
                "unit-tests",
                "junit",
                List.of(new Threshold("tests.total", ">= 1"), new Threshold("tests.failed", "0")),
                null,
                List.of());
    }

    static Gate check(String name) {
        return gate("check-" + name, null, List.of(), "required-check:" + name, List.of());
    }

    static Gate merge() {
        return gate("merge", null, List.of(), "merge", List.of());
    }

    static Gate smoke() {
        return gate("smoke", null, List.of(), null, List.of(new HttpProbe("/", 200, null, List.of())));
    }

    static Gate gate(
            String id, @Nullable String evidence, List<Threshold> rule, @Nullable String check, List<HttpProbe> http) {
        String suite = evidence == null ? null : "unit";
        return new Gate(id, "", Stage.PRE_RELEASE, evidence, suite, rule, null, check, http, WITHIN);
    }

    static AssessmentStatus closed(AssessmentState state) {
        return ((Closed) state).status();
    }

    static AssessmentStatus status(CoreScenario<AssessmentState, AssessmentInput> scenario) {
        return scenario.messages().stream()
                .map(Message::body)
                .filter(AssessmentStatus.class::isInstance)
                .map(AssessmentStatus.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
