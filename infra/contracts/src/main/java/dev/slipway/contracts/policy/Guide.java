package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A team's release guide as part of its policy: each line, and what answers it.
 *
 * @param file that it was read from, 1 to 200 characters; null where nobody said
 * @param lines 1 to 500, ids unique
 * @param hash SHA-256 of all of it in canonical JSON, 64 lower-case hexadecimal digits
 * @param headings of which releases the lines under a heading are, at most 100, each heading once; empty in policies from before
 *     there were any
 * @param sha256 of the text of the file that it was read from, with line feeds alone between lines, 64 lower-case hexadecimal
 *     digits; null where no import said so
 */
public record Guide(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String file,
        List<GuideLine> lines,
        String hash,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<GuideHeading> headings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256) {
    public static final int LINES_MAX = 500;
    public static final int HEADINGS_MAX = 100;

    public Guide {
        Texts.requirePresent("guide.lines", lines);
        lines = List.copyOf(lines);
        Ranges.require("guide.lines: their number", lines.size(), 1, LINES_MAX);
        Policy.requireOnce(
                "guide.lines: each id", lines.stream().map(GuideLine::id).toList());
        Texts.requireLength("guide.hash", hash, 64, 64);
        headings = List.copyOf(headings);
        Ranges.require("guide.headings: their number", headings.size(), 0, HEADINGS_MAX);
        Policy.requireOnce(
                "guide.headings: each heading",
                headings.stream().map(GuideHeading::under).toList());
        if (file != null) {
            Texts.requireLength("guide.file", file, 1, 200);
        }
        if (sha256 != null) {
            Texts.requireLength("guide.sha256", sha256, 64, 64);
        }
    }

    /** Whose lines say themselves of which releases they are. */
    public Guide(@Nullable String file, List<GuideLine> lines, String hash) {
        this(file, lines, hash, List.of(), null);
    }

    /** Of whose file it is not known which text it had. */
    public Guide(@Nullable String file, List<GuideLine> lines, String hash, List<GuideHeading> headings) {
        this(file, lines, hash, headings, null);
    }
}
