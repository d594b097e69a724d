package dev.slipway.chain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Closes chains. */
@FunctionalInterface
public interface Signer {
    /** Signs that a chain ends in this record now; null where there is no key to sign with. */
    @Nullable
    Checkpoint sign(String chain, Seal last, Instant at);
}
