package dev.slipway.cli.demo;

import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.demo.LoadStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the users saw of the bad version.
 *
 * @param after from the first live request that it answered to the decision to go back
 * @param answers how many it answered
 * @param failed how many of those with a server error
 * @param lastAnswer from the first request to its last answer
 */
record Detection(Duration after, long answers, long failed, Duration lastAnswer) {
    /** Nothing if no user ever reached it. */
    static Optional<Detection> of(LoadStatistics statistics, ReleaseView release) {
        return statistics.of(release.version()).map(seen -> {
            Instant decided = release.milestones().stream()
                    .filter(milestone -> milestone.kind() == Milestone.Kind.ROLLING_BACK)
                    .map(Milestone::at)
                    .findFirst()
                    .orElse(seen.lastAnsweredAt());
            Duration after = Duration.between(seen.firstSentAt(), decided);
            return new Detection(
                    after.isNegative() ? Duration.ZERO : after,
                    seen.answers(),
                    seen.failed(),
                    Duration.between(seen.firstSentAt(), seen.lastAnsweredAt()));
        });
    }
}
