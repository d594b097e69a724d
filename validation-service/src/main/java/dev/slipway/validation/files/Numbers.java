package dev.slipway.validation.files;

import dev.slipway.validation.files.Located.Unreadable;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers that nobody needs long for: a short text may stand for a number of a thousand million digits. */
final class Numbers {
    private static final int EXPONENT_MAX = 400;

    private Numbers() {}

    static JsonNode decimal(String text, int line) throws Unreadable {
        if (text.length() > Located.NUMBER_CHARACTERS_MAX) {
            throw Unreadable.beyond(
                    "line %d: has a number of more than %d characters".formatted(line, Located.NUMBER_CHARACTERS_MAX));
        }
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > EXPONENT_MAX) {
            throw Unreadable.beyond(
                    "line %d: the number %s is larger or smaller than numbers are read".formatted(line, text));
        }
        return JsonNodeFactory.instance.numberNode(number);
    }
}
