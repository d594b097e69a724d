package dev.slipway.notification.slack;

import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.slack.SlackCalls.Answer;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * What Slack's error codes mean for a delivery. What is said of the token, the app or the workspace holds for every message
 * and stays until somebody mends it; what is not listed is of this channel or this message. Source:
 * https://docs.slack.dev/reference/methods/chat.postMessage.
 */
final class SlackErrors {
    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "message_limit_exceeded",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "team_added_to_org",
            "request_timeout");

    /** Errors after which, as Slack says, the call may have had its effect. */
    private static final Set<String> UNSURE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private static final String NEW_TOKEN = "it does not accept Slipway's token; set a valid SLIPWAY_SLACK_TOKEN";
    private static final String MORE_RIGHTS =
            "Slipway's app may not do this; give it the scope chat:write and install it anew";
    private static final String WORKSPACE = "the workspace does not let Slipway's app in; ask its administrator";

    private static final Map<String, String> OF_THE_HOST = Map.ofEntries(
            Map.entry("not_authed", NEW_TOKEN),
            Map.entry("invalid_auth", NEW_TOKEN),
            Map.entry("account_inactive", NEW_TOKEN),
            Map.entry("token_revoked", NEW_TOKEN),
            Map.entry("token_expired", NEW_TOKEN),
            Map.entry("not_allowed_token_type", NEW_TOKEN),
            Map.entry("missing_scope", MORE_RIGHTS),
            Map.entry("no_permission", MORE_RIGHTS),
            Map.entry("access_denied", WORKSPACE),
            Map.entry("accesslimited", WORKSPACE),
            Map.entry("ekm_access_denied", WORKSPACE),
            Map.entry("enterprise_is_restricted", WORKSPACE),
            Map.entry("org_login_required", WORKSPACE),
            Map.entry("team_access_not_granted", WORKSPACE),
            Map.entry("team_not_found", WORKSPACE),
            Map.entry("two_factor_setup_required", WORKSPACE),
            Map.entry("method_deprecated", "it knows this call no longer; update Slipway"),
            Map.entry("deprecated_endpoint", "it knows this call no longer; update Slipway"));

    private static final Map<String, String> OF_THE_CHANNEL = Map.of(
            "not_in_channel", "Slipway's app is not in the channel; invite it there",
            "channel_not_found", "there is no such channel, or Slipway's app may not see it",
            "is_archived", "the channel is archived",
            "restricted_action", "the channel takes no messages of Slipway's app",
            "restricted_action_read_only_channel", "the channel is read-only",
            "msg_too_long", "the message is too long");

    private SlackErrors() {}

    static Answer.Failed failed(String code) {
        if (PASSING.contains(code)) {
            return new Answer.Failed(
                    "it is in trouble itself (" + code + ")", Trouble.PASSING, UNSURE.contains(code), null);
        }
        String host = OF_THE_HOST.get(code);
        if (host != null) {
            return new Answer.Failed(host + " (" + code + ")", Trouble.HOST, false, null);
        }
        String channel = OF_THE_CHANNEL.getOrDefault(code, "it refuses the message");
        return new Answer.Failed(channel + " (" + code + ")", Trouble.FINAL, false, null);
    }

    /** Words for what left no answer that can be understood. */
    static String brokeOff(Exception broken) {
        String message = String.valueOf(broken.getMessage());
        return broken instanceof JacksonException || !message.startsWith("it answered")
                ? "it gave no answer that can be read"
                : message;
    }
}
