package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A load test, of which there is a summary alone, against the last verified release: beside it the noise of the last runs. */
@Tag("thorough")
final class ComparedPerformanceIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final String NOISE = "the noise of the last 4 runs (±13.84 %)";

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(folder);
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_change_within_the_noise_of_the_last_runs_is_inconclusive_and_one_beyond_it_fails() throws Exception {
        String first = measured(25);
        assertThat(service.closed(others.ask(first, gate(WithoutBaseline.RECORD)))
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        for (double p95 : List.of(25.6, 24.7, 25.3)) {
            AssessmentStatus few = service.closed(others.askAgainst(first, measured(p95), gate(null)));
            assertThat(few.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(few.gates().getFirst().cause()).contains("nobody knows how far runs differ");
        }

        QuestionKey within = others.askAgainst(first, measured(27.5), gate(null));
        AssessmentStatus doubted = service.closed(within);
        assertThat(doubted.outcome()).as(doubted.toString()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(doubted.gates().getFirst().cause())
                .startsWith(
                        "baseline.change 10%, expected baseline.change <= 5%, but what is above the limit is within "
                                + NOISE);

        AssessmentStatus slower = service.closed(others.askAgainst(first, measured(40), gate(null)));
        assertThat(slower.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(slower.gates().getFirst().cause()).contains("beyond the noise of the last 5 runs");

        JsonNode chain = service.verdicts();
        assertThat(chain.path("faults"))
                .as("each comparison gives the same again")
                .isEmpty();
        JsonNode why = service.json("/api/v1/applications/hello/gates/load?release=" + within.release());
        assertThat(why.at("/parts/0/why").asString()).contains("within " + NOISE);
        assertThat(why.path("facts").toString()).contains("baseline.noise", "baseline.beyond", "baseline.runs");
    }

    /** A commit, with the report of its load test. */
    private static String measured(double p95) throws Exception {
        String sha = RunningValidation.commit();
        String report = Files.readString(Path.of("src", "test", "resources", "reports", "every", "vegeta.json"))
                .replace("\"95th\":25000000", "\"95th\":%.0f".formatted(p95 * 1e6))
                .replace("\"99th\":30000000", "\"99th\":40000000");
        service.accepted(sha, "&kind=vegeta&suite=load", report.getBytes(StandardCharsets.UTF_8));
        return sha;
    }

    private static Gate gate(@Nullable WithoutBaseline baseline) {
        return EvidenceGate.of("load", "vegeta", "load")
                .expecting("baseline.change", "<= 5%")
                .without(baseline)
                .within(Pace.patience(Duration.ofSeconds(2)));
    }
}
