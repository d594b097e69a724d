package dev.slipway.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.validation.JudgedSeconds;
import java.util.List;
import java.util.Optional;

/** Where what rollouts were judged by is kept, in parts. */
interface Recordings {
    /**
     * Somebody begins to note a rollout. If somebody did before, what that one held back is lost, and it counts as an
     * interruption.
     */
    void begin(EnvironmentId environment, QuestionKey rollout);

    /**
     * Adds a part; what is beyond the bounds is not kept, counts as an interruption, and the last part of a rollout that is too
     * long says so.
     *
     * @param lines JSON, one object each; none only to ask
     * @return what is kept of the rollout by now; nothing before its first line
     */
    Optional<JudgedSeconds> add(EnvironmentId environment, QuestionKey rollout, List<String> lines);

    /** One part of the newest rollout of a release. */
    Optional<Part> part(EnvironmentId environment, ReleaseId release, int number);

    /** @param more whether another part follows */
    record Part(QuestionKey rollout, List<String> lines, boolean more) {
        public Part {
            lines = List.copyOf(lines);
        }
    }
}
