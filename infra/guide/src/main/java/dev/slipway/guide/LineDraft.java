package dev.slipway.guide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line while its file is read: what stands below it is not known yet. */
final class LineDraft {
    final String id;
    final List<String> headings;
    final String text;
    final int ordinal;
    final GuideLine.Source source;
    final GuideLine.Shape shape;
    final String parent;
    final int depth;
    final List<String> notes = new ArrayList<>();
    final List<String> links = new ArrayList<>();
    final List<String> code = new ArrayList<>();
    final Map<String, String> marks = new LinkedHashMap<>();
    GuideLine.Box box = GuideLine.Box.NONE;
    boolean struck;
    String lead = "";
    int children;

    LineDraft(
            LineIds.Named named,
            List<String> headings,
            String text,
            GuideLine.Source source,
            GuideLine.Shape shape,
            String parent,
            int depth) {
        this.id = named.id();
        this.ordinal = named.ordinal();
        this.headings = List.copyOf(headings);
        this.text = text;
        this.source = source;
        this.shape = shape;
        this.parent = parent;
        this.depth = depth;
    }

    GuideLine line() {
        return new GuideLine(
                id, headings, text, ordinal, source, shape, parent, depth, children, box, struck, lead, marks, notes,
                links, code);
    }
}
