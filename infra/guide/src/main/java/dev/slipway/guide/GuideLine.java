package dev.slipway.guide;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a guide, as it was read and before anything is thought about it.
 *
 * @param id made of heading path, text and ordinal; stays when neighbours change
 * @param headings from the outermost to the nearest
 * @param ordinal which of the lines with the same headings and text, from 1
 * @param source where it stands, from line 1
 * @param parent id of the line that it is nested in; empty at the top
 * @param depth of nesting, 0 at the top
 * @param lead the paragraph that ends in a colon before its list; empty without one
 * @param struck a line that somebody struck out, or marked as not applicable
 * @param marks what stands in the other columns of a table, by column
 * @param notes paragraphs below it, which say how or why
 * @param code inline code and commands below it
 */
public record GuideLine(
        String id,
        List<String> headings,
        String text,
        int ordinal,
        Source source,
        Shape shape,
        String parent,
        int depth,
        int children,
        Box box,
        boolean struck,
        String lead,
        Map<String, String> marks,
        List<String> notes,
        List<String> links,
        List<String> code) {
    /** What it was written as. */
    public enum Shape {
        HEADING,
        ITEM,
        NUMBERED,
        ROW,
        TEMPLATE,
        FIELD
    }

    /** The state of its check box. */
    public enum Box {
        NONE,
        OPEN,
        CHECKED
    }

    /** @param line from 1 */
    public record Source(String file, int line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    public GuideLine {
        if (ordinal < 1 || depth < 0 || source.line() < 1) {
            throw new IllegalArgumentException(
                    "ordinal and line count from 1, depth from 0: %d, %s, %d".formatted(ordinal, source, depth));
        }
        headings = List.copyOf(headings);
        marks = Collections.unmodifiableMap(new LinkedHashMap<>(marks));
        notes = List.copyOf(notes);
        links = List.copyOf(links);
        code = List.copyOf(code);
    }

    /** The same line by an id that it had before. */
    GuideLine named(String name, String above) {
        return new GuideLine(
                name, headings, text, ordinal, source, shape, above, depth, children, box, struck, lead, marks, notes,
                links, code);
    }

    public String heading() {
        return headings.isEmpty() ? "" : headings.getLast();
    }
}
