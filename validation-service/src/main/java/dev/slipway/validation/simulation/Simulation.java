package dev.slipway.validation.simulation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState;
import dev.slipway.validation.simulation.Outcome.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs the judge over a scenario, as often as one likes; the seed tells everything that is drawn. */
public final class Simulation {
    private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("simulated/production");
    private static final QuestionKey ROLLOUT = QuestionKey.parse("simulated@2.0.0/production/1");
    private static final DrawnTraffic.Versions VERSIONS =
            new DrawnTraffic.Versions(ROLLOUT.toString(), "simulated@1.0.0/production/1");
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private final Scenario scenario;
    private final Judgement core;

    public Simulation(Scenario scenario, Judgement.Bounds bounds) {
        this.scenario = scenario;
        this.core = new Judgement(bounds);
    }

    /** @param runs 1 or more */
    public Outcome run(int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Run> all = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            all.add(once(new DrawnTraffic(scenario, random.split(), ENVIRONMENT, VERSIONS)));
        }
        return new Outcome(scenario.watched(), all);
    }

    private Run once(DrawnTraffic traffic) {
        JudgementState state = asked(core.initial(ENVIRONMENT.toString()), 0, START);
        Instant at = START;
        for (long second = 0; second < scenario.measured().toSeconds(); second++) {
            state = heard(state, traffic.second(at, 1, 0, false).samples(), at);
            at = at.plusSeconds(1);
        }
        state = asked(state, 1, at);
        long begins = scenario.begins().toSeconds();
        double hurt = 0;
        for (long second = 0; second < begins + scenario.watched().toSeconds(); second++) {
            boolean faulty = second >= begins;
            DrawnTraffic.Second drawn = traffic.second(at, 2, scenario.sharePercent(), faulty);
            state = heard(state, drawn.samples(), at);
            hurt += faulty ? drawn.errors() - drawn.answers() * scenario.baseline() : 0;
            if (worse(state)) {
                return new Run((int) (second - begins + 1), hurt);
            }
            at = at.plusSeconds(1);
        }
        return Run.notFound(hurt);
    }

    private JudgementState heard(JudgementState state, List<TrafficSample> samples, Instant second) {
        JudgementState next = state;
        for (TrafficSample sample : samples) {
            next = core.decide(next, new Sampled(sample), second.plusSeconds(2)).state();
        }
        return next;
    }

    private JudgementState asked(JudgementState state, int step, Instant now) {
        Judge judge = new Judge(
                ROLLOUT,
                ENVIRONMENT,
                VERSIONS.canary(),
                scenario.measured().isZero() ? null : VERSIONS.baseline(),
                step,
                step == 0 ? 0 : scenario.sharePercent(),
                step == 0 ? Duration.ZERO : Duration.ofHours(24),
                step + 1L,
                scenario.rules(),
                scenario.planned());
        return core.decide(state, new JudgeAsked(judge), now).state();
    }

    private static boolean worse(JudgementState state) {
        return state.present().map(status -> status.worse() != null).orElse(false);
    }
}
