package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportLines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SPDX 2.2 and 2.3 in JSON and in lines of names and values: packages and their licences. The licence that was concluded
 * counts, and where nobody did ({@code NOASSERTION}), the one that is declared; {@code NONE} is no licence. What the document
 * describes is no component of itself, unless there is nothing else. {@link SpdxLines} says when the form of lines, tag-value,
 * is believed.
 */
public final class SpdxReader implements EvidenceReader {
    public static final String KIND = "spdx";

    private static final int MEMBERS_MAX = 30;

    /** A package takes some fifteen lines. */
    private static final int LINES_AN_ELEMENT = 4;

    private static final int LINE_BYTES_MAX = 64 * 1024;

    private final ReportJson.Limits limits;
    private final ReportLines.Limits lines;

    public SpdxReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
        this.lines = new ReportLines.Limits(LINES_AN_ELEMENT * limits.elementsMax(), LINE_BYTES_MAX);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        if (Beginnings.isTagValue(report)) {
            return new SpdxLines(new ReportLines(report, "SPDX in lines", lines)).read();
        }
        return ReportJson.read(report, limits, json -> new SpdxDocument(json).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return Beginnings.isTagValue(report) ? null : Beginnings.somethingElse(report, KIND);
    }

    @Override
    public boolean recognises(byte[] report) {
        return Beginnings.isTagValue(report)
                || Beginnings.of(report, MEMBERS_MAX).filter(KIND::equals).isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(
                KnownFact.neither("components.total", Fact.Unit.COUNT, "packages, without what the document describes"),
                KnownFact.lower(
                        "components.without-license", Fact.Unit.COUNT, "those of them of which nobody says a licence"),
                KnownFact.lower("components.without-purl", Fact.Unit.COUNT, "those of them without a package URL"));
    }

    @Override
    public boolean isWhole(byte[] report) {
        if (!Beginnings.isTagValue(report)) {
            return ReportJson.isWhole(report, limits);
        }
        try {
            read(report, "");
            return true;
        } catch (UnreadableEvidence open) {
            return false;
        }
    }
}
