package dev.slipway.cli.guide;

import dev.slipway.guide.Decisions;
import dev.slipway.guide.LineClass;
import org.jspecify.annotations.Nullable;

/** What a person says about a line, as {@code --decide} and questions take it: {@code CLASS} or {@code CLASS:WHAT}. */
public final class Deciding {
    private Deciding() {}

    /** @throws IllegalArgumentException if it is none; the message names what is legal */
    public static Decisions.Decision of(String said) {
        String[] parts = said.strip().split(":", 2);
        String word = String.valueOf(parts[0]).strip();
        @Nullable
        String what = parts.length > 1 && !String.valueOf(parts[1]).isBlank()
                ? String.valueOf(parts[1]).strip()
                : null;
        if (word.equals("approval") || word.equals("contact")) {
            if (what == null) {
                throw new IllegalArgumentException(
                        word.equals("contact")
                                ? "say who it is: contact:Ada <ada@example.test>"
                                : "say which: approval:required, or approval: and a role of approvals.roles");
            }
            return new Decisions.Decision(
                    word.equals("contact") ? LineClass.VALUE : LineClass.DUTY, word + ": " + what, null);
        }
        LineClass kind = LineClass.of(word);
        boolean asks = kind == LineClass.DUTY;
        @Nullable String answer = asks || what == null ? null : kind.word() + ": " + what;
        return new Decisions.Decision(kind, answer, asks ? what : null);
    }
}
