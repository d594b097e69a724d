package dev.slipway.demo;

import java.time.Duration;

/**
 * How patient the CI is with the gateway.
 *
 * @param attemptsMax attempts to say one thing, each to every gateway until one answers, 1 to 100
 * @param answerMax time for one answer, above zero
 * @param waitMin wait before the second attempt, doubled for each later one, not negative
 * @param waitMax the longest wait between two attempts, also where Retry-After asks for more
 */
public record ClientLimits(int attemptsMax, Duration answerMax, Duration waitMin, Duration waitMax) {
    public static final ClientLimits DEFAULT =
            new ClientLimits(10, Duration.ofSeconds(15), Duration.ofMillis(250), Duration.ofSeconds(5));

    /**
     * The same for a busy machine.
     *
     * @param factor how many times slower than a quiet one, 1 or more
     */
    public ClientLimits times(double factor) {
        return new ClientLimits(attemptsMax, Stretching.of(answerMax, factor), waitMin, waitMax);
    }

    public ClientLimits {
        if (attemptsMax < 1 || attemptsMax > 100) {
            throw new IllegalArgumentException("attemptsMax must be 1 to 100, is " + attemptsMax);
        }
        if (!answerMax.isPositive() || waitMin.isNegative() || waitMax.compareTo(waitMin) < 0) {
            throw new IllegalArgumentException("answerMax must be above zero and waitMax at least waitMin");
        }
    }

    Duration waitAfter(int attempt) {
        Duration wait = waitMin.multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(waitMax) < 0 ? wait : waitMax;
    }
}
