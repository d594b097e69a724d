package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.Locale;
import java.util.Optional;

/** How bad a vulnerability is said to be, in the words of CycloneDX, worst last; nobody knows is none of these. */
public enum Severity {
    @JsonEnumDefaultValue
    UNKNOWN,
    NONE,
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Of a word as it stands in a report; nothing where it is none of these. */
    public static Optional<Severity> of(String word) {
        for (Severity one : values()) {
            if (one.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Sources differ, and nobody says whom to believe: the worst word counts, and a word counts more than none. */
    public Severity worse(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
