package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One demand of a guide, and what answers it.
 *
 * @param id stays when neighbours change, 1 to 100 characters
 * @param text as the guide has it, 1 to 500 characters
 * @param under headings above it, from the outermost, at most 10 of 1 to 200 characters
 * @param line where it stands in the guide's file, from 1; null where nobody said
 * @param when kinds of release, one of which it must be, each once; empty for all
 * @param where a CEL expression over {@link ReleaseFacts} that must hold, 1 to 500 characters; null for all, never beside kinds
 */
public record GuideLine(
        String id,
        String text,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> under,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer line,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ReleaseKind> when,

        GuideAnswer answer,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String where) {
    public static final int TEXT_CHARACTERS_MAX = 500;
    public static final int HEADINGS_MAX = 10;
    public static final int HEADING_CHARACTERS_MAX = 200;
    private static final int LINE_MAX = 100_000;

    public GuideLine {
        Texts.requirePresent("guide.lines: answer", answer);
        Texts.requireLength("guide.lines: id", id, 1, 100);
        Texts.requireLength("guide.lines: text", text, 1, TEXT_CHARACTERS_MAX);
        under = List.copyOf(under);
        when = List.copyOf(when);
        Ranges.require("guide.lines: headings", under.size(), 0, HEADINGS_MAX);
        under.forEach(heading -> Texts.requireLength("guide.lines: a heading", heading, 1, HEADING_CHARACTERS_MAX));
        Policy.requireOnce(
                "guide.lines: each kind of release",
                when.stream().map(ReleaseKind::word).toList());
        if (where != null) {
            Texts.requireLength("guide.lines: when", where, 1, Duty.WHERE_CHARACTERS_MAX);
            if (!when.isEmpty()) {
                throw new IllegalArgumentException("guide.lines: when is kinds of release or an expression, not both");
            }
        }
        if (line != null) {
            Ranges.require("guide.lines: line", line, 1, LINE_MAX);
        }
    }

    /** Of every release, or of kinds of them. */
    public GuideLine(
            String id,
            String text,
            List<String> under,
            @Nullable Integer line,
            List<ReleaseKind> when,
            GuideAnswer answer) {
        this(id, text, under, line, when, answer, null);
    }

    /** A text as a line or a heading has it: one line of at most so many characters, without what no policy may hold. */
    public static String shortened(String text, int max) {
        return Texts.oneLine(text.replaceAll("[\\p{Cc}\\u0085\\ufeff]+", " "), max);
    }

    /** Whether it holds for a release of these kinds; whether its expression does is another question. */
    public boolean holds(Set<ReleaseKind> kinds) {
        return when.isEmpty() || when.stream().anyMatch(kinds::contains);
    }
}
