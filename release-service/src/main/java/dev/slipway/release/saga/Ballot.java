package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a vote beside those who say yes at present, who are the release's approvals (ADR 64).
 *
 * @param objections each no that was said, oldest first, at most {@value #MAX}; also of whoever has said yes since
 * @param tally how the vote was decided; null while it is open
 */
public record Ballot(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Objection> objections,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VoteTally tally) {
    static final Ballot NONE = new Ballot(List.of(), null);

    /** Most of them that a release keeps. */
    static final int MAX = 50;

    public Ballot {
        objections = List.copyOf(objections);
    }

    /**
     * A person's no to the release's sha, digests and policy.
     *
     * @param email of who says it, verified, case folded
     * @param reason in their own words
     * @param yesBefore when they had said yes, which counts no longer; null where they had not
     */
    public record Objection(
            String email,
            Instant at,
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant yesBefore) {}

    static Ballot of(Dossier d) {
        Ballot ballot = d.ballot();
        return ballot == null ? NONE : ballot;
    }

    /** With one more no; whatever was decided is open again. */
    Ballot and(Objection no) {
        return new Ballot(Stream.concat(objections.stream(), Stream.of(no)).toList(), null);
    }

    Ballot decided(@Nullable VoteTally how) {
        return new Ballot(objections, how);
    }
}
