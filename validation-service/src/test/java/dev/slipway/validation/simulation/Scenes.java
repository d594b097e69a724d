package dev.slipway.validation.simulation;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;
import java.util.List;

/** Scenarios under the policy that {@code init} writes, changed one value at a time. */
final class Scenes {
    static final long SEED = Long.getLong("slipway.simulation.seed", 20261123L);
    /** How many times as many runs as usual: more for a closer look. */
    static final int TIMES = Integer.getInteger("slipway.simulation.times", 1);

    static final Judgement.Bounds BOUNDS = new Judgement.Bounds(
            50,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(8));

    static final Canary RULES = rules(Canary.LATENCY_MARGIN, Canary.LATENCY_DIFFERENCE);

    private Scenes() {}

    static Canary rules(double latencyMargin, Duration latencyDifference) {
        return new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                Canary.OnInconclusive.HOLD,
                Duration.ofSeconds(10),
                Canary.Traffic.LIVE,
                new Canary.Guardrails(5.0, List.of(new Canary.LatencyLimit(0.95, Duration.ofSeconds(1)))),
                Duration.ofMinutes(30),
                Canary.HOLD_BACK_PERCENT,
                latencyMargin,
                latencyDifference,
                null,
                List.of());
    }

    /** 0.5 % of errors on both sides, 10 % of 100 answers a second, the first release's 25 minutes planned. */
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
                    Duration.ofMinutes(25));
        }

        Outcome judged(int runs) {
            return new Simulation(build(), BOUNDS).run(runs * TIMES, SEED);
        }

        Outcome formerlyJudged(int runs) {
            return new FormerJudge(build()).run(runs * TIMES, SEED);
        }
    }
}
