package dev.slipway.gateway.live;

import dev.slipway.gateway.split.AppPath;
import dev.slipway.gateway.split.Clients;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Who makes a request, where clients stick to a side: the header {@code Slipway-Client}, else our cookie, else a new
 * cookie. Looked for only when the table asks for it. One thread's.
 */
final class Visitor {
    static final String CLIENT_HEADER = "Slipway-Client";
    static final String COOKIE = "slipway-client";
    private static final Pattern OURS = Pattern.compile("[0-9a-f-]{36}");

    private final ServerRequest request;
    private final AppPath path;
    private final Duration keepsFor;
    private @Nullable String key;
    private @Nullable ResponseCookie newCookie;

    Visitor(ServerRequest request, AppPath path, Duration keepsFor) {
        this.request = request;
        this.path = path;
        this.keepsFor = keepsFor;
    }

    /** The client's key; a client that has none gets one. */
    String key() {
        if (key == null) {
            key = find().orElseGet(this::give);
        }
        return key;
    }

    /** The client's number, if its key was asked for. */
    OptionalInt number() {
        return key == null ? OptionalInt.empty() : OptionalInt.of(Clients.number(key));
    }

    /** The cookie to set, if the client got a new key. */
    Optional<ResponseCookie> cookie() {
        return Optional.ofNullable(newCookie);
    }

    private Optional<String> find() {
        String header = request.headers().firstHeader(CLIENT_HEADER);
        if (header != null && !header.isBlank()) {
            return Optional.of(header);
        }
        Cookie cookie = request.cookies().getFirst(COOKIE);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .filter(value -> OURS.matcher(value).matches());
    }

    private String give() {
        String given = UUID.randomUUID().toString();
        newCookie = ResponseCookie.from(COOKIE, given)
                .path(path.prefix())
                .maxAge(keepsFor)
                .httpOnly(true)
                .secure(request.servletRequest().isSecure())
                .sameSite("Lax")
                .build();
        return given;
    }
}
