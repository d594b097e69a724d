package dev.slipway.contracts.letters;

/** Wire names of what services say about their dead letters. */
public final class LetterTypes {
    public static final String DEAD_LETTERS_STATUS = "dev.slipway.deadletters.changed.v1";

    private LetterTypes() {}
}
