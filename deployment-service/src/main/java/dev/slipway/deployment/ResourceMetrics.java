package dev.slipway.deployment;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What programs use, as of this instance's last look: {@code slipway.version.memory} in bytes, {@code slipway.version.cpu}
 * in percent of one processor, {@code slipway.version.files} and {@code slipway.version.threads} by application,
 * environment and version, of the first so many environments; {@code slipway.environment.memory} of all programs in it.
 */
final class ResourceMetrics {
    private final Map<ChangingGauge, ToDoubleFunction<Resources>> gauges = new LinkedHashMap<>();
    private final ChangingGauge inAll;
    private final int environmentsMax;

    ResourceMetrics(MeterRegistry meters, int environmentsMax) {
        this.environmentsMax = environmentsMax;
        add(meters, "slipway.version.memory", "bytes", "Memory of a version's processes", Resources::memoryBytes);
        add(meters, "slipway.version.cpu", "percent", "How busy they are, of one processor", Resources::cpuPercent);
        add(meters, "slipway.version.files", "files", "Files and sockets that they have open", Resources::openFiles);
        add(meters, "slipway.version.threads", "threads", "Threads of them", Resources::threads);
        this.inAll = new ChangingGauge(
                MultiGauge.builder("slipway.environment.memory")
                        .baseUnit("bytes")
                        .description("Memory of all programs of an environment"),
                meters);
    }

    private void add(MeterRegistry meters, String name, String unit, String words, ToDoubleFunction<Resources> value) {
        gauges.put(new ChangingGauge(MultiGauge.builder(name).baseUnit(unit).description(words), meters), value);
    }

    void show(List<EnvironmentView> views) {
        List<EnvironmentView> measured = views.stream().limit(environmentsMax).toList();
        gauges.forEach((gauge, value) -> gauge.show(rows(measured, value)));
        Map<Tags, Double> sums = new HashMap<>();
        for (EnvironmentView view : measured) {
            Resources all = view.resources();
            if (all != null) {
                sums.put(tags(view), (double) all.memoryBytes());
            }
        }
        inAll.show(sums);
    }

    private static Map<Tags, Double> rows(List<EnvironmentView> views, ToDoubleFunction<Resources> value) {
        Map<Tags, Double> rows = new HashMap<>();
        for (EnvironmentView view : views) {
            for (Running version : view.running()) {
                Resources uses = version.resources();
                if (uses != null) {
                    rows.put(tags(view).and("version", version.version()), value.applyAsDouble(uses));
                }
            }
        }
        return rows;
    }

    private static Tags tags(EnvironmentView view) {
        return Tags.of(
                "application",
                view.environment().application().value(),
                "environment",
                view.environment().environment());
    }
}
