package dev.slipway.notification.slack;

import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.slack.SlackCalls.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks Slack whether a message is there, by the delivery's id in its metadata: {@code conversations.replies} for what
 * belongs to a thread, else {@code conversations.history}, in the channel as Slack calls it. The app needs the scopes
 * {@code channels:history} and {@code channels:read}, for private channels {@code groups:history} and {@code groups:read}.
 */
final class SlackLookup {
    /** Slack's clock and ours may differ. */
    private static final Duration BEFORE_THE_FIRST_ATTEMPT = Duration.ofMinutes(5);

    private static final String PAGE_MESSAGES_MAX = "100";
    private static final String PAGE_CHANNELS_MAX = "1000";

    private final SlackSettings settings;
    private final SlackCalls calls;

    SlackLookup(SlackSettings settings, SlackCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    /** What is known about a message. */
    sealed interface Found {
        /** It is there. */
        record There(String ts, String room) implements Found {}

        /** It is not among the messages since its first attempt. */
        record Nowhere() implements Found {}

        /** Slack did not say. */
        record Unknown(Answer.Failed why) implements Found {}
    }

    Found find(Sending sending) throws Exception {
        String room = sending.room();
        if (room == null) {
            Found named = room(sending.party().address());
            if (!(named instanceof Found.There there)) {
                return named instanceof Found.Nowhere
                        ? new Found.Unknown(new Answer.Failed("no such channel is listed", Trouble.FINAL, true, null))
                        : named;
            }
            room = there.room();
        }
        Map<String, String> arguments = new HashMap<>(Map.of(
                "channel",
                room,
                "oldest",
                timestamp(sending.since().minus(BEFORE_THE_FIRST_ATTEMPT)),
                "include_all_metadata",
                "true",
                "limit",
                PAGE_MESSAGES_MAX));
        String thread = sending.thread();
        if (thread != null) {
            arguments.put("ts", thread);
        }
        String method = thread == null ? "conversations.history" : "conversations.replies";
        String channel = room;
        return paged(method, arguments, "messages", message -> isOf(sending, message) ? there(message, channel) : null);
    }

    /** The channel's id, if it is called by its name: most methods take no names. */
    private Found room(String address) throws Exception {
        if (!address.startsWith("#")) {
            return new Found.There("", address);
        }
        Map<String, String> arguments = new HashMap<>(Map.of(
                "types", "public_channel,private_channel", "exclude_archived", "true", "limit", PAGE_CHANNELS_MAX));
        return paged(
                "conversations.list",
                arguments,
                "channels",
                channel -> channel.path("name").asString("").equals(address.substring(1))
                        ? new Found.There("", channel.path("id").asString(address))
                        : null);
    }

    /** Looks at one thing in an answer; null to go on. */
    @FunctionalInterface
    private interface Look {
        @Nullable
        Found at(JsonNode one);
    }

    private Found paged(String method, Map<String, String> arguments, String list, Look look) throws Exception {
        for (int page = 0; page < settings.lookupPagesMax(); page++) {
            Answer answer = calls.read(method, arguments);
            if (answer instanceof Answer.Failed failed) {
                return new Found.Unknown(failed);
            }
            JsonNode body = ((Answer.Done) answer).body();
            for (JsonNode one : body.path(list)) {
                Found found = look.at(one);
                if (found != null) {
                    return found;
                }
            }
            String next = body.path("response_metadata").path("next_cursor").asString("");
            if (next.isEmpty()) {
                return new Found.Nowhere();
            }
            arguments.put("cursor", next);
        }
        String why = "more than " + settings.lookupPagesMax() + " pages of " + method;
        return new Found.Unknown(new Answer.Failed(why, Trouble.FINAL, true, null));
    }

    private static boolean isOf(Sending sending, JsonNode message) {
        return message.path("metadata")
                .path("event_payload")
                .path("delivery")
                .asString("")
                .equals(sending.id());
    }

    private static Found there(JsonNode message, String room) {
        return new Found.There(message.path("ts").asString(""), room);
    }

    private static String timestamp(Instant at) {
        return at.getEpochSecond() + ".000000";
    }
}
