package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.Arrays;
import java.util.List;

/** Measured values in order; of very many in a list of a report the first {@value Benchmarks#SAMPLES_MAX} are kept. */
final class Samples {
    static final Samples NONE = new Samples();

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

    double[] sorted() {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
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
