package dev.slipway.contracts.release;

import dev.slipway.contracts.Texts;
import java.time.LocalDate;

/**
 * Body of {@code POST /api/v1/releases/{id}/day}: duties with a time are counted from this day from now on.
 *
 * @param day by the calendar of the policy, such as 2026-12-01
 * @param reason why; must not be blank
 */
public record ReleaseDayRequest(LocalDate day, String reason) {
    public ReleaseDayRequest {
        Texts.requirePresent("day", day);
        Texts.requirePresent("reason", reason);
    }
}
