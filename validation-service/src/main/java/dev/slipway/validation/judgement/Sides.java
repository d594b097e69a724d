package dev.slipway.validation.judgement;

/** What both sides answered in the same stretch of time. */
record Sides(SideTally canary, SideTally baseline) {
    static final Sides NONE = new Sides(SideTally.NONE, SideTally.NONE);

    Sides plus(Sides more) {
        return new Sides(canary.plus(more.canary), baseline.plus(more.baseline));
    }

    /** Whether each side has something to compare: an answer, or a request that has waited. */
    boolean bothSeen() {
        return seen(canary) && seen(baseline);
    }

    private static boolean seen(SideTally side) {
        return side.answers() > 0 || side.timed() > 0;
    }
}
