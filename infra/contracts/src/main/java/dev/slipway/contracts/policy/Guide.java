package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A team's release guide as part of its policy: each line, and what answers it.
 *
 * @param file that it was read from, 1 to 200 characters; null where nobody said
 * @param lines 1 to 500, ids unique
 * @param hash SHA-256 of both in canonical JSON, 64 lower-case hexadecimal digits
 */
public record Guide(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String file, List<GuideLine> lines, String hash) {
    public static final int LINES_MAX = 500;

    public Guide {
        Texts.requirePresent("guide.lines", lines);
        lines = List.copyOf(lines);
        Ranges.require("guide.lines: their number", lines.size(), 1, LINES_MAX);
        Policy.requireOnce(
                "guide.lines: each id", lines.stream().map(GuideLine::id).toList());
        Texts.requireLength("guide.hash", hash, 64, 64);
        if (file != null) {
            Texts.requireLength("guide.file", file, 1, 200);
        }
    }
}
