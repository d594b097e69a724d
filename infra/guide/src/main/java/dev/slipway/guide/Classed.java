package dev.slipway.guide;

import java.util.Optional;

/**
 * What would answer a step.
 *
 * @param evidence what a gate is bound to; empty for the other classes
 * @param reason in one sentence
 */
record Classed(LineClass kind, Optional<Evidence> evidence, String reason) {
    Classed {
        if ((kind == LineClass.GATE) != evidence.isPresent()) {
            throw new IllegalArgumentException("a gate is bound to evidence, and nothing else is: " + reason);
        }
    }

    static Classed duty(String reason) {
        return new Classed(LineClass.DUTY, Optional.empty(), reason);
    }

    static Classed action(String reason) {
        return new Classed(LineClass.ACTION, Optional.empty(), reason);
    }

    static Classed document(String reason) {
        return new Classed(LineClass.DOCUMENT, Optional.empty(), reason);
    }

    static Classed gate(Evidence evidence, String reason) {
        return new Classed(LineClass.GATE, Optional.of(evidence), reason);
    }

    /** A gate if the text, or a link of its line, speaks of what a report shows. */
    static Optional<Classed> bound(GuideLine line, String text) {
        return Evidence.of(text)
                .or(() -> line.links().stream()
                        .filter(link -> link.matches(
                                "(?i).*(/actions|/workflows|ci\\.|jenkins|testgrid|/pipelines|cloud-build|/_build).*"))
                        .findFirst()
                        .map(link -> Evidence.CI))
                .map(found -> gate(
                        found,
                        "a report can say it: it speaks of what %s shows"
                                .formatted(found.answer("it").words().replaceFirst("a gate over ", ""))));
    }
}
