package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SPDX 2.2 and 2.3 in JSON: packages and their licences. The licence that was concluded counts, and where nobody did
 * ({@code NOASSERTION}), the one that is declared; {@code NONE} is no licence. What the document describes is no component of
 * itself, unless there is nothing else. Tag-value files are not read: one that was cut off looks like one with fewer packages.
 */
public final class SpdxReader implements EvidenceReader {
    public static final String KIND = "spdx";

    private static final int MEMBERS_MAX = 30;

    private final ReportJson.Limits limits;

    public SpdxReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        if (Beginnings.isTagValue(report)) {
            throw new UnreadableEvidence(
                    "This is SPDX in tag-value form, of which nobody can tell whether it is whole;"
                            + " ask the tool for SPDX 2.3 JSON",
                    1,
                    1);
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
        return ReportJson.isWhole(report, limits);
    }
}
