package dev.slipway.contracts.notification;

import dev.slipway.contracts.ReleaseId;
import org.jspecify.annotations.Nullable;

/**
 * Asks that what waits or was given up is sent again ({@code POST /api/v1/deliveries/retry}).
 *
 * @param release of this release alone; null for all
 * @param channel over this channel alone; null for both
 * @param delivery this one alone; null for all
 * @param reason for the record, one line
 */
public record RetryRequest(
        @Nullable ReleaseId release,
        @Nullable Channel channel,
        @Nullable String delivery,
        @Nullable String reason) {}
