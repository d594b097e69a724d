package dev.slipway.release.notes;

import dev.slipway.contracts.release.NotesView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes in Markdown (CommonMark 0.31). What commits and people say is text in it: it makes no link, image, HTML or heading. */
public final class NotesMarkdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>#|~&!$]");
    /** What would begin a list, a heading or a rule where a line begins. */
    private static final Pattern BEGINNING = Pattern.compile("[-+=]|\\d{1,9}[.)]");

    private NotesMarkdown() {}

    public static String of(NotesView notes) {
        NotesPaper paper = NotesPaper.of(notes);
        StringBuilder text =
                new StringBuilder("# ").append(escaped(paper.title())).append('\n');
        paper.lead().forEach(line -> text.append('\n').append(escaped(line)).append('\n'));
        for (NotesPaper.Section section : paper.sections()) {
            text.append("\n## ").append(section.title()).append("\n\n");
            if (section.items().isEmpty()) {
                text.append(section.instead()).append('\n');
            }
            section.items().forEach(item -> item(text, item));
        }
        return text.toString();
    }

    private static void item(StringBuilder text, NotesPaper.Item item) {
        text.append("- ");
        if (item.mark() != null) {
            text.append("**").append(escaped(item.mark())).append(":** ");
        }
        text.append(escaped(item.text()));
        if (item.commit() != null) {
            text.append(" (").append(item.commit()).append(')');
        }
        text.append('\n');
    }

    static String escaped(String text) {
        String plain = SPECIAL.matcher(text).replaceAll("\\\\$0");
        Matcher beginning = BEGINNING.matcher(plain);
        if (!beginning.lookingAt()) {
            return plain;
        }
        int at = beginning.end() - 1; // the character that would begin it
        return plain.substring(0, at) + '\\' + plain.substring(at);
    }
}
