package dev.slipway.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says what is wrong with a body: where in the document, and what, without the names of classes. */
final class Unreadable {
    private static final int CHARS_MAX = 300;
    private static final Pattern TYPE = Pattern.compile("`[\\w.$<>,\\[\\]]+`");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z_]\\w*[.$](?=[A-Za-z_])");

    /** How the library could be told to take it. */
    private static final String SWITCHES = " \\(but .*\\)|: disable [A-Z].*";

    private Unreadable() {}

    static String detail(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() == null) {
            return "The request needs a body; none was sent, or it broke off.";
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(unreadable);
        if (root instanceof JacksonException json) {
            return path(json) + firstLine(json.getOriginalMessage()) + place(json.getLocation());
        }
        JacksonException around = json(unreadable);
        return around != null && root instanceof IllegalArgumentException
                ? path(around) + firstLine(root.getMessage())
                : firstLine(null);
    }

    /** The first line of a message, shortened. */
    static String firstLine(@Nullable String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        if (line.isBlank()) {
            return "The request could not be read; check it against the API.";
        }
        String plain = TYPE.matcher(line)
                .replaceAll(type ->
                        Matcher.quoteReplacement(PACKAGE.matcher(type.group()).replaceAll("")))
                .replaceAll(SWITCHES, "");
        return plain.length() > CHARS_MAX ? plain.substring(0, CHARS_MAX) + "..." : plain;
    }

    private static @Nullable JacksonException json(Throwable thrown) {
        JacksonException deepest = null;
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause instanceof JacksonException found ? found : deepest;
        }
        return deepest;
    }

    private static String path(JacksonException json) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : json.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        String brief = path.length() > CHARS_MAX ? path.substring(0, CHARS_MAX) + "..." : path.toString();
        return brief.isEmpty() ? "" : brief + ": ";
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }
}
