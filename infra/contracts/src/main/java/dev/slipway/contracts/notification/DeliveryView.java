package dev.slipway.contracts.notification;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.ReleaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One delivery as the API shows it ({@code GET /api/v1/deliveries}).
 *
 * @param id stable; the receiver sees it too
 * @param milestone kind of the milestone that it tells of
 * @param alert whether it is an alert rather than progress
 * @param attempts so far
 */
public record DeliveryView(
        String id,
        ReleaseId release,
        String contact,
        String role,
        Channel channel,
        String address,
        String milestone,
        boolean alert,
        State state,
        int attempts,
        @Nullable String error,
        Instant at) {

    /** Where a delivery is. */
    public enum State {
        PLANNED,
        SENDING,
        DELIVERED,
        UNDELIVERABLE,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
