package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What revisions and assessments of this service say to each other. Local: never on a topic. */
public final class RevisionMessages {
    public static final String SUBSCRIBE = "dev.slipway.revision.subscribe.v1";
    public static final String UNSUBSCRIBE = "dev.slipway.revision.unsubscribe.v1";
    public static final String CHANGED = "dev.slipway.revision.changed.v1";

    private RevisionMessages() {}

    /** An assessment subscribes to a revision, or ends its subscription; keyed by revision. */
    public record Subscription(String assessment) {}

    /**
     * What a revision knows; keyed by assessment.
     *
     * @param suites what the newest attempt of each kind and suite reported
     * @param checks the latest run of each
     */
    public record RevisionStatus(String revision, List<SuiteFacts> suites, List<Check> checks) {
        public RevisionStatus {
            suites = List.copyOf(suites);
            checks = List.copyOf(checks);
        }
    }

    /**
     * The newest attempt at one kind and suite: all reports of it together.
     *
     * @param facts their sum, and how the run ended
     * @param digests of what they rest on, in order of arrival: reports, and records of runs
     * @param unreadable why the newest of them cannot be read; null if all can
     * @param run which attempt it is, for people; null if its run has no name
     * @param older how many pushes of earlier attempts are on record and do not count
     * @param notes what reading them remarked
     * @param arrivals when those of the digests came, as in {@link Arrived}
     * @param reader the oldest of the versions that the facts were read by, as in {@link Evidence}
     */
    public record SuiteFacts(
            String kind,
            @Nullable String suite,
            Facts facts,
            List<Digest> digests,
            @Nullable String unreadable,
            @Nullable String run,
            int older,
            List<String> notes,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Instant> arrivals,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int reader) {
        public SuiteFacts {
            digests = List.copyOf(digests);
            notes = List.copyOf(notes);
            arrivals = List.copyOf(arrivals);
        }

        /** One attempt that nobody named, alone. */
        public SuiteFacts(
                String kind, @Nullable String suite, Facts facts, List<Digest> digests, @Nullable String unreadable) {
            this(kind, suite, facts, digests, unreadable, null, 0, List.of(), List.of(), 0);
        }

        /** What it rests on, and when that came. */
        public Arrived arrived() {
            return new Arrived(digests, arrivals);
        }

        /** With what a comparison says of the same reports. */
        public SuiteFacts saying(Facts more, List<String> remarks) {
            List<String> all = new ArrayList<>(remarks);
            all.addAll(notes);
            return new SuiteFacts(kind, suite, facts.and(more), digests, unreadable, run, older, all, arrivals, reader);
        }

        /** As the same reports are read by another version; {@code why} where one of them cannot be. */
        public SuiteFacts read(Facts now, @Nullable String why, List<String> remarks, int version) {
            return new SuiteFacts(kind, suite, now, digests, why, run, older, remarks, arrivals, version);
        }

        /** Together with what a report of another kind says about the same. */
        public SuiteFacts beside(SuiteFacts other) {
            Arrived both = arrived().and(other.arrived());
            return new SuiteFacts(
                    kind,
                    suite,
                    facts.plus(other.facts),
                    both.digests(),
                    unreadable,
                    run,
                    older,
                    notes,
                    both.at(),
                    Math.min(reader, other.reader));
        }

        /** As it was said; what earlier versions did not say is absent. */
        @JsonCreator
        static SuiteFacts said(
                @JsonProperty("kind") String kind,
                @JsonProperty("suite") @Nullable String suite,
                @JsonProperty("facts") Facts facts,
                @JsonProperty("digests") List<Digest> digests,
                @JsonProperty("unreadable") @Nullable String unreadable,
                @JsonProperty("run") @Nullable String run,
                @JsonProperty("older") @Nullable Integer older,
                @JsonProperty("notes") @Nullable List<String> notes,
                @JsonProperty("arrivals") @Nullable List<Instant> arrivals,
                @JsonProperty("reader") @Nullable Integer reader) {
            return new SuiteFacts(
                    kind,
                    suite,
                    facts,
                    digests,
                    unreadable,
                    run,
                    older == null ? 0 : older,
                    notes == null ? List.of() : notes,
                    arrivals == null ? List.of() : arrivals,
                    reader == null ? 0 : reader);
        }
    }
}
