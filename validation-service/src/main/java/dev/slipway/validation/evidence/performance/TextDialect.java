package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.util.List;

/** How one tool prints what it measured as lines. */
interface TextDialect {
    String kind();

    /** For people, at the end of "this is no". */
    String called();

    /** @param beginning of the text, at most 8,192 characters */
    boolean knows(String beginning);

    /** Reads to the last line. */
    Reading read(ReportLines lines, String name) throws UnreadableEvidence;

    List<KnownFact> facts();

    /** Whether its measurements have names of their own, so that those of two releases belong together. */
    default boolean isComparable() {
        return true;
    }
}
