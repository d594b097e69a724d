package dev.slipway.release.retention;

import dev.slipway.contracts.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to what is kept of a release. */
public sealed interface KeepingInput {
    /**
     * Somebody keeps all of it until further notice.
     *
     * @param key natural key of the request, or null
     */
    record Hold(String by, String reason, @Nullable String key) implements KeepingInput {
        public Hold {
            Texts.requireLength("reason", reason, 1, 10_000);
        }
    }

    /** Nobody has to keep it any longer. */
    record Lift(String by, String reason, @Nullable String key) implements KeepingInput {
        public Lift {
            Texts.requireLength("reason", reason, 1, 10_000);
        }
    }

    /** Its reports are older than this rule keeps them. */
    record EvidenceDue(String rule) implements KeepingInput {}

    /** No report is kept for it any more. */
    record EvidenceWent(int reports, Instant at) implements KeepingInput {}

    /** The question about its reports is to be asked again. */
    record AskAgain() implements KeepingInput {}

    /**
     * Its record is older than this rule keeps it.
     *
     * @param records how many there are
     * @param end hash of the last one; null where none is chained
     */
    record RecordsDue(String rule, long records, @Nullable String end) implements KeepingInput {}

    /** Its record is gone. */
    record RecordsWent() implements KeepingInput {}
}
