package dev.slipway.validation.assessment;

import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.revision.Check;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.List;

/** Everything that may happen to an assessment. Gates are named by their place in the question. */
public sealed interface AssessmentInput {
    /** The question, for the first time or again. */
    record Asked(Assess question) implements AssessmentInput {}

    /** What a revision knows: sums per suite, and the latest run of each check. */
    record RevisionSeen(String revision, long version, List<SuiteFacts> suites, List<Check> checks)
            implements AssessmentInput {
        public RevisionSeen {
            suites = List.copyOf(suites);
            checks = List.copyOf(checks);
        }
    }

    /** A merge was tried. */
    record MergeTried(int gate, MergeAnswer answer) implements AssessmentInput {}

    /** The version under test was asked. */
    record Probed(int gate, List<ProbeAnswer> answers) implements AssessmentInput {
        public Probed {
            answers = List.copyOf(answers);
        }
    }

    /** A verdict stands in the evidence chain. */
    record VerdictRecorded(String gate, String hash) implements AssessmentInput {}

    /** A gate's time is over, or the time after its last call. */
    record DeadlineCame() implements AssessmentInput {}

    /** A gate that did work without a settled finding may try again. */
    record RetryDue(int gate) implements AssessmentInput {}

    /** The chain has not answered in a while. */
    record RecordOverdue() implements AssessmentInput {}
}
