package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.components.CycloneDxReader;
import dev.slipway.validation.evidence.components.OpenVexReader;
import dev.slipway.validation.evidence.components.SpdxReader;
import dev.slipway.validation.evidence.coverage.CoberturaReader;
import dev.slipway.validation.evidence.coverage.CoveragePyReader;
import dev.slipway.validation.evidence.coverage.GoCoverReader;
import dev.slipway.validation.evidence.coverage.JacocoReader;
import dev.slipway.validation.evidence.coverage.LcovReader;
import dev.slipway.validation.evidence.findings.SarifReader;
import dev.slipway.validation.evidence.own.FactsReader;
import dev.slipway.validation.evidence.performance.PerformanceReaders;
import dev.slipway.validation.evidence.supply.ChecksumsReader;
import dev.slipway.validation.evidence.supply.ProvenanceReader;
import dev.slipway.validation.evidence.supply.SignatureReader;
import dev.slipway.validation.evidence.tests.TestFormat;
import dev.slipway.validation.evidence.tests.XmlTestReader;
import dev.slipway.validation.evidence.tracker.TrackerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of evidence that are understood. */
public record EvidenceReaders(List<EvidenceReader> list) {
    public EvidenceReaders {
        list = List.copyOf(list);
    }

    /** Stored with what they read; raised by whoever changes a fact that they take from the same bytes ({@link ReaderChange}). */
    public static final int VERSION = ReaderChange.ALL.getLast().version();

    /** As many as the bytes of a body may hold; a line that is longer is no line of a report. */
    private static final int LINES_MAX = 20_000_000;

    private static final int LINE_BYTES_MAX = 100_000;

    /** All that Slipway reads: the service takes these in, and the command line says offline what it would. */
    public static EvidenceReaders shipped(JUnitReader.Limits limits) {
        ReportXml.Limits xml = new ReportXml.Limits(limits.depthMax(), limits.elementsMax());
        ReportLines.Limits lines = new ReportLines.Limits(LINES_MAX, LINE_BYTES_MAX);
        List<EvidenceReader> all = new ArrayList<>();
        all.add(new JUnitReader(limits));
        all.add(new SarifReader(limits));
        all.add(new CycloneDxReader(limits));
        all.add(new OpenVexReader(limits));
        all.add(new SpdxReader(limits));
        all.add(new JacocoReader(xml));
        all.add(new CoberturaReader(xml));
        all.add(new LcovReader(lines));
        all.add(new GoCoverReader(lines));
        all.add(new CoveragePyReader(ReportJson.Limits.of(limits)));
        for (TestFormat format : TestFormat.ALL) {
            all.add(new XmlTestReader(format, xml));
        }
        all.addAll(PerformanceReaders.all(limits));
        all.add(new ChecksumsReader());
        all.add(new SignatureReader(limits));
        all.add(new ProvenanceReader(limits));
        all.add(new TrackerReader(limits));
        all.add(new FactsReader(limits, all)); // the last: it says no names of others
        return new EvidenceReaders(all);
    }

    /** The one that knows these bytes for its own; nothing where none does. */
    public Optional<EvidenceReader> recognise(byte[] report) {
        return list.stream().filter(reader -> reader.recognises(report)).findFirst();
    }

    public Optional<EvidenceReader> of(String kind) {
        return list.stream().filter(reader -> reader.kind().equals(kind)).findFirst();
    }

    public List<String> kinds() {
        return list.stream().map(EvidenceReader::kind).sorted().toList();
    }
}
