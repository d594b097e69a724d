package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a tool measured and wrote as JSON. */
record JsonMeasurements(JsonDialect dialect, ReportJson.Limits limits) implements EvidenceReader {
    private static final int MEMBERS_MAX = 80;

    @Override
    public String kind() {
        return dialect.kind();
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> dialect.read(json, name));
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        for (byte first : report) {
            if (!Character.isWhitespace(first)
                    && first != (byte) 0xEF
                    && first != (byte) 0xBB
                    && first != (byte) 0xBF) {
                return first == '{' || first == '[' ? otherJson(report) : "no JSON, so no " + dialect.called();
            }
        }
        return null;
    }

    private @Nullable String otherJson(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX)
                .filter(beginning -> !dialect.knows(beginning))
                .map(_ -> "no " + dialect.called())
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX).filter(dialect::knows).isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return dialect.known();
    }

    @Override
    public Optional<Comparing> comparing() {
        return dialect.comparing();
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
