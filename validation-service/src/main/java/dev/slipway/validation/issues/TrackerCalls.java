package dev.slipway.validation.issues;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.web.guard.Guarded;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions to trackers, bounded in size, time and number. Only hosts of the administrator's list are asked, none of their redirects is
 * followed, a token goes to the host that it is for alone, and one that asks for a pause gets it. Thread-safe.
 */
final class TrackerCalls {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int RATE_LIMITED = 429;
    private static final int SERVER_ERROR = 500;
    private static final int TOKEN_CHARACTERS_MAX = 2_000;
    private static final int SHOWN_CHARACTERS_MAX = 200;
    private static final Duration PAUSE_USUAL = Duration.ofMinutes(1);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,%d}".formatted(TOKEN_CHARACTERS_MAX));
    private static final Pattern NEXT = Pattern.compile("(?i).*;\\s*rel=\"?next\"?.*");

    private final TrackerSettings settings;
    private final Guarded guard;
    private final JsonMapper json;
    private final InstantSource clock;
    private final HttpClient client;
    private final Map<String, Instant> pauses = new ConcurrentHashMap<>(); // by host, at most as many as are allowed

    TrackerCalls(TrackerSettings settings, Guarded guard, JsonMapper json, InstantSource clock) {
        this.settings = settings;
        this.guard = guard;
        this.json = json;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * What was answered.
     *
     * @param there whether there is such a thing; the body is empty otherwise
     * @param next whether the server says that the list goes on
     */
    record Answer(boolean there, byte[] body, boolean next) {}

    /**
     * Asks once.
     *
     * @param path behind the address of the API, with its query, percent-encoded
     * @throws Untold in words for people, if it may not be asked, does not answer, or answers neither yes nor that there is no such thing
     */
    Answer get(TrackerRule rule, String path) throws Untold, InterruptedException {
        String host = allowed(rule);
        Instant until = pauses.get(host);
        if (until != null && clock.instant().isBefore(until)) {
            throw paused(host, until);
        }
        HttpRequest request = request(rule, path, token(host));
        try {
            return understood(host, guard.call(host, () -> answered(request)));
        } catch (Guarded.Unreachable away) {
            throw new Untold(String.valueOf(away.getMessage()));
        } catch (InterruptedException | Untold said) {
            throw said;
        } catch (IOException broken) {
            String said = broken.getMessage() == null ? broken.toString() : broken.getMessage();
            throw new Untold("%s does not answer: %s".formatted(host, Texts.brief(said, SHOWN_CHARACTERS_MAX)));
        } catch (Exception broken) {
            throw new Untold(
                    "%s cannot be asked: %s".formatted(host, Texts.brief(broken.toString(), SHOWN_CHARACTERS_MAX)));
        }
    }

    private String allowed(TrackerRule rule) throws Untold {
        String host = rule.host().orElseThrow(() -> new Untold("Nobody says which server is to be asked"));
        if (!settings.hosts().contains(host)) {
            throw new Untold(
                    "%s is no host whose issues may be asked for (slipway.validation.tracker.hosts): the administrator may add it (on one machine: ./slipway allow --host %s)"
                            .formatted(host, host));
        }
        return host;
    }

    /** Public projects are asked without one. One that is set and cannot be read is no reason to ask as nobody. */
    private Optional<String> token(String host) throws Untold {
        Optional<Path> file = settings.tokenFile(host);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(firstLine(file.get())
                .filter(line -> TOKEN.matcher(line).matches())
                .orElseThrow(() -> new Untold(
                        "The token for %s cannot be read: look at its token-file (slipway.validation.tracker.credentials)"
                                .formatted(host))));
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

    private HttpRequest request(TrackerRule rule, String path, Optional<String> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rule.address() + path))
                .timeout(settings.answerWithin())
                .header("User-Agent", "slipway");
        if (rule.server() == Server.GITHUB) {
            request.header("Accept", "application/vnd.github+json").header("X-GitHub-Api-Version", "2022-11-28");
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        } else {
            request.header("Accept", "application/json");
            token.ifPresent(secret -> request.header("PRIVATE-TOKEN", secret));
        }
        return request.GET().build();
    }

    /** What the server itself is to blame for counts for its breaker. */
    private HttpResponse<byte[]> answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofByteArray(),
                        settings.answerBytesMax().toBytes()));
        if (answer.statusCode() >= SERVER_ERROR) {
            throw new IOException("it answered with status " + answer.statusCode());
        }
        return answer;
    }

    private Answer understood(String host, HttpResponse<byte[]> answer) throws Untold {
        int status = answer.statusCode();
        if (status == OK) {
            return new Answer(true, answer.body(), hasNext(answer.headers()));
        }
        if (status == NOT_FOUND || status == GONE) {
            return new Answer(false, new byte[0], false);
        }
        if (status == RATE_LIMITED || isSpent(answer)) {
            Instant until = clock.instant().plus(pause(answer.headers()));
            pauses.put(host, until);
            throw paused(host, until);
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new Untold(
                    "%s does not let itself be asked so (status %d%s): an administrator sets a token that may read issues (slipway.validation.tracker.credentials)"
                            .formatted(host, status, said(answer)));
        }
        throw new Untold("%s refuses the question (status %d%s)".formatted(host, status, said(answer)));
    }

    private static Untold paused(String host, Instant until) {
        return new Untold("%s wants a pause, as it was asked too often, and is asked again after %s"
                .formatted(host, until.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** GitHub names the next page in a header; GitLab there and in one of its own, which is empty on the last. */
    private static boolean hasNext(HttpHeaders headers) {
        return headers.allValues("Link").stream()
                        .flatMap(value -> Stream.of(value.split(",")))
                        .anyMatch(link -> NEXT.matcher(link).matches())
                || headers.firstValue("X-Next-Page")
                        .filter(page -> !page.isBlank())
                        .isPresent();
    }

    /** GitHub says with 403 that its limit is reached, too. */
    private static boolean isSpent(HttpResponse<byte[]> answer) {
        HttpHeaders headers = answer.headers();
        return answer.statusCode() == FORBIDDEN
                && (headers.firstValue("Retry-After").isPresent()
                        || headers.firstValue("X-RateLimit-Remaining")
                                .filter("0"::equals)
                                .isPresent());
    }

    /** In seconds from now, or at a second of the epoch, as the one or the other says it. */
    private Duration pause(HttpHeaders headers) {
        Duration pause = seconds(headers, "Retry-After")
                .map(Duration::ofSeconds)
                .or(() -> seconds(headers, "X-RateLimit-Reset")
                        .or(() -> seconds(headers, "RateLimit-Reset"))
                        .flatMap(this::until))
                .orElse(PAUSE_USUAL);
        Duration least = pause.isNegative() || pause.isZero() ? Duration.ofSeconds(1) : pause;
        return least.compareTo(settings.pauseMax()) > 0 ? settings.pauseMax() : least;
    }

    private Optional<Duration> until(long second) {
        try {
            return Optional.of(Duration.between(clock.instant(), Instant.ofEpochSecond(second)));
        } catch (DateTimeException | ArithmeticException strange) {
            return Optional.empty();
        }
    }

    private static Optional<Long> seconds(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(value -> value.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
    }

    /** Its own words of what is wrong, where it has some. */
    private String said(HttpResponse<byte[]> answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            String said = body.path("message").isString()
                    ? body.path("message").asString("")
                    : body.path("error").asString("");
            String line = said.replaceAll("[\\s\\p{Cc}]+", " ").strip();
            return line.isEmpty() ? "" : ": " + Texts.brief(line, SHOWN_CHARACTERS_MAX);
        } catch (JacksonException none) {
            return "";
        }
    }

    void close() {
        client.shutdownNow();
        guard.close();
    }
}
