package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.SHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ended well and left no report: {@code gosec -quiet} and clang-tidy where they find nothing. */
final class NoFileTest {
    private static final Digest RECORD = new Digest("sha256:" + "1".repeat(64));

    @ParameterizedTest
    @ValueSource(strings = {"findings.total", "findings.error", "findings.new", "tool.errors"})
    void it_is_no_zero_so_a_gate_over_findings_stays_open_and_says_what_is_missing(String fact) {
        Finding finding = find(0, new Threshold("run.exit", "0"), new Threshold(fact, "0"));

        assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding.cause()).contains("The report says nothing about " + fact);
        assertThat(finding.observed()).isEqualTo("run.exit 0");
        assertThat(finding.inputs()).containsExactly(RECORD);
    }

    @Test
    void a_run_that_ended_badly_fails_without_a_report_and_a_gate_that_asks_for_the_run_alone_passes() {
        assertThat(find(1, new Threshold("run.exit", "0"), new Threshold("findings.total", "0"))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(find(0, new Threshold("run.exit", "0")).verdict())
                .as("who asks for the end of the run alone is told that alone")
                .isEqualTo(Verdict.PASSED);
    }

    private static Finding find(long exit, Threshold... rule) {
        Gate gate = Asking.gate("scan", "sarif", List.of(rule), null, List.of());
        SuiteFacts suite = new SuiteFacts("sarif", gate.suite(), RunRecord.facts(exit), List.of(RECORD), null);
        return Findings.evidence(gate, SHA, List.of(suite));
    }
}
