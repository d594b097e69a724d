package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import org.jspecify.annotations.Nullable;

/** What somebody asks of an application under a key; the same key has the same answer, for good. */
public interface Asked {
    /** Natural key: the event's source and id, or caller and Idempotency-Key. */
    String key();

    /** What the key is known to have led to, where that was looked up; else null. */
    @Nullable
    ReleaseId known();

    /** The same with what its key led to. */
    ApplicationInput leadingTo(ReleaseId release);
}
