package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;

/** How one tool prints what it measured as lines. */
interface TextDialect extends Dialect {
    /** @param beginning of the text, at most 8,192 characters */
    boolean knows(String beginning);

    /** Reads to the last line. */
    Reading read(ReportLines lines, String name) throws UnreadableEvidence;
}
