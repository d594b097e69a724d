package dev.slipway.validation.simulation;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;

/** Scenarios under the policy that {@code init} writes, changed one value at a time. */
final class Scenes {
    private static final long SHIPPED_SEED = 20261123L;

    static final long SEED = Long.getLong("slipway.simulation.seed", SHIPPED_SEED);
    /** How many times as many runs as usual: more for a closer look. */
    static final int TIMES = Integer.getInteger("slipway.simulation.times", 1);
    /** Whether this is what every build runs. */
    private static final boolean SHIPPED = TIMES == 1 && SEED == SHIPPED_SEED;

    static final Judgement.Bounds BOUNDS = new Judgement.Bounds(
            50,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(8));

    static final Canary RULES = UsualRollout.RULES;

    private Scenes() {}

    static Canary rules(double latencyMargin, Duration latencyDifference) {
        Canary usual = UsualRollout.RULES;
        return new Canary(
                usual.assign(),
                usual.alpha(),
                usual.answersMin(),
                usual.onInconclusive(),
                usual.warmUp(),
                usual.traffic(),
                usual.guardrails(),
                usual.stepWithin(),
                usual.holdBack(),
                latencyMargin,
                latencyDifference,
                usual.detect(),
                usual.statuses());
    }

    /**
     * How many of so many good versions may be taken back. In the few runs of a build, whose seed is fixed, none: ten runs that
     * may have two cannot tell 1 of 100 from 20. With another seed or more runs what chance gives in one of a thousand samples
     * at most: the mean and some three deviations.
     */
    static long falseAtMost(int runs) {
        double mean = RULES.alpha() * runs;
        return SHIPPED ? 0 : (long) Math.ceil(mean + 3.1 * Math.sqrt(mean));
    }

    /** 0.5 % of errors on both sides, 10 % of 100 answers a second, steps and bake as {@code init} advises them. */
    static Builder scene() {
        return new Builder();
    }

    static final class Builder {
        private double baseline = 0.005;
        private double canary = 0.005;
        private double latencyTimes = 1;
        private int sharePercent = 10;
        private int perSecond = 100;
        private int begins;
        private int watched = 600;
        private int measured = 10;
        private int gateways = 1;
        private double spread = 0.5;
        private Canary rules = RULES;

        Builder errors(double ofBaseline, double ofCanary) {
            baseline = ofBaseline;
            canary = ofCanary;
            return this;
        }

        Builder latencyTimes(double times) {
            latencyTimes = times;
            return this;
        }

        Builder share(int percent) {
            sharePercent = percent;
            return this;
        }

        Builder perSecond(int answers) {
            perSecond = answers;
            return this;
        }

        Builder begins(int seconds) {
            begins = seconds;
            return this;
        }

        Builder watched(int seconds) {
            watched = seconds;
            return this;
        }

        Builder measured(int seconds) {
            measured = seconds;
            return this;
        }

        Builder gateways(int number) {
            gateways = number;
            return this;
        }

        Builder rules(Canary canaryRules) {
            rules = canaryRules;
            return this;
        }

        Scenario build() {
            return new Scenario(
                    baseline,
                    canary,
                    latencyTimes,
                    sharePercent,
                    perSecond,
                    Duration.ofSeconds(begins),
                    Duration.ofSeconds(watched),
                    Duration.ofSeconds(measured),
                    gateways,
                    spread,
                    rules,
                    UsualRollout.PLANNED);
        }

        Outcome judged(int runs) {
            return new Simulation(build(), BOUNDS).run(runs * TIMES, SEED);
        }

        Outcome formerlyJudged(int runs) {
            return new FormerJudge(build()).run(runs * TIMES, SEED);
        }

        Outcome formerlyLimited(int runs) {
            return new FormerJudge(build()).limited(runs * TIMES, SEED);
        }
    }
}
