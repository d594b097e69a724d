package dev.slipway.validation.evidence.tests;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.TestCounts;
import dev.slipway.validation.evidence.XmlRoots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * xUnit.net's {@code assemblies}, versions 2 and 3. Read by its documentation and by files of others; the tool was not run here.
 *
 * <ul>
 *   <li>Pass has passed, Fail has failed, Skip is skipped, NotRun (an explicit test) is disabled
 *   <li>Each {@code error} of an assembly (cleaning up, or a crash) is an error outside of every test and counts
 * </ul>
 */
public final class XUnitReader implements EvidenceReader {
    public static final String KIND = "xunit";

    private final ReportXml xml;

    public XUnitReader(ReportXml.Limits limits) {
        xml = new ReportXml("An xUnit.net report", limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new XUnitPass(pull).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return xml.root(report)
                .filter(root -> !isOurs(root))
                .map(root -> XmlRoots.no(root.name(), "assemblies"))
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.root(report).filter(XUnitReader::isOurs).isPresent();
    }

    static boolean isOurs(ReportXml.Root root) {
        return root.name().equals("assemblies");
    }

    @Override
    public List<KnownFact> facts() {
        return TestCounts.KNOWN;
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }
}
