package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;

/**
 * A fact that reports of a kind may say, as it stands in the published table.
 *
 * @param name as in {@link Fact}; one that is not known before the report is read ends in {@code .*}
 * @param meaning in a sentence without a full stop, for whoever writes a gate
 */
public record KnownFact(String name, Fact.Unit unit, Better better, String meaning) {
    public KnownFact {
        Texts.requireLength("A fact's name", name, 1, 100);
        Texts.requireLength("A fact's meaning", meaning, 1, 200);
    }

    /** Which of two values is the better one. */
    public enum Better {
        LOWER,
        HIGHER,
        /** It is what it is. */
        NEITHER
    }

    public static KnownFact lower(String name, Fact.Unit unit, String meaning) {
        return new KnownFact(name, unit, Better.LOWER, meaning);
    }

    public static KnownFact higher(String name, Fact.Unit unit, String meaning) {
        return new KnownFact(name, unit, Better.HIGHER, meaning);
    }

    public static KnownFact neither(String name, Fact.Unit unit, String meaning) {
        return new KnownFact(name, unit, Better.NEITHER, meaning);
    }
}
