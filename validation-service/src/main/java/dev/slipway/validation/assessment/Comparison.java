package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Facts;
import java.time.Instant;
import java.util.List;

/**
 * What a gate's evidence is against that of the last verified release.
 *
 * @param facts that only a comparison says; none where nothing could be compared
 * @param why nothing could be compared and what to do, in words for a person; empty where it was
 * @param baseline digests of what it was compared with, and of what tells how far runs differ; none where it begins
 * @param notes for people, a sentence each
 * @param way in which of the ways of {@link Comparing} it was compared
 * @param arrivals when those of the baseline came, as in {@link Arrived}
 */
public record Comparison(
        Facts facts,
        String why,
        List<Digest> baseline,
        List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int way,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Instant> arrivals) {
    public Comparison {
        baseline = List.copyOf(baseline);
        notes = List.copyOf(notes);
        arrivals = List.copyOf(arrivals);
    }

    /** With what was made here, or came nobody knows when. */
    public Comparison(Facts facts, String why, List<Digest> baseline, List<String> notes, int way) {
        this(facts, why, baseline, notes, way, List.of());
    }

    /** Of what there is one way to compare. */
    public Comparison(Facts facts, String why, List<Digest> baseline, List<String> notes) {
        this(facts, why, baseline, notes, Comparing.BY_MESSAGE);
    }

    /** Nothing can be said. */
    public static Comparison none(String why, List<Digest> baseline) {
        return new Comparison(Facts.NONE, why, baseline, List.of());
    }

    Arrived before() {
        return new Arrived(baseline, arrivals);
    }
}
