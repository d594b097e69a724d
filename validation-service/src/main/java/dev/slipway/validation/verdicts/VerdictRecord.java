package dev.slipway.validation.verdicts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.chain.CanonicalJson;
import dev.slipway.contracts.Digest;
import dev.slipway.messaging.MessagingJson;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in its place in the chain of its application.
 *
 * @param number 1 for the first
 * @param ruleVersion SHA-256 of the gate's canonical JSON
 * @param previous hash of the record before it, or null for the first
 * @param hash SHA-256, hexadecimal, of the canonical JSON of all the other fields
 * @param form what canonical means: {@value #RFC_8785}, or 0 for records from before that, which do not name it and are hashed
 *     without it
 */
public record VerdictRecord(
        long number,
        VerdictDraft verdict,
        String ruleVersion,
        @Nullable String previous,
        String hash,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int form) {
    /** RFC 8785, as in the journals of all services. */
    static final int RFC_8785 = 1;

    private record Unhashed(
            long number,
            VerdictDraft verdict,
            String ruleVersion,
            @Nullable String previous,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int form) {}

    static VerdictRecord after(long number, @Nullable String previous, VerdictDraft draft) {
        String version = hash(draft.gate(), RFC_8785);
        String hash = hash(new Unhashed(number, draft, version, previous, RFC_8785), RFC_8785);
        return new VerdictRecord(number, draft, version, previous, hash, RFC_8785);
    }

    /** Whether it was asked for by this release. */
    public boolean isOf(String release) {
        return verdict.question().startsWith(release + "/");
    }

    /** Whether it still says what its hashes were made of; in a form that is not known nobody can say that it does. */
    boolean intact() {
        return (form == 0 || form == RFC_8785)
                && ruleVersion.equals(hash(verdict.gate(), form))
                && hash.equals(hash(new Unhashed(number, verdict, ruleVersion, previous, form), form));
    }

    private static String hash(Object value, int form) {
        return form == RFC_8785
                ? CanonicalJson.sha256(MessagingJson.mapper().valueToTree(value))
                : Digest.of(FormerForm.of(value)).hex();
    }
}
