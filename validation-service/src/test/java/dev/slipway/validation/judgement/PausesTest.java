package dev.slipway.validation.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two equal versions, each of which stands still for a second a minute, independently of the other: all answers of such a
 * second are slow. The figures of ADR 82.
 */
@Tag("thorough")
final class PausesTest {
    private static final double[] SLOWER = {0.5, 0.34, 0.2, 0.1, 0.05, 0.02, 0.01}; // than p50 to p99
    private static final int MEASURED = 5_000;
    private static final int RUNS = 200;
    private static final int TAKEN_BACK_MAX = 6; // without a bound of a second it is 123 to 199
    private static final int SECONDS = 300;
    private static final double PAUSES = 1 / 60.0;
    private static final Levels LEVELS = new Levels(0.01, true, 2 * SECONDS);

    @ParameterizedTest(name = "{0} a second beside {1}")
    @CsvSource({"25, 25", "5, 45", "100, 900"})
    void pauses_take_no_version_back_that_is_no_worse(int canary, int baseline) {
        SplittableRandom seeds = new SplittableRandom(82);
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            found += isFound(canary, baseline, seeds.split()) ? 1 : 0;
        }

        System.out.printf("%d of %d taken back at %d a second beside %d%n", found, RUNS, canary, baseline);
        assertThat(found).isLessThanOrEqualTo(TAKEN_BACK_MAX);
    }

    private static boolean isFound(int canary, int baseline, SplittableRandom random) {
        List<Block> measured = new ArrayList<>();
        for (double slower : SLOWER) {
            measured.add(new Block(0, 0, MEASURED, MEASURED * slower));
        }
        Compared compared = Compared.starting(Effects.SLOWNESS, SLOWER.length).measured(measured);
        for (int second = 0; second < SECONDS; second++) {
            int[] ofCanary = slow(canary, random);
            int[] ofBaseline = slow(baseline, random);
            List<Block> blocks = new ArrayList<>();
            for (int limit = 0; limit < SLOWER.length; limit++) {
                blocks.add(new Block(canary, ofCanary[limit], baseline, ofBaseline[limit]));
            }
            compared = compared.after(blocks, Effects.SLOWNESS);
            if (compared.mixture(Effects.SLOWNESS) >= LEVELS.mixture(Levels.SLOW)
                    || compared.detector() >= LEVELS.detector(Levels.SLOW)) {
                return true;
            }
        }
        return false;
    }

    /** Of one second's answers, how many are above each limit. */
    private static int[] slow(int answers, SplittableRandom random) {
        int[] slow = new int[SLOWER.length];
        boolean stands = random.nextDouble() < PAUSES;
        for (int answer = 0; answer < answers; answer++) {
            double rank = stands ? 0 : random.nextDouble();
            for (int limit = 0; limit < SLOWER.length; limit++) {
                slow[limit] += rank < SLOWER[limit] ? 1 : 0;
            }
        }
        return slow;
    }
}
