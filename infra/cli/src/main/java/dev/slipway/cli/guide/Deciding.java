package dev.slipway.cli.guide;

import dev.slipway.guide.Decisions;
import dev.slipway.guide.LineClass;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person says about a line, as {@code --decide} and questions take it: {@code CLASS} or {@code CLASS:WHAT}. */
public final class Deciding {
    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([mhd])");
    private static final Duration TIME_MAX = Duration.ofDays(30);

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
        if (word.equals("wait")) {
            return waits(what);
        }
        LineClass kind = LineClass.of(word);
        boolean asks = kind == LineClass.DUTY;
        @Nullable String answer = asks || what == null ? null : kind.word() + ": " + what;
        return new Decisions.Decision(kind, answer, asks ? what : null);
    }

    private static Decisions.Decision waits(@Nullable String what) {
        String[] parts = what == null ? new String[0] : what.split(":");
        if (parts.length != 3 || parts[0].isBlank() || time(parts[1]).compareTo(time(parts[2])) > 0) {
            throw new IllegalArgumentException(
                    "say who sees to it, how long it usually takes, and how long it may: wait:devops:24h:72h");
        }
        return new Decisions.Decision(LineClass.DUTY, "wait: " + what, null);
    }

    /** @throws IllegalArgumentException if it is none of 1 minute to 30 days; the message says how one is written */
    static Duration time(String said) {
        Matcher time = TIME.matcher(said.strip());
        Duration found = !time.matches()
                ? Duration.ZERO
                : switch (Objects.requireNonNull(time.group(2))) {
                    case "m" -> Duration.ofMinutes(Long.parseLong(time.group(1)));
                    case "h" -> Duration.ofHours(Long.parseLong(time.group(1)));
                    default -> Duration.ofDays(Long.parseLong(time.group(1)));
                };
        if (found.isZero() || found.compareTo(TIME_MAX) > 0) {
            throw new IllegalArgumentException(
                    "'%s' is no time of 1 minute to 30 days: write 30m, 24h or 3d".formatted(said));
        }
        return found;
    }
}
