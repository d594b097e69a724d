package dev.slipway.notification.slack;

import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Delivery.Form;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.slack.SlackCalls.Answer;
import dev.slipway.notification.slack.SlackLookup.Found;
import dev.slipway.web.guard.Guarded;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one Slack message per task: {@code chat.postMessage} for the card and replies in its thread, {@code chat.update}
 * for the card. A message carries the id of its delivery as metadata. Where an earlier attempt may have been accepted,
 * because it had no answer or its sender died, Slack is asked first whether the message is there. If it cannot be asked
 * for good (a scope is missing), the message is sent: twice is better than never.
 */
public final class SlackSender implements TaskHandler<Sending, ConversationInput> {
    private static final Logger log = LoggerFactory.getLogger(SlackSender.class);

    private final SlackSettings settings;
    private final SlackCalls calls;
    private final SlackLookup lookup;
    private final JsonMapper json;

    SlackSender(SlackSettings settings, SlackCalls calls, JsonMapper json) {
        this.settings = settings;
        this.calls = calls;
        this.lookup = new SlackLookup(settings, calls);
        this.json = json;
    }

    public static SlackSender of(SlackSettings settings, Guarded slack, JsonMapper json) {
        return new SlackSender(settings, new SlackCalls(settings, slack, json), json);
    }

    @Override
    public ConversationInput perform(TaskRun run, Sending sending) throws Exception {
        if (settings.token().isBlank()) {
            String why = "Slack is not configured: set SLIPWAY_SLACK_TOKEN";
            return new NotSent(sending.number(), why, Trouble.HOST, null, false);
        }
        boolean perhapsThere = sending.unsure() || run.claimedBefore();
        if (perhapsThere && !updates(sending)) {
            ConversationInput known = looked(sending);
            if (known != null) {
                return known;
            }
        }
        return switch (calls.write(updates(sending) ? "chat.update" : "chat.postMessage", message(sending))) {
            case Answer.Done done ->
                sent(
                        sending,
                        done.body().path("ts").asString(""),
                        done.body().path("channel").asString(""));
            case Answer.Failed failed -> notSent(sending, failed, failed.unsure());
        };
    }

    /** Null if it is not there, or nobody can say. */
    private @Nullable ConversationInput looked(Sending sending) throws Exception {
        return switch (lookup.find(sending)) {
            case Found.There there -> sent(sending, there.ts(), there.room());
            case Found.Nowhere _ -> null;
            case Found.Unknown(Answer.Failed why) when why.trouble() == Trouble.PASSING -> notSent(sending, why, true);
            case Found.Unknown(Answer.Failed why) -> {
                log.warn(
                        "Slack cannot be asked for {} ({}): it is sent, perhaps a second time",
                        sending.id(),
                        why.error());
                yield null;
            }
        };
    }

    private static Sent sent(Sending sending, String ts, String room) {
        return new Sent(sending.number(), sending.thread() == null ? ts : null, room.isBlank() ? null : room);
    }

    private static NotSent notSent(Sending sending, Answer.Failed failed, boolean unsure) {
        return new NotSent(sending.number(), "Slack: " + failed.error(), failed.trouble(), failed.after(), unsure);
    }

    /** Painting the same over the card once more does no harm. */
    private static boolean updates(Sending sending) {
        return sending.form() == Form.CARD_UPDATE && sending.thread() != null;
    }

    private ObjectNode message(Sending sending) {
        ObjectNode body = json.createObjectNode();
        body.put(
                "channel",
                Objects.requireNonNullElse(sending.room(), sending.party().address()));
        body.put("text", escape(sending.content().text()));
        body.put("unfurl_links", false);
        if (updates(sending)) {
            return body.put("ts", sending.thread()); // what is known of the card stays with it
        }
        body.put("client_msg_id", messageId(sending).toString());
        if (sending.thread() != null) {
            body.put("thread_ts", sending.thread());
        }
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("event_type", "slipway_delivery");
        metadata.putObject("event_payload").put("delivery", sending.id()).put("release", sending.release());
        return body;
    }

    /** The same for every attempt, so that the receiver can tell a repetition. */
    private static UUID messageId(Sending sending) {
        return UUID.nameUUIDFromBytes(sending.id().getBytes(StandardCharsets.UTF_8));
    }

    /** Slack's three control characters. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
