package dev.slipway.bench;

/**
 * What a client saw.
 *
 * @param done pieces of work done right in the time that was timed
 * @param all pieces of work, right or not, warm-up included
 * @param refused answered 503 with a problem document and Retry-After, warm-up included
 * @param wrong answered with other bytes than were due, warm-up included
 * @param failed any other status, a connection that broke or none, warm-up included
 * @param open connections that were open at the end
 * @param seconds that were timed
 * @param p50Micros of the pieces done right: from the first byte of the request to the last of the answer
 * @param example what the first failure or wrong answer was, else the first refusal, empty for none
 */
public record Tally(
        long done,
        long all,
        long refused,
        long wrong,
        long failed,
        int open,
        double seconds,
        double p50Micros,
        double p99Micros,
        double maxMicros,
        String example) {

    public double perSecond() {
        return done / seconds;
    }

    /** Nothing ended in the time that was timed, and nothing went wrong. */
    boolean sawNothing() {
        return done == 0 && refused == 0 && right();
    }

    /** Neither wrong nor failed; being refused is an answer. */
    public boolean right() {
        return wrong == 0 && failed == 0;
    }
}
