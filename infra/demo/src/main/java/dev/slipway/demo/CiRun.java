package dev.slipway.demo;

/**
 * One attempt at a run of the sample's CI.
 *
 * @param id the same for each attempt at a commit, such as {@code sample-ci/0123456789ab}
 * @param attempt 1 for the first, rising when the CI runs the same commit again
 */
public record CiRun(String id, int attempt) {
    public CiRun {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, is " + attempt);
        }
    }
}
