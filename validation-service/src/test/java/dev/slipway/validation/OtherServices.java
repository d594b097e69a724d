package dev.slipway.validation;

import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.platform.Pace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What CI, release, deployment and gateway say to this service over topics, and what they hear from it. */
final class OtherServices {
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(20));
    private static final AtomicInteger VERSIONS = new AtomicInteger();

    private final Topic topics;
    private final String repository;

    OtherServices(Topic topics, String repository) {
        this.topics = topics;
        this.repository = repository;
    }

    QuestionKey ask(String sha, Gate... gates) {
        return ask(sha, repository, null, gates);
    }

    QuestionKey ask(String sha, String inRepository, @Nullable URI address, Gate... gates) {
        QuestionKey question =
                QuestionKey.parse("hello@1.0.%d/assess-pre-release/1".formatted(VERSIONS.incrementAndGet()));
        say(
                question,
                new Assess(
                        question,
                        new ApplicationName("hello"),
                        new Sha(sha),
                        List.of(),
                        Stage.PRE_RELEASE,
                        List.of(gates),
                        new Policy.Source(inRepository, "production", "main"),
                        address,
                        Instant.now()));
        return question;
    }

    /** Of a release of these artifacts. */
    QuestionKey askOf(List<Artifact> artifacts, String sha, Gate... gates) {
        QuestionKey question =
                QuestionKey.parse("hello@1.0.%d/assess-pre-release/1".formatted(VERSIONS.incrementAndGet()));
        say(
                question,
                new Assess(
                        question,
                        new ApplicationName("hello"),
                        new Sha(sha),
                        artifacts,
                        Stage.PRE_RELEASE,
                        List.of(gates),
                        new Policy.Source(repository, "production", "main"),
                        null,
                        Instant.now()));
        return question;
    }

    /** Of a revision whose application's last verified release was another one. */
    QuestionKey askAgainst(String verified, String sha, Gate... gates) {
        QuestionKey question =
                QuestionKey.parse("hello@1.0.%d/assess-pre-release/1".formatted(VERSIONS.incrementAndGet()));
        Baseline baseline = new Baseline(new ReleaseId("hello@0.9.0"), "0.9.0", new Sha(verified));
        say(
                question,
                new Assess(
                        question,
                        new ApplicationName("hello"),
                        new Sha(sha),
                        List.of(),
                        Stage.PRE_RELEASE,
                        List.of(gates),
                        new Policy.Source(repository, "production", "main"),
                        null,
                        Instant.now(),
                        false,
                        null,
                        baseline));
        return question;
    }

    private void say(QuestionKey question, Assess assess) {
        topics.say(Topics.VALIDATION_COMMANDS, question.release().value(), ValidationTypes.ASSESS, assess);
    }

    /** The answer to the same question, asked once more after the assessment is finished. */
    AssessmentStatus again(QuestionKey question, String sha) {
        int before = answers(question).size();
        say(
                question,
                new Assess(
                        question,
                        new ApplicationName("hello"),
                        new Sha(sha),
                        List.of(),
                        Stage.PRE_RELEASE,
                        List.of(),
                        new Policy.Source(repository, "production", "main"),
                        null,
                        Instant.now()));
        await().atMost(PATIENCE).until(() -> answers(question).size() > before);
        return answers(question).getLast();
    }

    AssessmentStatus answer(QuestionKey question, Predicate<AssessmentStatus> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> answers(question).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    List<AssessmentStatus> answers(QuestionKey question) {
        return topics
                .heard(ValidationTypes.ASSESSMENT_STATUS, question.release().value(), AssessmentStatus.class)
                .stream()
                .filter(status -> status.question().equals(question))
                .toList();
    }

    static boolean isClosed(AssessmentStatus status) {
        return status.outcome() != Outcome.PENDING;
    }

    JudgementStatus judgement(QuestionKey question, Predicate<JudgementStatus> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> judgements(question).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    List<JudgementStatus> judgements(QuestionKey question) {
        return topics.heard(ValidationTypes.JUDGEMENT_STATUS, question.release().value(), JudgementStatus.class);
    }

    void judge(QuestionKey rollout, int step, int percent, long counter) {
        Canary rules = new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                Canary.OnInconclusive.HOLD,
                Duration.ofSeconds(10),
                Canary.Traffic.LIVE,
                new Canary.Guardrails(5.0, List.of()),
                Duration.ofMinutes(10));
        topics.say(
                Topics.VALIDATION_COMMANDS,
                rollout.release().value(),
                ValidationTypes.JUDGE,
                new Judge(
                        rollout,
                        EnvironmentId.parse("hello/production"),
                        rollout.toString(),
                        "hello@1.0.0/production/1",
                        step,
                        percent,
                        Duration.ofSeconds(10),
                        counter,
                        rules));
    }

    void sample(int second, long counter, QuestionKey rollout, int canary, int errors, int baseline) {
        topics.say(
                Topics.TRAFFIC_SAMPLES,
                "hello/production",
                TrafficTypes.SAMPLE,
                new TrafficSample(
                        EnvironmentId.parse("hello/production"),
                        "gateway-1",
                        "boot-1",
                        Instant.parse("2026-01-05T10:00:00Z").plusSeconds(second),
                        counter,
                        List.of(
                                version(rollout.toString(), canary, errors),
                                version("hello@1.0.0/production/1", baseline, 0))));
    }

    private static VersionCounts version(String key, int answers, int errors) {
        List<Long> latency = Collections.nCopies(10, (long) answers / 10);
        Counts counts = new Counts(answers, errors, latency);
        return new VersionCounts(key, counts, counts);
    }

    void checkFinished(String sha, String check, String outcome) {
        topics.say(
                Topics.CI_EVENTS,
                "hello",
                "dev.cdevents.pipelinerun.finished.0.3.0",
                Map.of(
                        "subject", Map.of("content", Map.of("outcome", outcome)),
                        "customData", Map.of("application", "hello", "sha", sha, "check", check)));
    }

    static String freshRelease() {
        return "hello@1.1." + VERSIONS.incrementAndGet();
    }
}
