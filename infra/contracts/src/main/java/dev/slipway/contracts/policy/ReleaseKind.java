package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.SemanticVersion;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What kind of release a line of a guide holds for. A release is of several: the first of all may be a candidate of a major. */
public enum ReleaseKind {
    /** Of a version such as 2.0.0. */
    MAJOR,
    /** Of a version such as 2.1.0. */
    MINOR,
    /** Of a version such as 2.1.3. */
    PATCH,
    /** Proposed by an operator below what production has had. */
    HOTFIX,
    /** Of a version such as 2.1.0-rc.1. */
    CANDIDATE,
    /** Production had verified none before. */
    FIRST,
    /** No candidate. */
    FINAL,
    @JsonEnumDefaultValue
    UNKNOWN;

    /** All kinds that a release is of, in their order. */
    public static Set<ReleaseKind> of(SemanticVersion version, boolean hotfix, boolean first) {
        Set<ReleaseKind> kinds = EnumSet.of(version.preRelease().isEmpty() ? FINAL : CANDIDATE);
        if (version.patch().compareTo(BigInteger.ZERO) > 0) {
            kinds.add(PATCH);
        } else {
            kinds.add(version.minor().compareTo(BigInteger.ZERO) > 0 ? MINOR : MAJOR);
        }
        if (hotfix) {
            kinds.add(HOTFIX);
        }
        if (first) {
            kinds.add(FIRST);
        }
        return kinds;
    }

    /** As a policy writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words that a policy may write. */
    public static List<String> words() {
        return Stream.of(values())
                .filter(kind -> kind != UNKNOWN)
                .map(ReleaseKind::word)
                .toList();
    }
}
