package dev.slipway.platform.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message in a channel, as it reads now.
 *
 * @param seq rises with every arrival and every update, over all of the inbox
 * @param ts Slack's id of a message within its channel: seconds and microseconds
 * @param threadTs the message that this one answers
 * @param blocks Slack's blocks as they were sent
 * @param metadata Slack's event_type and event_payload as they were sent
 */
record SlackMessage(
        long seq,
        String channel,
        String ts,
        @Nullable String threadTs,
        String text,
        @Nullable JsonNode blocks,
        @Nullable JsonNode metadata,
        @Nullable String clientMessageId,
        Instant at,
        @Nullable Instant updatedAt)
        implements Arrival {

    /** What a call says a message should look like. */
    record Content(
            String text,
            @Nullable JsonNode blocks,
            @Nullable JsonNode metadata) {}

    @Override
    public String key() {
        return channel + "/" + ts;
    }

    SlackMessage updated(long newSeq, Content content, Instant now) {
        return new SlackMessage(
                newSeq,
                channel,
                ts,
                threadTs,
                content.text(),
                content.blocks(),
                content.metadata() == null ? metadata : content.metadata(),
                clientMessageId,
                at,
                now);
    }
}
