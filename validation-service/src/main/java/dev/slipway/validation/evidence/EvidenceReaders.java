package dev.slipway.validation.evidence;

import java.util.List;
import java.util.Optional;

/** The kinds of evidence that are understood. */
public record EvidenceReaders(List<EvidenceReader> list) {
    public EvidenceReaders {
        list = List.copyOf(list);
    }

    public Optional<EvidenceReader> of(String kind) {
        return list.stream().filter(reader -> reader.kind().equals(kind)).findFirst();
    }

    public List<String> kinds() {
        return list.stream().map(EvidenceReader::kind).sorted().toList();
    }
}
