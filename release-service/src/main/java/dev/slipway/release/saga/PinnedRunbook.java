package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.release.PlanView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runbook of a release as it was when it began, or when a decision changed its plan: what is done, what is asked of whom,
 * and each step's way back. Whom to call and where everything is follow from the policy, whose hash is in it.
 *
 * @param digest SHA-256 over the canonical JSON of the content
 * @param at when it was pinned
 * @param why what pinned it, in words
 * @param before those that it came after, oldest first, at most 20; absent where it is the first
 */
public record PinnedRunbook(
        Digest digest,
        Instant at,
        String why,
        Content content,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Earlier> before) {
    private static final int BEFORE_MAX = 20;

    public PinnedRunbook {
        before = List.copyOf(before);
    }

    /**
     * What is pinned: nothing of it says where the release is.
     *
     * @param policyHash of the policy by which all steps are
     * @param guideHash of the guide in it; absent where it has none
     * @param steps all of its plan, each to come
     */
    public record Content(
            String policyHash,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String guideHash,

            List<PlanView.Step> steps) {
        public Content {
            steps = List.copyOf(steps);
        }
    }

    /** One that another came after; the record of the release has it whole. */
    public record Earlier(Digest digest, Instant at, String why) {}

    /** @param last the one before it; null where it is the first */
    static PinnedRunbook after(@Nullable PinnedRunbook last, Digest digest, Instant at, String why, Content content) {
        if (last == null) {
            return new PinnedRunbook(digest, at, why, content, List.of());
        }
        List<Earlier> all = new ArrayList<>(last.before());
        all.add(new Earlier(last.digest(), last.at(), last.why()));
        return new PinnedRunbook(
                digest, at, why, content, all.subList(Math.max(0, all.size() - BEFORE_MAX), all.size()));
    }
}
