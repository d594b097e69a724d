package dev.slipway.contracts.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Status of one conversation: what one contact has been told about one release over one channel.
 *
 * @param contact the contact's name
 * @param address Slack channel or email address
 * @param plannedUpTo index of the last milestone for which everything that must be sent is planned; 0 for none
 * @param delivered deliveries that the other side accepted
 * @param undeliverable deliveries given up
 * @param announcement what came of the announcement that it carries; null where it tells of milestones
 */
public record DeliveryStatus(
        ReleaseId release,
        String contact,
        Channel channel,
        String address,
        int plannedUpTo,
        int delivered,
        int undeliverable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Announcement announcement) {
    /**
     * What came of an announcement.
     *
     * @param id as the policy calls it
     * @param digest of what was sent, made of it again by whoever sent it
     * @param answer by which the other side knows the message that it accepted; null where it accepted none
     * @param at when it did, or nothing more was tried
     */
    public record Announcement(
            String id,
            Digest digest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String answer,

            Instant at) {
        public Announcement {
            Texts.requirePresent("id", id);
            Texts.requirePresent("digest", digest);
            Texts.requirePresent("at", at);
        }
    }

    /** Of milestones, as most are. */
    public DeliveryStatus(
            ReleaseId release,
            String contact,
            Channel channel,
            String address,
            int plannedUpTo,
            int delivered,
            int undeliverable) {
        this(release, contact, channel, address, plannedUpTo, delivered, undeliverable, null);
    }

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
