package dev.slipway.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that were read so far, and under which headings. */
final class LineCollector {
    /** No step needs more words, and what reads a line looks at each of them often. */
    static final int TEXT_MAX = 2_000;

    private final String file;
    private final int offset;
    private final SourceText source;
    private final LineIds ids;
    private final List<LineDraft> drafts = new ArrayList<>();
    private final List<Heading> headings = new ArrayList<>();
    private final List<Guide.Unread> unread = new ArrayList<>();

    private record Heading(int level, String text) {}

    /** @param offset how many lines of the file stand above the text */
    LineCollector(String file, int offset, SourceText source, LineIds ids) {
        this.file = file;
        this.offset = offset;
        this.source = source;
        this.ids = ids;
    }

    LineDraft heading(int level, Inline text, int line) {
        headings.removeIf(above -> above.level() >= level);
        LineDraft draft = add(text.text(), line, GuideLine.Shape.HEADING, null);
        draft.links.addAll(text.links());
        draft.struck = text.struck();
        headings.add(new Heading(level, draft.text));
        return draft;
    }

    LineDraft add(String whole, int line, GuideLine.Shape shape, @Nullable LineDraft parent) {
        String text = whole;
        if (whole.length() > TEXT_MAX) {
            text = whole.substring(0, TEXT_MAX);
            unread(line, "the line goes on behind its first %,d characters".formatted(TEXT_MAX));
        }
        List<String> path = headings.stream().map(Heading::text).toList();
        LineDraft draft = new LineDraft(
                ids.name(path, text),
                path,
                text,
                new GuideLine.Source(file, line + offset),
                shape,
                parent == null ? "" : parent.id,
                parent == null || parent.shape == GuideLine.Shape.HEADING ? 0 : parent.depth + 1);
        if (parent != null) {
            parent.children++;
        }
        @Nullable String guard = source.guarded().get(line);
        if (guard != null) {
            draft.marks.put("if", guard);
        }
        drafts.add(draft);
        return draft;
    }

    boolean aside(int line) {
        return source.aside().contains(line);
    }

    /** Belongs to the line before; text in front of all lines belongs to none. */
    void note(String text) {
        if (!drafts.isEmpty() && !text.isEmpty()) {
            drafts.getLast().notes.add(text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text);
        }
    }

    /** Belongs to the heading above it, also behind a list. */
    void noteOfHeading(String text) {
        for (int i = drafts.size() - 1; i >= 0; i--) {
            if (drafts.get(i).shape == GuideLine.Shape.HEADING) {
                drafts.get(i).notes.add(text);
                return;
            }
        }
    }

    @Nullable
    LineDraft last() {
        return drafts.isEmpty() ? null : drafts.getLast();
    }

    void unread(int line, String why) {
        unread.add(new Guide.Unread(line + offset, why));
    }

    /** @return what was read, with the front matter of the text */
    Guide guide() {
        List<Guide.Unread> all = new ArrayList<>(unread);
        source.unread().forEach(one -> all.add(new Guide.Unread(one.line() + offset, one.why())));
        all.sort(java.util.Comparator.comparingInt(Guide.Unread::line));
        return new Guide(
                file,
                Map.copyOf(source.front()),
                drafts.stream().map(LineDraft::line).toList(),
                all);
    }
}
