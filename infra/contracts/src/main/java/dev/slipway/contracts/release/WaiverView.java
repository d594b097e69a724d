package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A known limitation of a release: a gate or duty that it goes without, said by two people for its sha, digests and policy.
 *
 * @param gate id of the gate; a required check is {@code check-} and its name, a duty {@code duty-} and its id
 * @param reason why, in the words of whoever asked for it
 * @param until it counts before production until then
 * @param confirmedBy the second person; null while there is none, and then it does not count
 * @param lapsed whether it was over before production, and so does not count any more
 * @param withdrawn by whom it was taken back, and why; null where nobody did
 */
public record WaiverView(
        String gate,
        String reason,
        Instant until,
        String by,
        Instant at,
        @Nullable String confirmedBy,
        @Nullable Instant confirmedAt,
        boolean lapsed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Withdrawn withdrawn) {

    /** One that nobody took back. */
    public WaiverView(
            String gate,
            String reason,
            Instant until,
            String by,
            Instant at,
            @Nullable String confirmedBy,
            @Nullable Instant confirmedAt,
            boolean lapsed) {
        this(gate, reason, until, by, at, confirmedBy, confirmedAt, lapsed, null);
    }

    /** By whom, why and when it was taken back. */
    public record Withdrawn(String by, String reason, Instant at) {}

    /**
     * Body of {@code POST /api/v1/releases/{id}/waivers}: what is to be waived, of exactly this.
     *
     * @param confirm whether this is the second person's word; then neither reason nor until is said
     * @param withdraw whether it is taken back; then a reason is said, and no until
     */
    public record WaiverRequest(
            String gate,
            @Nullable String reason,
            @Nullable Instant until,
            @Nullable Boolean confirm,
            Sha sha,
            List<String> digests,
            String policyHash,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean withdraw) {
        /** Asks for one, or confirms one. */
        public WaiverRequest(
                String gate,
                @Nullable String reason,
                @Nullable Instant until,
                @Nullable Boolean confirm,
                Sha sha,
                List<String> digests,
                String policyHash) {
            this(gate, reason, until, confirm, sha, digests, policyHash, null);
        }

        public WaiverRequest {
            Texts.requirePresent("gate", gate);
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            digests = List.copyOf(digests);
        }
    }
}
