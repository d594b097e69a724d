package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.EnvironmentView.Verified;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.ProgramLogView;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.SecretCheck;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import dev.slipway.testkit.openapi.Bound;
import dev.slipway.testkit.openapi.Configured;
import dev.slipway.testkit.openapi.ServiceDescription;
import dev.slipway.testkit.openapi.Told;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dslipway.openapi.rewrite=true} writes the description again after a controller has changed. */
final class OpenApiTest {
    private static final String ENVIRONMENTS = "GET /api/v1/environments";
    private static final String LOGS = "GET /api/v1/environments/{application}/{environment}/logs";
    private static final String SECRETS = "GET /api/v1/environments/{application}/{environment}/secrets";
    private static final ServiceDescription API = ServiceDescription.of(
            "deployment-service",
            "dev.slipway.deployment",
            new DeploymentWiring().accessRules(),
            List.of(
                    Told.of(ENVIRONMENTS, "Shows what serves in each environment, and what is on its way there")
                            .parameter("limit", Bound.range(1, Configured.whole("slipway.environments.page"))),
                    Told.of(LOGS, "Shows what the program of a version wrote, with secrets masked")
                            .refusals(404)
                            .parameter("lines", Bound.range(1, Configured.whole("slipway.logs.lines-max")))
                            .parameter("from", Bound.from(0))
                            .parameter("version", Bound.length(1, 150).and(Bound.matching(Texts.LINE))),
                    Told.of(SECRETS, "Looks whether programs could be started with secrets of these names")
                            .parameter("name", Bound.elements(1, SecretCheck.NAMES_MAX))));

    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");
    private static final Digest DIGEST = Digest.of("artifact");
    private static final URI ADDRESS = URI.create("http://127.0.0.1:4000");
    private static final Resources USED = new Resources(50_000_000, 1.5, 20, 30, 2);
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void the_committed_description_is_that_of_the_controllers() {
        assertThat(API.committed()).isEqualTo(API.made());
    }

    @Test
    void what_is_found_of_a_secret_is_written_as_described() {
        assertThat(API.faults(SECRETS, List.of(new SecretCheck("db", false, "The secret db is not on this machine."))))
                .isEmpty();
    }

    @Test
    void an_environment_with_all_that_it_can_have_is_written_as_described() {
        Verified verified = new Verified("hello@1.0.0", "1.0.0", DIGEST, AT);
        EnvironmentView view = new EnvironmentView(
                PRODUCTION,
                verified,
                rollout(),
                "hello@1.2.0/production/1",
                List.of(new TrafficTable.Share("hello@1.0.0/production/1", "1.0.0", DIGEST, ADDRESS, 100)),
                AT,
                List.of(verified),
                List.of(
                        new Running(
                                "hello@1.0.0/production/1", "1.0.0", Health.RESTARTING, 7, AT, AT, incident(), USED),
                        new Running("hello@1.1.0/production/1", "1.1.0", Health.UP, 0, AT, null, null)),
                USED);

        assertThat(API.faults(ENVIRONMENTS, List.of(view))).isEmpty();
    }

    @Test
    void an_environment_that_has_nothing_yet_is_written_as_described() {
        EnvironmentView view = new EnvironmentView(PRODUCTION, null, null, null, List.of(), AT, List.of());

        assertThat(API.faults(ENVIRONMENTS, List.of(view))).isEmpty();
    }

    @Test
    void lines_of_a_log_are_written_as_described() {
        ProgramLogView view =
                new ProgramLogView(PRODUCTION, new ReleaseId("hello@1.0.0"), "/a/log", true, List.of("a line"), 7, 0);

        assertThat(API.faults(LOGS, view)).isEmpty();
    }

    private static IncidentStatus incident() {
        return new IncidentStatus(
                PRODUCTION,
                new ReleaseId("hello@1.0.0"),
                "1.0.0",
                1,
                IncidentStatus.Kind.CRASH_LOOP,
                AT,
                AT,
                "1.1.0 serves instead of it",
                7,
                new Trouble("killed", 139, "SEGV", 12L, List.of("a line"), "/a/log", "Try: something"),
                true,
                List.of(new Policy.Contact("devops", "Ben", "ben@example.test", "#ops")));
    }

    private static RolloutStatus rollout() {
        QuestionKey question = new QuestionKey(new ReleaseId("hello@1.1.0"), "production", 1);
        SideCounts counts = new SideCounts(40, 1, 2);
        JudgementStatus judgement = new JudgementStatus(
                question,
                PRODUCTION,
                true,
                1,
                new JudgementStatus.Worse("guardrail", "errorRate", "7 %", "5 %"),
                counts,
                counts,
                "");
        return new RolloutStatus(
                question,
                PRODUCTION,
                Phase.RESTORING,
                25,
                2,
                3,
                true,
                ADDRESS,
                new RolloutCause("worse", "It is worse.", "7 %", "5 %"),
                DIGEST,
                "1.0.0",
                judgement,
                List.of("a note"));
    }
}
