package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.List;

/** How one tool writes what it measured as JSON. */
interface JsonDialect {
    String kind();

    /** For people, at the end of "this is no". */
    String called();

    boolean knows(ReportJson.Beginning beginning);

    /** @param json stands on the root; the end is proved by the caller */
    Reading read(ReportJson json, String name) throws UnreadableEvidence;

    List<KnownFact> facts();

    /** Whether its measurements have names of their own, so that those of two releases belong together. */
    default boolean isComparable() {
        return true;
    }
}
