package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measured values in a list of a report, in order; of very many the first {@value Benchmarks#SAMPLES_MAX} are kept. */
final class Samples {
    private final List<Double> values = new ArrayList<>();
    private boolean isCut;

    /** A list of numbers, or of such lists. */
    void readAll(ReportJson json, BigDecimal factor) throws UnreadableEvidence {
        json.elements(() -> {
            if (json.isList()) {
                readAll(json, factor);
            } else {
                read(json, factor);
            }
        });
    }

    private void read(ReportJson json, BigDecimal factor) throws UnreadableEvidence {
        if (values.size() >= Benchmarks.SAMPLES_MAX) {
            isCut = true;
            return;
        }
        Optional<Double> value = Quantity.of(json.number(), factor);
        if (value.isEmpty()) {
            throw json.error("A sample here is nothing that anybody could measure");
        }
        values.add(value.get());
    }

    List<Double> values() {
        return values;
    }

    boolean isCut() {
        return isCut;
    }
}
