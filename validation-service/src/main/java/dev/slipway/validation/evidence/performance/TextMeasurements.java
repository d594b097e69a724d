package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a tool measured and printed as lines. */
record TextMeasurements(TextDialect dialect, ReportLines.Limits limits) implements EvidenceReader {
    private static final int BEGINNING_BYTES = 8_192;

    @Override
    public String kind() {
        return dialect.kind();
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return dialect.read(new ReportLines(report, "What " + dialect.kind() + " prints", limits), name);
    }

    /** Only other forms can be told apart; lines that are not understood are refused. */
    @Override
    public @Nullable String somethingElse(byte[] report) {
        String beginning = beginning(report).stripLeading();
        if (beginning.isEmpty() || dialect.knows(beginning)) {
            return null;
        }
        boolean other = "{[<".indexOf(beginning.charAt(0)) >= 0 || LocustDialect.isAnotherCsv(beginning);
        return other ? "no " + dialect.called() : null;
    }

    @Override
    public boolean recognises(byte[] report) {
        return dialect.knows(beginning(report).stripLeading());
    }

    private static String beginning(byte[] report) {
        String text = new String(report, 0, Math.min(report.length, BEGINNING_BYTES), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    @Override
    public List<KnownFact> facts() {
        return dialect.known();
    }

    @Override
    public Optional<Comparing> comparing() {
        return dialect.comparing();
    }

    /** These forms have ends of their own, which reading looks for. */
    @Override
    public boolean isWhole(byte[] report) {
        try {
            read(report, "");
            return true;
        } catch (UnreadableEvidence open) {
            return false;
        }
    }
}
