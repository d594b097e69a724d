package dev.slipway.validation.judgement;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that is over, whose canary was not well: gateways tell seconds later than they pass, and until the last of them
 * knows the table that takes its share away it answers still. What comes of that is its users', too, and is counted for a while.
 * Nothing is judged by it.
 *
 * @param canary key of the version
 * @param share by what the baseline did up to the end
 * @param until seconds that begin later are none of it
 */
record Trailing(QuestionKey rollout, String canary, Excesses excesses, Bad share, Cursors cursors, Instant until) {
    /** What the judge has seen of it so far; null where it was well, so that nothing is waited for. */
    static @Nullable Trailing after(JudgementState.Judging judging, Instant now, Duration within) {
        Excesses seen = judging.tally().excesses(judging.verdicts().slow());
        return seen.said().isEmpty() && judging.verdicts().worse() == null
                ? null
                : new Trailing(
                        judging.rollout().question(),
                        judging.rollout().canary(),
                        seen,
                        judging.tally().share(judging.verdicts().slow()),
                        judging.tally().cursors(),
                        now.plus(within));
    }

    /** With one more sample; nothing where it says nothing new of the version, or cannot be counted. */
    Optional<Trailing> with(TrafficSample sample, Instant now) {
        SideTally more = sample.versions().stream()
                .filter(version -> version.key().equals(canary))
                .findFirst()
                .map(VersionCounts::all)
                .map(SideTally::of)
                .orElse(SideTally.NONE);
        boolean none = more.answers() == 0 && more.timed() == 0;
        return none || sample.second().isAfter(until) || cursors.passed(sample)
                ? Optional.empty()
                : cursors.passing(sample, now)
                        .map(passed -> new Trailing(
                                rollout, canary, excesses.plus(sample.second(), more, share), share, passed, until));
    }
}
