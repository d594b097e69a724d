package dev.slipway.contracts.release;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A known limitation of a release: a gate that it goes without, said by two people for its sha, digests and policy.
 *
 * @param reason why, in the words of whoever asked for it
 * @param until it counts before production until then
 * @param confirmedBy the second person; null while there is none, and then it does not count
 * @param lapsed whether it was over before production, and so does not count any more
 */
public record WaiverView(
        String gate,
        String reason,
        Instant until,
        String by,
        Instant at,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        boolean lapsed) {

    /**
     * Body of {@code POST /api/v1/releases/{id}/waivers}: what is to be waived, of exactly this.
     *
     * @param confirm whether this is the second person's word; then neither reason nor until is said
     */
    public record WaiverRequest(
            String gate,
            @Nullable String reason,
            @Nullable Instant until,
            @Nullable Boolean confirm,
            Sha sha,
            List<String> digests,
            String policyHash) {
        public WaiverRequest {
            Texts.requirePresent("gate", gate);
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            digests = List.copyOf(digests);
        }
    }
}
