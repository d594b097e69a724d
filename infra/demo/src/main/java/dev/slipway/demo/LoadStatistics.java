package dev.slipway.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the load has seen since it began.
 *
 * @param sent requests sent
 * @param skipped requests left out because too many waited for an answer
 * @param unanswered requests without any answer: refused, broken off or out of time
 * @param byStatus answers by HTTP status
 * @param byVersion answers by the version that gave them, as far as the answer says it
 * @param p50Millis median time of an answer, milliseconds, within 5 %; null before the first
 * @param p95Millis 95th percentile, likewise
 */
public record LoadStatistics(
        long sent,
        long skipped,
        long unanswered,
        Map<Integer, Long> byStatus,
        Map<String, OfVersion> byVersion,
        @Nullable Double p50Millis,
        @Nullable Double p95Millis) {
    public LoadStatistics {
        byStatus = Map.copyOf(byStatus);
        byVersion = Map.copyOf(byVersion);
    }

    public Optional<OfVersion> of(String version) {
        return Optional.ofNullable(byVersion.get(version));
    }

    public long answers() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * What one version answered.
     *
     * @param answers all of them, the failed included
     * @param failed those with a status of 500 and above
     * @param firstSentAt when the earliest request was sent that this version answered
     * @param firstAnsweredAt when its first answer came
     * @param lastAnsweredAt when its latest answer came
     */
    public record OfVersion(
            long answers, long failed, Instant firstSentAt, Instant firstAnsweredAt, Instant lastAnsweredAt) {
        OfVersion plus(boolean nowFailed, Instant sentAt, Instant answeredAt) {
            return new OfVersion(
                    answers + 1,
                    failed + (nowFailed ? 1 : 0),
                    sentAt.isBefore(firstSentAt) ? sentAt : firstSentAt,
                    firstAnsweredAt,
                    answeredAt);
        }
    }
}
