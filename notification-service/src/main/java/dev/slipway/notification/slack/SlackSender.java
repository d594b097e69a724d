package dev.slipway.notification.slack;

import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.RemoteParty;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.Delivery.Form;
import dev.slipway.notification.conversation.Sending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one Slack message per task: {@code chat.postMessage} for the card and replies in its thread, {@code chat.update}
 * for the card. Source: Slack Web API.
 */
public final class SlackSender implements TaskHandler<Sending, ConversationInput> {
    /** Errors that pass: https://docs.slack.dev lists them with each method. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private static final int RATE_LIMITED = 429;
    private static final int SERVER_ERROR = 500;
    private static final long RETRY_AFTER_SECONDS_MAX = 3600;

    private final SlackSettings settings;
    private final RemoteParty slack;
    private final JsonMapper json;
    private final HttpClient client;

    public SlackSender(SlackSettings settings, RemoteParty slack, JsonMapper json) {
        this.settings = settings;
        this.slack = slack;
        this.json = json;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public ConversationInput perform(TaskRun run, Sending sending) throws Exception {
        if (settings.token().isBlank()) {
            return new NotSent(sending.number(), "Slack is not configured: set SLIPWAY_SLACK_TOKEN", false, null);
        }
        try {
            return read(sending, slack.call(() -> answered(sending)));
        } catch (RemoteParty.Unreachable | IOException | JacksonException trouble) {
            return new NotSent(sending.number(), "Slack: " + trouble.getMessage(), true, null);
        }
    }

    private HttpResponse<byte[]> answered(Sending sending) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request(sending),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), settings.answerCharsMax()));
        if (answer.statusCode() >= SERVER_ERROR) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer;
    }

    private HttpRequest request(Sending sending) {
        boolean update = sending.form() == Form.CARD_UPDATE && sending.thread() != null;
        ObjectNode body = json.createObjectNode();
        body.put("channel", sending.party().address());
        body.put("text", escape(sending.content().text()));
        body.put("unfurl_links", false);
        if (update) {
            body.put("ts", sending.thread());
        } else {
            body.put("client_msg_id", messageId(sending).toString());
            if (sending.thread() != null) {
                body.put("thread_ts", sending.thread());
            }
        }
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("event_type", "slipway_delivery");
        metadata.putObject("event_payload").put("delivery", sending.id()).put("release", sending.release());
        return HttpRequest.newBuilder(URI.create(settings.url() + (update ? "/chat.update" : "/chat.postMessage")))
                .timeout(settings.answerWithin())
                .header("Authorization", "Bearer " + settings.token())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
    }

    private ConversationInput read(Sending sending, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == RATE_LIMITED) {
            return new NotSent(sending.number(), "Slack: rate limited", true, retryAfter(answer));
        }
        JsonNode body = json.readTree(answer.body());
        if (body.path("ok").asBoolean(false)) {
            boolean opens = sending.thread() == null;
            return new Sent(sending.number(), opens ? body.path("ts").asString() : null);
        }
        String error = body.path("error").asString("status " + answer.statusCode());
        return new NotSent(sending.number(), "Slack: " + error, PASSING.contains(error), null);
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), RETRY_AFTER_SECONDS_MAX)))
                .orElse(null);
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
