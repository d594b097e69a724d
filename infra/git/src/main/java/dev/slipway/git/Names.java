package dev.slipway.git;

import java.util.regex.Pattern;

/** What may be handed to git as an id or as the name of a branch or tag. */
final class Names {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    /** As {@code git check-ref-format} has it, and none that looks like an option. */
    private static final Pattern ILLEGAL =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|//|@\\{|^[-/.]|/\\.|[/.]$|\\.lock(/|$)|^@$|^HEAD$");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@%+=:,-]+");
    private static final int LENGTH_MAX = 250;

    private Names() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static String requireId(String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException("a commit's id is 40 or 64 lower-case hexadecimal digits, not " + text);
        }
        return text;
    }

    static String requireRef(String what, String name) throws Refused {
        if (name.isEmpty()
                || name.length() > LENGTH_MAX
                || ILLEGAL.matcher(name).find()) {
            throw Refused.forGood("%s is no legal name of a %s in Git".formatted(Words.shown(name), what));
        }
        return name;
    }

    /** The ten digits by which people know it. */
    static String brief(String id) {
        return id.substring(0, 10);
    }

    /** As a shell takes it for one word. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() && !word.startsWith("-") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
