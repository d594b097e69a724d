package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an announcement that the policy asks for is ({@code GET /api/v1/releases/{id}/announcements}).
 *
 * @param id as the policy calls it
 * @param to addresses, or Slack channels
 * @param after the end of which it tells, {@code COMPLETED} or {@code ROLLED_BACK}
 * @param reviewedBy the role whose yes it needs; null where nobody's
 * @param subject of the text that is sent, or would be by what is known now
 * @param text likewise
 * @param digest of both: what a review is a yes to
 * @param reviews all, of whichever text, oldest first
 * @param proofs one for each receiver whose server has accepted it
 */
public record AnnouncementState(
        String id,
        Channel channel,
        List<String> to,
        String after,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reviewedBy,
        State state,
        String subject,
        String text,
        Digest digest,
        List<AnnouncementReview> reviews,
        List<AnnouncementProof> proofs) {
    public AnnouncementState {
        to = List.copyOf(to);
        reviews = List.copyOf(reviews);
        proofs = List.copyOf(proofs);
    }

    /** How far it is. */
    public enum State {
        /** The release has not ended: it is sent to nobody. */
        DRAFT,
        /** It is written, and its role has not said yes to this text. */
        AWAITS_REVIEW,
        /** It is on its way to some. */
        SENDING,
        /** Every receiver's server has accepted it. */
        SENT,
        /** Nothing more is tried, and it did not reach all. */
        UNDELIVERABLE,
        /** The release came to another end. */
        NOT_SENT,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * A person's yes to a text.
     *
     * @param digest which text
     * @param by their verified email
     */
    public record AnnouncementReview(Digest digest, String by, Instant at) {}

    /**
     * That a receiver's server has accepted the text.
     *
     * @param to whom
     * @param digest of what was sent
     * @param answer by which the server knows the message: a mail's Message-ID, Slack's timestamp
     */
    public record AnnouncementProof(String to, Digest digest, String answer, Instant at) {}

    /** What somebody says yes to: exactly this text of exactly this release. */
    public record AnnouncementReviewRequest(Digest digest, Sha sha, List<String> digests, String policyHash) {
        public AnnouncementReviewRequest {
            Texts.requirePresent("digest", digest);
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            digests = List.copyOf(digests);
        }
    }
}
