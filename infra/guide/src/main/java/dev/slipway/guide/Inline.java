package dev.slipway.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** What a paragraph says, without its marks. Code keeps its backticks, as a command is no sentence. */
final class Inline extends AbstractVisitor {
    private static final Pattern ANCHOR = Pattern.compile("\\s*\\{#[\\w-]+}\\s*$");

    private final StringBuilder text = new StringBuilder();
    private final List<String> links = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private int struck;
    private int strong;

    static Inline of(Node block) {
        Inline inline = new Inline();
        inline.visitChildren(block);
        return inline;
    }

    String text() {
        return ANCHOR.matcher(text.toString().replaceAll("\\s+", " ").strip()).replaceFirst("");
    }

    List<String> links() {
        return links;
    }

    List<String> code() {
        return code;
    }

    /** Most of it is struck out. */
    boolean struck() {
        return struck > 0 && struck * 10 >= text().length() * 6;
    }

    /** It is bold as a whole, as people write headings that are none. */
    boolean strong() {
        String all = text();
        return strong > 0 && strong >= all.length() - 1;
    }

    @Override
    public void visit(Text node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
        text.append('`').append(node.getLiteral()).append('`');
        code.add(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(HtmlInline node) {
        String tag = node.getLiteral();
        if (tag.matches("(?i)<br\\s*/?>")) {
            text.append(' ');
        } else if (tag.matches(
                "(?i)</?(version|tag|branch|name|sha|date|release|previous|next|new|old|major|minor|patch|token|user|repo|url|commit|id|number)\\b[^>]*>")) {
            text.append(tag); // a placeholder that looks like a tag
        }
    }

    @Override
    public void visit(Link node) {
        links.add(node.getDestination());
        visitChildren(node);
    }

    @Override
    public void visit(Image node) {
        links.add(node.getDestination());
    }

    @Override
    public void visit(StrongEmphasis node) {
        int before = text.length();
        visitChildren(node);
        strong += text.length() - before;
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TaskListItemMarker) {
            return;
        }
        int before = text.length();
        visitChildren(node);
        if (node instanceof Strikethrough) {
            struck += text.length() - before;
        }
    }
}
