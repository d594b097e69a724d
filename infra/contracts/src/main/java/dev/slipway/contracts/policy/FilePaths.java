package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of files within a repository, as Git has them: relative, with slashes. A pattern may have {@code *} for anything
 * within a folder's name or a file's, {@code ?} for one character of it, and {@code **} as a whole part for any folders.
 */
public final class FilePaths {
    private static final int CHARACTERS_MAX = 300;
    private static final int PARTS_MAX = 32;
    private static final Pattern WILD = Pattern.compile("[*?]");

    private FilePaths() {}

    /**
     * Requires the path of one file.
     *
     * @throws IllegalArgumentException if it is none, or leads out of the repository
     */
    static String require(String what, String path) {
        Texts.requireLength(what, path, 1, CHARACTERS_MAX);
        if (path.contains("*") || path.contains("?")) {
            throw new IllegalArgumentException(
                    "%s names one file, so that it has no * and no ?; is %s".formatted(what, Texts.shown(path)));
        }
        return requireParts(what, path);
    }

    /** Whether it is the path of one file within a repository. */
    public static boolean isFile(String path) {
        try {
            require("path", path);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /**
     * Requires a path that may have {@code *}, {@code ?} and {@code **}.
     *
     * @throws IllegalArgumentException if it is none, or leads out of the repository
     */
    static String requirePattern(String what, String pattern) {
        Texts.requireLength(what, pattern, 1, CHARACTERS_MAX);
        requireParts(what, pattern);
        for (String part : pattern.split("/", -1)) {
            if (part.contains("**") && !part.equals("**")) {
                throw new IllegalArgumentException("%s: ** stands for folders and alone between slashes, is %s"
                        .formatted(what, Texts.shown(pattern)));
            }
        }
        return pattern;
    }

    private static String requireParts(String what, String path) {
        String[] parts = path.split("/", -1);
        boolean legal = parts.length <= PARTS_MAX && !path.contains("\\");
        for (String part : parts) {
            legal &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!legal) {
            throw new IllegalArgumentException(
                    "%s must be a path from the top of the repository, such as docs/conf.py, of at most %d parts without . and .., is %s"
                            .formatted(what, PARTS_MAX, Texts.shown(path)));
        }
        return path;
    }

    /** Whether a path fits a pattern. Takes no longer than the product of their parts. */
    public static boolean fits(String pattern, String path) {
        String[] parts = path.split("/", -1);
        boolean[] fitting = new boolean[parts.length + 1]; // whether the pattern so far fits so many parts of the path
        fitting[0] = true;
        for (String part : pattern.split("/", -1)) {
            boolean[] next = new boolean[parts.length + 1];
            for (int taken = 0; taken <= parts.length; taken++) {
                next[taken] = part.equals("**")
                        ? fitting[taken] || (taken > 0 && next[taken - 1])
                        : taken > 0 && fitting[taken - 1] && part(part, parts[taken - 1]);
            }
            fitting = next;
        }
        return fitting[parts.length];
    }

    /** One star after the other, taking no more than it has to: no text makes it slower than its square. */
    private static boolean part(String pattern, String text) {
        int star = -1;
        int back = 0;
        int at = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                back = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++back;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** What all paths that fit begin with: the folder before the first star, or nothing; of one file its whole path. */
    public static String beginning(String pattern) {
        int star = first(pattern);
        return star < 0 ? pattern : pattern.substring(0, pattern.lastIndexOf('/', star) + 1);
    }

    private static int first(String pattern) {
        Matcher found = WILD.matcher(pattern);
        return found.find() ? found.start() : -1;
    }
}
