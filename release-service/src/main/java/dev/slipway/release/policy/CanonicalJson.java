package dev.slipway.release.policy;

import dev.slipway.contracts.Digest;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON text per value, in the manner of RFC 8785: keys sorted, no white space, plain decimal numbers without trailing
 * zeros, absent and null members alike left out.
 */
public final class CanonicalJson {
    private static final JsonMapper TEXT = JsonMapper.shared();

    private CanonicalJson() {}

    /** The canonical text of a value. */
    public static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    /** SHA-256 of the canonical text as UTF-8, 64 lower-case hexadecimal digits. */
    public static String sha256(JsonNode node) {
        return Digest.of(write(node)).hex();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            writeObject(node, out);
        } else if (node.isArray()) {
            String separator = "[";
            for (JsonNode element : node) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isNumber()) {
            out.append(
                    node.decimalValue().signum() == 0
                            ? "0"
                            : node.decimalValue().stripTrailingZeros().toPlainString());
        } else {
            out.append(TEXT.writeValueAsString(node));
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        Map<String, JsonNode> members = new TreeMap<>();
        node.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                members.put(member.getKey(), member.getValue());
            }
        });
        out.append('{');
        members.forEach((name, value) -> {
            out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
            out.append(TEXT.writeValueAsString(name)).append(':');
            write(value, out);
        });
        out.append('}');
    }
}
