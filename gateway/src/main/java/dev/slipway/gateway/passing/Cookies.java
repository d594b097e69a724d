package dev.slipway.gateway.passing;

import java.util.List;
import java.util.Optional;

/** The lines {@code Cookie} of a request, of which every byte is the application's but for one cookie of our own. */
public final class Cookies {
    private Cookies() {}

    /** The value of the first cookie of this name. */
    public static Optional<String> value(List<String> lines, String name) {
        for (String line : lines) {
            for (String cookie : line.split(";")) {
                String stripped = cookie.strip();
                if (isNamed(stripped, name)) {
                    return Optional.of(stripped.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** A line without every cookie of this name; the others stay as they are. Empty if none is left. */
    static String without(String line, String name) {
        if (!line.contains(name)) {
            return line;
        }
        StringBuilder others = new StringBuilder(line.length());
        for (String cookie : line.split(";")) {
            if (!isNamed(cookie.strip(), name)) {
                others.append(others.isEmpty() ? cookie.stripLeading() : ";" + cookie);
            }
        }
        return others.toString();
    }

    private static boolean isNamed(String cookie, String name) {
        return cookie.startsWith(name) && cookie.length() > name.length() && cookie.charAt(name.length()) == '=';
    }
}
