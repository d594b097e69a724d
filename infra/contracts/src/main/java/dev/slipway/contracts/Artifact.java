package dev.slipway.contracts;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Something that a build made.
 *
 * @param uri where to fetch it, 1 to 2,000 characters; {@code file:} or {@code https:}
 * @param digest what it must be; whatever is fetched is compared with it
 */
public record Artifact(URI uri, Digest digest) {
    public static final int URI_CHARACTERS_MAX = 2000;

    /** How an address begins. */
    public static final Pattern SCHEME = Pattern.compile("^(?:file|https):");

    public Artifact {
        Texts.requirePresent("An artifact's uri", uri);
        Texts.requirePresent("An artifact's digest", digest);
        Texts.requireLength("An artifact's uri", uri.toString(), 1, URI_CHARACTERS_MAX);
        if (!SCHEME.matcher(uri.toString()).find()) {
            throw new IllegalArgumentException(
                    "An artifact's uri is a file: or https: address, not " + Texts.shown(uri.toString()));
        }
    }
}
