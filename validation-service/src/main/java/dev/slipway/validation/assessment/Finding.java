package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.rule.Reading;
import java.time.Instant;
import java.util.List;

/**
 * What was found about a gate.
 *
 * @param verdict what the gate says with this, at the latest at its deadline
 * @param settled whether it can no longer change, whatever else comes while the assessment is open
 * @param observed observed values in one line, cut at 1,000 characters
 * @param cause why, in one sentence for a person, cut at 500 characters
 * @param inputs digests of the reports that were looked at
 * @param baseline digests of those that they were compared with
 * @param readings what servers that collect metrics have answered
 * @param compared in which of the ways of {@link Comparing} that was done when it was done, however long ago; {@link
 *     Comparing#BY_MESSAGE} of what an earlier version compared, and of what was compared with nothing
 * @param arrivals when those of the inputs came, then those of the baseline, as in {@link Arrived}
 * @param reader by which version reports were read, as in {@link SuiteFacts}; 0 where there are none
 */
public record Finding(
        Verdict verdict,
        boolean settled,
        String observed,
        String cause,
        List<Digest> inputs,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Digest> baseline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Reading> readings,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int compared,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Instant> arrivals,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int reader) {
    private static final int OBSERVED_CHARS_MAX = 1_000;
    private static final int CAUSE_CHARS_MAX = 1_500;

    public Finding {
        observed = cut(observed, OBSERVED_CHARS_MAX);
        cause = cut(cause, CAUSE_CHARS_MAX);
        inputs = List.copyOf(inputs);
        baseline = List.copyOf(baseline);
        readings = List.copyOf(readings);
        arrivals = List.copyOf(arrivals);
    }

    /** Beside which nothing stands that was there before, and which no server answered. */
    public Finding(Verdict verdict, boolean settled, String observed, String cause, List<Digest> inputs) {
        this(verdict, settled, observed, cause, inputs, List.of(), List.of(), Comparing.BY_MESSAGE, List.of(), 0);
    }

    static Finding passed(String observed, String cause) {
        return new Finding(Verdict.PASSED, true, observed, cause, List.of());
    }

    /** It passes with what has come so far; what comes while the assessment is open may still take that back. */
    static Finding passing(String observed, String cause) {
        return new Finding(Verdict.PASSED, false, observed, cause, List.of());
    }

    static Finding failed(String observed, String cause) {
        return new Finding(Verdict.FAILED, true, observed, cause, List.of());
    }

    /** Not as it should be, but it may still become so; failed at the deadline. */
    static Finding failing(String observed, String cause) {
        return new Finding(Verdict.FAILED, false, observed, cause, List.of());
    }

    /** Nothing is known yet; inconclusive at the deadline. */
    static Finding unknown(String observed, String cause) {
        return new Finding(Verdict.INCONCLUSIVE, false, observed, cause, List.of());
    }

    /** It can never be known. */
    static Finding unknowable(String cause) {
        return new Finding(Verdict.INCONCLUSIVE, true, "", cause, List.of());
    }

    /** It can never be known, though something was seen. */
    static Finding unknowable(String observed, String cause) {
        return new Finding(Verdict.INCONCLUSIVE, true, observed, cause, List.of());
    }

    /** Whether nothing but observed values differs, and both may still change. */
    boolean saysTheSameAs(Finding other) {
        return !settled
                && !other.settled
                && verdict == other.verdict
                && cause.equals(other.cause)
                && inputs.equals(other.inputs)
                && baseline.equals(other.baseline)
                && compared == other.compared
                && arrivals.equals(other.arrivals)
                && reader == other.reader;
    }

    Finding from(Arrived reports) {
        return from(reports, reader);
    }

    Finding from(SuiteFacts suite) {
        return from(suite.arrived(), suite.reader());
    }

    private Finding from(Arrived reports, int by) {
        return new Finding(
                verdict, settled, observed, cause, reports.digests(), baseline, readings, compared, reports.at(), by);
    }

    /** What those that it is from were compared with. */
    Finding against(Arrived before, int way) {
        Arrived all = Arrived.first(inputs, arrivals).and(before);
        return new Finding(
                verdict, settled, observed, cause, inputs, before.digests(), readings, way, all.at(), reader);
    }

    Finding read(List<Reading> answered) {
        return new Finding(verdict, settled, observed, cause, inputs, baseline, answered, compared, arrivals, reader);
    }

    private static String cut(String text, int charsMax) {
        return text.length() > charsMax ? text.substring(0, charsMax - 1) + "…" : text;
    }
}
