package dev.slipway.deployment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gauge of what comes and goes, by tags. What stays keeps its row and changes its value alone. A {@link MultiGauge} that
 * overwrites takes each row out and puts it in again; with it a scrape was once refused whole, for one row that it met twice.
 */
final class ChangingGauge {
    private final MultiGauge gauge;
    private final Map<Tags, AtomicReference<Double>> values = new HashMap<>();

    ChangingGauge(MultiGauge.Builder gauge, MeterRegistry meters) {
        this.gauge = gauge.register(meters);
    }

    /** From now on these rows with these values, and no other. */
    synchronized void show(Map<Tags, Double> rows) {
        values.keySet().retainAll(rows.keySet());
        rows.forEach((tags, value) ->
                values.computeIfAbsent(tags, _ -> new AtomicReference<>(value)).set(value));
        gauge.register(
                values.entrySet().stream()
                        .map(row -> Row.of(row.getKey(), row.getValue(), AtomicReference::get))
                        .toList(),
                false);
    }
}
