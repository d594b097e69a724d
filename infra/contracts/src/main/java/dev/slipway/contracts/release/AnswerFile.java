package dev.slipway.contracts.release;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.util.regex.Pattern;

/**
 * A file that stands with an answer to a duty: what it is called, and what it holds. Its bytes are kept under their digest,
 * the same bytes once, and are handed out by {@code GET /api/v1/releases/{id}/files/{digest}}.
 *
 * @param name as {@link #isName} has it
 * @param digest of its bytes
 * @param bytes how many there are, 1 and above
 */
public record AnswerFile(String name, Digest digest, long bytes) {
    /** Files of one answer. */
    public static final int FILES_MAX = 10;

    public static final int NAME_CHARACTERS_MAX = 100;

    /**
     * All of a name: one line in which nothing leads to another folder, and nothing is unseen or turns the direction of what
     * stands around it.
     */
    public static final Pattern NAME =
            Pattern.compile("[^\\x00-\\x1f\\x7f-\\x9f/\\\\\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]+");

    public AnswerFile {
        requireName(name);
        Texts.requirePresent("digest", digest);
        if (bytes < 1) {
            throw new IllegalArgumentException("A file has 1 byte or more, %s has %d".formatted(name, bytes));
        }
    }

    /**
     * A file that an answer is to stand with, after its bytes were handed in.
     *
     * @param name as {@link AnswerFile#isName} has it
     * @param digest of its bytes, as the answer to handing them in has it
     */
    public record Named(String name, Digest digest) {
        public Named {
            requireName(name);
            Texts.requirePresent("digest", digest);
        }
    }

    /** Whether a file may be called so: 1 to 100 characters as in {@link #NAME}, of which one says something. */
    public static boolean isName(String name) {
        return name.codePointCount(0, name.length()) <= NAME_CHARACTERS_MAX
                && NAME.matcher(name).matches()
                && Texts.says(name)
                && !name.equals(".")
                && !name.equals("..");
    }

    private static void requireName(String name) {
        Texts.requirePresent("name", name);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A file's name has 1 to %d characters on one line, without / and \\; %s is none"
                            .formatted(NAME_CHARACTERS_MAX, Texts.shown(name)));
        }
    }
}
