package dev.slipway.guide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a guide from an earlier import: its lines as they stood, and what people decided about them. A small file
 * beside the policy.
 *
 * @param guide name of the guide's file
 */
public record Decisions(String guide, List<Known> lines) {
    public static final int LINES_MAX = GuideFile.LINES_MAX;

    /** @param decision null while nobody has decided, and the proposal stands */
    public record Known(
            String id,
            List<String> headings,
            String text,
            int line,
            @Nullable Decision decision) {
        public Known {
            headings = List.copyOf(headings);
            if (id.isBlank()) {
                throw new IllegalArgumentException("a known line needs its id: '%s'".formatted(text));
            }
        }
    }

    /**
     * @param answer the part of a policy that answers the line; null for the one that is proposed
     * @param role who is asked; null for the one that the line names
     */
    public record Decision(
            LineClass kind,
            @Nullable String answer,
            @Nullable String role) {}

    public Decisions {
        lines = List.copyOf(lines);
        if (lines.size() > LINES_MAX) {
            throw new IllegalArgumentException(
                    "%,d lines are known, and at most %,d are kept".formatted(lines.size(), LINES_MAX));
        }
    }

    public static Decisions none(String guide) {
        return new Decisions(guide, List.of());
    }

    /** The same with one more decision. */
    public Decisions deciding(String id, Decision decision) {
        if (lines.stream().noneMatch(line -> line.id().equals(id))) {
            throw new IllegalArgumentException(
                    "there is no line %s: slipway guide import FILE --json shows the ids".formatted(id));
        }
        return new Decisions(
                guide,
                lines.stream()
                        .map(line -> line.id().equals(id)
                                ? new Known(id, line.headings(), line.text(), line.line(), decision)
                                : line)
                        .toList());
    }
}
