package dev.slipway.chain;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What ties a record to its place in a chain.
 *
 * @param number 1 for the first
 * @param previous hash of the record before it, or null for the first
 * @param hash SHA-256, hexadecimal, of the canonical JSON of {@code {"chain", "number", "previous", "record"}}
 * @param checkpoint a signature over the chain up to here, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Seal(
        long number,
        @Nullable String previous,
        String hash,
        @Nullable Checkpoint checkpoint) {
    /** The seal of a record that comes after that one, unsigned. */
    public static Seal after(@Nullable Seal last, String chain, JsonNode record) {
        long number = last == null ? 1 : last.number() + 1;
        String previous = last == null ? null : last.hash();
        return new Seal(number, previous, hash(chain, number, previous, record), null);
    }

    /** The same with a signature. */
    public Seal with(@Nullable Checkpoint signed) {
        return new Seal(number, previous, hash, signed);
    }

    /** Whether this record at this place of this chain is what the hash was made of. */
    boolean isOf(String chain, JsonNode record) {
        return hash.equals(hash(chain, number, previous, record));
    }

    private static String hash(String chain, long number, @Nullable String previous, JsonNode record) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("chain", chain).put("number", number).put("previous", previous);
        whole.set("record", record);
        return CanonicalJson.sha256(whole);
    }
}
