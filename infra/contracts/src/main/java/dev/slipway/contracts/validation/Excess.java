package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;

/**
 * What a version's users had of it that was not well, beyond what the share of the version beside it explains: of every
 * answer from the first second on after which that never fell back to nothing (where a cumulative sum was last at 0) until its
 * last answer. It describes, and decides nothing.
 *
 * @param bad answers of this kind in that time, 1 or more
 * @param answers all answers of the version in that time, as many or more; of slow ones those whose latency is known
 * @param expected how many of them would have been of this kind by the share of the version beside it, 0 or more and less than
 *     {@code bad}, to one decimal; 0 where there is none
 * @param from begin of the first bad second
 * @param to end of the last second in which the version answered anything
 */
public record Excess(Metric metric, long bad, long answers, double expected, Instant from, Instant to) {
    public Excess {
        Texts.requirePresent("metric", metric);
        Texts.requirePresent("from", from);
        Texts.requirePresent("to", to);
        Ranges.require("bad", bad, 1, Long.MAX_VALUE);
        Ranges.require("answers (at least those that are bad)", answers, bad, Long.MAX_VALUE);
        if (!(expected >= 0 && expected < bad)) {
            throw new IllegalArgumentException(
                    "expected must be 0 or more and less than the %d that are bad, is %s".formatted(bad, expected));
        }
    }

    /** How many are beyond what was to be expected, rounded, 0 or more. */
    public long beyond() {
        return Math.round(bad - expected);
    }

    /** Of which kind they are, as in the counts of a side. */
    public enum Metric {
        ERRORS,
        REFUSALS,
        SLOW,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
