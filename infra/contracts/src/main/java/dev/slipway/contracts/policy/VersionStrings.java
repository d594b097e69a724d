package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files at the released revision that say its version.
 *
 * @param files 1 to 50
 * @param candidates what they may say where the release is a candidate, such as 2.1.0-rc.1
 * @param expected the released version, 1 to 250 characters; {@value #EXPECTED_DEFAULT} in a policy
 */
public record VersionStrings(List<VersionString> files, Candidates candidates, String expected) {
    public static final String EXPECTED_DEFAULT = "{version}";
    private static final int FILES_MAX = 50;

    /** What files may say of a candidate. Of any other release they have to say its version. */
    public enum Candidates {
        /** The version itself, 2.1.0-rc.1. */
        EXACT,
        /** What it is to become, 2.1.0. */
        BASE,
        /** Either of them. */
        EITHER,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    public VersionStrings {
        Texts.requirePresent("versions.files", files);
        Texts.requirePresent("versions.candidates", candidates);
        Texts.requireLength("versions.expected", expected, 1, 250);
        files = List.copyOf(files);
        Ranges.require("versions.files: number of places", files.size(), 1, FILES_MAX);
    }

    /** All that a file may say. What follows a plus has no weight in the order of versions, and may be left out. */
    @JsonIgnore
    public Set<String> legal() {
        int plus = expected.indexOf('+');
        String plain = plus < 0 ? expected : expected.substring(0, plus);
        int hyphen = plain.indexOf('-');
        Set<String> legal = new LinkedHashSet<>();
        if (hyphen < 0 || candidates == Candidates.EXACT || candidates == Candidates.EITHER) {
            legal.add(plain);
            legal.add(expected);
        }
        if (hyphen >= 0 && (candidates == Candidates.BASE || candidates == Candidates.EITHER)) {
            legal.add(plain.substring(0, hyphen));
        }
        return legal;
    }

    /**
     * One place in one file. At most one of {@code at}, {@code xml} and {@code pattern} says where; without any the whole
     * file is the version.
     *
     * @param path of the file, from the top of the repository
     * @param at a simple JSONPath in JSON or YAML, such as {@code $.version}
     * @param xml an element by the names from the root, such as {@code /project/version}, or an attribute, {@code /a/b/@c}
     * @param pattern a regular expression of linear time (RE2), tried at each line; what its one group holds, or all of it
     */
    public record VersionString(
            String path,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String xml,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String pattern) {
        private static final int PLACE_CHARACTERS_MAX = 500;
        private static final Pattern AT = Pattern.compile("\\$(\\.[A-Za-z0-9_$-]+|\\[[0-9]{1,6}])+");
        private static final Pattern XML = Pattern.compile("(/[A-Za-z_][\\w.-]*)+(/@[A-Za-z_][\\w.-]*)?");

        public VersionString {
            FilePaths.require("versions.files.path", path);
            if (Stream.of(at, xml, pattern).filter(Objects::nonNull).count() > 1) {
                throw new IllegalArgumentException("a place needs at most one of at, xml and pattern");
            }
            requireForm("at", at, AT, "$.version");
            requireForm("xml", xml, XML, "/project/version");
            if (pattern != null) {
                Texts.requireLength("versions.files.pattern", pattern, 1, PLACE_CHARACTERS_MAX);
            }
        }

        private static void requireForm(String what, @Nullable String place, Pattern form, String example) {
            if (place == null) {
                return;
            }
            Texts.requireLength("versions.files." + what, place, 1, PLACE_CHARACTERS_MAX);
            if (!form.matcher(place).matches()) {
                throw new IllegalArgumentException(
                        "versions.files.%s must be such as %s, is %s".formatted(what, example, Texts.shown(place)));
            }
        }

        /** Where it is, for people. */
        @JsonIgnore
        public String where() {
            String place = at != null ? at : xml != null ? xml : pattern;
            return place == null ? path : path + " " + place;
        }
    }
}
