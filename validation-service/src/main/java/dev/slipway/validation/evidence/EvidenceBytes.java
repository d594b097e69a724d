package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import java.util.Optional;

/** Keeps reports byte for byte under their digest. */
public interface EvidenceBytes {
    /** Durable when it returns; the same bytes again change nothing. */
    void keep(Digest digest, byte[] report);

    /** The whole report, or nothing if any part of it is missing. */
    Optional<byte[]> find(Digest digest);
}
