package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline run for a revision, as it ended or as it begins. Its natural keys are the CloudEvent that told of it and, where CI says which
 * attempt it was, (check, run, attempt).
 *
 * @param name of the check, 1 to 200 characters
 * @param event source and id of the CloudEvent, 1 to 600 characters
 * @param run which run of the pipeline, the same for each of its attempts, 1 to 600 characters; null if unknown
 * @param attempt 1 for a run's first attempt, rising when it is repeated; null if unknown
 * @param at when the run finished, as CI says; at the latest when it was told of
 * @param by who published it
 * @param standing what it is beside succeeded and failed; null for these, and in checks from before there was anything else
 */
public record Check(
        String name,
        boolean succeeded,
        String event,
        @Nullable String run,
        @Nullable Integer attempt,
        Instant at,
        String by,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Standing standing)
        implements Arrival {
    /** What a run is that has neither succeeded nor failed. */
    public enum Standing {
        /** It has begun, or waits for its turn, and nobody has said how it ended. */
        PENDING,
        /** It has ended and says nothing: it was skipped, or has no opinion. */
        NEUTRAL,
        /** Something that a newer version knows: never a pass. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    private static final int EVENT_CHARS_MAX = 600;

    public Check {
        Texts.requireLength("check", name, 1, 200);
        Texts.requireLength("The event's source and id", event, 1, EVENT_CHARS_MAX);
        if (run != null) {
            Texts.requireLength("The run's id", run, 1, EVENT_CHARS_MAX);
        }
        if (attempt != null && attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, is " + attempt);
        }
        if (succeeded && standing != null) {
            throw new IllegalArgumentException("a check that succeeded is nothing else beside");
        }
    }

    /** One that has succeeded or failed. */
    public Check(
            String name,
            boolean succeeded,
            String event,
            @Nullable String run,
            @Nullable Integer attempt,
            Instant at,
            String by) {
        this(name, succeeded, event, run, attempt, at, by, null);
    }

    /** Whether it has not ended. */
    @JsonIgnore
    public boolean isPending() {
        return standing == Standing.PENDING;
    }

    /** Whether it has ended without a word for or against the revision. */
    @JsonIgnore
    public boolean isNeutral() {
        return standing == Standing.NEUTRAL;
    }

    /** A clock ahead of ours would win over every later run. */
    Check notAfter(Instant arrival) {
        return at.isAfter(arrival) ? new Check(name, succeeded, event, run, attempt, arrival, by, standing) : this;
    }

    /** Whether both tell of the same fact. */
    boolean sameFactAs(Check other) {
        return event.equals(other.event)
                || (isPending() == other.isPending() && attempt != null && isOfTheAttempt(other));
    }

    /** Whether this is how that one ended, or the other way round: of a run that is named without attempts it is. */
    boolean endsOrBegins(Check other) {
        return isPending() != other.isPending() && isOfTheAttempt(other);
    }

    private boolean isOfTheAttempt(Check other) {
        return run != null
                && name.equals(other.name)
                && run.equals(other.run)
                && Objects.equals(attempt, other.attempt);
    }

    /** What its attempts have in common; without a run each event is one of its own. */
    String runOrEvent() {
        return run == null ? event : run;
    }

    int attemptOrNone() {
        return attempt == null ? 0 : attempt;
    }
}
