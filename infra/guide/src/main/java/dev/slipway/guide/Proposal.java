package dev.slipway.guide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Slipway proposes for one line. Nothing of it is in force before somebody takes it over.
 *
 * @param step whether there is something to be done
 * @param reason why it is read so, in one sentence
 * @param condition when the line holds, its headings' and its parent's included
 * @param timing when it is due or how long it lasts
 * @param placeholders to be filled before a release
 * @param parts what else the line asks for, where it has two verbs ("merge and verify")
 * @param decided whether a person has said so, and this is no proposal any more
 */
public record Proposal(
        GuideLine line,
        boolean step,
        LineClass kind,
        Answer answer,
        @Nullable NamedRole role,
        Condition condition,
        List<Timing> timing,
        List<String> placeholders,
        List<Part> parts,
        String reason,
        boolean decided) {
    /** A second request of the same line. */
    public record Part(String text, LineClass kind) {}

    public Proposal {
        timing = List.copyOf(timing);
        placeholders = List.copyOf(placeholders);
        parts = List.copyOf(parts);
        if (kind == LineClass.GATE && answer.policy() == null) {
            throw new IllegalArgumentException("a gate is bound to evidence: " + line.id());
        }
    }

    /** What gates, checks and duties that answer it are called in a policy. */
    public String name() {
        return Answers.name(line);
    }

    Proposal decided(LineClass as, Answer by, @Nullable NamedRole who, String why) {
        boolean asks = as != LineClass.VALUE && as != LineClass.NOTHING;
        return new Proposal(line, asks, as, by, who, condition, timing, placeholders, parts, why, true);
    }
}
