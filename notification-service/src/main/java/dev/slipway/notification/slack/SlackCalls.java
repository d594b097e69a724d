package dev.slipway.notification.slack;

import dev.slipway.web.guard.Guarded;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of Slack's Web API, bounded in size, time and number. Source: https://docs.slack.dev. */
final class SlackCalls {
    /** Errors that pass. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    /** Errors after which, as Slack says, the call may have had its effect. */
    private static final Set<String> UNSURE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private static final int RATE_LIMITED = 429;
    private static final int SERVER_ERROR = 500;
    private static final long RETRY_AFTER_SECONDS_MAX = 3600;

    private final SlackSettings settings;
    private final Guarded slack;
    private final JsonMapper json;
    private final HttpClient client;

    SlackCalls(SlackSettings settings, Guarded slack, JsonMapper json) {
        this.settings = settings;
        this.slack = slack;
        this.json = json;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What a call came to. */
    sealed interface Answer {
        /** Slack did it. */
        record Done(JsonNode body) implements Answer {}

        /**
         * Slack did not do it, or nobody knows.
         *
         * @param error Slack's word for it, or ours
         * @param passing whether another attempt may help
         * @param unsure whether it may have been done all the same
         * @param after when Slack wants the next attempt, or null
         */
        record Failed(
                String error,
                boolean passing,
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
            return answer.statusCode() == RATE_LIMITED
                    ? new Answer.Failed("rate limited", true, false, retryAfter(answer))
                    : understood(answer);
        } catch (Guarded.Unreachable unreachable) {
            return new Answer.Failed(
                    String.valueOf(unreachable.getMessage()), true, unreachable.mayHaveArrived(), null);
        } catch (ConnectException | HttpConnectTimeoutException away) {
            return new Answer.Failed("no connection: " + away.getMessage(), true, false, null);
        } catch (IOException | JacksonException broken) {
            return new Answer.Failed(String.valueOf(broken.getMessage()), true, true, null);
        }
    }

    private HttpResponse<byte[]> answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), settings.answerBytesMax()));
        if (answer.statusCode() >= SERVER_ERROR) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer;
    }

    private Answer understood(HttpResponse<byte[]> answer) {
        JsonNode body = json.readTree(answer.body());
        if (body.path("ok").asBoolean(false)) {
            return new Answer.Done(body);
        }
        String error = body.path("error").asString("status " + answer.statusCode());
        return new Answer.Failed(error, PASSING.contains(error), UNSURE.contains(error), null);
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), RETRY_AFTER_SECONDS_MAX)))
                .orElse(null);
    }
}
