package dev.slipway.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import java.util.List;
import java.util.Optional;

/** Where what rollouts were judged by is kept, in parts. */
interface Recordings {
    /**
     * Adds a part; what is beyond the bound of a rollout is not kept, and its last part says so.
     *
     * @param lines JSON, one object each
     */
    void add(EnvironmentId environment, QuestionKey rollout, List<String> lines);

    /** One part of the newest rollout of a release. */
    Optional<Part> part(EnvironmentId environment, ReleaseId release, int number);

    /** @param more whether another part follows */
    record Part(QuestionKey rollout, List<String> lines, boolean more) {
        public Part {
            lines = List.copyOf(lines);
        }
    }
}
