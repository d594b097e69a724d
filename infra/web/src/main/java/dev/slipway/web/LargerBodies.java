package dev.slipway.web;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where request bodies may be larger than elsewhere.
 *
 * @param method of the request
 * @param path the whole of its path
 * @param bytesMax largest body, bytes, 1 and above
 * @param remedy what to do where one is larger, sentences
 */
public record LargerBodies(String method, Pattern path, long bytesMax, String remedy) {
    private static final Pattern FILES = Pattern.compile("/api/v1/releases/[^/]+/duties/[^/]+/files");

    public LargerBodies {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("A body has at least 1 byte, not at most " + bytesMax);
        }
    }

    /**
     * For files that stand with answers; the service says the same as the gateway before it.
     *
     * @param setting name of the limit
     */
    public static LargerBodies ofFiles(long bytesMax, String setting) {
        return new LargerBodies(
                "POST",
                FILES,
                bytesMax,
                "The limit is %s. Send a smaller file, or answer with a link to where it is.".formatted(setting));
    }

    private boolean isOf(String askedMethod, String askedPath) {
        return method.equals(askedMethod) && path.matcher(askedPath).matches();
    }

    /** The limit of a request: that of the first of these that it is of, or the usual one. */
    static LargerBodies of(List<LargerBodies> larger, LargerBodies usual, String method, String path) {
        return larger.stream()
                .filter(each -> each.isOf(method, path))
                .findFirst()
                .orElse(usual);
    }
}
