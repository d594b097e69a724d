package dev.slipway.release.paper;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document in Markdown (CommonMark 0.31). What commits and people say is text in it: it makes no link, image, HTML or heading. */
public final class PaperMarkdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>#|~&!$]");
    /** What would begin a list, a heading or a rule where a line begins. */
    private static final Pattern BEGINNING = Pattern.compile("[-+=]|\\d{1,9}[.)]");

    private PaperMarkdown() {}

    public static String of(Paper paper) {
        StringBuilder text =
                new StringBuilder("# ").append(escaped(paper.title())).append('\n');
        paper.lead().forEach(line -> paragraph(text, line));
        paper.sections().forEach(section -> section(text, section));
        return text.toString();
    }

    private static void section(StringBuilder text, Paper.Section section) {
        text.append("\n## ").append(escaped(section.title())).append('\n');
        section.lead().forEach(line -> paragraph(text, line));
        if (!section.items().isEmpty()) {
            text.append('\n');
            section.items().forEach(item -> item(text, item));
        } else if (!section.instead().isEmpty()) {
            paragraph(text, section.instead());
        }
        if (section.last() != null) {
            paragraph(text, section.last());
        }
    }

    private static void paragraph(StringBuilder text, String line) {
        text.append('\n').append(escaped(line)).append('\n');
    }

    private static void item(StringBuilder text, Paper.Item item) {
        text.append("- ");
        if (item.mark() != null) {
            text.append("**").append(escaped(item.mark())).append(":** ");
        }
        text.append(escaped(item.text()));
        if (item.code() != null) {
            text.append(" (").append(escaped(item.code())).append(')');
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
