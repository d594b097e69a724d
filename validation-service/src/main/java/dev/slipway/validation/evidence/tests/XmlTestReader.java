package dev.slipway.validation.evidence.tests;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.NamingTests;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.TestCounts;
import dev.slipway.validation.evidence.XmlRoots;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads test reports of one format, with the facts of JUnit's. */
public final class XmlTestReader implements EvidenceReader {
    private final TestFormat format;
    private final ReportXml xml;

    public XmlTestReader(TestFormat format, ReportXml.Limits limits) {
        this.format = format;
        this.xml = new ReportXml(format.called(), limits);
    }

    @Override
    public String kind() {
        return format.kind();
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> format.pass().over(pull, NamingTests.Each.NOBODY));
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return xml.root(report)
                .filter(format.isAtRoot().negate())
                .map(root -> XmlRoots.no(root.name(), format.expected()))
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.root(report).filter(format.isAtRoot()).isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return TestCounts.KNOWN;
    }

    @Override
    public Optional<NamingTests> namingTests() {
        return Optional.of(
                (report, _, each) -> xml.read(report, pull -> format.pass().over(pull, each)));
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }
}
