package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that a release's guide was read from, as it is at the released revision, beside the guide that is pinned (ADR 67).
 *
 * @param file its path from the top of the repository, 1 to 200 characters
 * @param why what is to be known of the state, in one sentence; absent where it says all
 * @param sha256 of its text, 64 lower-case hexadecimal digits, with line feeds alone between lines; absent where it was not read
 * @param lines in which it differs, in its order, those that are gone last; at most {@value #LINES_MAX}, and no more than
 *     {@value #CHARACTERS_MAX} characters together
 * @param more in how many lines it differs beyond these
 * @param adopted by whose word the release goes by this file; absent while it goes by the pinned guide
 */
public record GuideFileView(
        String file,
        State state,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String why,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Difference> lines,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int more,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Adopted adopted) {
    public static final int LINES_MAX = 100;
    public static final int CHARACTERS_MAX = 30_000;

    public GuideFileView {
        Texts.requirePresent("file", file);
        Texts.requirePresent("state", state);
        lines = List.copyOf(lines);
    }

    /** That nobody has adopted. */
    public GuideFileView(
            String file, State state, @Nullable String why, @Nullable String sha256, List<Difference> lines, int more) {
        this(file, state, why, sha256, lines, more, null);
    }

    /** The same, by that word. */
    public GuideFileView adoptedBy(Adopted word) {
        return new GuideFileView(file, state, why, sha256, lines, more, word);
    }

    /** What the file is beside the pinned guide. */
    public enum State {
        /** Each line of the guide stands in it, and no other. */
        SAME,
        DIFFERS,
        /** The revision has no such file. */
        MISSING,
        /** There is something, and it is no guide that can be read. */
        UNREADABLE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** In what a line differs. */
    public enum Kind {
        /** The file has it, and the guide has not. */
        ADDED,
        /** It has another text. */
        CHANGED,
        /** It stands under other headings. */
        MOVED,
        /** The guide has it, and the file has not. */
        GONE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * One line in which they differ.
     *
     * @param id of the line in the guide; that which an added one would have
     * @param text as the file has it; as the guide has it where it is gone
     * @param was its text in the guide, where that is another; else absent
     * @param under its headings in the file; in the guide where it is gone
     * @param line where it stands in the file, from 1; absent where it is gone
     * @param after id of the line before it in the file; absent where it is the first, and where it is gone
     */
    public record Difference(
            Kind kind,
            String id,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String was,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> under,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer line,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String after) {
        public Difference {
            Texts.requirePresent("kind", kind);
            Texts.requirePresent("id", id);
            Texts.requirePresent("text", text);
            under = List.copyOf(under);
        }
    }

    /**
     * A decision that the release goes by the file.
     *
     * @param by address of whoever made it
     * @param operator whether as an operator, else as a contact of the policy
     * @param reason why, in their words
     * @param guideHash hash of the guide that the release goes by since
     * @param fell addresses of those whose approvals fell by it; absent where none did
     */
    public record Adopted(
            String by,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean operator,

            Instant at,
            String reason,
            String guideHash,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> fell) {
        public Adopted {
            Texts.requirePresent("by", by);
            Texts.requirePresent("guideHash", guideHash);
            fell = List.copyOf(fell);
        }
    }

    /**
     * Body of {@code POST /api/v1/releases/{id}/guide}: the release goes by its guide's file.
     *
     * @param sha256 of exactly which text
     * @param reason why; must not be blank
     */
    public record GuideAdoption(String sha256, String reason) {
        public GuideAdoption {
            Texts.requirePresent("sha256", sha256);
            Texts.requirePresent("reason", reason);
        }
    }
}
