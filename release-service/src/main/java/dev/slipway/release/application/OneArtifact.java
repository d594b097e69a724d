package dev.slipway.release.application;

import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.Cause;
import java.util.Optional;

/**
 * A program is one file: its command names one {@code {artifact}}, and one is fetched, started and verified. Of several
 * only the first would run, so a proposal of several is refused rather than released by its first.
 */
public final class OneArtifact {
    public static final String KIND = "several-artifacts";

    public static final int COUNT = 1;

    private OneArtifact() {}

    /** Why it cannot be released, in words. */
    public static Optional<String> refusal(Proposal proposal) {
        int artifacts = proposal.artifacts().size();
        return artifacts == COUNT
                ? Optional.empty()
                : Optional.of(
                        "A release has one artifact, and this proposal names %d: only one can be deployed. Pack them into one file, or propose one application for each."
                                .formatted(artifacts));
    }

    static Optional<Cause> cause(Proposal proposal) {
        return refusal(proposal)
                .map(text -> new Cause(
                        KIND, text, Integer.toString(proposal.artifacts().size()), "1"));
    }
}
