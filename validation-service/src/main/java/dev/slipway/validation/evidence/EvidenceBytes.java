package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps reports byte for byte under their digest. */
public interface EvidenceBytes {
    /**
     * Durable when it returns; the same bytes again change nothing.
     *
     * @param revision which revision the report is about: the bytes stay at least as long as it remembers them
     * @throws EvidenceFull if there is no room
     */
    void keep(Digest digest, byte[] report, String revision);

    /** What a report was called when it came last. */
    default void name(Digest digest, String file) {
        // whoever keeps no names has none
    }

    /** What {@link #name} said. */
    default Optional<String> nameOf(Digest digest) {
        return Optional.empty();
    }

    /** A verdict rests on these reports, so they stay for as long as its release needs them. */
    void use(Collection<Digest> digests, Use by);

    /**
     * Who needs a report.
     *
     * @param release whose gate looked at it
     * @param kind which kind of evidence it asked for; null where it asked for none
     */
    record Use(String release, @Nullable String kind) {}

    /** How it went, of a report that verdicts rested on and that went by retention. */
    default Optional<GoneReport> goneOf(Digest digest) {
        return Optional.empty();
    }

    /** The whole report, or nothing if any part of it is missing. */
    Optional<byte[]> find(Digest digest);
}
