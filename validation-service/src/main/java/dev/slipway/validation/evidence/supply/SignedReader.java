package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.Covering;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReportJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of signed document: which of them it is, what stands in it says. */
abstract sealed class SignedReader implements EvidenceReader, Covering permits ProvenanceReader, SignatureReader {
    private final String kind;
    private final ReportJson.Limits limits;

    SignedReader(String kind, JUnitReader.Limits limits) {
        this.kind = kind;
        this.limits = ReportJson.Limits.of(limits);
    }

    SignedDocument document(byte[] report) throws UnreadableEvidence {
        return SignedDocument.read(report, limits);
    }

    /** The same for whoever does not ask for what it speaks of, one by one. */
    SignedDocument counted(byte[] report) throws UnreadableEvidence {
        return SignedDocument.counted(report, limits);
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final Optional<Covering> covering() {
        return Optional.of(this);
    }

    @Override
    public final @Nullable String somethingElse(byte[] report) {
        return Meant.somethingElse(report, kind, limits);
    }

    @Override
    public final boolean recognises(byte[] report) {
        return SignedDocument.kind(report, limits).filter(kind::equals).isPresent();
    }

    @Override
    public final boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
