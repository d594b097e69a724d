package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;

/** How one tool writes what it measured as JSON. */
interface JsonDialect extends Dialect {
    boolean knows(ReportJson.Beginning beginning);

    /** @param json stands on the root; the end is proved by the caller */
    Reading read(ReportJson json, String name) throws UnreadableEvidence;
}
