package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.release.VoteView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a vote was decided, and of what it was said.
 *
 * @param openUntil before when no number of approvals was enough; null where the policy names no time
 * @param required how many approvals the policy wants
 * @param yes addresses of whoever said yes last, in the order in which they did
 * @param no addresses of whoever said no last, in the order in which they did
 * @param missing roles of whom somebody was wanted and nobody was left, each as often as it was; then who had to approve which files
 *     that have changed, and did not
 * @param of exactly what it was said of
 */
public record VoteTally(
        Instant at,
        VoteView.Outcome outcome,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant openUntil,
        int required,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> yes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> no,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> missing,

        ReleaseInput.Triple of) {
    public VoteTally {
        yes = List.copyOf(yes);
        no = List.copyOf(no);
        missing = List.copyOf(missing);
    }
}
