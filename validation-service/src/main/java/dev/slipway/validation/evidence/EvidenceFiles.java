package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;

/** Files that someone sends or names, one after another, as often as asked: never more than one is in memory. */
public interface EvidenceFiles {
    /** Shows each file, always in the same order. */
    void each(Visitor visitor) throws UnreadableEvidence;

    /** Sees one file after another. */
    interface Visitor {
        /**
         * @param name path with slashes, for people, and for what lies beside it
         * @param named whether someone named this very file; else it was found in a folder, by a pattern or in an archive
         */
        void visit(String name, boolean named, byte[] content) throws UnreadableEvidence;
    }

    /** A single file that someone named. */
    static EvidenceFiles of(String name, byte[] content) {
        return visitor -> visitor.visit(name, true, content);
    }
}
