package dev.slipway.deployment;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How versions are, as of this instance's last look: {@code slipway.version.ready} and {@code slipway.version.restarts} by
 * application, environment and version, of the first so many environments; {@code slipway.incidents.open} of all.
 */
final class VersionMetrics {
    private final ChangingGauge ready;
    private final ChangingGauge restarts;
    private final AtomicInteger incidents = new AtomicInteger();
    /** Environments that the bound leaves out of what is measured by name, here and in {@link ResourceMetrics}. */
    private final AtomicInteger unmeasured = new AtomicInteger();

    private final int environmentsMax;

    VersionMetrics(MeterRegistry meters, int environmentsMax) {
        this.environmentsMax = environmentsMax;
        this.ready = new ChangingGauge(
                MultiGauge.builder("slipway.version.ready")
                        .description("1 where a version that should run is up and ready, else 0"),
                meters);
        this.restarts = new ChangingGauge(
                MultiGauge.builder("slipway.version.restarts")
                        .description("How often a version was started again by itself since it was verified"),
                meters);
        meters.gauge("slipway.incidents.open", incidents);
        meters.gauge("slipway.environments.unmeasured", unmeasured);
    }

    Rows rows() {
        return new Rows();
    }

    void show(Rows rows) {
        ready.show(rows.ready);
        restarts.show(rows.restarts);
        incidents.set(rows.incidents);
        unmeasured.set(Math.max(0, rows.environments - environmentsMax));
    }

    /** What one look shows. */
    final class Rows {
        private final Map<Tags, Double> ready = new HashMap<>();
        private final Map<Tags, Double> restarts = new HashMap<>();
        private int environments;
        private int incidents;

        void add(EnvironmentView view) {
            environments++;
            for (Running version : view.running()) {
                incidents += version.incident() == null ? 0 : 1;
                if (environments <= environmentsMax) {
                    Tags tags = Tags.of(
                            "application",
                            view.environment().application().value(),
                            "environment",
                            view.environment().environment(),
                            "version",
                            version.version());
                    ready.put(tags, version.health() == Health.UP ? 1.0 : 0.0);
                    restarts.put(tags, (double) version.restarts());
                }
            }
        }
    }
}
