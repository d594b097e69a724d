package dev.slipway.messaging;

import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import tools.jackson.core.JacksonException;

/** Why something failed, in one line for people, without secrets. */
final class Reasons {
    private static final int CHARACTERS_MAX = 500;

    /** {@code scheme://user:password@host}, and {@code password=...} and the like. */
    private static final Pattern USER_INFO = Pattern.compile("(\\w+://)[^/\\s@\"']+@");

    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|passwd|secret|token|api[-_]?key|authorization|credential)s?[\"']?\\s*[:=]\\s*"
                    + "(?:bearer\\s+|basic\\s+)?[\"']?)[^\"'\\s,;&}]+");

    private Reasons() {}

    static String of(Throwable trouble) {
        Throwable cause = trouble;
        while ((cause instanceof ListenerExecutionFailedException || cause instanceof BatchListenerFailedException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = Objects.requireNonNullElse(cause.getMessage(), "no further word");
        String line = said.lines().findFirst().orElse("");
        String what = switch (cause) {
            case JacksonException _ -> "unreadable: " + line;
            case RefusedByBound _, IllegalArgumentException _, IllegalStateException _ -> "refused: " + line;
            default -> cause.getClass().getSimpleName() + ": " + line;
        };
        String shown = masked(what);
        return shown.length() <= CHARACTERS_MAX ? shown : shown.substring(0, CHARACTERS_MAX) + "…";
    }

    /** The same text without what looks like a secret. */
    static String masked(String text) {
        String withoutUsers = USER_INFO.matcher(text).replaceAll("$1***@");
        return NAMED.matcher(withoutUsers).replaceAll("$1***");
    }
}
