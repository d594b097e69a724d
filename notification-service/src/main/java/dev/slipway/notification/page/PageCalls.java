package dev.slipway.notification.page;

import dev.slipway.contracts.policy.PageAddress;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.web.guard.Guarded;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of the APIs that announcements are put by, bounded in size, time and number. Only hosts of the administrator's list are
 * called, none of their redirects is followed, and a token goes to the host that it is for alone. Thread-safe.
 */
final class PageCalls {
    private static final int NOT_FOUND = 404;
    private static final int RATE_LIMITED = 429;
    private static final int SERVER_ERROR = 500;
    private static final long RETRY_AFTER_SECONDS_MAX = 3600;
    private static final int SHOWN_CHARACTERS_MAX = 200;
    private static final int TOKEN_CHARACTERS_MAX = 2_000;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,%d}".formatted(TOKEN_CHARACTERS_MAX));

    private final PageSettings settings;
    private final Guarded pages;
    private final JsonMapper json;
    private final HttpClient client;

    PageCalls(PageSettings settings, Guarded pages, JsonMapper json) {
        this.settings = settings;
        this.pages = pages;
        this.json = json;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What a call came to. */
    sealed interface Answer {
        /** It was done, or there it is. */
        record Done(JsonNode body) implements Answer {}

        /** There is no such thing. */
        record Nowhere() implements Answer {}

        /**
         * It was not done, or nobody knows.
         *
         * @param error in words, without the token
         * @param trouble whose it is, and so whether another attempt may help
         * @param unsure whether it may have been done all the same
         * @param after when the other side wants the next attempt, or null
         */
        record Failed(
                String error,
                Trouble trouble,
                boolean unsure,
                @Nullable Duration after) implements Answer {}
    }

    Answer read(PageAddress page, String address) throws Exception {
        return call(page, address, "GET", null);
    }

    /** @param method of HTTP, which changes something */
    Answer write(PageAddress page, String method, String address, JsonNode body) throws Exception {
        return call(page, address, method, body);
    }

    private Answer call(PageAddress page, String address, String method, @Nullable JsonNode body) throws Exception {
        String host = page.host();
        if (!settings.hosts().contains(host)) {
            return new Answer.Failed(
                    "%s is no host that announcements may go to (slipway.pages.hosts): the administrator may add it (on one machine: ./slipway allow --host %s)"
                            .formatted(host, host),
                    Trouble.HOST,
                    false,
                    null);
        }
        Optional<String> token = token(host);
        if (token.isEmpty()) {
            return new Answer.Failed(
                    "there is no token for %s: set slipway.pages.credentials with its host and a token-file that can be read"
                            .formatted(host),
                    Trouble.HOST,
                    false,
                    null);
        }
        return sent(host, request(page, address, method, body, token.get()));
    }

    private Optional<String> token(String host) {
        return settings.tokenFile(host)
                .flatMap(PageCalls::firstLine)
                .filter(line -> TOKEN.matcher(line).matches());
    }

    private static Optional<String> firstLine(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            char[] text = new char[TOKEN_CHARACTERS_MAX + 1];
            int read = reader.read(text);
            return new String(text, 0, Math.max(0, read)).lines().findFirst().map(String::strip);
        } catch (IOException unreadable) {
            return Optional.empty(); // said by whoever asked
        }
    }

    private HttpRequest request(
            PageAddress page, String address, String method, @Nullable JsonNode body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .timeout(settings.answerWithin())
                .header("User-Agent", "slipway")
                .header("Accept", "application/json");
        switch (page.form()) {
            case STATUSPAGE -> request.header("Authorization", "OAuth " + token);
            case GITHUB ->
                request.header("Authorization", "Bearer " + token).header("X-GitHub-Api-Version", "2022-11-28");
            case GITLAB -> request.header("PRIVATE-TOKEN", token);
        }
        return body == null
                ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json; charset=utf-8")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build();
    }

    private Answer sent(String host, HttpRequest request) throws Exception {
        boolean writes = !request.method().equals("GET");
        try {
            return understood(host, pages.call(host, () -> answered(request)));
        } catch (Guarded.Unreachable away) {
            return new Answer.Failed(
                    String.valueOf(away.getMessage()), Trouble.PASSING, writes && away.mayHaveArrived(), null);
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException away) {
            return new Answer.Failed("no connection to " + host, Trouble.PASSING, false, null);
        } catch (IOException | JacksonException broken) {
            String message = String.valueOf(broken.getMessage());
            return new Answer.Failed(
                    message.startsWith("it answered") ? message : "it gave no answer that can be read",
                    Trouble.PASSING,
                    writes,
                    null);
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

    private Answer understood(String host, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Answer.Done(json.readTree(answer.body()));
        } else if (status == NOT_FOUND) {
            return new Answer.Nowhere();
        } else if (status == RATE_LIMITED || isSpent(answer)) {
            return new Answer.Failed("it asks for a pause", Trouble.PASSING, false, retryAfter(answer));
        } else if (status == 401 || status == 403) {
            return new Answer.Failed(
                    "it does not accept the token for %s (status %d): set another one in its token-file"
                            .formatted(host, status),
                    Trouble.HOST,
                    false,
                    null);
        }
        return new Answer.Failed(
                "it refuses this (status %d%s)".formatted(status, said(answer)), Trouble.FINAL, false, null);
    }

    /** GitHub says with 403 that its limit is reached, too. */
    private static boolean isSpent(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 403
                && (answer.headers().firstValue("Retry-After").isPresent()
                        || answer.headers()
                                .firstValue("X-RateLimit-Remaining")
                                .filter("0"::equals)
                                .isPresent());
    }

    /** Its own words of what is wrong, where it has some. */
    private String said(HttpResponse<byte[]> answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            String said = body.path("message").isString()
                    ? body.path("message").asString("")
                    : body.path("error").asString("");
            String line = said.replaceAll("[\\s\\p{Cc}]+", " ").strip();
            return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), SHOWN_CHARACTERS_MAX));
        } catch (JacksonException none) {
            return "";
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), RETRY_AFTER_SECONDS_MAX)))
                .orElse(null);
    }

    /** For what is sent. */
    JsonMapper json() {
        return json;
    }
}
