package dev.slipway.contracts.notification;

import java.util.List;

/**
 * What is sent again.
 *
 * @param count deliveries that are on their way now
 * @param deliveries those, as many as one answer holds
 */
public record RetryAnswer(int count, List<DeliveryView> deliveries) {
    public RetryAnswer {
        deliveries = List.copyOf(deliveries);
    }
}
