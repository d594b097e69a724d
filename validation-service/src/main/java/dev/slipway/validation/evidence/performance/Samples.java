package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.Arrays;
import java.util.List;

/** Measured values in order; of very many in a list of a report the first {@value Benchmarks#SAMPLES_MAX} are kept. */
final class Samples {
    static final Samples NONE = new Samples();
    /** So many are sooner sorted than parted. */
    private static final int FEW = 40;
    /** Of halving 100,000, and twice as many again. */
    private static final int ROUNDS_MAX = 50;

    private double[] values = {};
    private int size;
    private boolean isCut;

    /**
     * A list of numbers, or of such lists.
     *
     * @param power of ten, by which they become seconds
     */
    void readAll(ReportJson json, int power) throws UnreadableEvidence {
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            if (json.isList()) {
                readAll(json, power);
            } else if (size >= Benchmarks.SAMPLES_MAX) {
                isCut = true;
            } else {
                read(json, power);
            }
        }
    }

    private void read(ReportJson json, int power) throws UnreadableEvidence {
        double value = json.nearest(power);
        if (!Quantity.isSane(value)) {
            throw json.error("A sample here is nothing that anybody could measure");
        }
        add(value);
    }

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(16, 2 * size));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    double get(int at) {
        return values[at];
    }

    Samples times(double factor) {
        Samples scaled = new Samples();
        scaled.values = Arrays.copyOf(values, size);
        scaled.size = size;
        for (int i = 0; i < size; i++) {
            scaled.values[i] *= factor;
        }
        return scaled;
    }

    /** Each divided by that of the same place. */
    void divide(Samples by) {
        for (int i = 0; i < size; i++) {
            values[i] /= by.values[i];
        }
    }

    double[] sorted() {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Of what is in no order, as it would stand in the middle of {@link #sorted}, of an even number between both. */
    double median() {
        double[] parted = Arrays.copyOf(values, size);
        int half = size / 2;
        part(parted, half);
        if (size % 2 == 1) {
            return parted[half];
        }
        double below = parted[0];
        for (int i = 1; i < half; i++) {
            below = parted[i] > below ? parted[i] : below;
        }
        return (below + parted[half]) / 2;
    }

    /** What is less than the one that belongs there stands before it then; what cannot be parted soon is sorted. */
    private static void part(double[] values, int middle) {
        int from = 0;
        int to = values.length - 1;
        for (int round = 0; round < ROUNDS_MAX && to - from > FEW; round++) {
            double pivot = between(values[from], values[(from + to) >>> 1], values[to]);
            int low = from;
            int high = to;
            while (low <= high) {
                while (values[low] < pivot) {
                    low++;
                }
                while (values[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    double held = values[low];
                    values[low++] = values[high];
                    values[high--] = held;
                }
            }
            if (middle > high && middle < low) {
                return; // it is the pivot, as all between both are
            }
            from = middle >= low ? low : from;
            to = middle <= high ? high : to;
        }
        Arrays.sort(values, from, to + 1);
    }

    private static double between(double one, double two, double three) {
        return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
    }

    List<Double> list() {
        Double[] list = new Double[size];
        for (int i = 0; i < size; i++) {
            list[i] = values[i];
        }
        return List.of(list);
    }

    boolean isCut() {
        return isCut;
    }
}
