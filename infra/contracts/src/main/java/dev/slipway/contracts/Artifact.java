package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that a build made.
 *
 * @param uri where to fetch it, 1 to 2,000 characters; {@code file:} or {@code https:}
 * @param digest what it must be; whatever is fetched is compared with it
 * @param name what a policy calls it ({@code {artifacts.NAME}}) and where it lies beside others, 1 to 100 letters, digits,
 *     dots, hyphens and underscores, the first a letter or digit; null for the last part of its address
 */
public record Artifact(
        URI uri,
        Digest digest,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name) {
    public static final int URI_CHARACTERS_MAX = 2000;

    /** How an address begins. */
    public static final Pattern SCHEME = Pattern.compile("^(?:file|https):");

    /** All of a name. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final int NAME_CHARACTERS_MAX = 100;

    public Artifact {
        Texts.requirePresent("An artifact's uri", uri);
        Texts.requirePresent("An artifact's digest", digest);
        Texts.requireLength("An artifact's uri", uri.toString(), 1, URI_CHARACTERS_MAX);
        if (!SCHEME.matcher(uri.toString()).find()) {
            throw new IllegalArgumentException(
                    "An artifact's uri is a file: or https: address, not " + Texts.shown(uri.toString()));
        }
        if (name != null && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An artifact's name has 1 to 100 letters, digits, dots, hyphens and underscores and starts with a letter or digit, is "
                            + Texts.shown(name));
        }
    }

    /** Called as its address ends. */
    public Artifact(URI uri, Digest digest) {
        this(uri, digest, null);
    }

    /** What it is called: its name, else the last part of its address, in the letters of a name. */
    @JsonIgnore
    public String called() {
        if (name != null) {
            return name;
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1)
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        String called = last.substring(0, Math.min(last.length(), NAME_CHARACTERS_MAX));
        return called.isEmpty() ? "artifact" : called;
    }
}
