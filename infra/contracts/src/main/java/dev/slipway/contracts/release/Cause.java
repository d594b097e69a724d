package dev.slipway.contracts.release;

import dev.slipway.contracts.Texts;

/**
 * Why a release is where it is.
 *
 * @param kind stable, kebab-case, for example {@code gate-failed}, {@code worse}, {@code aborted}, {@code expired}
 * @param text one sentence for a person
 * @param observed the observed value, or empty
 * @param limit its limit, or empty
 */
public record Cause(String kind, String text, String observed, String limit) {
    /** Kind of what people are told when all that is waited for is for others to do. */
    public static final String WAITS_ON_OTHERS = "waits-on-others";

    public Cause {
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("text", text);
        Texts.requirePresent("observed", observed);
        Texts.requirePresent("limit", limit);
    }

    public static Cause of(String kind, String text) {
        return new Cause(kind, text, "", "");
    }
}
