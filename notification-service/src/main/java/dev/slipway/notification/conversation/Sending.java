package dev.slipway.notification.conversation;

import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import org.jspecify.annotations.Nullable;

/**
 * Task: one attempt to send one delivery.
 *
 * @param id stable over all attempts; the receiver sees it
 * @param thread what the message belongs to, or null if it opens the conversation
 */
public record Sending(
        String id,
        int number,
        Form form,
        String release,
        Party party,
        @Nullable String thread,
        Content content) {}
