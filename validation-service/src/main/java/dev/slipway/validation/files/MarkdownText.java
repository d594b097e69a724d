package dev.slipway.validation.files;

import dev.slipway.rules.LinePattern;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The links of a Markdown file, and what in it can be linked to: headings, as GitHub and GitLab name them, and HTML anchors. */
final class MarkdownText {
    private static final Pattern ELSEWHERE = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*:|//).*");
    private static final LinePattern HTML_ANCHOR = LinePattern.of("(?i)\\b(?:id|name)\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final int BLOCKS_OPEN_MAX = 50;
    private static final int ANCHORS_MAX = 10_000;
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .maxOpenBlockParsers(BLOCKS_OPEN_MAX)
            .build();

    private final String path;
    private final List<Link> links = new ArrayList<>();
    private final Set<String> anchors = new HashSet<>();
    private final Map<String, Integer> headings = new HashMap<>();
    private int outside;

    private MarkdownText(String path) {
        this.path = path;
    }

    /**
     * A link within the repository.
     *
     * @param path from the top of the repository; empty for the top itself
     * @param anchor what it leads to in that file, in lower case; empty for the file
     */
    record Link(int line, String path, String anchor) {}

    static MarkdownText of(String path, String text) {
        MarkdownText document = new MarkdownText(path);
        PARSER.parse(text).accept(document.new Collecting());
        return document;
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    /** How many links lead out of the repository. */
    int outside() {
        return outside;
    }

    boolean hasAnchor(String anchor) {
        return anchor.equals("top") || anchors.contains(anchor);
    }

    Set<String> targets() {
        Set<String> targets = new TreeSet<>();
        links.stream().map(Link::path).filter(to -> !to.isEmpty()).forEach(targets::add);
        return targets;
    }

    private void link(String destination, int line) {
        if (destination.isEmpty() || ELSEWHERE.matcher(destination).matches()) {
            outside += destination.isEmpty() ? 0 : 1;
            return;
        }
        int hash = destination.indexOf('#');
        String anchor = hash < 0 ? "" : decoded(destination.substring(hash + 1)).toLowerCase(Locale.ROOT);
        String to = (hash < 0 ? destination : destination.substring(0, hash)).replaceFirst("\\?.*", "");
        if (to.isEmpty()) {
            links.add(new Link(line, path, anchor));
            return;
        }
        Deque<String> parts = new ArrayDeque<>();
        if (!to.startsWith("/")) {
            List<String> own = List.of(path.split("/", -1));
            parts.addAll(own.subList(0, own.size() - 1));
        }
        for (String part : decoded(to).split("/", -1)) {
            if (part.equals("..") && parts.isEmpty()) {
                outside++; // such as ../../issues, which a forge has beside the repository
                return;
            } else if (part.equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        links.add(new Link(line, String.join("/", parts), anchor));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }

    private void heading(String text) {
        StringBuilder slug = new StringBuilder();
        text.strip().toLowerCase(Locale.ROOT).codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character)
                    || character == '-'
                    || character == '_'
                    || Character.getType(character) == Character.NON_SPACING_MARK) {
                slug.appendCodePoint(character);
            } else if (character == ' ') {
                slug.append('-');
            }
        });
        String name = slug.toString();
        int before = headings.merge(name, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? name : name + "-" + before);
    }

    private static int line(Node node) {
        for (Node above = node; above != null; above = above.getParent()) {
            if (!above.getSourceSpans().isEmpty()) {
                return above.getSourceSpans().getFirst().getLineIndex() + 1;
            }
        }
        return 1;
    }

    private final class Collecting extends AbstractVisitor {
        @Override
        public void visit(org.commonmark.node.Link node) {
            link(node.getDestination(), line(node));
            visitChildren(node);
        }

        @Override
        public void visit(Image node) {
            link(node.getDestination(), line(node));
            visitChildren(node);
        }

        @Override
        public void visit(Heading node) {
            StringBuilder text = new StringBuilder();
            node.accept(new AbstractVisitor() {
                @Override
                public void visit(Text part) {
                    text.append(part.getLiteral());
                }

                @Override
                public void visit(Code part) {
                    text.append(part.getLiteral());
                }
            });
            heading(text.toString());
            visitChildren(node);
        }

        @Override
        public void visit(HtmlInline node) {
            html(node.getLiteral());
        }

        @Override
        public void visit(HtmlBlock node) {
            html(node.getLiteral());
        }

        private void html(String text) {
            HTML_ANCHOR
                    .in(text, ANCHORS_MAX)
                    .forEach(found -> anchors.add(found.text().toLowerCase(Locale.ROOT)));
        }
    }
}
