package dev.slipway.release.paper;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document laid out for people, in no format yet: each text is plain, whoever writes it down escapes it.
 *
 * @param title one line
 * @param lead sentences below it, each a paragraph
 */
public record Paper(String title, List<String> lead, List<Section> sections) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    public Paper {
        title = line(title);
        lead = lead.stream().map(Paper::line).toList();
        sections = List.copyOf(sections);
    }

    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    /**
     * A part under a heading of its own.
     *
     * @param lead sentences before the items, each a paragraph
     * @param instead what is said where there are no items; empty for nothing
     * @param last a sentence after the items; null where there is none
     */
    public record Section(
            String title,
            List<String> lead,
            List<Item> items,
            String instead,
            @Nullable String last) {
        public Section {
            title = line(title);
            lead = lead.stream().map(Paper::line).toList();
            items = List.copyOf(items);
            instead = line(instead);
            last = last == null ? null : line(last);
        }

        /** Items alone. */
        public Section(String title, List<Item> items, String instead) {
            this(title, List.of(), items, instead, null);
        }
    }

    /**
     * One line.
     *
     * @param mark what it is about; null where nothing is said before it
     * @param text of one line, whatever was in it
     * @param code what stands behind it as it is, such as the ten digits by which people know a commit; null for nothing
     */
    public record Item(
            @Nullable String mark, String text, @Nullable String code) {
        public Item {
            mark = mark == null ? null : line(mark);
            text = line(text);
        }

        public static Item of(String text) {
            return new Item(null, text, null);
        }

        /** What something is, or where. */
        public static Item of(String mark, String text) {
            return new Item(mark, text, null);
        }
    }
}
