package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What of a file is covered, in whatever order and however often it is told. */
final class CoveredUnitsTest {
    private static final long SEED = 41;

    @Test
    void several_at_once_are_as_one_after_the_other() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 2_000; round++) {
            CoveredUnits single = new CoveredUnits();
            CoveredUnits several = new CoveredUnits();
            boolean[] told = new boolean[12];
            boolean[] ran = new boolean[12];
            for (int list = random.nextInt(4); list > 0; list--) {
                int[] keys = random.ints(random.nextInt(8), 0, 12).toArray();
                boolean covered = random.nextBoolean();
                for (int key : keys) {
                    single.add(key, covered);
                    told[key] = true;
                    ran[key] |= covered;
                }
                several.add(keys, keys.length, covered);
                if (random.nextInt(5) == 0) {
                    assertThat(several.share())
                            .as("seed %d, round %d", SEED, round)
                            .isEqualTo(share(told, ran));
                }
            }
            assertThat(several.share()).as("seed %d, round %d", SEED, round).isEqualTo(share(told, ran));
            assertThat(single.share()).isEqualTo(several.share());
            assertThat(single.covered()).isEqualTo(several.covered());
            assertThat(single.and(several).share()).isEqualTo(single.share());
        }
    }

    private static Coverage.Share share(boolean[] told, boolean[] ran) {
        long valid = 0;
        long covered = 0;
        for (int i = 0; i < told.length; i++) {
            valid += told[i] ? 1 : 0;
            covered += ran[i] ? 1 : 0;
        }
        return new Coverage.Share(covered, valid);
    }

    @Test
    void of_many_only_the_first_ones_are_meant_and_weights_add_up() {
        CoveredUnits units = new CoveredUnits();
        units.add(new int[] {1, 2, 3, 9}, 3, true);
        units.add(9, 5, false);

        assertThat(units.share()).isEqualTo(new Coverage.Share(3, 8));
        assertThat(units.isContradictory()).isFalse();
        units.add(9, 4, true);
        assertThat(units.isContradictory()).isTrue();
        assertThat(units.valid()).isEqualTo(12);
        assertThat(units.covered()).isEqualTo(7);
    }
}
