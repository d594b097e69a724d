package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application as the API lists it ({@code GET /api/v1/applications}).
 *
 * @param policyHash of the policy in force; null until one is put
 * @param releases how many there have been
 * @param removed by whom, why and when it was removed, which leaves its history; null while it is there
 * @param onTheirWay releases that have not ended, oldest first
 */
public record ApplicationView(
        ApplicationName application,
        @Nullable String policyHash,
        long releases,
        List<ReleaseId> onTheirWay,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Removed removed) {
    public ApplicationView {
        onTheirWay = List.copyOf(onTheirWay);
    }

    /** One that is there. */
    public ApplicationView(
            ApplicationName application, @Nullable String policyHash, long releases, List<ReleaseId> onTheirWay) {
        this(application, policyHash, releases, onTheirWay, null);
    }

    /** @param by verified identity, case folded */
    public record Removed(String by, String reason, Instant at) {}
}
