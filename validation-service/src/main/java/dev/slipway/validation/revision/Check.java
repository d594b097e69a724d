package dev.slipway.validation.revision;

import dev.slipway.contracts.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One finished pipeline run for a revision. Its natural keys are the CloudEvent that told of it and, where CI says which
 * attempt it was, (check, run, attempt).
 *
 * @param name of the check, 1 to 200 characters
 * @param event source and id of the CloudEvent, 1 to 600 characters
 * @param run which run of the pipeline, the same for each of its attempts, 1 to 600 characters; null if unknown
 * @param attempt 1 for a run's first attempt, rising when it is repeated; null if unknown
 * @param at when the run finished, as CI says; at the latest when it was told of
 * @param by who published it
 */
public record Check(
        String name,
        boolean succeeded,
        String event,
        @Nullable String run,
        @Nullable Integer attempt,
        Instant at,
        String by)
        implements Arrival {
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
    }

    /** A clock ahead of ours would win over every later run. */
    Check notAfter(Instant arrival) {
        return at.isAfter(arrival) ? new Check(name, succeeded, event, run, attempt, arrival, by) : this;
    }

    /** Whether both tell of the same fact. */
    boolean sameFactAs(Check other) {
        return event.equals(other.event)
                || (run != null
                        && attempt != null
                        && name.equals(other.name)
                        && run.equals(other.run)
                        && attempt.equals(other.attempt));
    }

    /** What its attempts have in common; without a run each event is one of its own. */
    String runOrEvent() {
        return run == null ? event : run;
    }

    int attemptOrNone() {
        return attempt == null ? 0 : attempt;
    }
}
