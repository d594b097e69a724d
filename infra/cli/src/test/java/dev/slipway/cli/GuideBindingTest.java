package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.guide.PolicyGuide;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.Proposing;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a line of each kind is answered by under a policy that has a gate for it, without a question or as the first choice of
 * one, and under the same policy without that gate.
 */
class GuideBindingTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Staging Deployment | 1. Deploy to isolated staging environment | gate:isolated | action:stage",
                "Staging Deployment | 1. Deploy to the staging environment | action:stage | action:stage",
                "Configuration Review | 1. Validate all system configurations | gate:configuration | duty:devops",
                "Configuration Review | 1. Review deployment scripts | approval:paths | duty:devops",
                "Configuration Review | 1. Have the deployment scripts reviewed by somebody else | approval:paths | duty:devops",
                "Merge Validation | 1. Conduct final code review | approval:required | approval:required",
                "Merge Validation | 1. Verify CI/CD pipeline success | gate:checks | gate:check-build",
                "Pull Request Process | - CI/CD Checks: Must pass all workflows | gate:checks | value:checks",
                "Release Overview | - Version: 1.0.0 | gate:version | nothing",
                "Release Candidate Criteria | - Comprehensive documentation | gate:links | duty:support",
                "Merge and Deployment | 1. Tag the release | gate:tagged | action:tag",
                "Rollback and Contingency | - Minimal disruption commitment | document:report | document:report",
            })
    void a_line_is_answered_by_what_looks_itself_where_the_policy_has_that(
            String heading, String line, String with, String without) {
        assertThat(answer(DemoPolicy.sample(), heading, line)).isEqualTo(with);
        assertThat(answer(older(), heading, line)).startsWith(without);
    }

    /** Shares are judged in a canary alone. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"strategy: canary, action:deploy", "strategy: all-at-once, duty:technical-lead"})
    void what_is_gradual_is_done_by_a_rollout_in_shares(String strategy, String answer) {
        String yaml = DemoPolicy.sample().replace("strategy: canary", strategy);

        String said = answer(
                strategy.endsWith("canary")
                        ? yaml
                        : yaml.replaceAll("(?m)^    (steps|canary): .*\n(             .*\n)?", ""),
                "Production Readiness",
                "1. Gradual system validation");

        assertThat(said).isEqualTo(answer);
    }

    /** The sample's policy as it would be without gates over files, tags, isolation and all checks, and reviewers of files. */
    private static String older() {
        return DemoPolicy.sample()
                .replaceAll("(?s)  - \\{id: version,.*?(?=  - \\{id: merge)", "")
                .replaceAll("(?m)^  - \\{id: (isolated|tagged),.*\n", "")
                .replaceAll(", paths: \\[\\{.*?}]", "")
                .replaceAll("checks: \\{.*}", "checks: [build, unit-tests]");
    }

    private String answer(String yaml, String heading, String line) {
        Policy policy = PolicyCheck.of(folder.resolve("slipway.yaml"), yaml).policy();
        PolicyGuide guide = PolicyGuide.of(
                "RELEASE.md",
                Proposing.of(GuideFile.parse("RELEASE.md", "# Release\n\n## %s\n%s\n".formatted(heading, line))),
                policy);
        GuideAnswer bound =
                guide.lines().stream().map(GuideLine::answer).findFirst().orElseThrow();
        return bound.by() == By.UNANSWERED
                ? guide.questions().getFirst().proposed()
                : bound.by() == By.NOTHING
                        ? "nothing"
                        : bound.by().name().toLowerCase(Locale.ROOT) + ":" + bound.name();
    }
}
