package dev.slipway.contracts.notification;

/** Wire names of notification-service's messages. */
public final class NotificationTypes {
    public static final String DELIVERY_STATUS = "dev.slipway.delivery.changed.v1";

    private NotificationTypes() {}
}
