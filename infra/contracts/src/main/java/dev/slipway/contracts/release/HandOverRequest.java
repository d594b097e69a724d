package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/releases/{id}/hand-over}: what somebody has to answer for is another's from now on.
 *
 * @param to email of a contact of the release's policy
 * @param from email of whose it was; absent for the caller's own. The owner and operators name others
 * @param duty its id; absent for all that is open, and for the release itself where it is theirs
 */
public record HandOverRequest(
        String to,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String from,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String duty,
        String reason) {
    public static final int EMAIL_CHARACTERS_MAX = 254;

    public HandOverRequest {
        Texts.requirePresent("to", to);
        Texts.requirePresent("reason", reason);
        Texts.requireLength("to", to, 1, EMAIL_CHARACTERS_MAX);
        if (from != null) {
            Texts.requireLength("from", from, 1, EMAIL_CHARACTERS_MAX);
        }
    }
}
