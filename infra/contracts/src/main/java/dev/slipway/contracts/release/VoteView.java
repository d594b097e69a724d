package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vote on a release, beside how many approvals it wants and who has given one (ADR 64).
 *
 * @param openUntil before when no number of approvals is enough; absent where the policy names no time, and before approvals are
 *     asked for
 * @param roles of whom approvals are wanted, in the order of the policy
 * @param veto roles of contacts whose no ends the release before production
 * @param objections each no that was said, oldest first
 * @param decided how it was decided; absent while it is open, and in releases from before that was kept
 * @param reviews files that have changed and whose change somebody in particular has to approve, in the order of the policy; empty
 *     where none has
 */
public record VoteView(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant openUntil,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Quorum> roles,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> veto,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Objection> objections,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Decided decided,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Review> reviews) {
    public VoteView {
        reviews = List.copyOf(reviews);
        roles = List.copyOf(roles);
        veto = List.copyOf(veto);
        objections = List.copyOf(objections);
    }

    /** Without files whose change anybody in particular has to approve. */
    public VoteView(
            @Nullable Instant openUntil,
            List<Quorum> roles,
            List<String> veto,
            List<Objection> objections,
            @Nullable Decided decided) {
        this(openUntil, roles, veto, objections, decided, List.of());
    }

    /**
     * Changed files that somebody in particular has to approve.
     *
     * @param files patterns of their paths
     * @param by who has to, any one of them: roles of contacts and addresses
     * @param changed paths of those that have changed, the first of them
     * @param more how many have besides; absent where nobody can say, as too much has changed or it is not known, and then all
     *     of them count
     * @param missing whether none of them has said yes yet
     */
    public record Review(
            List<String> files,
            List<String> by,
            List<String> changed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer more,

            boolean missing) {
        public Review {
            files = List.copyOf(files);
            by = List.copyOf(by);
            changed = List.copyOf(changed);
        }
    }

    /**
     * How many of a role have to say yes.
     *
     * @param wanted 1 to 20
     * @param missing how many of them are not there yet, 0 to {@code wanted}
     */
    public record Quorum(String role, int wanted, int missing) {}

    /**
     * A person's no.
     *
     * @param yesBefore when they had said yes; absent where they had not
     * @param counts whether it is their newest word
     * @param veto whether it ends the release
     */
    public record Objection(
            String email,
            Instant at,
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant yesBefore,

            boolean counts,
            boolean veto) {}

    /** What came of a vote. */
    public enum Outcome {
        /** Enough said yes, and it was open long enough. */
        PASSED,
        /** Somebody whose no counts said no. */
        VETOED,
        /** Not enough said yes in time. */
        EXPIRED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * The tally when it was decided.
     *
     * @param yes addresses of whoever said yes last
     * @param no addresses of whoever said no last
     * @param missing roles of whom somebody was wanted and nobody was left
     * @param sha of what it was said, with {@code digests} and {@code policyHash}
     */
    public record Decided(
            Instant at,
            Outcome outcome,
            int required,
            List<String> yes,
            List<String> no,
            List<String> missing,
            Sha sha,
            List<String> digests,
            String policyHash) {
        public Decided {
            yes = List.copyOf(yes);
            no = List.copyOf(no);
            missing = List.copyOf(missing);
            digests = List.copyOf(digests);
        }
    }

    /**
     * Body of {@code POST /api/v1/releases/{id}/objections}: exactly what a no is said of, and why.
     *
     * @param reason why; must not be blank
     */
    public record ObjectionRequest(Sha sha, List<String> digests, String policyHash, String reason) {
        public ObjectionRequest {
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            Texts.requirePresent("reason", reason);
            digests = List.copyOf(digests);
        }
    }
}
