package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to a revision. */
public sealed interface RevisionInput {
    /**
     * A push was kept and read.
     *
     * @param files what each of its files says, in the order of the evidence's; some may have been counted before
     */
    record EvidenceArrived(Evidence evidence, List<File> files) implements RevisionInput {
        /** One report of a push. */
        public record File(Digest digest, Facts facts) {}

        public EvidenceArrived {
            files = List.copyOf(files);
        }

        /** A push of one report. */
        public EvidenceArrived(Evidence evidence) {
            this(
                    evidence,
                    evidence.files().isEmpty() ? List.of() : List.of(new File(evidence.digest(), evidence.facts())));
        }

        @JsonCreator
        static EvidenceArrived told(
                @JsonProperty("evidence") Evidence evidence, @JsonProperty("files") @Nullable List<File> files) {
            return files == null ? new EvidenceArrived(evidence) : new EvidenceArrived(evidence, files);
        }
    }

    /** A report came that could not be read. */
    record UnreadableArrived(Unreadable report) implements RevisionInput {}

    /** A pipeline run finished. */
    record CheckArrived(Check check) implements RevisionInput {}

    /** An assessment wants to know what is here, now and at each arrival. */
    record Subscribed(String assessment) implements RevisionInput {}

    /** An assessment is at its end. */
    record Unsubscribed(String assessment) implements RevisionInput {}

    /** Nothing has arrived for so long that nobody waits any more. */
    record Expired() implements RevisionInput {}
}
