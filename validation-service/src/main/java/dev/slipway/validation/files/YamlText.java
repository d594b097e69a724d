package dev.slipway.validation.files;

import dev.slipway.validation.files.Located.Places;
import dev.slipway.validation.files.Located.Unreadable;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the documents of a YAML file with their lines. Plain scalars by the core schema of YAML 1.2, so that {@code yes} is a
 * text; what has a tag of its own is a text, a list or an object; {@code <<} merges, as the programs do that read
 * configurations.
 */
final class YamlText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DOCUMENTS_MAX = 100;
    private static final int ALIASES_MAX = 200;
    private static final int CHARACTERS_MAX = 4_000_000;
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,60}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,50}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]{1,30}|[0-9]{1,30}(\\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?");

    private final Places places = new Places();

    static List<Located> read(String text) throws Unreadable {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        options.setNestingDepthLimit(Located.DEPTH_MAX);
        options.setMaxAliasesForCollections(ALIASES_MAX);
        try {
            Composer composer = new Composer(
                    new ParserImpl(new StreamReader(new StringReader(text)), options), new Resolver(), options);
            List<Located> documents = new ArrayList<>();
            while (composer.checkNode()) {
                YamlText reader = new YamlText();
                JsonNode json = reader.value(composer.getNode(), "", 0);
                documents.add(reader.places.of(json));
                if (documents.size() > DOCUMENTS_MAX) {
                    throw Unreadable.beyond("has more than %d documents".formatted(DOCUMENTS_MAX));
                }
            }
            if (documents.isEmpty()) {
                throw Unreadable.broken(1, "is empty");
            }
            return documents;
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            throw Unreadable.broken(line, "is no YAML: " + Objects.requireNonNullElse(broken.getProblem(), "broken"));
        } catch (YAMLException beyond) {
            throw Unreadable.beyond("is not read: " + beyond.getMessage());
        }
    }

    private JsonNode value(Node node, String pointer, int depth) throws Unreadable {
        int line = node.getStartMark().getLine() + 1;
        @Nullable String text = node instanceof ScalarNode scalar ? scalar.getValue() : null;
        places.at(pointer, line, text, depth);
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer, depth);
            case SequenceNode sequence -> array(sequence, pointer, depth);
            case ScalarNode scalar -> scalar(scalar, line);
            default -> throw Unreadable.broken(line, "is no YAML");
        };
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) throws Unreadable {
        ObjectNode object = JSON.objectNode();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple entry : mapping.getValue()) {
            int line = entry.getKeyNode().getStartMark().getLine() + 1;
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw Unreadable.beyond("line %d: has a key that is no plain text".formatted(line));
            }
            String name = key.getValue();
            if (name.equals("<<") && key.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN) {
                merged.add(entry.getValueNode());
            } else if (object.has(name)) {
                throw Unreadable.broken(line, "has the key %s twice".formatted(name));
            } else {
                object.set(name, value(entry.getValueNode(), Located.child(pointer, name), depth + 1));
            }
        }
        for (Node from : merged) {
            merge(from, object, pointer, depth);
        }
        return object;
    }

    /** What stands in the object itself, or in an earlier one of several, counts. */
    private void merge(Node from, ObjectNode object, String pointer, int depth) throws Unreadable {
        List<Node> all = from instanceof SequenceNode several ? several.getValue() : List.of(from);
        for (Node one : all) {
            if (!(value(one, pointer, depth + 1) instanceof ObjectNode merged)) {
                throw Unreadable.broken(one.getStartMark().getLine() + 1, "merges (<<) what is no object");
            }
            merged.properties().forEach(entry -> {
                if (!object.has(entry.getKey())) {
                    object.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    private ArrayNode array(SequenceNode sequence, String pointer, int depth) throws Unreadable {
        ArrayNode array = JSON.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(value(element, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar, int line) throws Unreadable {
        String text = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
                && scalar.getTag().getValue().startsWith("tag:yaml.org,2002:");
        if (!plain || text.length() > Located.NUMBER_CHARACTERS_MAX + 1) {
            return JSON.stringNode(text);
        }
        if (NULL.matcher(text).matches()) {
            return JSON.nullNode();
        }
        if (BOOLEAN.matcher(text).matches()) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (INTEGER.matcher(text).matches()) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return JSON.numberNode(new BigInteger(text.substring(2), 16));
        }
        return DECIMAL.matcher(text).matches() ? Numbers.decimal(text, line) : JSON.stringNode(text);
    }
}
