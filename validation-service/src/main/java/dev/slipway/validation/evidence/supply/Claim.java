package dev.slipway.validation.evidence.supply;

import org.jspecify.annotations.Nullable;

/**
 * That one document says something of one artifact, and whether it may be believed.
 *
 * @param sha256 of the artifact, 64 hexadecimal digits in small letters; null where the document names another digest alone
 * @param name what the document calls it; empty where it gives no name
 * @param doubt why it proves nothing; null where it does
 */
record Claim(@Nullable String sha256, String name, @Nullable Doubt doubt) {
    /** Why something proves nothing. */
    sealed interface Doubt {
        String why();

        /** No key that the gate names has signed it. */
        record Unsigned(String why) implements Doubt {}

        /** It was signed in a way that cannot be checked here. */
        record Uncheckable(String why) implements Doubt {}

        /** It is signed, and says something else than the gate expects. */
        record Otherwise(String why) implements Doubt {}

        /** It is signed, and tells of another commit than the one that is released. */
        record Elsewhere(String why) implements Doubt {}
    }

    /** For people: its name with the beginning of its digest. */
    String shown() {
        String digest = sha256 == null ? "no SHA-256" : sha256.substring(0, 12);
        return name.isEmpty() ? digest : name + " (" + digest + ")";
    }
}
