package dev.slipway.validation.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.revision.Check;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every check that has reported for a revision has to have passed: which that are, and when nobody can say. */
final class AllChecksTest {
    private static Gate all(int atLeast) {
        return Asking.gate("checks", null, List.of(), Gate.allChecks(atLeast), List.of());
    }

    private static Check passed(String name) {
        return new Check(name, true, "passed " + name, null, null, Asking.NOW, "cy");
    }

    private static Check failed(String name) {
        return new Check(name, false, "failed " + name, null, null, Asking.NOW, "cy");
    }

    private static Check standing(String name, Check.Standing standing) {
        return new Check(name, false, standing + " " + name, null, null, Asking.NOW, "cy", standing);
    }

    private static Check running(String name) {
        return standing(name, Check.Standing.PENDING);
    }

    private static Check skipped(String name) {
        return standing(name, Check.Standing.NEUTRAL);
    }

    private static Finding finding(int atLeast, Check... checks) {
        return CheckFindings.of(all(atLeast), Asking.SHA, List.of(checks));
    }

    @Test
    void each_has_to_have_passed_and_what_was_skipped_is_no_matter() {
        Finding finding = finding(1, passed("build"), passed("lint"), skipped("docs"));

        assertThat(finding.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding.settled()).as("another one may still fail").isFalse();
        assertThat(finding.cause())
                .isEqualTo("Every check that has reported for %s has passed: build, lint; skipped: docs"
                        .formatted(Asking.SHA.brief()));
        assertThat(finding.observed()).isEqualTo("2 succeeded, 0 failed, 1 skipped, 0 running");
    }

    @Test
    void one_that_failed_fails_it_and_is_named_though_others_still_run() {
        Finding finding = finding(1, passed("build"), failed("lint"), failed("e2e"), running("docs"));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding.cause()).isEqualTo("2 checks failed: e2e, lint; a repeated run may succeed");
    }

    @Test
    void one_that_still_runs_is_waited_for_and_passes_nothing() {
        Finding finding = finding(1, passed("build"), running("e2e"));

        assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding.cause()).isEqualTo("Waits for checks that still run: e2e");
        assertThat(finding(1, passed("build"), standing("new", Check.Standing.UNKNOWN))
                        .verdict())
                .as("what a newer version knows is no pass")
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void where_none_or_too_few_are_known_nobody_can_say() {
        assertThat(finding(1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding(1, skipped("docs")).cause())
                .contains("0 checks succeeded", "1 at least are wanted", "skipped, which shows nothing: docs");
        assertThat(finding(3, passed("a"), passed("b"), skipped("c")).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding(3, passed("a"), passed("b"), passed("c")).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_check_by_its_name_is_not_waited_for_by_what_has_begun_again() {
        Gate build = Asking.check("build");

        assertThat(CheckFindings.of(build, Asking.SHA, List.of(passed("build"), running("build")))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(CheckFindings.of(build, Asking.SHA, List.of(running("build")))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(CheckFindings.of(build, Asking.SHA, List.of(skipped("build")))
                        .verdict())
                .as("one that is named has to succeed")
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void an_assessment_hears_of_all_of_them_and_decides_when_nothing_is_waited_for() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                Asking.asked(all(2)).when(seen(1, passed("build"), running("e2e")), Asking.NOW);
        assertThat(verdict(Asking.status(scenario)).complete()).isFalse();

        scenario.when(seen(2, passed("build"), passed("e2e")), Asking.NOW);
        assertThat(verdict(Asking.status(scenario)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict(Asking.status(scenario)).rule())
                .isEqualTo("every check that reports has passed, 2 at least");
    }

    private static RevisionSeen seen(long version, Check... checks) {
        return new RevisionSeen(Asking.REVISION, version, List.of(), Arrays.asList(checks));
    }

    private static GateVerdict verdict(AssessmentStatus status) {
        return status.gates().getFirst();
    }
}
