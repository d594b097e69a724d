package dev.slipway.notification.slack;

import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.tls.Authority;
import dev.slipway.web.guard.Guarded;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of Slack's Web API, bounded in size, time and number. Source: https://docs.slack.dev. */
final class SlackCalls {
    private static final int RATE_LIMITED = 429;
    private static final int SERVER_ERROR = 500;
    private static final long RETRY_AFTER_SECONDS_MAX = 3600;
    private static final Answer.Failed CERTIFICATE =
            new Answer.Failed("its certificate is refused; set slipway.slack.authority", Trouble.HOST, false, null);

    private final SlackSettings settings;
    private final Guarded slack;
    private final JsonMapper json;
    private final HttpClient client;
    private volatile boolean certificateRefused;

    SlackCalls(SlackSettings settings, Guarded slack, JsonMapper json) {
        this.settings = settings;
        this.slack = slack;
        this.json = json;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER);
        Authority.context("slipway.slack.authority", settings.authority()).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** What a call came to. */
    sealed interface Answer {
        /** Slack did it. */
        record Done(JsonNode body) implements Answer {}

        /**
         * Slack did not do it, or nobody knows.
         *
         * @param error in words
         * @param trouble whose it is, and so whether another attempt may help
         * @param unsure whether it may have been done all the same
         * @param after when Slack wants the next attempt, or null
         */
        record Failed(
                String error,
                Trouble trouble,
                boolean unsure,
                @Nullable Duration after) implements Answer {}
    }

    /** Calls a method that writes. */
    Answer write(String method, JsonNode arguments) throws Exception {
        return call(request(method)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(arguments)))
                .build());
    }

    /** Calls a method that reads; those take no JSON. */
    Answer read(String method, Map<String, String> arguments) throws Exception {
        String form = arguments.entrySet().stream()
                .map(argument ->
                        argument.getKey() + "=" + URLEncoder.encode(argument.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(request(method)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private HttpRequest.Builder request(String method) {
        return HttpRequest.newBuilder(URI.create(settings.url() + "/" + method))
                .timeout(settings.answerWithin())
                .header("Authorization", "Bearer " + settings.token());
    }

    private Answer call(HttpRequest request) throws Exception {
        try {
            HttpResponse<byte[]> answer = slack.call(() -> answered(request));
            certificateRefused = false;
            return answer.statusCode() == RATE_LIMITED
                    ? new Answer.Failed("it asks for a pause", Trouble.PASSING, false, retryAfter(answer))
                    : understood(answer);
        } catch (Guarded.Unreachable unreachable) {
            boolean known = certificateRefused && unreachable.why() == Guarded.Unreachable.Why.LEFT_ALONE;
            return known
                    ? CERTIFICATE
                    : new Answer.Failed(
                            String.valueOf(unreachable.getMessage()),
                            Trouble.PASSING,
                            unreachable.mayHaveArrived(),
                            null);
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException away) {
            String where = settings.url().getHost();
            return new Answer.Failed("no connection to " + where, Trouble.PASSING, false, null);
        } catch (IOException | JacksonException broken) {
            certificateRefused = Authority.refused(broken);
            return certificateRefused
                    ? CERTIFICATE
                    : new Answer.Failed(SlackErrors.brokeOff(broken), Trouble.PASSING, true, null);
        }
    }

    private HttpResponse<byte[]> answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), settings.answerBytesMax()));
        if (answer.statusCode() >= SERVER_ERROR) {
            throw new IOException("it answered with status " + answer.statusCode());
        }
        return answer;
    }

    private Answer understood(HttpResponse<byte[]> answer) {
        JsonNode body = json.readTree(answer.body());
        if (body.path("ok").asBoolean(false)) {
            return new Answer.Done(body);
        }
        return SlackErrors.failed(body.path("error").asString("status " + answer.statusCode()));
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), RETRY_AFTER_SECONDS_MAX)))
                .orElse(null);
    }
}
