package dev.slipway.messaging;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents as BSON. Keys are escaped, so that text of users can be a key: {@code %} is written %25, a dot %2E, a
 * leading dollar sign %24.
 */
final class BsonForm {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonMapper json;

    BsonForm(JsonMapper json) {
        this.json = json;
    }

    Document write(StoredAggregate stored) {
        Document document = object(json.valueToTree(stored));
        document.remove("id");
        document.append("_id", stored.id())
                .append("version", stored.version())
                .append("createdAt", stored.createdAt())
                .append("updatedAt", stored.updatedAt());
        stored.due().ifPresent(due -> document.append("due", due));
        return document;
    }

    StoredAggregate read(Document document) {
        ObjectNode tree = (ObjectNode) toJson(document);
        tree.set("id", NODES.stringNode(document.getString("_id")));
        return json.treeToValue(tree, StoredAggregate.class);
    }

    /** Any record, to be set as a field. */
    Document value(Object record) {
        return object(json.valueToTree(record));
    }

    List<JournalEntry> entries(Document chunk) {
        return chunk.getList("entries", Document.class).stream()
                .map(entry -> json.treeToValue(toJson(entry), JournalEntry.class))
                .toList();
    }

    static String escape(String key) {
        String escaped = key.replace("%", "%25").replace(".", "%2E");
        return escaped.startsWith("$") ? "%24" + escaped.substring(1) : escaped;
    }

    private static String unescape(String key) {
        return key.indexOf('%') < 0
                ? key
                : key.replace("%24", "$").replace("%2E", ".").replace("%25", "%");
    }

    private static Document object(JsonNode node) {
        Document document = new Document();
        node.properties().forEach(field -> document.append(escape(field.getKey()), toBson(field.getValue())));
        return document;
    }

    static @Nullable Object toBson(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                node.values().forEach(element -> list.add(toBson(element)));
                yield list;
            }
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.stringValue();
            case NULL, MISSING -> null;
            case BINARY, POJO -> node.asString();
        };
    }

    private static Object number(JsonNode node) {
        return switch (node.numberType()) {
            case INT -> node.intValue();
            case LONG -> node.longValue();
            case FLOAT, DOUBLE -> node.doubleValue();
            case BIG_INTEGER, BIG_DECIMAL -> new Decimal128(node.decimalValue());
        };
    }

    static JsonNode toJson(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((key, field) -> object.set(unescape((String) key), toJson(field)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode(list.size());
                list.forEach(element -> array.add(toJson(element)));
                yield array;
            }
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number.intValue());
            case Long number ->
                number == number.intValue()
                        ? NODES.numberNode(number.intValue()) // as a JSON parser would say it, so that equal is equal
                        : NODES.numberNode(number.longValue());
            case Double number -> NODES.numberNode(number.doubleValue());
            case Decimal128 number -> NODES.numberNode(number.bigDecimalValue());
            case Date date -> NODES.stringNode(date.toInstant().toString());
            default -> throw new IllegalArgumentException("Unexpected BSON " + value.getClass());
        };
    }
}
