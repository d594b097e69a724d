package dev.slipway.cli.door;

/**
 * What became of all who came since nobody served.
 *
 * @param taken connections that it has accepted
 * @param passedOn of these, to a server
 * @param heldTooLong of these, closed because nobody came in time, or could not be connected for
 */
public record Counts(long taken, long passedOn, long heldTooLong) {
    Counts oneMore() {
        return new Counts(taken + 1, passedOn, heldTooLong);
    }

    Counts onePassedOn() {
        return new Counts(taken, passedOn + 1, heldTooLong);
    }

    Counts oneTooLong() {
        return new Counts(taken, passedOn, heldTooLong + 1);
    }
}
