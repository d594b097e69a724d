package dev.slipway.platform.inbox;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The calls of Slack's Web API that Slipway makes, with Slack's names for what goes wrong.
 *
 * @see <a href="https://api.slack.com/methods/chat.postMessage">chat.postMessage</a>
 */
final class SlackApi {
    static final int TEXT_CHARS_MAX = 40_000;
    static final int BLOCKS_MAX = 50;
    static final Pattern TS = Pattern.compile("\\d{1,12}\\.\\d{6}");
    private static final Pattern CHANNEL = Pattern.compile("[#@]?[\\p{L}\\p{N}._-]{1,80}");

    private final Arrivals arrivals;
    private final SlackHistory history;

    SlackApi(Arrivals arrivals) {
        this.arrivals = arrivals;
        this.history = new SlackHistory(arrivals);
    }

    /** Slack says no in the body of an answer 200. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;

        Refused(String error) {
            super(error, null, false, false);
            this.error = error;
        }

        Map<String, Object> answer() {
            return Map.of("ok", false, "error", error);
        }
    }

    Map<String, Object> call(String method, JsonNode arguments) throws Refused {
        return switch (method) {
            case "auth.test" ->
                Map.of("ok", true, "team", "Slipway", "team_id", "T0LOCAL", "user", "slipway", "user_id", "U0SLIPWAY");
            case "chat.postMessage" -> post(arguments);
            case "chat.update" -> update(arguments);
            case "conversations.list" -> history.channels();
            case "conversations.history" -> history.channel(channel(arguments), arguments);
            case "conversations.replies" -> history.thread(channel(arguments), arguments);
            default -> throw new Refused("unknown_method");
        };
    }

    private Map<String, Object> post(JsonNode arguments) throws Refused {
        String channel = channel(arguments);
        SlackMessage.Content content = content(arguments);
        String threadTs = text(arguments, "thread_ts");
        if (threadTs != null && !TS.matcher(threadTs).matches()) {
            throw new Refused("invalid_arguments");
        }
        SlackMessage message =
                arrivals.post(new Arrivals.NewMessage(channel, threadTs, content, text(arguments, "client_msg_id")));
        return Map.of("ok", true, "channel", channel, "ts", message.ts(), "message", shown(message));
    }

    private Map<String, Object> update(JsonNode arguments) throws Refused {
        String channel = channel(arguments);
        SlackMessage.Content content = content(arguments);
        String ts = Optional.ofNullable(text(arguments, "ts")).orElseThrow(() -> new Refused("message_not_found"));
        SlackMessage message =
                arrivals.update(channel, ts, content).orElseThrow(() -> new Refused("message_not_found"));
        return Map.of("ok", true, "channel", channel, "ts", ts, "text", message.text(), "message", shown(message));
    }

    private static String channel(JsonNode arguments) throws Refused {
        String channel = text(arguments, "channel");
        if (channel == null || !CHANNEL.matcher(channel).matches()) {
            throw new Refused("channel_not_found");
        }
        return channel;
    }

    private static SlackMessage.Content content(JsonNode arguments) throws Refused {
        JsonNode blocks = structure(arguments, "blocks", "invalid_blocks");
        JsonNode metadata = structure(arguments, "metadata", "invalid_metadata_format");
        if (blocks != null && (!blocks.isArray() || blocks.size() > BLOCKS_MAX)) {
            throw new Refused("invalid_blocks");
        }
        if (metadata != null
                && !(metadata.path("event_type").isString()
                        && metadata.path("event_payload").isObject())) {
            throw new Refused("invalid_metadata_format");
        }
        String text = text(arguments, "text");
        if ((text == null || text.isEmpty()) && blocks == null) {
            throw new Refused("no_text");
        }
        if (text != null && text.length() > TEXT_CHARS_MAX) {
            throw new Refused("msg_too_long");
        }
        return new SlackMessage.Content(text == null ? "" : text, blocks, metadata);
    }

    private static @Nullable String text(JsonNode arguments, String name) {
        JsonNode value = arguments.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    /** In a form, and where a client likes it in JSON too, a structure comes as a text that holds JSON. */
    private static @Nullable JsonNode structure(JsonNode arguments, String name, String error) throws Refused {
        JsonNode value = arguments.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            return value;
        }
        try {
            return Arrivals.JSON.readTree(value.stringValue());
        } catch (JacksonException e) {
            throw new Refused(error);
        }
    }

    private static Map<String, Object> shown(SlackMessage message) {
        return Map.of(
                "text", message.text(),
                "ts", message.ts(),
                "blocks", message.blocks() == null ? JsonNodeFactory.instance.arrayNode() : message.blocks());
    }
}
