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
 * OpenVEX (https://github.com/openvex/spec), 0.0.1 and 0.2.0: what somebody states of vulnerabilities in products. It counts no
 * vulnerabilities: its statements {@code not_affected} and {@code fixed} take those out that a CycloneDX report of the same
 * revision and suite counts, joined by package URL; of several the latest holds, and of several at once the worse. None is
 * later than it arrived.
 */
public final class OpenVexReader implements EvidenceReader {
    public static final String KIND = "openvex";

    private static final int MEMBERS_MAX = 30;

    private final ReportJson.Limits limits;

    public OpenVexReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> new OpenVexDocument(json).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return Beginnings.somethingElse(report, KIND);
    }

    @Override
    public boolean recognises(byte[] report) {
        return Beginnings.of(report, MEMBERS_MAX).filter(KIND::equals).isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(
                KnownFact.neither("vex.statements", Fact.Unit.COUNT, "statements about vulnerabilities"),
                KnownFact.neither("vex.not-affected", Fact.Unit.COUNT, "statements that something is not affected"),
                KnownFact.lower("vex.affected", Fact.Unit.COUNT, "statements that something is affected"),
                KnownFact.neither("vex.fixed", Fact.Unit.COUNT, "statements that something is fixed"),
                KnownFact.lower(
                        "vex.under-investigation", Fact.Unit.COUNT, "statements that nobody knows yet whether it is"));
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
