package dev.slipway.validation.assessment;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Facts;
import java.util.List;

/**
 * What a gate's evidence is against that of the last verified release.
 *
 * @param facts that only a comparison says; none where nothing could be compared
 * @param why nothing could be compared and what to do, in words for a person; empty where it was
 * @param baseline digests of what it was compared with, and of what tells how far runs differ; none where it begins
 * @param notes for people, a sentence each
 */
public record Comparison(Facts facts, String why, List<Digest> baseline, List<String> notes) {
    public Comparison {
        baseline = List.copyOf(baseline);
        notes = List.copyOf(notes);
    }

    /** Nothing can be said. */
    public static Comparison none(String why, List<Digest> baseline) {
        return new Comparison(Facts.NONE, why, baseline, List.of());
    }
}
