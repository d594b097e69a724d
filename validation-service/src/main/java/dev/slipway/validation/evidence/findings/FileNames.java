package dev.slipway.validation.evidence.findings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names of files as reports give them, in one form: relative where they are, with slashes, without a scheme. */
final class FileNames {
    private static final String SCHEME = "file://";

    private FileNames() {}

    static String of(String uri) {
        String name = uri;
        if (name.startsWith(SCHEME)) {
            name = name.substring(SCHEME.length());
            name = name.matches("/[A-Za-z]:.*") ? name.substring(1) : name;
        }
        name = decoded(name).replace('\\', '/');
        while (name.startsWith("./")) {
            name = name.substring(2);
        }
        return name;
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException written) {
            return name; // a file that has a % in its name
        }
    }
}
