package dev.slipway.notification.slack;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.notification.slack.SlackCalls.Answer;
import dev.slipway.web.guard.Guarded;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether Slack could be used, without a message: it is asked whose token Slipway has. Source:
 * https://docs.slack.dev/reference/methods/auth.test.
 */
public final class SlackLook {
    private static final int NAME_CHARACTERS_MAX = 80;

    private final SlackSettings settings;
    private final SlackCalls calls;

    private SlackLook(SlackSettings settings, SlackCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    public static SlackLook of(SlackSettings settings, Guarded slack, JsonMapper json) {
        return new SlackLook(settings, new SlackCalls(settings, slack, json));
    }

    public ChannelCheck look() throws Exception {
        if (settings.token().isBlank()) {
            return check(false, "Slack is not configured: set SLIPWAY_SLACK_TOKEN");
        }
        return switch (calls.read("auth.test", Map.of())) {
            case Answer.Done(JsonNode body) ->
                check(
                        true,
                        "Slack takes the token as that of %s in %s; whether its app is in a channel, none but a message shows"
                                .formatted(name(body, "user"), name(body, "team")));
            case Answer.Failed failed -> check(false, "Slack: " + failed.error());
        };
    }

    private static String name(JsonNode body, String field) {
        return Texts.oneLine(body.path(field).asString("somebody"), NAME_CHARACTERS_MAX);
    }

    private static ChannelCheck check(boolean usable, String text) {
        return new ChannelCheck(Channel.SLACK, usable, Texts.sentence(text));
    }
}
