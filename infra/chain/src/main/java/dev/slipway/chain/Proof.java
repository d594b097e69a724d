package dev.slipway.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain with all that somebody else needs to check it.
 *
 * @param chain its name, which is part of each hash
 * @param records oldest first
 * @param head the seal of the last record as it was kept beside the records; null where no chain has begun
 * @param keys public keys that checkpoints were ever signed with here, PEM
 * @param attestation an in-toto statement about what the chain says of the whole; null while it goes on, and unsigned
 */
public record Proof(
        String chain,
        List<Link> records,
        @Nullable Seal head,
        List<String> keys,
        @Nullable Envelope attestation) {
    public Proof {
        records = List.copyOf(records);
        keys = List.copyOf(keys);
    }

    /** Checks it, and believes the keys that it brings along. */
    public ChainCheck.Result check() {
        return check(ProofKeys.of(keys));
    }

    /** Checks it, and believes these keys alone. */
    public ChainCheck.Result check(ProofKeys believed) {
        return ChainCheck.of(chain, records, head, believed);
    }
}
