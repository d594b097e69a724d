package dev.slipway.contracts.release;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application as the API lists it ({@code GET /api/v1/applications}).
 *
 * @param policyHash of the policy in force; null until one is put
 * @param releases how many there have been
 * @param onTheirWay releases that have not ended, oldest first
 */
public record ApplicationView(
        ApplicationName application, @Nullable String policyHash, long releases, List<ReleaseId> onTheirWay) {
    public ApplicationView {
        onTheirWay = List.copyOf(onTheirWay);
    }
}
