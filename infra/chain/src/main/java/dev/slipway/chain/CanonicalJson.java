package dev.slipway.chain;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One byte form for one value: RFC 8785. That form knows numbers only as doubles, so a number that no double holds is
 * written as its decimal text, in quotes, as appendix D of the RFC advises; half of a surrogate pair, which has no form in
 * UTF-8, counts as the question mark that a store keeps of it.
 */
public final class CanonicalJson {
    private static final JsonMapper TEXT = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CanonicalJson() {}

    /** The canonical form, UTF-8. */
    public static byte[] of(JsonNode value) {
        try {
            JsonNode plain = plain(value);
            return plain.isContainer()
                    ? new JsonCanonicalizer(TEXT.writeValueAsString(plain)).getEncodedUTF8()
                    : alone(plain);
        } catch (IOException impossible) {
            throw new IllegalArgumentException("Not canonical: " + impossible.getMessage(), impossible);
        }
    }

    /** SHA-256 of the canonical form, 64 lower-case hexadecimal digits. */
    public static String sha256(JsonNode value) {
        return sha256(of(value));
    }

    /** SHA-256, 64 lower-case hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The library takes arrays and objects alone. */
    private static byte[] alone(JsonNode value) throws IOException {
        ArrayNode list = NODES.arrayNode().add(value);
        String inList = new JsonCanonicalizer(TEXT.writeValueAsString(list)).getEncodedString();
        return inList.substring(1, inList.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode plain(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = NODES.objectNode();
            value.properties().forEach(field -> object.set(utf8(field.getKey()), plain(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = NODES.arrayNode(value.size());
            value.forEach(element -> array.add(plain(element)));
            return array;
        }
        if (value.isNumber()) {
            return number(value);
        }
        return value.isString() ? NODES.stringNode(utf8(value.stringValue())) : value;
    }

    private static JsonNode number(JsonNode value) {
        BigDecimal exact = value.decimalValue();
        double nearest = exact.doubleValue();
        return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0
                ? NODES.numberNode(nearest)
                : NODES.stringNode(exact.stripTrailingZeros().toString());
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
