package dev.slipway.guide;

import org.jspecify.annotations.Nullable;

/**
 * What would answer a line.
 *
 * @param words in one sentence for people
 * @param policy the part of a policy that does it, as it stands in the file; null where none does
 * @param cover whether today's Slipway does
 */
public record Answer(String words, @Nullable String policy, Cover cover) {
    /** How far today's Slipway answers it. */
    public enum Cover {
        /** It does. */
        SLIPWAY,
        /** It does once a pipeline or a person hands something in. */
        HANDED_IN,
        /** Nothing does yet. */
        NOTHING_YET,
        /** There is nothing to answer. */
        NONE
    }

    static Answer none(String words) {
        return new Answer(words, null, Cover.NONE);
    }

    static Answer yet(String words) {
        return new Answer(words, null, Cover.NOTHING_YET);
    }
}
