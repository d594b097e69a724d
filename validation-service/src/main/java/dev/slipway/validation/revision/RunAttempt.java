package dev.slipway.validation.revision;

import dev.slipway.contracts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a CI something belongs to. Without a run each arrival is a run of its own, ordered by the time of arrival.
 *
 * @param run the same for all jobs of a run and for its repetitions, 1 to 600 characters
 * @param part which of several jobs that each report some of a suite, 1 to 200 characters; null if there is one
 * @param attempt rises when the part is repeated, from 1; null counts as below 1
 */
public record RunAttempt(
        @Nullable String run,
        @Nullable String part,
        @Nullable Long attempt) {
    public static final int RUN_CHARACTERS_MAX = 600;
    public static final int PART_CHARACTERS_MAX = 200;
    public static final RunAttempt UNKNOWN = new RunAttempt(null, null, null);

    public RunAttempt {
        if (run != null) {
            Texts.requireLength("run", run, 1, RUN_CHARACTERS_MAX);
        }
        if (part != null) {
            Texts.requireLength("part", part, 1, PART_CHARACTERS_MAX);
        }
        if (attempt != null && attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, is " + attempt);
        }
        if (run == null && (part != null || attempt != null)) {
            throw new IllegalArgumentException("a part or an attempt needs the run that it is of");
        }
    }

    boolean known() {
        return run != null;
    }

    String partOrWhole() {
        return part == null ? "" : part;
    }

    long attemptOrNone() {
        return attempt == null ? 0 : attempt;
    }

    /** For people: {@code run 17, attempt 2}. */
    @Override
    public String toString() {
        return run == null
                ? "a run without a name"
                : "run " + run + (attempt == null ? "" : ", attempt " + attempt) + (part == null ? "" : ", " + part);
    }
}
