package dev.slipway.validation.files;

import dev.slipway.validation.files.Located.Places;
import dev.slipway.validation.files.Located.Unreadable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON with its lines. */
final class JsonText {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Located.DEPTH_MAX + 1)
                            .maxNumberLength(Located.NUMBER_CHARACTERS_MAX)
                            .build())
                    .build())
            .build();

    private final JsonParser parser;
    private final Places places = new Places();

    private JsonText(JsonParser parser) {
        this.parser = parser;
    }

    static Located read(String text) throws Unreadable {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() == null) {
                throw Unreadable.broken(1, "is empty");
            }
            JsonText reader = new JsonText(parser);
            JsonNode json = reader.value("", 0);
            if (parser.nextToken() != null) {
                throw Unreadable.broken(parser.currentTokenLocation().getLineNr(), "goes on after its end");
            }
            return reader.places.of(json);
        } catch (StreamConstraintsException beyond) {
            throw Unreadable.beyond("has more levels, or longer numbers, than are read");
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw Unreadable.broken(Math.max(1, line), "is no JSON: " + broken.getOriginalMessage());
        }
    }

    private JsonNode value(String pointer, int depth) throws Unreadable {
        JsonToken token = parser.currentToken();
        boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        int line = parser.currentTokenLocation().getLineNr();
        places.at(pointer, line, nested ? null : parser.getString(), depth);
        return switch (token) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_STRING -> JSON.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> JSON.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> Numbers.decimal(parser.getString(), line);
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            case VALUE_NULL -> JSON.nullNode();
            default -> throw Unreadable.broken(line, "is no JSON");
        };
    }

    private ObjectNode object(String pointer, int depth) throws Unreadable {
        ObjectNode object = JSON.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw Unreadable.broken(
                        parser.currentTokenLocation().getLineNr(), "has the key %s twice".formatted(name));
            }
            parser.nextToken();
            object.set(name, value(Located.child(pointer, name), depth + 1));
        }
        return object;
    }

    private ArrayNode array(String pointer, int depth) throws Unreadable {
        ArrayNode array = JSON.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }
}
