package dev.slipway.guide;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Markdown into lines: headings, list items, rows of checklists and templates; the rest is said beside them. */
final class MarkdownReader {
    private static final Parser PARSER = Parser.builder()
            .extensions(
                    List.of(TablesExtension.create(), StrikethroughExtension.create(), TaskListItemsExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();
    private static final Pattern ITEM_TAG = Pattern.compile("(?is)<li[^>]*>(.*?)(?=</li>|<li|</[uo]l>|$)");
    private static final Pattern TAG = Pattern.compile("<[^>]+>");
    private static final Pattern NEUTRAL_TAG = Pattern.compile(
            "(?is)\\s*(</?(details|summary|p|div|br|hr|a|img|span|center|sub|sup|b|i|em|strong|blockquote)\\b[^>]*>|[^<]+)*\\s*");
    private static final Pattern NOT_APPLICABLE =
            Pattern.compile("(?i)^\\W*(n\\s*/\\s*a|not applicable|entf(ä|ae)llt|does not apply)\\b.*");
    private static final Pattern FOLLOWING = Pattern.compile("(?i)\\bfollowing\\b[^.:]*$");
    private static final int BOLD_HEADING = 7;
    private static final int HEADING_WORDS_MAX = 14;
    private static final int NESTING_MAX = 20;

    private final LineCollector lines;

    private MarkdownReader(LineCollector lines) {
        this.lines = lines;
    }

    static Guide read(String file, String text) {
        return read(file, text, 0, new LineIds());
    }

    static Guide read(String file, String text, int offset, LineIds ids) {
        SourceText source = SourceText.of(text);
        LineCollector lines = new LineCollector(file, offset, source, ids);
        new MarkdownReader(lines).blocks(PARSER.parse(source.text()), null, 0);
        return lines.guide();
    }

    /** What stands in a document or in a list's item, below a line or below none. */
    private void blocks(Node container, @Nullable LineDraft under, int nesting) {
        String lead = under == null ? "" : under.text.endsWith(":") ? under.text : "";
        @Nullable LineDraft owner = under;
        for (@Nullable Node block = container.getFirstChild(); block != null; block = block.getNext()) {
            String before = lead;
            lead = "";
            switch (block) {
                case Heading heading -> owner = lines.heading(heading.getLevel(), Inline.of(heading), at(heading));
                case Paragraph paragraph -> {
                    String said = paragraph(paragraph, under);
                    lead = lead(said);
                    owner = under == null ? headingOr(owner) : owner;
                }
                case ListBlock list -> list(list, under, before, nesting);
                case TableBlock table -> new TableReader(lines).read(table, under, at(table));
                case FencedCodeBlock fence -> fence(fence, owner);
                case IndentedCodeBlock code -> code(code.getLiteral());
                case BlockQuote quote -> quote(quote, nesting);
                case HtmlBlock html -> html(html, under);
                default -> {
                    // rulers, link definitions and marks of the list say nothing
                }
            }
        }
    }

    /** What announces a list; a colon is often forgotten. */
    private static String lead(String said) {
        boolean announces = said.endsWith(":") || said.endsWith(",");
        return announces ? said : FOLLOWING.matcher(said).find() ? said + ":" : "";
    }

    private @Nullable LineDraft headingOr(@Nullable LineDraft owner) {
        @Nullable LineDraft last = lines.last();
        return last != null && last.shape == GuideLine.Shape.HEADING ? last : owner;
    }

    private String paragraph(Paragraph paragraph, @Nullable LineDraft under) {
        Inline inline = Inline.of(paragraph);
        String text = inline.text();
        boolean short_ = text.split(" ").length <= HEADING_WORDS_MAX;
        if (under == null && inline.strong() && short_ && !text.endsWith(".") && !lines.aside(at(paragraph))) {
            lines.heading(BOLD_HEADING, inline, at(paragraph));
            return "";
        }
        if (under != null && isText(paragraph)) {
            return text; // the item's own words
        }
        if (under == null) {
            lines.noteOfHeading(text);
        } else {
            under.notes.add(text);
        }
        return text;
    }

    private static boolean isText(Paragraph paragraph) {
        @Nullable Node before = paragraph.getPrevious();
        return paragraph.getParent() instanceof ListItem && (before == null || before instanceof TaskListItemMarker);
    }

    private void list(ListBlock list, @Nullable LineDraft under, String lead, int nesting) {
        if (nesting > NESTING_MAX) {
            lines.unread(at(list), "a list is nested more than %d deep".formatted(NESTING_MAX));
            return;
        }
        for (@Nullable Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (lines.aside(at(item))) {
                lines.note(Inline.of(item).text());
            } else {
                item(item, list instanceof OrderedList, under, lead, nesting);
            }
        }
    }

    private void item(Node item, boolean numbered, @Nullable LineDraft under, String lead, int nesting) {
        @Nullable Node first = item.getFirstChild();
        GuideLine.Box box = GuideLine.Box.NONE;
        if (first instanceof TaskListItemMarker marker) {
            box = marker.isChecked() ? GuideLine.Box.CHECKED : GuideLine.Box.OPEN;
            first = first.getNext();
        }
        if (first == null) {
            lines.unread(at(item), "an item of a list without a word");
            return;
        }
        Inline inline = first instanceof Paragraph || first instanceof Heading ? Inline.of(first) : new Inline();
        if (inline.text().isEmpty() && !(first instanceof ListBlock)) {
            lines.unread(at(item), "an item of a list that begins with no text");
        }
        GuideLine.Shape shape = numbered ? GuideLine.Shape.NUMBERED : GuideLine.Shape.ITEM;
        LineDraft draft = lines.add(inline.text(), at(item), shape, under);
        draft.box = box;
        draft.struck = inline.struck() || NOT_APPLICABLE.matcher(inline.text()).matches();
        draft.lead = lead;
        draft.links.addAll(inline.links());
        draft.code.addAll(inline.code());
        blocks(item, draft, nesting + 1);
    }

    private void fence(FencedCodeBlock fence, @Nullable LineDraft owner) {
        String info = fence.getInfo() == null ? "" : fence.getInfo();
        if (Prose.isTemplate(info, fence.getLiteral())) {
            String first = fence.getLiteral()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            LineDraft template = lines.add(first, at(fence), GuideLine.Shape.TEMPLATE, owner);
            if (owner != null) {
                owner.children--; // a text to send is no sub-step
            }
            template.notes.add(fence.getLiteral());
        } else {
            code(fence.getLiteral());
        }
    }

    private void code(String literal) {
        @Nullable LineDraft last = lines.last();
        if (last != null) {
            last.code.add(literal.strip());
        }
    }

    private void quote(BlockQuote quote, int nesting) {
        for (@Nullable Node block = quote.getFirstChild(); block != null; block = block.getNext()) {
            switch (block) {
                case ListBlock list when boxes(list) -> list(list, null, "", nesting + 1);
                case FencedCodeBlock fence -> fence(fence, lines.last());
                default -> lines.note(Inline.of(block).text());
            }
        }
    }

    private static boolean boxes(ListBlock list) {
        @Nullable Node first = list.getFirstChild();
        return first != null && first.getFirstChild() instanceof TaskListItemMarker;
    }

    private void html(HtmlBlock html, @Nullable LineDraft under) {
        String literal = html.getLiteral().strip();
        if (literal.startsWith("<!--")) {
            lines.unread(at(html), "an HTML comment, which is for machines or for whoever edits");
            return;
        }
        var items = ITEM_TAG.matcher(literal);
        boolean any = false;
        while (items.find()) {
            String text = TAG.matcher(items.group(1))
                    .replaceAll("")
                    .replaceAll("\\s+", " ")
                    .strip();
            if (!text.isEmpty() && lines.aside(at(html))) {
                lines.note(text);
            } else if (!text.isEmpty()) {
                int below = (int) literal.substring(0, items.start()).lines().count();
                lines.add(text, at(html) + Math.max(0, below - 1), GuideLine.Shape.ITEM, under);
            }
            any = true;
        }
        if (!any && !NEUTRAL_TAG.matcher(literal).matches()) {
            lines.unread(at(html), "HTML that is no list");
        }
    }

    static int at(Node block) {
        var spans = block.getSourceSpans();
        return spans.isEmpty() ? 1 : spans.getFirst().getLineIndex() + 1;
    }
}
