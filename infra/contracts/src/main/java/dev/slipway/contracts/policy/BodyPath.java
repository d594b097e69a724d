package dev.slipway.contracts.policy;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import dev.slipway.contracts.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Values of a JSON body by JSONPath, as json-path has it: {@code $.items[?(@.state == 'open')].id}. A path that may find
 * several values stands for the one that it finds, and for the list of them where there are several.
 *
 * <p>What a path may ask of an answer is bounded, as the answer is a program's and the program is under test: no regular
 * expressions, all levels searched once at most, and nothing compared with the answer as a whole.
 */
public final class BodyPath {
    /** Longest path, in characters. */
    public static final int CHARACTERS_MAX = 200;

    private static final String ROOT = "$";
    private static final String ALL_LEVELS = "..";
    private static final com.jayway.jsonpath.Configuration PLAIN = com.jayway.jsonpath.Configuration.builder()
            .jsonProvider(new JsonSmartJsonProvider())
            .mappingProvider(new JsonSmartMappingProvider())
            .build();

    private BodyPath() {}

    /** What is wrong with a path, as the rest of a sentence that begins with it; empty if it can be used. */
    public static Optional<String> fault(String path) {
        if (!path.startsWith(ROOT) || path.length() > CHARACTERS_MAX) {
            return Optional.of("is a JSONPath of at most %d characters that begins with $, as in $.items[0].id"
                    .formatted(CHARACTERS_MAX));
        }
        if (path.contains("=~")) {
            return Optional.of(
                    "holds a regular expression, which may take for ever over an answer: compare with == or !=");
        }
        if (path.indexOf(ALL_LEVELS) != path.lastIndexOf(ALL_LEVELS)) {
            return Optional.of("searches all levels (..) more than once, which may take for ever over an answer");
        }
        if (path.indexOf(ROOT) != path.lastIndexOf(ROOT)) {
            return Optional.of("comes back to $, which may take for ever over an answer: compare with a value");
        }
        if (!closes(path)) {
            return Optional.of(
                    "is no JSONPath: its brackets and quotes do not close"); // json-path takes $.items[ for $.items
        }
        try {
            JsonPath.compile(path);
            return Optional.empty();
        } catch (RuntimeException wrong) { // the parser says so in many ways
            return Optional.of("is no JSONPath: " + Texts.brief(String.valueOf(wrong.getMessage()), CHARACTERS_MAX));
        }
    }

    /** Whether each bracket closes, but for those within quotes. */
    private static boolean closes(String path) {
        Deque<Character> open = new ArrayDeque<>();
        char quote = 0;
        for (int at = 0; at < path.length(); at++) {
            char letter = path.charAt(at);
            if (quote != 0) {
                at += letter == '\\' ? 1 : 0; // whatever follows is text
                quote = letter == quote ? 0 : quote;
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
            } else if (letter == '[' || letter == '(') {
                open.push(letter == '[' ? ']' : ')');
            } else if ((letter == ']' || letter == ')')
                    && !Character.valueOf(letter).equals(open.poll())) {
                return false;
            }
        }
        return quote == 0 && open.isEmpty();
    }

    /** The value at the path, or nothing if there is none or this is no such path. */
    public static Optional<JsonNode> find(JsonNode root, String path, JsonMapper json) {
        if (path.equals(ROOT)) {
            return Optional.of(root);
        }
        if (!root.isContainer() || fault(path).isPresent()) {
            return Optional.empty();
        }
        JsonPath compiled = JsonPath.compile(path);
        JsonNode found;
        try {
            @Nullable Object value = compiled.read(json.treeToValue(root, Object.class), PLAIN);
            found = value == null ? NullNode.getInstance() : json.valueToTree(value);
        } catch (RuntimeException nothingThere) { // also what a filter cannot compare
            return Optional.empty();
        }
        if (compiled.isDefinite() || !found.isArray()) {
            return Optional.of(found);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.size() == 1 ? found.get(0) : found);
    }

    /** Whether two values are the same; 1 and 1.0 are. */
    static boolean same(JsonNode one, JsonNode two) {
        if (one.isNumber() && two.isNumber()) {
            return one.decimalValue().compareTo(two.decimalValue()) == 0;
        }
        return one.equals(two);
    }
}
