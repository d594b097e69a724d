package dev.slipway.validation.judgement;

/** What both sides answered in the same stretch of time. */
record Sides(SideTally canary, SideTally baseline) {
    static final Sides NONE = new Sides(SideTally.NONE, SideTally.NONE);

    Sides plus(Sides more) {
        return new Sides(canary.plus(more.canary), baseline.plus(more.baseline));
    }

    boolean bothAnswered() {
        return canary.answers() > 0 && baseline.answers() > 0;
    }
}
