package dev.slipway.validation.evidence;

/** Reads one kind of report. Further kinds (SARIF, CycloneDX, coverage) are further readers; nothing else changes. */
public interface EvidenceReader {
    /** The kind as it stands in {@code ?kind=} and in a gate's {@code evidence}, for example {@code junit}. */
    String kind();

    /**
     * What the report says. The same bytes always say the same.
     *
     * @throws UnreadableEvidence if it is not such a report, or larger or deeper than a limit
     */
    Facts read(byte[] report) throws UnreadableEvidence;

    /** A report that does not say what its kind must say. The message is for whoever sent it. */
    final class UnreadableEvidence extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreadableEvidence(String message) {
            super(message);
        }
    }
}
