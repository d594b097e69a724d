package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.components.CycloneDxReader;
import dev.slipway.validation.evidence.components.OpenVexReader;
import dev.slipway.validation.evidence.components.SpdxReader;
import dev.slipway.validation.evidence.findings.SarifReader;
import java.util.List;
import java.util.Optional;

/** The kinds of evidence that are understood. */
public record EvidenceReaders(List<EvidenceReader> list) {
    public EvidenceReaders {
        list = List.copyOf(list);
    }

    /** All that Slipway reads: the service takes these in, and the command line says offline what it would. */
    public static EvidenceReaders shipped(JUnitReader.Limits limits) {
        return new EvidenceReaders(List.of(
                new JUnitReader(limits),
                new SarifReader(limits),
                new CycloneDxReader(limits),
                new OpenVexReader(limits),
                new SpdxReader(limits)));
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
