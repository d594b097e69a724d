package dev.slipway.contracts;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by Semantic Versioning 2.0.0 (https://semver.org, the regular expression of its FAQ). Its numbers have no upper
 * end: a version made of a time such as {@code 20260105100000.0.0} is one.
 *
 * @param preRelease its identifiers, none for a normal version
 * @param build build metadata, without weight in the order; empty if there is none
 */
public record SemanticVersion(
        BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease, String build)
        implements Comparable<SemanticVersion> {
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    /** What all versions match, and nothing else that is short enough. */
    public static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + IDENTIFIER
            + "(?:\\." + IDENTIFIER + ")*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private static final Pattern NUMERIC = Pattern.compile("[0-9]+");
    private static final int CHARACTERS_MAX = 200;

    private static final Comparator<SemanticVersion> PRECEDENCE = Comparator.comparing(SemanticVersion::major)
            .thenComparing(SemanticVersion::minor)
            .thenComparing(SemanticVersion::patch)
            .thenComparing(SemanticVersion::preRelease, SemanticVersion::comparePreRelease);

    public SemanticVersion {
        preRelease = List.copyOf(preRelease);
    }

    /** The version that a text is, or nothing: no {@code v} before it, no spaces around it. */
    public static Optional<SemanticVersion> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > CHARACTERS_MAX || !matcher.matches()) {
            return Optional.empty();
        }
        String before = matcher.group(4);
        String build = matcher.group(5);
        return Optional.of(new SemanticVersion(
                new BigInteger(matcher.group(1)),
                new BigInteger(matcher.group(2)),
                new BigInteger(matcher.group(3)),
                before == null ? List.of() : List.of(before.split("\\.", -1)),
                build == null ? "" : build));
    }

    /**
     * The same, of a text that is known to be one.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SemanticVersion require(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException(
                "A version is MAJOR.MINOR.PATCH by SemVer 2.0.0, not " + Texts.shown(text)));
    }

    /** Whether it comes after the other by precedence; build metadata makes no difference. */
    public boolean isAbove(SemanticVersion other) {
        return compareTo(other) > 0;
    }

    /** The next minor version: a normal one, without build metadata. */
    public SemanticVersion nextMinor() {
        return new SemanticVersion(major, minor.add(BigInteger.ONE), BigInteger.ZERO, List.of(), "");
    }

    /** Which number of a version rises, the weightiest first. */
    public enum Part {
        MAJOR,
        MINOR,
        PATCH
    }

    /**
     * The normal version that follows where this number rises and those after it begin again. A pre-release of such a version
     * leads to that version itself: 2.0.0-rc.1 to 2.0.0, whichever number rises.
     */
    public SemanticVersion raised(Part part) {
        boolean leads = !preRelease.isEmpty()
                && switch (part) {
                    case MAJOR -> minor.signum() == 0 && patch.signum() == 0;
                    case MINOR -> patch.signum() == 0;
                    case PATCH -> true;
                };
        if (leads) {
            return new SemanticVersion(major, minor, patch, List.of(), "");
        }
        return switch (part) {
            case MAJOR ->
                new SemanticVersion(major.add(BigInteger.ONE), BigInteger.ZERO, BigInteger.ZERO, List.of(), "");
            case MINOR -> nextMinor();
            case PATCH -> new SemanticVersion(major, minor, patch.add(BigInteger.ONE), List.of(), "");
        };
    }

    /** By precedence, so that versions that differ in build metadata alone compare as equal though they are not. */
    @Override
    public int compareTo(SemanticVersion other) {
        return PRECEDENCE.compare(this, other);
    }

    /** A normal version is above its pre-releases; of those the first identifier that differs counts, then their number. */
    private static int comparePreRelease(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int compared = compareIdentifiers(one.get(i), other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareIdentifiers(String one, String other) {
        boolean number = NUMERIC.matcher(one).matches();
        boolean otherNumber = NUMERIC.matcher(other).matches();
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
    }

    @Override
    public String toString() {
        String before = preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease);
        return major + "." + minor + "." + patch + before + (build.isEmpty() ? "" : "+" + build);
    }
}
