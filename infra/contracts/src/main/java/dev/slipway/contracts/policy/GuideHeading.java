package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Of which releases all lines under a heading of a guide are; each line's own condition holds besides.
 *
 * @param under the heading as it stands above its lines, 1 to 200 characters
 * @param when kinds of release, one of which it must be, each once; empty where an expression says it
 * @param where a CEL expression over {@link ReleaseFacts} that must hold, 1 to 500 characters; null where kinds say it
 */
public record GuideHeading(
        String under,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ReleaseKind> when,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String where) {
    public GuideHeading {
        Texts.requireLength("guide.headings: under", under, 1, GuideLine.HEADING_CHARACTERS_MAX);
        when = List.copyOf(when);
        Policy.requireOnce(
                "guide.headings: each kind of release",
                when.stream().map(ReleaseKind::word).toList());
        if (where != null) {
            Texts.requireLength("guide.headings: when", where, 1, Duty.WHERE_CHARACTERS_MAX);
        }
        if (when.isEmpty() == (where == null)) {
            throw new IllegalArgumentException(
                    "guide.headings: when of %s is kinds of release or an expression".formatted(Texts.shown(under)));
        }
    }

    /** Whether that line stands under it, however far below. */
    public boolean covers(GuideLine line) {
        return line.under().contains(under);
    }

    /** As the policy says it: kinds, or an expression. */
    public String rule() {
        return where != null ? where : when.stream().map(ReleaseKind::word).collect(Collectors.joining(", "));
    }
}
