package dev.slipway.contracts.notification;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;

/**
 * Status of one conversation: what one contact has been told about one release over one channel.
 *
 * @param contact the contact's name
 * @param address Slack channel or email address
 * @param plannedUpTo index of the last milestone for which everything that must be sent is planned; 0 for none
 * @param delivered deliveries that the other side accepted
 * @param undeliverable deliveries given up
 */
public record DeliveryStatus(
        ReleaseId release,
        String contact,
        Channel channel,
        String address,
        int plannedUpTo,
        int delivered,
        int undeliverable) {
    public DeliveryStatus {
        Texts.requirePresent("release", release);
        Texts.requirePresent("contact", contact);
        Texts.requirePresent("channel", channel);
        Texts.requirePresent("address", address);
        Ranges.require("plannedUpTo", plannedUpTo, 0, Integer.MAX_VALUE);
        Ranges.require("delivered", delivered, 0, Integer.MAX_VALUE);
        Ranges.require("undeliverable", undeliverable, 0, Integer.MAX_VALUE);
    }
}
