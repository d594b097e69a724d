package dev.slipway.release.application;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ci.Proposal;
import java.util.stream.Collectors;

/** What a proposal would ship, in one comparable text. */
final class Content {
    private static final int BRIEF_DIGITS = 32;
    private static final String DECLARED = "as before";

    private Content() {}

    /** Same revision, same digests under the same given names: where the artifacts lie makes no difference. */
    static String of(Proposal proposal) {
        String digests = proposal.artifacts().stream()
                .map(Content::of)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return brief(proposal.sha() + " " + digests + (proposal.forwardOnly() == null ? "" : " forward-only"));
    }

    /** Whether it would ship this. What was declared to go forward only stays so when it is proposed again without saying it. */
    static boolean isOf(Proposal proposal, String content) {
        return content.equals(of(proposal))
                || (proposal.forwardOnly() == null && content.equals(of(proposal.onlyForward(DECLARED))));
    }

    private static String of(Artifact artifact) {
        return artifact.name() == null ? artifact.digest().value() : artifact.name() + "=" + artifact.digest();
    }

    /** The first 32 hexadecimal digits of the SHA-256 of a text. */
    static String brief(String text) {
        return Digest.of(text).hex().substring(0, BRIEF_DIGITS);
    }
}
