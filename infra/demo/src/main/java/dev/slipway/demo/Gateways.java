package dev.slipway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gateways that serve the same: the one that answered last is asked first, and the next where one does not answer. */
public final class Gateways {
    private static final int EXPLANATION_CHARS_MAX = 500;

    private final List<URI> addresses;
    /** The one that answered last. */
    private volatile int current;

    public Gateways(List<URI> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a client needs a gateway");
        }
        this.addresses = List.copyOf(addresses);
    }

    /** The one that is asked first. */
    public URI current() {
        return addresses.get(current);
    }

    /** Something to ask of a gateway. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(URI gateway) throws IOException, InterruptedException;
    }

    /**
     * Asks each gateway once, until one answers.
     *
     * @param again whether the next may be asked too after this
     * @throws Away if none answers, or the next may not be asked
     */
    public <T> T ask(Question<T> question, Predicate<IOException> again) throws Away, InterruptedException {
        int first = current;
        for (int tried = 1; ; tried++) {
            int which = (first + tried - 1) % addresses.size();
            URI gateway = addresses.get(which);
            try {
                T answer = question.ask(gateway);
                current = which;
                return answer;
            } catch (IOException away) {
                if (tried == addresses.size() || !again.test(away)) {
                    throw new Away(gateway, away);
                }
            }
        }
    }

    /** Sends the same request to each gateway, as {@link #ask}. */
    public HttpResponse<String> send(
            HttpClient http, HttpRequest request, int answerBytesMax, Predicate<IOException> again)
            throws Away, InterruptedException {
        return send(http, request, BodyHandlers.limiting(BodyHandlers.ofString(), answerBytesMax), again);
    }

    /** The same, with answers as whoever asks wants them. */
    public <T> HttpResponse<T> send(
            HttpClient http, HttpRequest request, BodyHandler<T> as, Predicate<IOException> again)
            throws Away, InterruptedException {
        return ask(gateway -> http.send(at(gateway, request), as), again);
    }

    /** A request for JSON, or for what problem there is. */
    public HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(current().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private static HttpRequest at(URI gateway, HttpRequest request) {
        URI asked = request.uri();
        String path = asked.getRawQuery() == null ? asked.getRawPath() : asked.getRawPath() + "?" + asked.getRawQuery();
        return HttpRequest.newBuilder(request, (_, _) -> true)
                .uri(gateway.resolve(path))
                .build();
    }

    /** A value as it stands in a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a problem document (RFC 9457) says, on one line, or the beginning of whatever came. */
    public static String explanation(String body) {
        String text;
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            String detail = problem.path("detail").asString("");
            text = detail.isEmpty() ? problem.path("title").asString(body) : detail;
        } catch (JacksonException notJson) {
            text = body;
        }
        String line = text.replaceAll("\\s+", " ").strip();
        return line.isEmpty()
                ? "no explanation came"
                : line.substring(0, Math.min(line.length(), EXPLANATION_CHARS_MAX));
    }

    /** A gateway, the last that was asked, did not answer; the cause says why. */
    public static final class Away extends IOException {
        private static final long serialVersionUID = 1L;
        private final URI gateway;

        Away(URI gateway, IOException why) {
            super("%s does not answer (%s)".formatted(gateway, why), why);
            this.gateway = gateway;
        }

        public URI gateway() {
            return gateway;
        }
    }
}
