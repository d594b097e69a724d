package dev.slipway.deployment.environment;

/**
 * The order of rollouts in an environment: a later release first, a later attempt of the same release next.
 *
 * @param ordinal the release's ordinal within its application, from 1
 * @param attempt from 1
 */
public record Rank(long ordinal, int attempt) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
        int byOrdinal = Long.compare(ordinal, other.ordinal);
        return byOrdinal != 0 ? byOrdinal : Integer.compare(attempt, other.attempt);
    }

    boolean above(Rank other) {
        return compareTo(other) > 0;
    }
}
