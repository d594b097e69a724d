package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.revision.Check;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.rule.Reading;
import java.util.List;
import java.util.Map;

/** Everything that may happen to an assessment. Gates are named by their place in the question. */
public sealed interface AssessmentInput {
    /** The question, for the first time or again. */
    record Asked(Assess question) implements AssessmentInput {}

    /**
     * What a revision knows: sums per suite, and the latest run of each check.
     *
     * @param comparisons of gates that ask for one, by their place, with what the last verified release rested on
     */
    record RevisionSeen(
            String revision,
            long version,
            List<SuiteFacts> suites,
            List<Check> checks,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<Integer, Comparison> comparisons)
            implements AssessmentInput {
        public RevisionSeen {
            suites = List.copyOf(suites);
            checks = List.copyOf(checks);
            comparisons = Map.copyOf(comparisons);
        }

        /** Where no gate compares. */
        public RevisionSeen(String revision, long version, List<SuiteFacts> suites, List<Check> checks) {
            this(revision, version, suites, checks, Map.of());
        }
    }

    /** A merge was tried. */
    record MergeTried(int gate, MergeAnswer answer) implements AssessmentInput {}

    /**
     * The version under test was asked, or somebody else about it.
     *
     * @param readings of a gate that asks servers that collect metrics, one for each query; then there are no answers
     * @param inputs digests of what was kept of it
     */
    record Probed(
            int gate,
            List<ProbeAnswer> answers,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Reading> readings,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Digest> inputs)
            implements AssessmentInput {
        public Probed {
            answers = List.copyOf(answers);
            readings = List.copyOf(readings);
            inputs = List.copyOf(inputs);
        }

        /** What anything else than a server that collects metrics has answered. */
        public Probed(int gate, List<ProbeAnswer> answers) {
            this(gate, answers, List.of(), List.of());
        }

        /** What servers that collect metrics have answered. */
        public static Probed read(int gate, List<Reading> readings) {
            return new Probed(gate, List.of(), readings, List.of());
        }

        /** What was found while the version was watched. */
        public static Probed watched(int gate, MetricsProber.Found found) {
            return new Probed(gate, found.answers(), List.of(), found.inputs());
        }
    }

    /** Files of the revision were read, or could not be. */
    record FilesRead(int gate, Finding finding) implements AssessmentInput {}

    /** A tracker was asked for its issues, or could not be. */
    record TrackerAsked(int gate, Finding finding) implements AssessmentInput {}

    /** A verdict stands in the evidence chain. */
    record VerdictRecorded(String gate, String hash) implements AssessmentInput {}

    /** A gate's time is over, or the time after its last call. */
    record DeadlineCame() implements AssessmentInput {}

    /** A gate that did work without a settled finding may try again. */
    record RetryDue(int gate) implements AssessmentInput {}

    /** The chain has not answered in a while. */
    record RecordOverdue() implements AssessmentInput {}
}
