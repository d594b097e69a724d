package dev.slipway.validation.judgement;

/**
 * How the policy's alpha, the chance of ever taking back a canary that is no worse, is shared. Whatever looks has a part of
 * its own, and the parts add up to no more than the whole (Bonferroni, by weight):
 *
 * <pre>
 * errors      0.60 ┐  of each of these, for its three processes:
 * slow        0.20 ├  mixture 0.50, detector 0.40, alone 0.10
 * refusals    0.10 ┘
 * guardrails  0.10    in equal parts for each limit, and of these half for the whole rollout, half for lately
 * </pre>
 *
 * Where there is nothing to compare with, as at a first release, guardrails have all of it. A process that runs from the
 * start is bounded by 1/part for good (Ville). One that may begin anew in every second is a sum of as many such processes as
 * there were seconds, so its bound is their planned number times that; when a rollout takes longer than planned the bound
 * rises with it.
 *
 * @param alpha of the policy
 * @param compared whether there is a baseline
 * @param seconds planned or counted, whichever is more
 */
record Levels(double alpha, boolean compared, long seconds) {
    static final double ERRORS = 0.60;
    static final double SLOW = 0.20;
    static final double REFUSALS = 0.10;

    private static final double GUARDRAILS = 0.10;
    private static final double MIXTURE = 0.50;
    private static final double DETECTOR = 0.40;
    private static final double ALONE = 0.10;
    private static final double HALF = 0.5;

    /** The chance of ever finding worse, in this metric, what is no worse. */
    double part(double metric) {
        return alpha * metric;
    }

    double mixture(double metric) {
        return -Math.log(alpha * metric * MIXTURE);
    }

    double detector(double metric) {
        return Math.log((double) seconds) - Math.log(alpha * metric * DETECTOR);
    }

    double alone(double metric) {
        return Math.log((double) seconds) - Math.log(alpha * metric * ALONE);
    }

    /** One limit over the whole rollout. */
    double guardrail(int limits) {
        return -Math.log(guardrailPart(limits));
    }

    /** One limit lately. */
    double guardrailLately(int limits) {
        return Math.log((double) seconds) - Math.log(guardrailPart(limits));
    }

    private double guardrailPart(int limits) {
        return alpha * (compared ? GUARDRAILS : 1) / limits * HALF;
    }
}
