package dev.slipway.release.policy;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML document as JSON that remembers where each value stands. Only what JSON can say: scalars by YAML's core schema
 * (no {@code yes}, no dates, no base 60), string keys that stand once, no tags of its own. Bounded in size, depth, aliases
 * and, as an alias repeats what it stands for, in values.
 */
final class YamlDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Bounds of a document: size in characters, depth of nesting, aliases of collections, values with aliases expanded. */
    record Bounds(int charactersMax, int depthMax, int aliasesMax, int valuesMax) {
        /** The longest name of a fact or a path, in characters. A place repeats the names above it for each value. */
        static final int KEY_CHARACTERS_MAX = 200;

        /** Above what any value may have, in characters; the schema's patterns are matched against no more. */
        static final int VALUE_CHARACTERS_MAX = 4_000;
    }

    /** A finding that ends the reading. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Finding finding;

        private Unreadable(Finding finding) {
            super(finding.message());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }

    private final Bounds bounds;
    private final Map<String, Mark> values = new HashMap<>();
    private final Map<String, Mark> keys = new HashMap<>();
    private final Map<String, ScalarNode> scalars = new HashMap<>();
    private final List<String> lines;
    private int valuesSeen;
    private long charactersSeen;

    private YamlDocument(Bounds bounds, String yaml) {
        this.bounds = bounds;
        this.lines = yaml.lines().toList();
    }

    /** The document's values and a finder of places. */
    record Read(JsonNode json, YamlDocument places) {}

    static Read read(String yaml, Bounds bounds) throws Unreadable {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(bounds.charactersMax());
        options.setNestingDepthLimit(bounds.depthMax());
        options.setMaxAliasesForCollections(bounds.aliasesMax());
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        YamlDocument document = new YamlDocument(bounds, yaml);
        try {
            Node root = new Composer(
                            new ParserImpl(new StreamReader(new StringReader(yaml)), options),
                            new CoreSchema(),
                            options)
                    .getSingleNode();
            if (root == null) {
                throw unreadable(null, "the document is empty");
            }
            return new Read(document.convert(root, "", 0), document);
        } catch (MarkedYAMLException broken) {
            String problem = broken.getProblem() == null ? "is not YAML" : broken.getProblem();
            throw unreadable(broken.getProblemMark(), problem);
        } catch (YAMLException beyond) {
            throw unreadable(null, String.valueOf(beyond.getMessage()));
        }
    }

    /** A finding about the value at a JSON pointer, or about the nearest value above it that stands in the document. */
    Finding at(String pointer, String message) {
        return finding(values, pointer, message);
    }

    /** A finding about a key rather than its value. */
    Finding atKey(String pointer, String message) {
        return finding(keys.containsKey(pointer) ? keys : values, pointer, message);
    }

    /**
     * A finding about a place within a text, where the document shows it as it is; else about the text.
     *
     * @param line from 1, and column from 1, within the text
     * @param placed what is said at the place itself
     * @param told the same with the place in words
     */
    Finding within(String pointer, int line, int column, String placed, String told) {
        ScalarNode scalar = scalars.get(pointer);
        if (scalar == null) {
            return at(pointer, told);
        }
        Mark mark = scalar.getStartMark();
        boolean oneLine = mark.getLine() == scalar.getEndMark().getLine();
        int quotes = scalar.getEndMark().getColumn()
                - mark.getColumn()
                - scalar.getValue().length();
        if (oneLine && (quotes == 0 || quotes == 2)) {
            return new Finding(mark.getLine() + 1, mark.getColumn() + quotes / 2 + column, path(pointer), placed);
        }
        int at = mark.getLine() + line;
        if (scalar.getScalarStyle() != DumperOptions.ScalarStyle.LITERAL || at >= lines.size()) {
            return at(pointer, told);
        }
        String first = lines.get(mark.getLine() + 1);
        int indentation = first.length() - first.stripLeading().length();
        return new Finding(at + 1, indentation + column, path(pointer), placed);
    }

    private static Finding finding(Map<String, Mark> marks, String pointer, String message) {
        String above = pointer;
        while (!marks.containsKey(above) && !above.isEmpty()) {
            above = above.substring(0, above.lastIndexOf('/'));
        }
        Mark mark = marks.get(above);
        return mark == null
                ? new Finding(1, 1, path(pointer), message)
                : new Finding(mark.getLine() + 1, mark.getColumn() + 1, path(pointer), message);
    }

    /** {@code /gates/0/within} for people: {@code gates[0].within}. */
    private static String path(String pointer) {
        StringBuilder path = new StringBuilder();
        for (String part : pointer.split("/", -1)) {
            boolean index = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
            if (index) {
                path.append('[').append(part).append(']');
            } else if (!part.isEmpty()) {
                path.append(path.isEmpty() ? "" : ".")
                        .append(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return path.toString();
    }

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode convert(Node node, String pointer, int depth) throws Unreadable {
        if (++valuesSeen > bounds.valuesMax() || depth > bounds.depthMax()) {
            throw unreadable(
                    node.getStartMark(),
                    "a policy has at most " + bounds.valuesMax() + " values and " + bounds.depthMax()
                            + " levels, aliases counted each time");
        }
        if (!CoreSchema.LEGAL.contains(node.getTag())) {
            throw unreadable(node.getStartMark(), "the tag " + node.getTag() + " is not allowed, leave it out");
        }
        values.putIfAbsent(pointer, node.getStartMark());
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer, depth);
            case SequenceNode sequence -> array(sequence, pointer, depth);
            case ScalarNode scalar -> {
                scalars.putIfAbsent(pointer, scalar);
                yield scalar(scalar);
            }
            default -> throw unreadable(node.getStartMark(), "cannot be read");
        };
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) throws Unreadable {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw unreadable(entry.getKeyNode().getStartMark(), "a key must be a plain text");
            }
            String name = key.getValue();
            if (object.has(name)) {
                throw unreadable(key.getStartMark(), "the key " + name + " stands twice, it may stand once");
            }
            if (name.length() > Bounds.KEY_CHARACTERS_MAX) {
                throw unreadable(key.getStartMark(), "a key has at most " + Bounds.KEY_CHARACTERS_MAX + " characters");
            }
            String place = child(pointer, name);
            keys.putIfAbsent(place, key.getStartMark());
            object.set(name, convert(entry.getValueNode(), place, depth + 1));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence, String pointer, int depth) throws Unreadable {
        ArrayNode array = JSON.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(convert(element, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar) throws Unreadable {
        String text = scalar.getValue();
        charactersSeen += text.length();
        if (charactersSeen > bounds.charactersMax()) {
            throw unreadable(
                    scalar.getStartMark(),
                    "a policy has at most " + bounds.charactersMax() + " characters, aliases counted each time");
        }
        if (text.length() > Bounds.VALUE_CHARACTERS_MAX) {
            throw unreadable(
                    scalar.getStartMark(), "a value has at most " + Bounds.VALUE_CHARACTERS_MAX + " characters");
        }
        if (scalar.getTag().equals(Tag.STR)) {
            return JSON.stringNode(text);
        }
        Pattern form = CoreSchema.FORMS.get(scalar.getTag());
        if (form == null || !form.matcher(text).matches()) { // the tag was written out and does not fit
            throw unreadable(scalar.getStartMark(), "this is not of its tag " + scalar.getTag());
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        } else if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        return scalar.getTag().equals(Tag.INT)
                ? JSON.numberNode(new BigInteger(text))
                : JSON.numberNode(new BigDecimal(text));
    }

    private static Unreadable unreadable(@org.jspecify.annotations.Nullable Mark mark, String message) {
        return new Unreadable(
                mark == null
                        ? new Finding(1, 1, "", message)
                        : new Finding(mark.getLine() + 1, mark.getColumn() + 1, "", message));
    }

    /** Plain scalars by the core schema of YAML 1.2, decimal numbers only. */
    private static final class CoreSchema extends Resolver {
        static final Set<Tag> LEGAL = Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

        /** No exponents: a short text must not become a long number. */
        static final Map<Tag, Pattern> FORMS = Map.of(
                Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"),
                Tag.INT, Pattern.compile("[-+]?[0-9]{1,18}"),
                Tag.FLOAT, Pattern.compile("[-+]?[0-9]{1,18}\\.[0-9]{0,18}"),
                Tag.NULL, Pattern.compile("~|null|Null|NULL| |"));

        @Override
        protected void addImplicitResolvers() {
            add(Tag.BOOL, "tTfF");
            add(Tag.INT, "-+0123456789");
            add(Tag.FLOAT, "-+0123456789");
            add(Tag.NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
        }

        private void add(Tag tag, String firstCharacters) {
            addImplicitResolver(tag, java.util.Objects.requireNonNull(FORMS.get(tag)), firstCharacters);
        }
    }
}
