package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one kind that comes as JSON or as text. */
record TwoForms(EvidenceReader json, EvidenceReader text) implements EvidenceReader {
    @Override
    public String kind() {
        return json.kind();
    }

    private EvidenceReader form(byte[] report) {
        for (byte first : report) {
            if (!Character.isWhitespace(first)) {
                return first == '{' || first == '[' ? json : text;
            }
        }
        return text;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return form(report).read(report, name);
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return form(report).somethingElse(report);
    }

    @Override
    public boolean recognises(byte[] report) {
        return form(report).recognises(report);
    }

    @Override
    public List<KnownFact> facts() {
        return text.facts();
    }

    @Override
    public Optional<Comparing> comparing() {
        return text.comparing();
    }

    @Override
    public boolean isWhole(byte[] report) {
        return form(report).isWhole(report);
    }
}
