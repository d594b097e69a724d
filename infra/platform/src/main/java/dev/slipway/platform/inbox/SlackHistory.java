package dev.slipway.platform.inbox;

import dev.slipway.platform.inbox.SlackApi.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What stands in channels and threads, as an app that posted it can read it back. Arguments come in a form, so numbers
 * and truth values are texts.
 *
 * @see <a href="https://api.slack.com/methods/conversations.history">conversations.history</a>
 */
final class SlackHistory {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 999;

    private final Arrivals arrivals;

    SlackHistory(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** Here a channel's id is what the app calls it. */
    Map<String, Object> channels() {
        List<Map<String, String>> channels = arrivals.channels().stream()
                .map(channel -> Map.of("id", channel, "name", channel.replaceFirst("^[#@]", "")))
                .toList();
        return Map.of("ok", true, "channels", channels, "response_metadata", Map.of("next_cursor", ""));
    }

    /** Newest first, without what stands in threads only. */
    Map<String, Object> channel(String channel, JsonNode arguments) throws Refused {
        List<SlackMessage> all = arrivals.in(channel).reversed().stream()
                .filter(message -> message.threadTs() == null)
                .toList();
        if (all.isEmpty()) {
            throw new Refused("channel_not_found");
        }
        String before = text(arguments, "cursor");
        return page(all, arguments, message -> before.isEmpty() || message.ts().compareTo(before) < 0);
    }

    /** Oldest first, the message that is answered at its head. */
    Map<String, Object> thread(String channel, JsonNode arguments) throws Refused {
        String ts = text(arguments, "ts");
        List<SlackMessage> all = arrivals.in(channel).stream()
                .filter(message -> ts.equals(message.ts()) || ts.equals(message.threadTs()))
                .toList();
        if (all.stream().noneMatch(message -> ts.equals(message.ts()))) {
            throw new Refused("thread_not_found");
        }
        String after = text(arguments, "cursor");
        return page(all, arguments, message -> message.ts().compareTo(after) > 0);
    }

    private static Map<String, Object> page(List<SlackMessage> all, JsonNode arguments, Predicate<SlackMessage> onward)
            throws Refused {
        String oldest = text(arguments, "oldest");
        if (!oldest.isEmpty() && !SlackApi.TS.matcher(oldest).matches()) {
            throw new Refused("invalid_ts_oldest");
        }
        List<SlackMessage> left = all.stream()
                .filter(onward)
                .filter(message -> message.ts().compareTo(oldest) >= 0)
                .toList();
        List<SlackMessage> shown = left.subList(0, Math.min(left.size(), limit(arguments)));
        boolean more = shown.size() < left.size();
        boolean metadata = text(arguments, "include_all_metadata").equals("true");
        return Map.of(
                "ok",
                true,
                "messages",
                shown.stream().map(message -> shown(message, metadata)).toList(),
                "has_more",
                more,
                "response_metadata",
                Map.of("next_cursor", more ? shown.getLast().ts() : ""));
    }

    private static int limit(JsonNode arguments) throws Refused {
        String limit = text(arguments, "limit");
        if (!limit.matches("\\d{0,3}")) {
            throw new Refused("invalid_limit");
        }
        return limit.isEmpty() ? LIMIT : Math.clamp(Long.parseLong(limit), 1, LIMIT_MAX);
    }

    private static Map<String, Object> shown(SlackMessage message, boolean metadata) {
        Map<String, Object> shown = new LinkedHashMap<>(Map.of("type", "message", "ts", message.ts()));
        shown.put("text", message.text());
        if (message.threadTs() != null) {
            shown.put("thread_ts", message.threadTs());
        }
        JsonNode said = message.metadata();
        if (metadata && said != null) {
            shown.put("metadata", said);
        }
        return shown;
    }

    private static String text(JsonNode arguments, String name) {
        return arguments.path(name).asString("");
    }
}
