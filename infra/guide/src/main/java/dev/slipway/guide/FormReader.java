package dev.slipway.guide;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Issue forms: boxes are lines, fields are values, and the Markdown between them is read as Markdown. */
final class FormReader {
    private static final Pattern BOX = Pattern.compile("(?m)^\\s*([-*+]|\\d+[.)])\\s+\\[[ xX]]\\s+\\S");

    private final String file;
    private final LineIds ids = new LineIds();
    private final List<GuideLine> lines = new ArrayList<>();
    private final List<Guide.Unread> unread = new ArrayList<>();

    private FormReader(String file) {
        this.file = file;
    }

    static Guide read(String file, String text) {
        @Nullable Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (YAMLException broken) {
            throw new IllegalArgumentException(
                    "%s is no YAML: %s"
                            .formatted(
                                    file,
                                    String.valueOf(broken.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    broken);
        }
        if (!(root instanceof MappingNode form) || !(child(form, "body").orElse(null) instanceof SequenceNode body)) {
            throw new IllegalArgumentException(
                    "%s is no issue form: it needs a list named body; give a guide in Markdown as .md".formatted(file));
        }
        return new FormReader(file).read(form, body);
    }

    private Guide read(MappingNode form, SequenceNode body) {
        body.getValue().forEach(this::element);
        Map<String, String> front = new LinkedHashMap<>();
        for (String key : List.of("name", "description", "title")) {
            child(form, key).flatMap(FormReader::text).ifPresent(value -> front.put(key, value));
        }
        return new Guide(file, front, lines, unread);
    }

    private void element(Node node) {
        if (!(node instanceof MappingNode element)
                || !(child(element, "attributes").orElse(null) instanceof MappingNode attributes)) {
            unread.add(new Guide.Unread(line(node), "an element of the form without attributes"));
            return;
        }
        String type = child(element, "type").flatMap(FormReader::text).orElse("");
        switch (type) {
            case "markdown" -> child(attributes, "value").ifPresent(this::markdown);
            case "checkboxes" -> boxes(attributes);
            case "textarea" -> filled(attributes);
            case "input", "dropdown", "upload" -> field(attributes);
            default -> unread.add(new Guide.Unread(line(node), "an element of the unknown type '%s'".formatted(type)));
        }
    }

    private void markdown(Node value) {
        if (value instanceof ScalarNode scalar) {
            boolean block =
                    !scalar.isPlain() && scalar.getScalarStyle().toString().matches(".*[|>].*");
            int offset = scalar.getStartMark().getLine() + (block ? 1 : 0);
            Guide read = MarkdownReader.read(file, scalar.getValue(), offset, ids);
            lines.addAll(read.lines());
            unread.addAll(read.unread());
        }
    }

    private void boxes(MappingNode attributes) {
        String label = child(attributes, "label").flatMap(FormReader::text).orElse("");
        if (!(child(attributes, "options").orElse(null) instanceof SequenceNode options)) {
            return;
        }
        for (Node option : options.getValue()) {
            Optional<Node> text = option instanceof MappingNode map ? child(map, "label") : Optional.of(option);
            text.flatMap(FormReader::text).ifPresent(words -> add(words, line(option), label, GuideLine.Shape.ITEM));
        }
    }

    /** A field that comes with a checklist in it is one; with anything else it is a value to be given. */
    private void filled(MappingNode attributes) {
        Optional<Node> value = child(attributes, "value");
        if (value.flatMap(FormReader::text)
                .filter(text -> BOX.matcher(text).find())
                .isPresent()) {
            markdown(value.get());
        } else {
            field(attributes);
        }
    }

    private void field(MappingNode attributes) {
        child(attributes, "label")
                .ifPresent(label -> text(label).ifPresent(words -> add(words, line(label), "", GuideLine.Shape.FIELD)));
    }

    private void add(String markdown, int line, String heading, GuideLine.Shape shape) {
        List<String> headings = heading.isEmpty() ? List.of() : List.of(heading);
        Guide inline = MarkdownReader.read(file, "- " + markdown.replace("\n", " "), 0, new LineIds());
        if (inline.lines().isEmpty()) {
            return;
        }
        GuideLine read = inline.lines().getFirst();
        LineDraft draft = new LineDraft(
                ids.name(headings, read.text()), headings, read.text(), new GuideLine.Source(file, line), shape, "", 0);
        draft.box = shape == GuideLine.Shape.ITEM ? GuideLine.Box.OPEN : GuideLine.Box.NONE;
        draft.struck = read.struck();
        draft.links.addAll(read.links());
        draft.code.addAll(read.code());
        lines.add(draft.line());
    }

    private static Optional<Node> child(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(pair -> pair.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
