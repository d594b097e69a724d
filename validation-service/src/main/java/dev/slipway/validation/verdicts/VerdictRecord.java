package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in its place in the chain of its application.
 *
 * @param number 1 for the first
 * @param ruleVersion SHA-256 of the gate's canonical JSON
 * @param previous hash of the record before it, or null for the first
 * @param hash SHA-256, hexadecimal, of the canonical JSON of all the other fields
 */
public record VerdictRecord(
        long number,
        VerdictDraft verdict,
        String ruleVersion,
        @Nullable String previous,
        String hash) {
    private record Unhashed(
            long number,
            VerdictDraft verdict,
            String ruleVersion,
            @Nullable String previous) {}

    static VerdictRecord after(long number, @Nullable String previous, VerdictDraft draft) {
        String version = versionOf(draft);
        return new VerdictRecord(
                number, draft, version, previous, hash(new Unhashed(number, draft, version, previous)));
    }

    /** Whether it was asked for by this release. */
    public boolean isOf(String release) {
        return verdict.question().startsWith(release + "/");
    }

    /** Whether it still says what its hashes were made of. */
    boolean intact() {
        return ruleVersion.equals(versionOf(verdict))
                && hash.equals(hash(new Unhashed(number, verdict, ruleVersion, previous)));
    }

    private static String versionOf(VerdictDraft draft) {
        return hash(draft.gate());
    }

    private static String hash(Object value) {
        return Digest.of(CanonicalJson.of(value)).hex();
    }
}
