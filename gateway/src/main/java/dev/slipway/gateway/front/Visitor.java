package dev.slipway.gateway.front;

import dev.slipway.gateway.passing.Cookies;
import dev.slipway.gateway.passing.RequestHead;
import dev.slipway.gateway.split.Clients;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, where clients stick to a side: the header {@code Slipway-Client}, else our cookie, else a new
 * cookie. Looked for only when the table asks for it. One thread's.
 */
final class Visitor {
    static final String CLIENT_HEADER = "Slipway-Client";
    private static final Pattern OURS = Pattern.compile("[0-9a-f-]{36}");

    private final HttpHeaders headers;
    private @Nullable String key;
    private boolean isNew;

    Visitor(HttpHeaders headers) {
        this.headers = headers;
    }

    /** The client's key; a client that has none gets one. */
    String key() {
        String known = key;
        if (known == null) {
            Optional<String> found = find();
            isNew = found.isEmpty();
            known = found.orElseGet(Visitor::give);
            key = known;
        }
        return known;
    }

    /** The client's number, if its key was asked for. */
    OptionalInt number() {
        return key == null ? OptionalInt.empty() : OptionalInt.of(Clients.number(key));
    }

    /**
     * The cookie to set, if the client got a new key.
     *
     * @param path that the application is reached under
     */
    @Nullable
    String cookie(String path, Duration keepsFor, boolean secure) {
        return isNew
                ? "%s=%s; Path=%s; Max-Age=%d; %sHttpOnly; SameSite=Lax"
                        .formatted(RequestHead.COOKIE, key, path, keepsFor.toSeconds(), secure ? "Secure; " : "")
                : null;
    }

    private Optional<String> find() {
        String header = headers.get(CLIENT_HEADER);
        if (header != null && !header.isBlank()) {
            return Optional.of(header);
        }
        return Cookies.value(headers.getAll(HttpHeaderNames.COOKIE), RequestHead.COOKIE)
                .filter(value -> OURS.matcher(value).matches());
    }

    /** Names a client, and is no secret: whoever knows one gets to the same side. */
    private static String give() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
