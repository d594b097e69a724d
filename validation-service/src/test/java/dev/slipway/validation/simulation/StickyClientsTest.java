package dev.slipway.validation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Five of a hundred clients fail three times in ten, on both sides alike, and clients stick to a side. Their answers are no
 * independent ones, so each client's first counts alone; and one that comes by three gateways has no three firsts.
 */
final class StickyClientsTest {
    private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("simulated/production");
    private static final QuestionKey ROLLOUT = QuestionKey.parse("simulated@2.0.0/production/1");
    private static final String BASELINE = "simulated@1.0.0/production/1";
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final int CLIENTS = 1_000;
    private static final int PER_SECOND = 100;
    private static final int GATEWAYS = 3;
    private static final int SECONDS = 300;
    private static final int RUNS = 40 * Scenes.TIMES;
    private static final Canary RULES = new Canary(
            Canary.Assign.CLIENT,
            0.01,
            40,
            Canary.OnInconclusive.HOLD,
            Duration.ofSeconds(10),
            Canary.Traffic.LIVE,
            new Canary.Guardrails(null, List.of()),
            Duration.ofMinutes(30));

    @Test
    void clients_that_are_no_better_on_either_side_take_nothing_back() {
        SplittableRandom random = new SplittableRandom(Scenes.SEED);
        int worse = 0;
        for (int run = 0; run < RUNS; run++) {
            worse += new Run(random.split(), false).worse() ? 1 : 0;
        }

        System.out.printf(
                "[simulation, seed %d] sticky clients by three gateways: %d of %d taken back%n",
                Scenes.SEED, worse, RUNS);
        assertThat(worse).isLessThanOrEqualTo((int) Scenes.falseAtMost(RUNS));
    }

    @Test
    void a_canary_that_fails_for_many_clients_is_still_found() {
        SplittableRandom random = new SplittableRandom(Scenes.SEED);
        int found = 0;
        for (int run = 0; run < 10; run++) {
            found += new Run(random.split(), true).worse() ? 1 : 0;
        }

        assertThat(found).isEqualTo(10);
    }

    private static final class Run {
        private final SplittableRandom random;
        private final boolean faulty;
        private final Judgement core = new Judgement(ShippedBounds.BOUNDS);
        private final double[] fails = new double[CLIENTS];
        private final List<Set<Integer>> known = new ArrayList<>();

        Run(SplittableRandom random, boolean faulty) {
            this.random = random;
            this.faulty = faulty;
            for (int client = 0; client < CLIENTS; client++) {
                fails[client] = random.nextInt(100) < 5 ? 0.3 : 0;
            }
            for (int gateway = 0; gateway < GATEWAYS; gateway++) {
                known.add(new HashSet<>());
            }
        }

        boolean worse() {
            JudgementState state = asked(core.initial(ENVIRONMENT.toString()), 0);
            for (int second = 0; second < 10; second++) {
                state = heard(state, second, 1, 0);
            }
            state = asked(state, 1);
            for (int second = 10; second < 10 + SECONDS; second++) {
                state = heard(state, second, 2, 10);
            }
            return state.present().orElseThrow().worse() != null;
        }

        private JudgementState asked(JudgementState state, int step) {
            Judge judge = new Judge(
                    ROLLOUT,
                    ENVIRONMENT,
                    ROLLOUT.toString(),
                    BASELINE,
                    step,
                    10 * step,
                    Duration.ofHours(1),
                    step + 1L,
                    RULES);
            return core.decide(state, new JudgeAsked(judge), START).state();
        }

        private JudgementState heard(JudgementState state, int second, long counter, int percent) {
            List<List<FirstAnswer>> canary = new ArrayList<>();
            List<List<FirstAnswer>> baseline = new ArrayList<>();
            for (int gateway = 0; gateway < GATEWAYS; gateway++) {
                canary.add(new ArrayList<>());
                baseline.add(new ArrayList<>());
            }
            for (int i = 0; i < PER_SECOND; i++) {
                int client = random.nextInt(CLIENTS);
                int gateway = random.nextInt(GATEWAYS);
                boolean onCanary = client % 100 < percent;
                boolean failed = random.nextDouble() < (onCanary && faulty ? 0.5 : fails[client]);
                if (known.get(gateway).add(onCanary ? client : client + CLIENTS)) {
                    (onCanary ? canary : baseline)
                            .get(gateway)
                            .add(new FirstAnswer(client * 65, failed, false, 30 + random.nextInt(10)));
                }
            }
            JudgementState next = state;
            for (int gateway = 0; gateway < GATEWAYS; gateway++) {
                TrafficSample sample = new TrafficSample(
                        ENVIRONMENT,
                        "gateway-" + gateway,
                        "boot-1",
                        START.plusSeconds(second),
                        counter,
                        List.of(
                                version(ROLLOUT.toString(), canary.get(gateway)),
                                version(BASELINE, baseline.get(gateway))));
                next = core.decide(next, new Sampled(sample), START.plusSeconds(second + 2))
                        .state();
            }
            return next;
        }

        private static VersionCounts version(String key, List<FirstAnswer> firsts) {
            Long[] latency = new Long[LatencyBuckets.COUNT];
            Arrays.fill(latency, 0L);
            firsts.forEach(first -> latency[first.latency()]++);
            long errors = firsts.stream().filter(FirstAnswer::error).count();
            Counts counts = new Counts(firsts.size(), errors, List.of(latency));
            return new VersionCounts(key, counts, counts, firsts);
        }
    }
}
