package dev.slipway.validation.revision;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Facts;
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
     * @param suites what was reported, summed per kind and suite
     * @param checks the latest run of each
     */
    public record RevisionStatus(String revision, List<SuiteFacts> suites, List<Check> checks) {
        public RevisionStatus {
            suites = List.copyOf(suites);
            checks = List.copyOf(checks);
        }
    }

    /**
     * All reports of one kind and suite together.
     *
     * @param facts their sum
     * @param digests of each, in order of arrival
     * @param unreadable why the newest of them cannot be read; null if all can
     */
    public record SuiteFacts(
            String kind,
            @Nullable String suite,
            Facts facts,
            List<Digest> digests,
            @Nullable String unreadable) {
        public SuiteFacts {
            digests = List.copyOf(digests);
        }
    }
}
