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
 * NUnit 3's {@code test-run}. Read by its documentation and by files of others; the tool was not run here.
 *
 * <ul>
 *   <li>Passed has passed; Failed has failed, with the label Error, Invalid or Cancelled it is an error; Warning warns
 *   <li>Skipped and Inconclusive are skipped, Skipped with the label Explicit is disabled
 *   <li>A suite that failed in TearDown counts beside its tests; one that failed elsewhere (SetUp, or because it is invalid)
 *       only where none of its tests shows it, as SetUp's failures are shown by each test, with the site Parent
 * </ul>
 */
public final class NUnitReader implements EvidenceReader {
    public static final String KIND = "nunit";

    private final ReportXml xml;

    public NUnitReader(ReportXml.Limits limits) {
        xml = new ReportXml("An NUnit report", limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new NUnitPass(pull).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return xml.root(report)
                .filter(root -> !isOurs(root))
                .map(root -> XmlRoots.no(root.name(), "test-run"))
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.root(report).filter(NUnitReader::isOurs).isPresent();
    }

    static boolean isOurs(ReportXml.Root root) {
        return root.name().equals("test-run");
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
