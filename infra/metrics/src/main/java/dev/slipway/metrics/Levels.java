package dev.slipway.metrics;

/**
 * From where on it is beyond doubt that what is counted is not within its limit.
 *
 * @param alpha chance of ever finding that of a version that keeps all its limits, above 0 and below 1
 * @param rules how many rules share it, at least 1
 * @param looksPlanned how many looks there are planned to be, at least 1
 */
public record Levels(double alpha, int rules, long looksPlanned) {
    private static final double HALF = 0.5;

    public Levels {
        if (!(alpha > 0 && alpha < 1) || rules < 1 || looksPlanned < 1) {
            throw new IllegalArgumentException("alpha lies between 0 and 1, and there is a rule and a look at least");
        }
    }

    double whole() {
        return -Math.log(alpha / rules * HALF);
    }

    /** A game that may begin at every look pays for all of them, and for more if it takes longer than planned. */
    double lately(long looks) {
        return Math.log((double) Math.max(looks, looksPlanned)) + whole();
    }
}
