package dev.slipway.validation.evidence;

import java.util.List;

/** Kinds of evidence that count in gates over another kind, where they are there for the same revision and suite. */
public final class Companions {
    private static final String CYCLONEDX = "cyclonedx";
    private static final String OPENVEX = "openvex";

    private Companions() {}

    /** What somebody states of vulnerabilities counts where they are counted. */
    public static List<String> of(String kind) {
        return kind.equals(CYCLONEDX) ? List.of(OPENVEX) : List.of();
    }

    /** Who reads a report that counts in a gate over this reader's kind: itself, or that of what counts beside it. */
    public static EvidenceReader reader(EvidenceReaders readers, EvidenceReader gates, byte[] report) {
        return of(gates.kind()).stream()
                .flatMap(kind -> readers.of(kind).stream())
                .filter(companion -> companion.recognises(report))
                .findFirst()
                .orElse(gates);
    }
}
