package dev.slipway.guide;

import java.util.Locale;

/** What answers a line. */
public enum LineClass {
    /** Evidence goes in, a verdict comes out. */
    GATE,
    /** A person is asked by name. */
    DUTY,
    /** It is rendered from facts. */
    DOCUMENT,
    /** Something is changed: merge, tag, deploy, roll back, notify. */
    ACTION,
    /** A value of the policy. */
    VALUE,
    /** A principle, a title or a note: there is nothing to answer, and that is said. */
    NOTHING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is none; the message names them */
    public static LineClass of(String word) {
        for (LineClass one : values()) {
            if (one.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no class: one of gate, duty, document, action, value, nothing".formatted(word));
    }
}
