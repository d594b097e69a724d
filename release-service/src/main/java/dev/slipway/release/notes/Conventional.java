package dev.slipway.release.notes;

import dev.slipway.contracts.Texts;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A commit's message by Conventional Commits 1.0.0 (https://www.conventionalcommits.org). Of a message that is none the first
 * line is the subject; it still breaks something if a footer says so, as nobody writes {@code BREAKING CHANGE:} by chance.
 *
 * @param type case folded; null where the message is none
 * @param note what the footer says that breaks; null where there is none
 */
record Conventional(
        @Nullable String type,
        @Nullable String scope,
        String subject,
        boolean breaking,
        @Nullable String note) {
    private static final int SUBJECT_CHARACTERS_MAX = 300;
    private static final int SCOPE_CHARACTERS_MAX = 80;
    private static final int NOTE_CHARACTERS_MAX = 2_000;

    private static final Pattern HEADER =
            Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,39})(?:\\(([^()]+)\\))?(!)?: +(\\S.*)");
    private static final Pattern BREAKING = Pattern.compile("BREAKING[ -]CHANGE(?:: | #)(.*)");
    private static final Pattern FOOTER = Pattern.compile("(?:[A-Za-z][A-Za-z0-9-]*|BREAKING CHANGE)(?:: | #)\\S.*");

    static Conventional of(String message) {
        String[] lines = message.strip().split("\\R", -1);
        String first = lines[0].strip();
        @Nullable String note = note(lines);
        Matcher header = HEADER.matcher(first);
        if (!header.matches()) {
            String subject = first.isEmpty() ? "(no message)" : line(first, SUBJECT_CHARACTERS_MAX);
            return new Conventional(null, null, subject, note != null, note);
        }
        @Nullable String scope = header.group(2);
        return new Conventional(
                text(header, 1).toLowerCase(Locale.ROOT),
                scope == null || scope.isBlank() ? null : line(scope, SCOPE_CHARACTERS_MAX),
                line(text(header, 4), SUBJECT_CHARACTERS_MAX),
                header.group(3) != null || note != null,
                note);
    }

    private static String text(Matcher matcher, int group) {
        @Nullable String found = matcher.group(group);
        return found == null ? "" : found;
    }

    /** The first such footer, with the lines that go on with it: up to the next footer. */
    private static @Nullable String note(String[] lines) {
        for (int i = 1; i < lines.length; i++) {
            Matcher footer = BREAKING.matcher(lines[i]);
            if (footer.matches()) {
                StringBuilder note = new StringBuilder(text(footer, 1));
                for (int next = i + 1;
                        next < lines.length && !FOOTER.matcher(lines[next]).matches();
                        next++) {
                    note.append(' ').append(lines[next]);
                }
                return line(note.toString(), NOTE_CHARACTERS_MAX);
            }
        }
        return null;
    }

    private static String line(String text, int max) {
        return Texts.oneLine(text.replaceAll("\\p{Cf}", "").replaceAll("\\s+", " "), max);
    }
}
