package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Release to application: where the release is now. Complete, so that the latest alone is enough.
 *
 * @param wentBack whether production goes or went back for a fault; not for a person's abort
 * @param blocks whether it needs an operator before another release may begin in the environment that it holds
 * @param verified what production has verified of it, or null
 * @param left the phase before, or null
 * @param lasted how long it was there, or null
 * @param traffic whether production had traffic of it, or nobody can say that it had not
 * @param forwardOnly why production does not go back from it by itself; null where it does
 */
public record Moved(
        ReleaseId release,
        ReleasePhase phase,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean wentBack,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean blocks,
        @Nullable Verified verified,
        @Nullable ReleasePhase left,
        @Nullable Duration lasted,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean traffic,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forwardOnly) {
    /** Of a release that production goes back from. */
    public Moved(
            ReleaseId release,
            ReleasePhase phase,
            boolean wentBack,
            boolean blocks,
            @Nullable Verified verified,
            @Nullable ReleasePhase left,
            @Nullable Duration lasted,
            boolean traffic) {
        this(release, phase, wentBack, blocks, verified, left, lasted, traffic, null);
    }

    /** The same without what was before. */
    public Moved now() {
        return new Moved(release, phase, wentBack, blocks, verified, null, null, traffic, forwardOnly);
    }
}
