package dev.slipway.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The arithmetic of rounds: a machine that is slower for a while is so for all in that round, so ratios are taken there. */
final class Comparing {
    private Comparing() {}

    /** The middle one, or the mean of the two in the middle; 0 for none. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return 0;
        }
        return size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }

    /** The median of each round's own ratio; null where a round has nothing to compare with. */
    static @Nullable Double ratio(List<Double> of, List<Double> to) {
        if (of.isEmpty() || of.size() != to.size() || to.stream().anyMatch(value -> value <= 0)) {
            return null;
        }
        return median(IntStream.range(0, of.size())
                .mapToObj(round -> of.get(round) / to.get(round))
                .toList());
    }
}
