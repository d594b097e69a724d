package dev.slipway.notification.conversation;

import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Task: one attempt to send one delivery.
 *
 * @param id stable over all attempts; the receiver sees it
 * @param thread what the message belongs to, or null if it opens the conversation
 * @param room Slack's own id of the channel, if it is known
 * @param unsure whether an earlier attempt may have been accepted: look first, and send only what is not there
 * @param since when the first attempt began
 */
public record Sending(
        String id,
        int number,
        Form form,
        String release,
        Party party,
        @Nullable String thread,
        @Nullable String room,
        boolean unsure,
        Instant since,
        Content content) {}
